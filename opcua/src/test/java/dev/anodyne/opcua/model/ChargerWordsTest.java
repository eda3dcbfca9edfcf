package dev.anodyne.opcua.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.opcua.model.ChargerLink.Expiry;
import dev.anodyne.opcua.model.ChargerLink.HeartbeatFeed;
import dev.anodyne.opcua.model.ChargerLink.Mode;
import dev.anodyne.opcua.model.ChargerLink.OnReconnect;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.junit.jupiter.api.Test;

/** What status words, units and links of a mapping mean. */
class ChargerWordsTest {
  private static final NodeAddress NODE = new NodeAddress.ById(ExpandedNodeId.of("urn:x", 7L));

  @Test
  void bitsAreFaultsAndUnnamedOnesDoNotVanish() {
    FaultWord word =
        new FaultWord.Bits(
            NODE,
            Map.of(0x0100L, ChargerFault.EMERGENCY_STOP, 0x0600L, ChargerFault.OVER_TEMPERATURE),
            0x0007);
    assertThat(word.faultsIn(0x0007)).isEmpty();
    assertThat(word.faultsIn(0x0103)).containsExactly(ChargerFault.EMERGENCY_STOP);
    assertThat(word.faultsIn(0x0200)).as("one bit of two").contains(ChargerFault.OVER_TEMPERATURE);
    assertThat(word.faultsIn(0x1100))
        .containsExactlyInAnyOrder(ChargerFault.EMERGENCY_STOP, ChargerFault.VENDOR_ERROR);
  }

  @Test
  void codesAreFaultsAndUnlistedOnesDoNotVanish() {
    FaultWord word =
        new FaultWord.Codes(
            NODE, Map.of(0L, Optional.empty(), 17L, Optional.of(ChargerFault.ISOLATION_FAULT)));
    assertThat(word.faultsIn(0)).isEmpty();
    assertThat(word.faultsIn(17)).containsExactly(ChargerFault.ISOLATION_FAULT);
    assertThat(word.faultsIn(18)).containsExactly(ChargerFault.VENDOR_ERROR);
  }

  @Test
  void connectionCountsOnlyTheMaskedBits() {
    ConnectedWord both = new ConnectedWord(NODE, 0x3, Set.of(0x3L));
    assertThat(both.isConnected(0xF3)).isTrue();
    assertThat(both.isConnected(0xF1)).isFalse();
    ConnectedWord states = new ConnectedWord(NODE, -1, Set.of(3L, 4L));
    assertThat(states.isConnected(4)).isTrue();
    assertThat(states.isConnected(5)).isFalse();
    assertThatThrownBy(() -> new ConnectedWord(NODE, 0x3, Set.of(4L)))
        .hasMessageContaining("never be seen");
  }

  @Test
  void unitsAreTurnedIntoTheTags() {
    assertThat(inTagUnits(MeasuringUnit.CELSIUS, 25)).isCloseTo(298.15, within(1e-9));
    assertThat(inTagUnits(MeasuringUnit.FAHRENHEIT, 212)).isCloseTo(373.15, within(1e-9));
    assertThat(inTagUnits(MeasuringUnit.CENTIAMPERE, 1234)).isCloseTo(12.34, within(1e-9));
    assertThat(inTagUnits(MeasuringUnit.AMPERE_PER_MINUTE, 60)).isCloseTo(1, within(1e-9));
    assertThat(inTagUnits(MeasuringUnit.SECOND, 1.5)).isEqualTo(1500);
    assertThat(MeasuringUnit.symbolsFor(EngineeringUnit.VOLT)).startsWith("V").contains("mV", "kV");
  }

  @Test
  void unitsAreKnownByCodeAndByName() {
    for (MeasuringUnit unit : MeasuringUnit.values()) {
      assertThat(MeasuringUnit.ofSymbol(unit.symbol())).contains(unit);
    }
    assertThat(MeasuringUnit.of(EngineeringUnit.KELVIN.toEuInformation()))
        .contains(MeasuringUnit.KELVIN);
    // Part 8: 4K is 0x344B.
    assertThat(MeasuringUnit.of(unit(0x344B, "milli"))).contains(MeasuringUnit.MILLIAMPERE);
    assertThat(MeasuringUnit.of(unit(-1, "°C"))).contains(MeasuringUnit.CELSIUS);
    assertThat(MeasuringUnit.of(unit(12, "furlong"))).isEmpty();
  }

  @Test
  void watchdogsNeedABeatThatIsFastEnoughAndAZeroFirst() {
    assertThat(watchdog(1000, 200, OnReconnect.ZERO).lead()).isEqualTo(Duration.ofMillis(1600));
    assertThat(watchdog(1000, 200, OnReconnect.ZERO).reserve()).isEqualTo(Duration.ofMillis(1800));
    assertThat(watchdog(1000, 200, OnReconnect.ZERO).atSpeed(10).reserve())
        .isEqualTo(Duration.ofSeconds(18));
    assertThat(ChargerLink.PLAIN.reserve()).isZero();
    assertThatThrownBy(() -> watchdog(1000, 501, OnReconnect.ZERO))
        .hasMessageContaining("at most half");
    assertThatThrownBy(() -> watchdog(1000, 200, OnReconnect.WAIT))
        .hasMessageContaining("no current must be written");
  }

  private static ChargerLink watchdog(long timeout, long period, OnReconnect first) {
    return new ChargerLink(
        Mode.SUBSCRIBE,
        Optional.empty(),
        new Expiry.Watchdog(Duration.ofMillis(timeout)),
        first,
        Optional.of(new HeartbeatFeed(NODE, Optional.empty(), Duration.ofMillis(period), 65_536)),
        Optional.of(Duration.ofMillis(500)),
        1);
  }

  private static double inTagUnits(MeasuringUnit unit, double number) {
    return number * unit.factor() + unit.offset();
  }

  private static EUInformation unit(int id, String name) {
    return new EUInformation(
        "urn:somebody", id, LocalizedText.english(name), LocalizedText.NULL_VALUE);
  }
}
