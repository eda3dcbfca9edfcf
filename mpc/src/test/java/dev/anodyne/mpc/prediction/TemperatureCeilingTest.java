package dev.anodyne.mpc.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dState;
import org.junit.jupiter.api.Test;

class TemperatureCeilingTest {
  private static final double LIMIT = 306.15;
  private static final double ROOM = 298.15;
  private final P2dModel model =
      P2dModel.of(CellParameters.load("lgm50").withHeatTransfer(10), P2dOptions.CONTROL);
  private final CellPredictor predictor = new CellPredictor(model);
  private final TemperatureCeiling ceiling = new TemperatureCeiling(predictor, 0.1);
  private final OutputOffsets offsets = new OutputOffsets(5, 4, 60);
  private final ChargeLimits limits =
      new ChargeLimits(
          15, 4.2, LIMIT, 0, 0.8, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, ROOM);

  private double amps(double kelvin) {
    return ceiling.amps(model.newState(0.3, kelvin), kelvin, limits, offsets, 15);
  }

  @Test
  void theCeilingHeldForAMinuteLeadsToTheLimit() {
    P2dState warm = model.newState(0.3, LIMIT - 0.5);
    double amps = ceiling.amps(warm, LIMIT - 0.5, limits, offsets, 15);
    assertThat(amps).isBetween(1.0, 14.0);
    predictor.afterCurrent(warm, amps, 60, ROOM);
    // The search ends a millikelvin below.
    assertThat(predictor.outputs().temperatureKelvin).isEqualTo(LIMIT - 0.1, within(2e-3));
  }

  @Test
  void itFallsTowardsTheLimitAndEndsAtNothing() {
    assertThat(amps(LIMIT - 20)).isEqualTo(15);
    assertThat(amps(LIMIT - 1)).isGreaterThan(amps(LIMIT - 0.5));
    assertThat(amps(LIMIT - 0.5)).isGreaterThan(amps(LIMIT - 0.2));
    assertThat(amps(LIMIT + 2)).isZero();
  }

  /** What makes it quiet: the measurement's noise of 0.03 K is worth little of the current. */
  @Test
  void aHundredthOfAKelvinIsWorthLittleCurrent() {
    double change = amps(LIMIT - 0.21) - amps(LIMIT - 0.20);
    // 60 J/K · 0.01 K / 60 s = 10 mW of the 0.5 W that 4 A heat with: some tens of milliamperes.
    assertThat(change).isBetween(0.0, 0.15);
  }
}
