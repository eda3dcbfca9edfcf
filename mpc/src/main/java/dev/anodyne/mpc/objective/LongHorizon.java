package dev.anodyne.mpc.objective;

/**
 * The plan to a departure by dynamic programming (Bellman, Dynamic Programming, 1957) over state of
 * charge and temperature:
 *
 * <pre>
 * V_N(s, T) = M max(0, s_target − s)
 * V_k(s, T) = min over (I, P) of  w_t Δt + w_e p_k E + w_a (L + c S) + V_(k+1)(s', T')
 * </pre>
 *
 * The costs are not convex (plated lithium grows exponentially with the charge that is held), which
 * rules a linear program out; two states make the exact recursion cheap. V is kept for every stage,
 * so that the plan answers from any state that reality reaches without being made anew. Immutable
 * after construction, but {@link #choose} uses scratch: not thread-safe.
 */
final class LongHorizon {
  /** A shortfall of the whole charge costs this many times all that a charge can cost. */
  private static final double SHORTFALL = 1e4;

  private static final double MOST_STAGES = 288;

  private final ChargeTask task;
  private final ChargeGoal goal;
  private final StateGrid grid;
  private final ChargeStage stage;
  private final Choices choices;
  private final double stageSeconds;
  private final double deadlineSeconds;
  private final int stages;

  /** values[k][node]: cost to go at the beginning of stage k. */
  private final double[][] values;

  private double bestCost;
  private double bestAmps;
  private double bestHeat;

  /**
   * Makes the plan.
   *
   * @param grid must cover the states to come
   * @param stage physics of a stage for the task
   * @param startSeconds where the plan begins, s
   * @param deadlineSeconds where it arrives, s
   */
  LongHorizon(
      ChargeTask task,
      ChargeGoal goal,
      StateGrid grid,
      ChargeStage stage,
      double nominalAmpHours,
      double startSeconds,
      double deadlineSeconds) {
    this.task = task;
    this.goal = goal;
    this.grid = grid;
    this.stage = stage;
    this.deadlineSeconds = deadlineSeconds;
    double ahead = Math.max(1.0, deadlineSeconds - startSeconds);
    stageSeconds = stageSeconds(ahead);
    stages = (int) Math.ceil(ahead / stageSeconds - 1e-9);
    choices = new Choices(stage, task, nominalAmpHours);
    values = new double[stages + 1][grid.size()];
    sweep(new Transitions(grid, choices, stage, stageSeconds));
  }

  /** Minutes that divide tariffs' quarters of an hour, fine where the time is short. */
  private static double stageSeconds(double ahead) {
    if (ahead <= 2.0 * 3600.0) {
      return 60.0;
    }
    if (ahead <= 6.0 * 3600.0) {
      return 180.0;
    }
    return 300.0 * Math.ceil(ahead / 300.0 / MOST_STAGES);
  }

  private void sweep(Transitions to) {
    for (int node = 0; node < grid.size(); node++) {
      values[stages][node] = shortfall() * Math.max(0.0, task.targetSoc() - grid.soc(node));
    }
    for (int k = stages - 1; k >= 0; k--) {
      double price = goal.energyWeight() * price(begin(k), begin(k + 1));
      double cap = task.maxPowerWatts().min(begin(k), begin(k + 1) - 1.0);
      for (int node = 0; node < grid.size(); node++) {
        values[k][node] = best(to, node, price, cap, values[k + 1]);
      }
    }
  }

  private double best(Transitions to, int node, double price, double cap, double[] next) {
    double best = Double.POSITIVE_INFINITY;
    for (int i = to.first[node]; i < to.first[node + 1]; i++) {
      if (to.directWatts[i] <= cap) {
        double cost =
            goal.timePerHour() * to.hours[i]
                + price * to.kilowattHours[i]
                + goal.ageingPerPercent() * to.wearPercent[i]
                + grid.at(next, to.socPosition[i], to.kelvinPosition[i]);
        best = Math.min(best, cost);
      }
    }
    return best;
  }

  /** Above all that a charge can cost, so that arriving comes before everything. */
  private double shortfall() {
    double dearest = 0.0;
    for (int k = 0; k < stages; k++) {
      dearest = Math.max(dearest, Math.abs(price(begin(k), begin(k + 1))));
    }
    double hours = stages * stageSeconds / 3600.0;
    return SHORTFALL
        * (goal.timePerHour() * hours
            + goal.energyWeight() * dearest * 0.01
            + goal.ageingPerPercent() * 0.01);
  }

  private double price(double from, double to) {
    return task.pricePerKilowattHour().mean(from, to);
  }

  private double begin(int k) {
    return deadlineSeconds - (stages - k) * stageSeconds;
  }

  private int stageAt(double seconds) {
    double passed = seconds - begin(0);
    return Math.min(stages - 1, Math.max(0, (int) Math.floor(passed / stageSeconds + 1e-9)));
  }

  /** When the choice of a time ends, s. */
  double choiceEnds(double seconds) {
    return begin(stageAt(seconds) + 1);
  }

  /** When the plan arrives, s. */
  double deadlineSeconds() {
    return deadlineSeconds;
  }

  /** Cost to go from a state, shortfall included. */
  double cost(double seconds, double soc, double kelvin) {
    choose(seconds, soc, kelvin);
    return bestCost;
  }

  /**
   * What to do from a state until {@link #choiceEnds}.
   *
   * @param seconds before the deadline, s
   */
  Choice choose(double seconds, double soc, double kelvin) {
    int k = stageAt(seconds);
    double end = begin(k + 1);
    double length = Math.max(1.0, end - seconds);
    double price = goal.energyWeight() * price(seconds, end);
    double cap = task.maxPowerWatts().min(seconds, Math.max(seconds, end - 1.0));
    bestCost = Double.POSITIVE_INFINITY;
    bestAmps = 0.0;
    bestHeat = 0.0;
    choices.visit(soc, kelvin, length, cap, (amps, heat) -> weigh(k, price, amps, heat));
    return new Choice(bestAmps, bestHeat);
  }

  private void weigh(int k, double price, double amps, double heat) {
    double cost =
        goal.timePerHour() * stage.chargingSeconds / 3600.0
            + price * stage.kilowattHours
            + goal.ageingPerPercent() * stage.wearPercent
            + grid.value(values[k + 1], stage.soc, stage.kelvin);
    if (cost < bestCost) {
      bestCost = cost;
      bestAmps = amps;
      bestHeat = heat;
    }
  }

  /**
   * A choice of the plan.
   *
   * @param amps current, A
   * @param heatWatts heat into the cell, W, below 0 when it is cooled
   */
  record Choice(double amps, double heatWatts) {}
}
