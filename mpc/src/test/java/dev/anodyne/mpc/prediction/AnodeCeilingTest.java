package dev.anodyne.mpc.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnodeCeilingTest {
  private static final double NONE = Double.POSITIVE_INFINITY;
  private static final double MOST_AMPS = 15.0;
  private final P2dModel model = P2dModel.of(CellParameters.load("lgm50"), P2dOptions.CONTROL);
  private final CellPredictor predictor = new CellPredictor(model);
  private final OutputOffsets offsets = new OutputOffsets(5.0, 4.0, 20.0);
  private final AnodeCeiling ceiling = new AnodeCeiling(model, 1.0);

  private static ChargeLimits limits(double kelvin) {
    return new ChargeLimits(MOST_AMPS, 4.2, 318.15, 0.0, 0.8, NONE, NONE, kelvin);
  }

  private double amps(P2dState twin, double kelvin, double gapVolts, double flowing) {
    predictor.now(twin, flowing);
    double bound = predictor.outputs().anodePotentialVolts - gapVolts;
    CellEstimate estimate =
        new CellEstimate(
            0L, true, true, flowing, 3.8, kelvin, 0.5, bound, bound, 0.5, 0.5, 0.5, kelvin, 0.0,
            twin);
    offsets.reset();
    offsets.update(estimate, predictor);
    return ceiling.amps(estimate, limits(kelvin), offsets, flowing, MOST_AMPS);
  }

  /** What is left of the modelled room after the first period must be half of it, cold or warm. */
  @ParameterizedTest
  @CsvSource({"0.5, 298.15", "0.7, 273.15", "0.3, 263.15"})
  void aRiseUsesHalfOfTheRoomUntilItIsMeasured(double soc, double kelvin) {
    P2dState rest = model.newState(soc, kelvin);
    predictor.afterCurrent(rest, 0.0, 1.0, kelvin);
    double room = predictor.outputs().anodePotentialVolts;
    double allowed = amps(rest, kelvin, 0.0, 0.0);
    predictor.afterCurrent(rest, allowed, 1.0, kelvin);
    assertThat(allowed).isBetween(0.1, MOST_AMPS - 0.1);
    // The search ends 10 µV or 1 mA (less than 0.1 mV) away.
    assertThat(predictor.outputs().anodePotentialVolts).isCloseTo(room / 2, within(1e-4));
  }

  @Test
  void aWiderGapAllowsLess() {
    P2dState rest = model.newState(0.6, 298.15);
    double last = MOST_AMPS;
    for (double gap = 0.0; gap <= 0.16; gap += 0.01) {
      double allowed = amps(rest, 298.15, gap, 0.0);
      assertThat(allowed).isLessThanOrEqualTo(last);
      last = allowed;
    }
    assertThat(last).isZero();
  }

  /** A bound that fell asks for as much less current as closes the gap, not for none at once. */
  @Test
  void aBoundThatFellAsksForLess() {
    P2dState twin = model.newState(0.6, 298.15);
    predictor.now(twin, 5.0);
    double slightly = amps(twin, 298.15, predictor.outputs().anodePotentialVolts + 0.02, 5.0);
    assertThat(slightly).isBetween(0.5, 4.9);
    assertThat(amps(twin, 298.15, 3.0, 5.0)).isZero();
  }

  @Test
  void withoutAnAnswerOfTheModelThereIsNoCurrent() {
    P2dState broken = model.newState(0.5, 298.15);
    CellEstimate estimate =
        new CellEstimate(
            0L, true, true, 5.0, 3.8, 298.15, 0.5, 0.1, 0.1, 0.5, 0.5, 0.5, 298.15, 0.0, broken);
    offsets.update(estimate, predictor);
    ChargeLimits nowhere = limits(Double.NaN);
    assertThat(ceiling.amps(estimate, nowhere, offsets, 5.0, MOST_AMPS)).isZero();
  }
}
