package dev.anodyne.estimators.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.core.signal.SensorErrors;
import dev.anodyne.core.signal.SensorModel;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.Estimators;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The state of charge a minute after the first sample, when nothing was known. */
@Tag("slow")
class StartGridTest {
  private static final CellParameters KIND = CellParameters.load("lgm50").withHeatTransfer(40);
  private static final int BATTERIES = 8;

  /** What the battery is, and how warm. */
  enum Stratum {
    FRESH(298.15, 3.0, 0.0, 0.0, false),
    FRESH_10(283.15, 1.5, 0.0, 0.0, false),
    FRESH_40(313.15, 3.0, 0.0, 0.0, false),
    COLD(263.15, 0.5, 0.0, 0.0, false),
    BIASED(298.15, 3.0, 0.0, 0.0, true),
    MISMATCH(298.15, 3.0, 0.2, 0.0, false),
    AGED(298.15, 3.0, 0.0, 0.06, false),
    ALL(283.15, 1.5, 0.2, 0.06, true);

    final double kelvin;
    final double mostRate;
    final double spread;
    final double loss;
    final boolean biased;

    Stratum(double kelvin, double mostRate, double spread, double loss, boolean biased) {
      this.kelvin = kelvin;
      this.mostRate = mostRate;
      this.spread = spread;
      this.loss = loss;
      this.biased = biased;
    }
  }

  /** What went before the first sample, and what follows it; rates as shares of the highest. */
  enum Situation {
    RESTED(0.0, 0, 0.0),
    JUST_DRIVEN(-0.3, 300, 0.0),
    JUST_CHARGED(0.5, 300, 0.0),
    RESTED_THEN_CHARGED(0.0, 0, 1.0),
    DRIVEN_THEN_CHARGED(-0.3, 300, 1.0),
    LOADED_SLOWLY(0.2, 60, 0.2),
    LOADED_FAST(1.0, 60, 1.0),
    JUST_LOADED(1.0, 1, 1.0);

    final double rateBefore;
    final int secondsBefore;
    final double rateAfter;

    Situation(double rateBefore, int secondsBefore, double rateAfter) {
      this.rateBefore = rateBefore;
      this.secondsBefore = secondsBefore;
      this.rateAfter = rateAfter;
    }

    boolean loadedAtFirst() {
      return this == LOADED_SLOWLY || this == LOADED_FAST || this == JUST_LOADED;
    }
  }

  @ParameterizedTest
  @EnumSource(Stratum.class)
  void findsTheStateWithinAMinute(Stratum stratum) {
    List<Double> all = new ArrayList<>();
    StringBuilder table = new StringBuilder();
    for (Situation situation : Situation.values()) {
      double squares = 0;
      double worst = 0;
      for (long seed = 1; seed <= BATTERIES; seed++) {
        double error = error(stratum, situation, seed);
        all.add(error);
        squares += error * error;
        worst = Math.abs(error) > Math.abs(worst) ? error : worst;
      }
      table.append(
          String.format(
              Locale.ROOT,
              " %s %.2f (%.2f)",
              situation.name().toLowerCase(Locale.ROOT),
              100 * Math.sqrt(squares / BATTERIES),
              100 * worst));
    }
    double rmse = Math.sqrt(all.stream().mapToDouble(e -> e * e).average().orElse(Double.NaN));
    System.out.printf(
        Locale.ROOT, "SoC after 60 s, %%, RMSE (worst), %s %.2f:%s%n", stratum, 100 * rmse, table);
    // The goals for fresh batteries and for the whole grid.
    assertThat(rmse).isLessThanOrEqualTo(stratum.name().startsWith("FRESH") ? 0.02 : 0.05);
  }

  private static double error(Stratum stratum, Situation situation, long seed) {
    RandomGenerator r = SeededRandom.of(seed);
    double soc = 0.1 + 0.5 * r.nextDouble();
    double rate = stratum.mostRate * (0.4 + 0.6 * r.nextDouble());
    SimulatedCell cell =
        new SimulatedCell(
            KIND.with(variation(stratum, r)), soc, stratum.kelvin, sensors(stratum, r), seed);
    double ampHours = KIND.nominalCapacityAmpHours();
    double share = 1;
    for (int t = 0; t < situation.secondsBefore; t++) {
      share *= heldBack(cell);
      cell.step(share * situation.rateBefore * rate * ampHours, 1);
    }
    StateEstimator estimator =
        Estimators.create("physics", KIND, PackLayout.SINGLE_CELL, EstimatorOptions.DEFAULT);
    CellEstimate e = null;
    for (int t = 0; t <= 60; t++) {
      boolean on = situation.loadedAtFirst() || t >= 5;
      double amps = on ? situation.rateAfter * rate * ampHours : 0;
      share *= heldBack(cell);
      e = estimator.update(cell.step(share * amps, 1), CurrentCommand.zero(0));
    }
    assertThat(e.valid()).as("%s %s %d", stratum, situation, seed).isTrue();
    return e.soc() - cell.truth.soc;
  }

  /** As a charger does: less current where the cell is at its limits. */
  private static double heldBack(SimulatedCell cell) {
    boolean beyond = cell.truth.voltageVolts > 4.2 || cell.truth.anodePotentialVolts < -0.03;
    return beyond ? 0.9 : 1;
  }

  private static CellVariation variation(Stratum s, RandomGenerator r) {
    return new CellVariation(
        1,
        s.spread > 0 ? 2e-3 * r.nextDouble() : 0,
        off(r, s.spread),
        off(r, s.spread),
        off(r, s.spread),
        off(r, s.spread),
        off(r, s.spread),
        off(r, s.spread),
        s.loss,
        0.7 * s.loss,
        0.5 * s.loss,
        off(r, s.spread));
  }

  private static SensorErrors sensors(Stratum s, RandomGenerator r) {
    double on = s.biased ? 1 : 0;
    return new SensorErrors(
        SensorModel.PERFECT.withNoise(1e-3).withBias(on * 5e-3 * even(r)),
        SensorModel.PERFECT.withRelativeNoise(1e-3).withGain(1 + on * 5e-3 * even(r)),
        SensorModel.PERFECT.withNoise(0.2).withBias(on * even(r)));
  }

  private static double off(RandomGenerator r, double spread) {
    return 1 + spread * even(r);
  }

  private static double even(RandomGenerator r) {
    return 2 * r.nextDouble() - 1;
  }
}
