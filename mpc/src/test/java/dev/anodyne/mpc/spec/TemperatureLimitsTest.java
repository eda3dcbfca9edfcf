package dev.anodyne.mpc.spec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ThermalCapabilities;
import dev.anodyne.mpc.Beliefs;
import dev.anodyne.mpc.spec.TemperatureLimits.Row;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class TemperatureLimitsTest {
  private static final double NONE = Double.POSITIVE_INFINITY;
  private static final TemperatureLimits TABLE =
      new TemperatureLimits(
          List.of(new Row(263.15, 0.0, 4.0), new Row(283.15, 2.0, 4.2), new Row(323.15, 0.5, 4.1)));

  @Test
  void linearBetweenTheRowsAndConstantBeyond() {
    assertThat(TABLE.maxCRate(250, 250)).isZero();
    assertThat(TABLE.maxCRate(273.15, 273.15)).isCloseTo(1.0, within(1e-12));
    assertThat(TABLE.maxVoltageVolts(273.15, 273.15)).isCloseTo(4.1, within(1e-12));
    assertThat(TABLE.maxCRate(283.15, 283.15)).isEqualTo(2.0);
    assertThat(TABLE.maxCRate(350, 350)).isEqualTo(0.5);
  }

  @Test
  void theWorstCellOfTheRangeCounts() {
    assertThat(TABLE.maxCRate(273.15, 303.15)).isCloseTo(1.0, within(1e-12));
    TemperatureLimits dip =
        new TemperatureLimits(
            List.of(new Row(280, 2, NONE), new Row(290, 0.3, NONE), new Row(300, 2, NONE)));
    assertThat(dip.maxCRate(285, 295)).as("a row within the range").isEqualTo(0.3);
    assertThat(dip.maxVoltageVolts(285, 295)).isInfinite();
  }

  @Property(tries = 300)
  void nothingWithinTheRangeIsLower(
      @ForAll @DoubleRange(min = 240, max = 340) double a,
      @ForAll @DoubleRange(min = 240, max = 340) double b,
      @ForAll @DoubleRange(min = 0, max = 1) double share) {
    double between = a + share * (b - a);
    // 1e-12: rounding of the interpolation.
    assertThat(TABLE.maxCRate(a, b)).isLessThanOrEqualTo(TABLE.maxCRate(between, between) + 1e-12);
  }

  @Test
  void limitsOnlyTighten() {
    ChargeLimits loose = Beliefs.limits();
    PolicyLimits own = new PolicyLimits(0.005, 10, 4.3, 310, TABLE);
    ChargeLimits tight = own.tighten(loose, 273.15, 273.15, 5.0);
    assertThat(tight.maxChargeCurrentAmps()).isCloseTo(5.0, within(1e-9));
    assertThat(tight.maxVoltageVolts()).isCloseTo(4.1, within(1e-12));
    assertThat(tight.maxTemperatureKelvin()).isEqualTo(310);
    assertThat(tight.minAnodePotentialVolts()).isEqualTo(0.005);
    assertThat(PolicyLimits.NONE.tighten(loose, 273.15, 273.15, 5.0)).isEqualTo(loose);
    ChargeLimits heated = loose.withThermal(new ThermalCapabilities(100, 0, 1, 1));
    assertThat(own.tighten(heated, 273.15, 273.15, 5.0).thermal()).isEqualTo(heated.thermal());
    PolicyLimits negative = new PolicyLimits(-0.01, NONE, NONE, NONE, TemperatureLimits.NONE);
    assertThat(negative.tighten(loose, 298, 298, 5).minAnodePotentialVolts()).isZero();
  }

  /** The guard of {@code HardLimits} makes a limit that is not a number 0 A. */
  @Test
  void anUnknownTemperatureGivesNoLimitThatCouldBeTaken() {
    assertThat(TABLE.maxCRate(Double.NaN, 298)).isNaN();
  }

  @Test
  void tablesThatCannotBeMeantAreRefused() {
    assertThatThrownBy(() -> table(new Row(300, 1, NONE), new Row(290, 1, NONE)))
        .hasMessageContaining("Row 2")
        .hasMessageContaining("higher temperature");
    assertThatThrownBy(() -> table(new Row(290, 1, NONE), new Row(300, NONE, 4.1)))
        .hasMessageContaining("same things");
    assertThatThrownBy(() -> table(new Row(290, -1, NONE))).hasMessageContaining("Row 1");
    assertThatThrownBy(() -> table(new Row(290, 0, NONE), new Row(300, 0, NONE)))
        .hasMessageContaining("0 A at every temperature");
  }

  private static TemperatureLimits table(Row... rows) {
    return new TemperatureLimits(List.of(rows));
  }
}
