package dev.anodyne.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.opcua.model.ChargerLink;
import dev.anodyne.opcua.model.ChargerLink.HeartbeatFeed;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.ConnectedWord;
import dev.anodyne.opcua.model.FaultWord;
import dev.anodyne.opcua.model.NodeAddress;
import dev.anodyne.opcua.model.TagBinding;
import dev.anodyne.opcua.model.TagBinding.Details;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.model.WireType;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a mapping and the data types of a server's nodes mean together. */
class MappedNodesTest {
  private static final NodeAddress NODE = new NodeAddress.ById(ExpandedNodeId.of("urn:x", 7L));

  @ParameterizedTest
  @CsvSource({
    "65536, , INT16, 32767",
    "65537, , UINT16, 65535",
    "32769, INT16, INT16, 32767",
    "4294967296, FLOAT, FLOAT, 16777216",
    "4294967296, , INT32, 2147483647",
  })
  void aHeartbeatThatWouldStandStillAtTheTypesEndIsRefused(
      long modulo, WireType mapped, WireType told, String end) {
    assertThatThrownBy(() -> ChargerNodes.feedType(feed(modulo, mapped), Optional.of(told)))
        .isInstanceOf(LinkException.class)
        .hasMessageContaining("counts to " + (modulo - 1))
        .hasMessageContaining(told.typeName() + " counts to " + end + " only");
  }

  @ParameterizedTest
  @CsvSource({
    "32768, , INT16",
    "65536, UINT16, UINT16",
    "16777217, , FLOAT",
    "4294967296, , UINT32",
    "4294967296, , DOUBLE",
  })
  void aHeartbeatThatReachesItsEndIsTakenAndMoves(long modulo, WireType mapped, WireType told)
      throws LinkException {
    WireType type = ChargerNodes.feedType(feed(modulo, mapped), Optional.of(told));
    assertThat(type).isEqualTo(told);
    assertThat(type.atMost(modulo - 1)).isNotEqualTo(type.atMost(modulo - 2));
  }

  @Test
  void aMappingInWhichZeroIsACurrentIsRefused() {
    ChargerTag current = ChargerTag.SETPOINT_CURRENT;
    assertThatThrownBy(() -> ChargerNodes.requireZero(current, scaled(1, 10), WireType.UINT16))
        .isInstanceOf(LinkException.class)
        .hasMessageContaining("'Setpoint.Current' cannot say 0 A")
        .hasMessageContaining("UInt16 can carry is 0, which means 10.0 A");
    assertThatThrownBy(() -> ChargerNodes.requireZero(current, scaled(-1, -10), WireType.UINT16))
        .hasMessageContaining("means -10.0 A");
    assertThatThrownBy(() -> ChargerNodes.requireZero(current, scaled(0.3, 1), WireType.INT16))
        .as("less than zero is not zero")
        .hasMessageContaining("means -0.2");
    ChargerTag heat = ChargerTag.SETPOINT_HEAT;
    assertThatThrownBy(() -> ChargerNodes.requireZero(heat, scaled(100, 500), WireType.UINT16))
        .hasMessageContaining("means 500.0 W");
  }

  @Test
  void aMappingThatCanSayZeroIsTakenAlthoughScaleAndOffsetAreRounded() {
    for (TagBinding fine :
        List.of(scaled(0.01, 0), scaled(-0.1, 0), scaled(0.1, 0.3), scaled(0.1, -100))) {
      for (WireType type : List.of(WireType.INT16, WireType.FLOAT, WireType.DOUBLE)) {
        assertThatCode(() -> ChargerNodes.requireZero(ChargerTag.SETPOINT_CURRENT, fine, type))
            .doesNotThrowAnyException();
      }
    }
    assertThatCode(
            () ->
                ChargerNodes.requireZero(
                    ChargerTag.SETPOINT_VOLTAGE_CEILING, scaled(1, 10), WireType.UINT16))
        .as("a ceiling does not make a current")
        .doesNotThrowAnyException();
  }

  @Test
  void theFinestOfTwoDeadbandsOnOneNodeCounts() {
    ChargerTag voltage = ChargerTag.OUTPUT_VOLTAGE;
    ChargerTag battery = ChargerTag.BATTERY_VOLTAGE;
    assertThat(deadband(Map.of(voltage, banded(2, 1), battery, banded(0.5, 1)))).isEqualTo(0.5);
    assertThat(deadband(Map.of(voltage, banded(2, 10), battery, banded(0.5, 1))))
        .as("in the node's own numbers")
        .isEqualTo(0.2);
    assertThat(deadband(Map.of(voltage, banded(2, 1), battery, banded(0, 1))))
        .as("0 means every change")
        .isZero();
    assertThat(deadband(Map.of(voltage, banded(2, 1)))).isEqualTo(2);
  }

  @Test
  void noDeadbandHidesTheBitsOfAWordOnTheSameNode() {
    Map<ChargerTag, TagBinding> one = Map.of(ChargerTag.OUTPUT_VOLTAGE, banded(2, 1));
    FaultWord faults = new FaultWord.Bits(NODE, Map.of(1L, ChargerFault.EMERGENCY_STOP), 0);
    assertThat(filter(mapping(one, List.of(faults), Optional.empty())).getDeadbandValue()).isZero();
    ConnectedWord connected = new ConnectedWord(NODE, 1, Set.of(1L));
    assertThat(filter(mapping(one, List.of(), Optional.of(connected))).getDeadbandValue()).isZero();
  }

  @Test
  void theSignOfAWordIsABitLikeAnyOther() {
    FaultWord bits =
        new FaultWord.Bits(
            NODE,
            Map.of(0x8000L, ChargerFault.EMERGENCY_STOP, 0x8000_0000L, ChargerFault.AC_INPUT_FAULT),
            0x0003);
    assertThat(faults(bits, (short) 0x8001)).containsExactly("EMERGENCY_STOP");
    assertThat(faults(bits, UShort.valueOf(0x8001))).containsExactly("EMERGENCY_STOP");
    assertThat(faults(bits, 0x8000_0002)).containsExactly("AC_INPUT_FAULT");
    assertThat(faults(bits, (byte) 0x80)).as("bit 7 has no name").containsExactly("VENDOR_ERROR");
    assertThat(faults(bits, (short) 0x0003)).isEmpty();
  }

  @Test
  void aCodeKeepsItsSign() {
    FaultWord codes =
        new FaultWord.Codes(
            NODE, Map.of(0L, Optional.empty(), -2L, Optional.of(ChargerFault.ISOLATION_FAULT)));
    assertThat(faults(codes, (short) -2)).containsExactly("ISOLATION_FAULT");
    assertThat(faults(codes, -2)).containsExactly("ISOLATION_FAULT");
    assertThat(faults(codes, UShort.valueOf(0xFFFE))).containsExactly("VENDOR_ERROR");
  }

  private static String[] faults(FaultWord word, Object raw) {
    TagMapping mapping = mapping(Map.of(), List.of(word), Optional.empty());
    TagReader reader = new TagReader(new TagPlan(mapping, Set.of()), null, () -> 0);
    DataValue answer = new DataValue(new Variant(raw), StatusCode.GOOD, DateTime.now());
    return (String[]) reader.all(List.of(answer)).values().get(ChargerTag.FAULTS);
  }

  private static double deadband(Map<ChargerTag, TagBinding> bindings) {
    return filter(mapping(bindings, List.of(), Optional.empty())).getDeadbandValue();
  }

  /** All bindings are of one node, and so of one point. */
  private static DataChangeFilter filter(TagMapping mapping) {
    TagPlan plan = new TagPlan(mapping, mapping.bindings().keySet());
    assertThat(plan.addresses()).hasSize(1);
    return TagSubscription.filter(plan, 0);
  }

  private static TagMapping mapping(
      Map<ChargerTag, TagBinding> bindings,
      List<FaultWord> faults,
      Optional<ConnectedWord> connected) {
    Map<ChargerTag, TagBinding> known = new EnumMap<>(ChargerTag.class);
    known.putAll(bindings);
    return new TagMapping(known, Map.of(), faults, connected, ChargerLink.PLAIN, true);
  }

  private static TagBinding banded(double deadband, double scale) {
    return new TagBinding(
        NODE,
        scale,
        0,
        new Details(false, Optional.empty(), deadband, Duration.ZERO, false, Set.of()));
  }

  private static TagBinding scaled(double scale, double offset) {
    return new TagBinding(NODE, scale, offset, Details.NONE);
  }

  private static HeartbeatFeed feed(long modulo, WireType type) {
    return new HeartbeatFeed(NODE, Optional.ofNullable(type), Duration.ofMillis(200), modulo);
  }
}
