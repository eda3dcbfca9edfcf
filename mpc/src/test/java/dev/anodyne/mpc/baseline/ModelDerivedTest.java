package dev.anodyne.mpc.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import org.junit.jupiter.api.Test;

/** What is derived from the model before a charge begins. */
class ModelDerivedTest {
  private static final double KELVIN = 298.15;
  private static final CellParameters CELL = CellParameters.load("lgm50").withHeatTransfer(40);
  private static final P2dModel MODEL = P2dModel.of(CELL, P2dOptions.CONTROL);

  private static ChargeLimits limits(double marginVolts) {
    double none = Double.POSITIVE_INFINITY;
    return new ChargeLimits(15, 4.2, 318.15, marginVolts, 0.8, none, none, KELVIN);
  }

  @Test
  void fastestPlatingFreeRateIsThatOfTheReferenceSolver() {
    double rate = FastestPlatingFreeCcCv.rate(MODEL, 0.1, 0.8, KELVIN, 4.2, 0.0, 3.0);
    // PyBaMM's DFN: 0.75C keeps +0.1 mV, 0.8C falls to −2.6 mV. The controller's grid is coarser.
    assertThat(rate).isCloseTo(0.75, within(0.02));
  }

  @Test
  void aMarginCostsRateAndAnImpossibleOneGivesNone() {
    double free = FastestPlatingFreeCcCv.rate(MODEL, 0.1, 0.8, KELVIN, 4.2, 0.0, 3.0);
    assertThat(FastestPlatingFreeCcCv.rate(MODEL, 0.1, 0.8, KELVIN, 4.2, 0.01, 3.0))
        .isLessThan(free);
    assertThat(FastestPlatingFreeCcCv.rate(MODEL, 0.1, 0.8, KELVIN, 4.2, 0.5, 3.0)).isZero();
    assertThat(FastestPlatingFreeCcCv.rate(MODEL, 0.1, 0.8, KELVIN, 4.2, -1.0, 1.5)).isEqualTo(1.5);
  }

  @Test
  void mapFallsWithStateOfChargeAndRisesWithTemperature() {
    CurrentMap map = CurrentMap.of(CELL, 0.0, 15.0);
    for (double kelvin : new double[] {263, 273, 283, 298, 313}) {
      for (double soc = 0.15; soc < 0.85; soc += 0.1) {
        double amps = map.amps(soc, kelvin);
        assertThat(amps).isBetween(0.1, 15.0);
        // The search creeps up and steps down by 3 %: entries are that exact.
        assertThat(map.amps(soc + 0.1, kelvin)).isLessThan(1.03 * amps);
        assertThat(map.amps(soc, kelvin + 8)).isGreaterThan(amps);
      }
    }
    assertThat(map.amps(0.5, 240)).isZero();
    assertThat(map.amps(Double.NaN, KELVIN)).isNaN();
    assertThat(map.amps(0.5, Double.NaN)).isNaN();
    assertThat(map.amps(-1, KELVIN)).isEqualTo(map.amps(0, KELVIN));
    // The rider of the reference charge draws 6.4 A at 50 % and 32 °C; the map keeps a tenth.
    assertThat(map.amps(0.5, 305)).isBetween(4.5, 6.4);
  }

  @Test
  void mapIsDerivedOnceForACell() {
    assertThat(CurrentMap.cached(CELL, 0.0, 15.0)).isSameAs(CurrentMap.cached(CELL, 0.0, 15.0));
  }

  @Test
  void stagesFallAndABoostIsFollowedByLess() {
    StageLaw.Stages stages = StageTuning.multistage(MODEL, limits(0), 0.1, 4);
    assertThat(stages.untilSoc()[3]).isCloseTo(0.8, within(1e-12));
    for (int i = 1; i < stages.count(); i++) {
      assertThat(stages.chargeCurrentAmps()[i]).isLessThan(stages.chargeCurrentAmps()[i - 1]);
    }
    StageLaw.Stages boost = StageTuning.boost(MODEL, limits(0), 0.1);
    assertThat(boost.chargeCurrentAmps()[0]).isGreaterThan(boost.chargeCurrentAmps()[1]);
    // What comes after the boost is limited at the target: little more than the fastest CC rate.
    assertThat(boost.chargeCurrentAmps()[1]).isLessThan(5.0);
  }

  @Test
  void tunedLengthsBeatOthers() {
    StageLaw.Stages tuned = StageTuning.boost(MODEL, limits(0), 0.1);
    double best = seconds(tuned);
    for (double end : new double[] {0.15, 0.3, 0.7}) {
      // The tuned boost against others of the same current until they end; slower or plating.
      tuned.untilSoc()[0] = end;
      ModelCharge charge = StageTuning.openLoopCharge(MODEL, limits(0));
      charge.rest(0.1);
      double lowest = charge.run(tuned.chargeCurrentAmps()[0], end, -1).minAnodePotentialVolts();
      assertThat(lowest < -1e-5 || seconds(tuned) > best).isTrue();
    }
    double five = seconds(StageTuning.multistage(MODEL, limits(0), 0.1, 5));
    double two = seconds(StageTuning.multistage(MODEL, limits(0), 0.1, 2));
    assertThat(five).isLessThan(two);
    // Two stages of free widths are a boost; its search stops within 1 % of the width.
    assertThat(two).isCloseTo(best, within(0.01 * best));
  }

  private static double seconds(StageLaw.Stages stages) {
    ModelCharge charge = new ModelCharge(MODEL, 4.2, KELVIN);
    charge.rest(0.1);
    double seconds = 0;
    for (int i = 0; i < stages.count(); i++) {
      double amps = stages.chargeCurrentAmps()[i];
      seconds += charge.run(amps, stages.untilSoc()[i], -1).seconds();
    }
    return seconds;
  }

  @Test
  void resistanceIsPlausibleAndGrowsInTheCold() {
    double warm = CellResistance.pulse(MODEL, 0.5, KELVIN, 1.0);
    assertThat(warm).isBetween(0.015, 0.05);
    assertThat(CellResistance.pulse(MODEL, 0.5, 268.15, 1.0)).isGreaterThan(1.3 * warm);
  }
}
