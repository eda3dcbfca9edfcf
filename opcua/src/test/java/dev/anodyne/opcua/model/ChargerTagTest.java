package dev.anodyne.opcua.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.charging.ThermalCapabilities;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.junit.jupiter.api.Test;

class ChargerTagTest {
  @Test
  void everyReadTagComesFromTheImageAndBack() {
    ChargerImage image =
        new ChargerImage(
            new Measurement(5, 1, 2, 301, 4, 5, 306, 307, Quality.GOOD),
            new ChargerCapabilities(8, 9, 10, 11, 12),
            new BatteryLimits(13, 14, 15, 316, 17),
            true,
            Set.of(ChargerFault.OVER_CURRENT_DC),
            new ThermalCapabilities(18, 19, 0.9, 2));
    Map<ChargerTag, Object> tags = image.toTags();
    Set<ChargerTag> read = EnumSet.noneOf(ChargerTag.class);
    ChargerTag.CHARGER.stream().filter(tag -> !tag.isWritable()).forEach(read::add);
    ChargerTag.THERMAL.stream().filter(tag -> !tag.isWritable()).forEach(read::add);
    read.remove(ChargerTag.HEARTBEAT);
    assertThat(tags.keySet()).isEqualTo(read);
    tags.forEach((tag, value) -> assertThat(value).isInstanceOf(tag.type().javaType()));
    assertThat(ChargerImage.fromTags(tags, 5, Quality.GOOD)).isEqualTo(image);
  }

  @Test
  void missingNumbersMakeTheMeasurementBadAndLimitsUnknown() {
    ChargerImage nothing = ChargerImage.fromTags(Map.of(), 0, Quality.GOOD);
    assertThat(nothing.measurement().quality()).isEqualTo(Quality.BAD);
    assertThat(nothing.capabilities()).isEqualTo(ChargerCapabilities.UNKNOWN);
    assertThat(nothing.batteryLimits()).isEqualTo(BatteryLimits.UNKNOWN);
    assertThat(nothing.vehicleConnected()).isFalse();
  }

  @Test
  void faultsThatAreUnknownOrUnreadableDoNotVanish() {
    assertThat(faultsOf(new String[] {"OVER_TEMPERATURE", "PURPLE_SMOKE"}))
        .containsExactlyInAnyOrder(ChargerFault.OVER_TEMPERATURE, ChargerFault.VENDOR_ERROR);
    assertThat(faultsOf("OVER_TEMPERATURE")).containsExactly(ChargerFault.COMMUNICATION_FAULT);
    assertThat(ChargerImage.fromTags(Map.of(), 0, Quality.GOOD).faults())
        .containsExactly(ChargerFault.COMMUNICATION_FAULT);
  }

  @Test
  void nodeIdsAreStableAndUnique() {
    assertThat(ChargerTag.OUTPUT_CURRENT.identifier("CH01")).isEqualTo("CH01.Meas.OutputCurrent");
    assertThat(ChargerTag.CLOCK_TICK.identifier("CH01")).isEqualTo("Bench.Clock.Tick");
    assertThat(Arrays.stream(ChargerTag.values()).map(tag -> tag.identifier("X")))
        .doesNotHaveDuplicates();
    assertThat(ChargerTag.ofPath("setpoint.current")).isEqualTo(ChargerTag.SETPOINT_CURRENT);
    assertThatThrownBy(() -> ChargerTag.ofPath("Setpoint.Amps"))
        .hasMessageContaining("Setpoint.Amps")
        .hasMessageContaining("Setpoint.Current");
  }

  @Test
  void unitsCarryTheirUnCefactNumbers() {
    // Part 8, 5.6.3.3: AMP is 0x414D50, VLT 0x564C54, C26 0x433236.
    assertThat(EngineeringUnit.AMPERE.unitId()).isEqualTo(0x414D50);
    assertThat(EngineeringUnit.VOLT.unitId()).isEqualTo(0x564C54);
    assertThat(EngineeringUnit.MILLISECOND.unitId()).isEqualTo(0x433236);
    assertThat(EngineeringUnit.AMPERE_PER_SECOND.unitId()).isEqualTo(-1);
  }

  @Property
  void scalingIsUndoneByItsInverse(
      @ForAll @DoubleRange(min = -1e4, max = 1e4) double value,
      @ForAll @DoubleRange(min = 0.01, max = 1e3) double scale,
      @ForAll @DoubleRange(min = -1e3, max = 1e3) double offset) {
    TagBinding binding = new TagBinding(ExpandedNodeId.of("urn:x", "y"), scale, offset);
    // A few roundings of numbers of at most 1.1e4, 2e-12 each.
    assertThat(binding.fromRaw(binding.toRaw(value))).isCloseTo(value, within(1e-11));
  }

  @Test
  void mappingNamesWhatIsMissing() {
    Map<ChargerTag, TagBinding> bindings =
        new EnumMap<>(TagMapping.bench("CH01").require(ChargerTag.CHARGER));
    bindings.remove(ChargerTag.HEARTBEAT);
    assertThatThrownBy(() -> new TagMapping(bindings).require(ChargerTag.CHARGER))
        .hasMessageContaining("'Heartbeat'");
  }

  private static Set<ChargerFault> faultsOf(Object value) {
    return ChargerImage.fromTags(Map.of(ChargerTag.FAULTS, value), 0, Quality.GOOD).faults();
  }
}
