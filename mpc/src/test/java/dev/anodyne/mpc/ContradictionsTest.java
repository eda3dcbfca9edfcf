package dev.anodyne.mpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.ThermalCapabilities;
import dev.anodyne.mpc.spec.PolicyLimits;
import dev.anodyne.mpc.spec.PolicySpec;
import dev.anodyne.mpc.spec.TemperatureLimits;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContradictionsTest {
  private static final double NONE = Double.POSITIVE_INFINITY;
  private static final CellParameters CELL = CellParameters.load("lgm50");

  private static ChargeLimits limits(double volts, double celsius, double anode, double target) {
    return new ChargeLimits(15, volts, celsius + 273.15, anode, target, NONE, NONE, 298.15);
  }

  private static void refuse(PolicySpec spec, ChargeLimits limits, double ambientCelsius) {
    Contradictions.refuse(spec, context(limits, ambientCelsius));
  }

  private static PolicyContext context(ChargeLimits limits, double ambientCelsius) {
    return new PolicyContext(CELL, 1, 0.1, ambientCelsius + 273.15, limits, NanoClock.SYSTEM, 0);
  }

  private static PolicySpec zeroBelow(double celsius) {
    TemperatureLimits table =
        new TemperatureLimits(
            List.of(
                new TemperatureLimits.Row(celsius + 273.15, 0, NONE),
                new TemperatureLimits.Row(celsius + 293.15, 2, NONE)));
    return PolicySpec.named("mpc")
        .withLimits(new PolicyLimits(Double.NEGATIVE_INFINITY, NONE, NONE, NONE, table));
  }

  @Test
  void ordinaryLimitsPass() {
    assertThatCode(() -> refuse(PolicySpec.named("mpc"), limits(4.2, 45, 0, 0.8), 25))
        .doesNotThrowAnyException();
    assertThatCode(() -> refuse(PolicySpec.named("mpc"), limits(4.2, 45, 0, 1.0), 25))
        .as("the upper cut-off is where a full cell rests")
        .doesNotThrowAnyException();
    assertThatCode(() -> refuse(zeroBelow(-10), limits(4.2, 45, 0, 0.8), 0))
        .doesNotThrowAnyException();
  }

  @Test
  void aTargetThatRestsAboveTheVoltageLimit() {
    assertThatThrownBy(() -> refuse(PolicySpec.named("mpc"), limits(3.9, 45, 0, 0.9), 25))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the voltage limit of 3.900 V and the target state of charge 0.9");
  }

  @Test
  void aMarginThatNoCurrentGives() {
    assertThatThrownBy(() -> refuse(PolicySpec.named("rider"), limits(4.2, 45, 0.2, 0.8), 25))
        .hasMessageContaining("the least anode potential of 200.0 mV")
        .hasMessageContaining("the anode rests at");
  }

  @Test
  void aTemperatureLimitBelowTheSurroundings() {
    assertThat(
            Contradictions.temperature(
                PolicySpec.named("mpc"), context(limits(4.2, 20, 0, 0.8), 25)))
        .singleElement()
        .asString()
        .contains("20.0 °C and the ambient temperature of 25.0 °C");
  }

  @Test
  void noCurrentAtTheSurroundingsTemperatureUnlessThereIsAHeater() {
    assertThat(Contradictions.temperature(zeroBelow(0), context(limits(4.2, 45, 0, 0.8), -5)))
        .singleElement()
        .asString()
        .contains("0 A at -5.0 °C");
    ChargeLimits heated =
        limits(4.2, 45, 0, 0.8).withThermal(new ThermalCapabilities(200, 0, 1, 1));
    assertThat(Contradictions.temperature(zeroBelow(0), context(heated, -5))).isEmpty();
  }

  @Test
  void everythingThatCollidesIsNamedInOneLine() {
    assertThatThrownBy(() -> refuse(zeroBelow(30), limits(3.9, 20, 0.2, 0.9), 25))
        .hasMessageContaining("voltage limit")
        .hasMessageContaining("least anode potential")
        .hasMessageNotContaining("\n");
  }
}
