package dev.anodyne.mpc.objective;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The earliest arrival, and the heat that brings it about. Without heater and cooler it is the ride
 * along the limits. With them, the least time to go solves
 *
 * <pre>τ(s, T) = min over (I, P) of  Δt + τ(s', T'),   τ(s_target, T) = 0</pre>
 *
 * by value iteration from the target downwards; states of charge only rise, so a few sweeps do.
 */
final class FastestCharge {
  private static final double STAGE_SECONDS = 60.0;
  private static final double NEVER_HOURS = 100.0;
  private static final double SAME_HOURS = 1e-5;
  private static final int MOST_SWEEPS = 200;

  private final ChargeTask task;
  private final ChargeStage stage;
  private final StateGrid grid;
  private final Choices choices;
  private final double @Nullable [] hoursToGo;
  private final double energyPerHour;
  private double bestCost;
  private double bestAmps;
  private double bestHeat;

  /**
   * Prepares the earliest arrival.
   *
   * @param energyPerHour how many hours a kilowatt-hour is worth, at least a little, so that no
   *     heat is spent for nothing
   */
  FastestCharge(
      ChargeTask task,
      StateGrid grid,
      ChargeStage stage,
      double nominalAmpHours,
      double energyPerHour) {
    this.task = task;
    this.stage = stage;
    this.grid = grid;
    this.energyPerHour = energyPerHour;
    choices = new Choices(stage, task, nominalAmpHours);
    hoursToGo = task.thermal().isOffered() ? iterate() : null;
  }

  private double[] iterate() {
    Transitions to = new Transitions(grid, choices, stage, STAGE_SECONDS);
    double[] hours = new double[grid.size()];
    Arrays.fill(hours, NEVER_HOURS);
    for (int sweep = 0; sweep < MOST_SWEEPS; sweep++) {
      double moved = 0.0;
      for (int node = grid.size() - 1; node >= 0; node--) {
        double best = grid.soc(node) >= task.targetSoc() - 1e-9 ? 0.0 : best(to, node, hours);
        moved = Math.max(moved, Math.abs(best - hours[node]));
        hours[node] = best;
      }
      if (moved < SAME_HOURS) {
        break;
      }
    }
    return hours;
  }

  private double best(Transitions to, int node, double[] hours) {
    double best = hours[node];
    for (int i = to.first[node]; i < to.first[node + 1]; i++) {
      double next = grid.at(hours, to.socPosition[i], to.kelvinPosition[i]);
      best = Math.min(best, to.hours[i] + energyPerHour * to.kilowattHours[i] + next);
    }
    return best;
  }

  /** What to do for the next minute. */
  LongHorizon.Choice choose(double soc, double kelvin, double maxPowerWatts) {
    double[] hours = hoursToGo;
    if (hours == null) {
      double amps = stage.ridingAmps(soc, kelvin, 0.0, STAGE_SECONDS, maxPowerWatts);
      return new LongHorizon.Choice(amps, 0.0);
    }
    bestCost = Double.POSITIVE_INFINITY;
    bestAmps = 0.0;
    bestHeat = 0.0;
    choices.visit(
        soc, kelvin, STAGE_SECONDS, maxPowerWatts, (amps, heat) -> weigh(hours, amps, heat));
    return new LongHorizon.Choice(bestAmps, bestHeat);
  }

  private void weigh(double[] hours, double amps, double heat) {
    double cost =
        stage.chargingSeconds / 3600.0
            + energyPerHour * stage.kilowattHours
            + grid.value(hours, stage.soc, stage.kelvin);
    if (cost < bestCost) {
      bestCost = cost;
      bestAmps = amps;
      bestHeat = heat;
    }
  }

  /**
   * The earliest arrival, on the model's share that plans count on, announced power caps kept.
   *
   * @param nowSeconds on the task's clock, s
   * @param longestSeconds how far to look, s
   * @return time from now, s; +∞ when it is longer than that
   */
  double secondsToGo(double nowSeconds, double soc, double kelvin, double longestSeconds) {
    double s = soc;
    double t = kelvin;
    double passed = 0.0;
    while (s < task.targetSoc() - 1e-9) {
      if (passed > longestSeconds) {
        return Double.POSITIVE_INFINITY;
      }
      double from = nowSeconds + passed;
      double cap = task.maxPowerWatts().min(from, from + STAGE_SECONDS - 1.0);
      LongHorizon.Choice choice = choose(s, t, cap);
      stage.evaluate(s, t, choice.amps(), choice.heatWatts(), STAGE_SECONDS);
      s = stage.soc;
      t = stage.kelvin;
      passed += stage.chargingSeconds;
    }
    return passed;
  }
}
