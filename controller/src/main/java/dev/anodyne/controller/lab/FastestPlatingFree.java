package dev.anodyne.controller.lab;

import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.plantsim.PlantConfig;

/**
 * The fastest CC-CV charge that does not plate on the TRUE plant: what a perfectly informed person
 * could set a plain charger to. The strongest baseline without feedback, found by search on the
 * lowest anode potential as a function of the rate, which falls with the rate.
 */
final class FastestPlatingFree {
  /** Rates are told apart to this share. */
  private static final double RESOLUTION = 2e-3;

  /** The found charge may stay this far above plating, V. */
  private static final double CLOSE_VOLTS = 2e-4;

  /** Near the edge the lowest potential falls by about this for each C more. */
  private static final double SLOPE_VOLTS = 0.040;

  private static final double SLOWEST_RATE = 0.02;
  private static final int MAX_ROUNDS = 24;
  private static final int MAX_CONFIRMATIONS = 4;

  /**
   * The search's own plant: coarse in space and time, which shifts the answer by a few permille.
   */
  private static final double COARSE_SECONDS = 5.0;

  private final ChargeSetup setup;
  private final PlantConfig plant;

  private FastestPlatingFree(ChargeSetup setup, PlantConfig plant) {
    this.setup = setup;
    this.plant = plant;
  }

  /**
   * Finds the charge and runs it on the plant itself.
   *
   * @param setup limits and window
   * @param plant the true plant, with sensors that are right
   * @return the confirmed run; its policy name says the rate
   */
  static RunResult find(ChargeSetup setup, PlantConfig plant) throws InterruptedException {
    return new FastestPlatingFree(setup, plant).find();
  }

  private RunResult find() throws InterruptedException {
    double rate = search();
    RunResult run = fine(rate);
    for (int i = 0; i < MAX_CONFIRMATIONS; i++) {
      double lowest = run.summary().minAnodePotentialVolts();
      if (lowest >= 0) {
        return nearer(rate, run);
      }
      rate -= Math.max(RESOLUTION * rate, -1.2 * lowest / SLOPE_VOLTS);
      if (rate < SLOWEST_RATE) {
        return run;
      }
      run = fine(rate);
    }
    return run;
  }

  /** What the fine plant leaves of the way to the edge is gone too, unless that plates. */
  private RunResult nearer(double rate, RunResult found) throws InterruptedException {
    double step = 0.8 * found.summary().minAnodePotentialVolts() / SLOPE_VOLTS;
    if (step < RESOLUTION * rate || rate + step > setup.maxCRate()) {
      return found;
    }
    RunResult faster = fine(rate + step);
    return faster.summary().minAnodePotentialVolts() >= 0 ? faster : found;
  }

  /** Regula falsi (Illinois) between a rate that plates and one that does not. */
  private double search() throws InterruptedException {
    double high = setup.maxCRate();
    double atHigh = coarse(high);
    if (atHigh >= 0) {
      return high;
    }
    double low = high;
    double atLow = atHigh;
    while (atLow < 0 && low > SLOWEST_RATE) {
      high = low;
      atHigh = atLow;
      low = low > 1.5 ? 0.35 * low : 0.6 * low;
      atLow = coarse(low);
    }
    for (int i = 0; i < MAX_ROUNDS; i++) {
      if (high - low < RESOLUTION * low || (atLow >= 0 && atLow < CLOSE_VOLTS)) {
        break;
      }
      double rate = (low * atHigh - high * atLow) / (atHigh - atLow);
      double value = coarse(rate);
      if (value >= 0) {
        low = rate;
        atLow = value;
        atHigh *= 0.5;
      } else {
        high = rate;
        atHigh = value;
        atLow *= 0.5;
      }
    }
    return low;
  }

  /** Lowest true anode potential of a charge at this rate, V, on the coarse plant. */
  private double coarse(double rate) throws InterruptedException {
    P2dOptions options =
        new P2dOptions(
            plant.options().thermal(),
            plant.options().ageing(),
            P2dOptions.CONTROL.anodeNodes(),
            P2dOptions.CONTROL.separatorNodes(),
            P2dOptions.CONTROL.cathodeNodes(),
            P2dOptions.CONTROL.radialUnknowns());
    return run(
            rate, COARSE_SECONDS, plant.withOptions(options).withInnerStepSeconds(COARSE_SECONDS))
        .summary()
        .minAnodePotentialVolts();
  }

  private RunResult fine(double rate) throws InterruptedException {
    return run(rate, setup.periodSeconds(), plant);
  }

  private RunResult run(double rate, double periodSeconds, PlantConfig on)
      throws InterruptedException {
    // Three decimals are what a table can show and a charger can be set to.
    double rounded = Math.floor(rate * 1e3) / 1e3;
    String policy = "cccv:" + Trace.number(rounded);
    ChargeSetup charge = setup.with(policy, Parts.TRUTH).withPeriodSeconds(periodSeconds);
    String label = "Fastest CC-CV without plating (" + Trace.number(rounded) + "C)";
    return ClosedLoopRun.run(charge, on, label, Progress.NONE);
  }
}
