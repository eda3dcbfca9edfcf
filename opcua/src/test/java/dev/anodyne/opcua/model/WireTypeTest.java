package dev.anodyne.opcua.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Scale;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.junit.jupiter.api.Test;

class WireTypeTest {
  /** A few roundings of doubles: what scaling there and back may cost. */
  private static final double DOUBLES = 1e-12;

  @Property
  void noTypeWritesMoreThanWasDecided(
      @ForAll WireType type,
      @ForAll @DoubleRange(min = 0, max = 600) @Scale(6) double amps,
      @ForAll @DoubleRange(min = 0.001, max = 2) @Scale(3) double resolution,
      @ForAll boolean turned) {
    double scale = turned && type.lowest() < 0 ? -resolution : resolution;
    TagBinding binding = new TagBinding(ExpandedNodeId.of("urn:x", 1L), scale, 0);
    double written = binding.fromRaw(((Number) binding.toWire(amps, type)).doubleValue());
    assertThat(written).isLessThanOrEqualTo(amps * (1 + DOUBLES));
    boolean fits = amps <= binding.highest(type);
    if (fits) {
      // One step of the type; a float's is 2⁻²³ of its value.
      assertThat(written).isGreaterThan(amps - resolution - amps * 0x1p-22);
    } else {
      assertThat(written).isEqualTo(binding.highest(type));
    }
  }

  @Test
  void wholeNumbersAreNotLostToTheDoublesHair() {
    TagBinding centi = new TagBinding(ExpandedNodeId.of("urn:x", 1L), 0.01, 0);
    for (int raw = 0; raw <= 32_767; raw++) {
      // 0.29/0.01 is 28.999999999999996.
      assertThat(centi.toWire(raw / 100.0, WireType.INT16)).isEqualTo((short) raw);
    }
    assertThat(centi.toWire(12.349, WireType.UINT16)).isEqualTo(UShort.valueOf(1234));
    assertThat(centi.toWire(400, WireType.INT16)).isEqualTo(Short.MAX_VALUE);
    assertThat(centi.highest(WireType.INT16)).isEqualTo(327.67);
    assertThatThrownBy(() -> centi.toWire(Double.NaN, WireType.INT16)).hasMessageContaining("NaN");
  }

  @Test
  void floatsGoDownWhereTheNearestWouldGoUp() {
    TagBinding plain = new TagBinding(ExpandedNodeId.of("urn:x", 1L), 1, 0);
    assertThat((double) (float) 0.1).as("the nearest float").isGreaterThan(0.1);
    assertThat(((Float) plain.toWire(0.1, WireType.FLOAT)).doubleValue()).isLessThan(0.1);
    assertThat(plain.toWire(0.5, WireType.FLOAT)).isEqualTo(0.5f);
    assertThat(plain.toWire(12.3, WireType.DOUBLE)).isEqualTo(12.3);
  }

  @Test
  void typesAreFoundByNameAndNode() {
    for (WireType type : WireType.values()) {
      assertThat(WireType.named(type.typeName())).contains(type);
      assertThat(WireType.ofDataType(type.dataType())).contains(type);
    }
    assertThat(WireType.named("String")).isEmpty();
  }
}
