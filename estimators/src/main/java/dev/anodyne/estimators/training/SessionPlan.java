package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.signal.SensorErrors;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;

/**
 * The conditions of one session: all that is drawn before it starts.
 *
 * @param reference true for a charge like the reference charge (25 °C, 40 W/m²K, from 10 %)
 * @param aged true when the pack's cells share a mild ageing
 * @param series cells in series
 * @param common what all cells of the pack share
 * @param ambientKelvin ambient temperature, K
 * @param heatTransfer heat transfer coefficient, W/m²K
 * @param heatTransferBelieved what the twin believes, W/m²K
 * @param initialSoc state of charge at the start
 * @param targetSoc the session ends here
 * @param maxVolts highest cell voltage allowed, V
 * @param maxKelvin the current is cut back towards this temperature, K
 * @param restSeconds rest before the first current, s
 * @param longestSeconds the session ends here at the latest, s
 * @param profile chooses the current
 * @param errors of the sensors
 * @param extras what only wide plans vary
 */
record SessionPlan(
    boolean reference,
    boolean aged,
    int series,
    CellVariation common,
    double ambientKelvin,
    double heatTransfer,
    double heatTransferBelieved,
    double initialSoc,
    double targetSoc,
    double maxVolts,
    double maxKelvin,
    double restSeconds,
    double longestSeconds,
    CurrentProfile profile,
    SensorErrors errors,
    SessionExtras extras) {

  /** Of the reference charge, W/m²K. */
  static final double REFERENCE_HEAT_TRANSFER = 40.0;

  private static final int[] SERIES = {1, 4, 4, 4, 8, 2, 1, 4};

  /** A charge like the reference charge: what the bound must hold for first. */
  static SessionPlan reference(
      double upperCutOffVolts,
      int series,
      CellVariation common,
      boolean aged,
      SplittableGenerator random) {
    double maxRate = between(random, 2.8, 3.2);
    CurrentProfile profile =
        new CurrentProfile.Rider(
            random.split(),
            maxRate,
            -0.004 + 0.006 * random.nextDouble(),
            0.004 + 0.016 * random.nextDouble(),
            0.0);
    return new SessionPlan(
        true,
        aged,
        series,
        common,
        298.15 + between(random, -2, 2),
        between(random, 32, 48),
        REFERENCE_HEAT_TRANSFER,
        between(random, 0.08, 0.25),
        0.82,
        upperCutOffVolts,
        318.15,
        between(random, 1, 10),
        4200,
        profile,
        SensorErrors.STANDARD,
        aged ? SessionExtras.shipped("reference", "aged") : SessionExtras.shipped("reference"));
  }

  /** Any condition in the ranges. */
  static SessionPlan broad(double upperCutOffVolts, SplittableGenerator random) {
    double ambient =
        273.15 + (random.nextDouble() < 0.8 ? between(random, 0, 45) : between(random, -10, 50));
    double heat = Math.exp(between(random, Math.log(5), Math.log(60)));
    double warmth = Math.min(Math.max((ambient - 263.15) / 35.0, 0.15), 1.0);
    double maxRate = between(random, 0.3, 3.3) * (random.nextDouble() < 0.7 ? warmth : 1.0);
    boolean aged = random.nextDouble() < 0.3;
    return new SessionPlan(
        false,
        aged,
        SERIES[random.nextInt(SERIES.length)],
        aged ? mildAgeing(random) : CellVariation.NONE,
        ambient,
        heat,
        heat * between(random, 0.8, 1.25),
        between(random, 0.0, 0.8),
        between(random, 0.8, 0.95),
        upperCutOffVolts,
        between(random, 316, 333),
        random.nextDouble() < 0.2 ? 0.0 : between(random, 1, 60),
        2700,
        profile(random, maxRate, warmth),
        SensorErrors.STANDARD,
        aged ? SessionExtras.shipped("aged") : SessionExtras.shipped());
  }

  /** A pack some hundred cycles old: common to its cells, not known to the twin. */
  static CellVariation mildAgeing(RandomGenerator random) {
    return new CellVariation(
        1.0,
        between(random, 0, 3e-3),
        between(random, 0.9, 1.05),
        between(random, 0.92, 1.05),
        between(random, 0.92, 1.05),
        between(random, 0.92, 1.05),
        between(random, 0.95, 1.02),
        between(random, 0.95, 1.02),
        between(random, 0, 0.02),
        between(random, 0, 0.02),
        between(random, 0, 0.02),
        1.0);
  }

  private static CurrentProfile profile(SplittableGenerator random, double maxRate, double warmth) {
    double kind = random.nextDouble();
    if (kind < 0.5) {
      double pause = random.nextDouble() < 0.3 ? between(random, 200, 900) : 0.0;
      return new CurrentProfile.Rider(
          random.split(), 3.1, -0.005, between(random, 0.005, 0.04), pause);
    }
    if (kind < 0.62) {
      return new CurrentProfile.Constant(Math.max(maxRate, 0.2));
    }
    if (kind < 0.8) {
      return new CurrentProfile.Steps(random.split(), maxRate, between(random, 30, 400));
    }
    if (kind < 0.9) {
      return new CurrentProfile.Ramps(random.split(), maxRate);
    }
    return new CurrentProfile.Pulses(
        maxRate,
        maxRate * 0.3 * random.nextDouble(),
        between(random, 5, 90),
        between(random, 5, 60) * warmth + 5);
  }

  static double between(RandomGenerator random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
