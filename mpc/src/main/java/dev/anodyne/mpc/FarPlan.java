package dev.anodyne.mpc;

import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.mpc.prediction.ConstraintClass;
import dev.anodyne.mpc.prediction.HorizonGrid;
import dev.anodyne.mpc.prediction.MovePlan;

/**
 * A second plan, longer and coarser, for what the near one cannot see: heat. While it reaches the
 * temperature limit somewhere ahead and the cell is not there yet, its current is a cap for the
 * near plan, so that the room to the limit is spent where it wins most time. Else it asks for
 * nothing: for all other limits charging as early as they allow is best, which the near plan does.
 *
 * <p>Renewed every {@value #RENEWAL_SECONDS} s. Not thread-safe.
 */
final class FarPlan implements AutoCloseable {
  private static final double RENEWAL_SECONDS = 10.0;

  private static final int STEPS = 30;
  private static final int MOVES = 10;

  /** Longest step over the horizon. */
  private static final double LONGEST_STEP_SHARE = 0.1;

  /** Charge at the horizon's end counts e^(−this) of charge now: nearly alike. */
  private static final double DECAY = 0.3;

  /** The same cost of a change as the near plan's, by charge instead of by mean current. */
  private static final double MOVE_COST = 0.0005;

  /** The plan is at the limit from here on, tenths of a kelvin. */
  private static final double AT_LIMIT = -1.0;

  /** The cell is at the limit from here on, tenths of a kelvin: near enough for the near plan. */
  private static final double NEARLY_AT_LIMIT = -3.0;

  private static final double NANOS_PER_SECOND = 1e9;

  private final SequentialPlanner planner;
  private final MovePlan plan;
  private long renewedNanos;
  private long nowNanos;
  private boolean active;

  /**
   * No plan yet.
   *
   * @param settings the near plan's
   * @param seconds length, s
   */
  FarPlan(
      P2dModel model, MpcSettings settings, double seconds, ChargeProgram.ProgramFactory programs) {
    double first = Math.max(settings.horizon().periodSeconds(), RENEWAL_SECONDS);
    HorizonGrid grid =
        HorizonGrid.of(first, STEPS, MOVES, seconds, Math.max(first, LONGEST_STEP_SHARE * seconds));
    MpcSettings.Weights near = settings.weights();
    MpcSettings.Weights weights =
        new MpcSettings.Weights(
            DECAY,
            MOVE_COST,
            near.slackPerMillivolt(),
            near.slackPerTenthKelvin(),
            near.slackPerPermille(),
            near.slackPerTenMolPerM3());
    plan = new MovePlan(grid);
    planner =
        new SequentialPlanner(
            model,
            grid,
            settings.withWeights(weights),
            SequentialPlanner.Goal.SHORTEST_TIME,
            programs);
  }

  /** Renews the plan when it is time; a failure leaves no cap. */
  void update(SequentialPlanner.Task task) {
    nowNanos = task.estimate().timeNanos();
    double age = (nowNanos - renewedNanos) / NANOS_PER_SECOND;
    if (plan.isKnown() && age >= 0.0 && age < RENEWAL_SECONDS - 1e-3) {
      return;
    }
    renewedNanos = nowNanos;
    boolean usable = planner.plan(task, plan).isUsable();
    if (usable) {
      plan.set(planner.moveAmps(), nowNanos);
      active =
          planner.worstExcess(ConstraintClass.TEMPERATURE) > AT_LIMIT
              && planner.firstExcess(ConstraintClass.TEMPERATURE) < NEARLY_AT_LIMIT;
    } else {
      forget();
    }
  }

  /** Whether the plan asks for less than the limits of the moment allow. */
  boolean isActive() {
    return active;
  }

  /** Cap of the current in a time from the last update, A; +∞ when the plan asks for nothing. */
  double capAmps(double fromSeconds, double toSeconds) {
    if (!active) {
      return Double.POSITIVE_INFINITY;
    }
    double age = plan.ageSeconds(nowNanos);
    return plan.meanAmps(age + fromSeconds, age + toSeconds);
  }

  /** Forgets the plan and its solver's basis. */
  void forget() {
    plan.forget();
    planner.restart();
    active = false;
  }

  @Override
  public void close() {
    planner.close();
  }
}
