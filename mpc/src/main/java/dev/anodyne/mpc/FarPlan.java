package dev.anodyne.mpc;

import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.mpc.prediction.ConstraintClass;
import dev.anodyne.mpc.prediction.HorizonGrid;
import dev.anodyne.mpc.prediction.MovePlan;

/**
 * A second plan, longer and coarser, for what the near one cannot see: heat. While it reaches the
 * temperature limit somewhere ahead and the cell is not there yet, its current is a cap for the
 * near plan, so that the room to the limit is spent where it wins most time. Else it asks for
 * nothing: for all other limits charging as early as they allow is best, which the near plan does.
 *
 * <p>Renewed every {@value #RENEWAL_SECONDS} s, or every {@value #IDLE_RENEWAL_SECONDS} s while it
 * stays far from the temperature limit and has nothing to say. Not thread-safe.
 */
final class FarPlan implements AutoCloseable {
  private static final double RENEWAL_SECONDS = 10.0;

  /**
   * Seconds between plans that stay {@value #FAR_FROM_LIMIT} tenths of a kelvin from the limit to
   * their end: a limit that comes into sight is then still about the whole horizon away.
   */
  private static final double IDLE_RENEWAL_SECONDS = 60.0;

  private static final double FAR_FROM_LIMIT = -30.0;

  private static final int STEPS = 45;
  private static final int MOVES = 20;

  /** Programs of a first plan, which may be far from the best. */
  private static final int COLD_PROGRAMS = 30;

  /**
   * Programs of a renewal, and how far each may go, as a share of the current limit. Heat goes with
   * the square of the current: within less than this its linearisation is right to 1 %.
   */
  private static final int WARM_PROGRAMS = 4;

  private static final double TRUST_REGION = 0.05;

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

  /**
   * A new plan that a program still promises more for than this, A of mean current, is none yet.
   */
  private static final double SETTLED_AMPS = 0.02;

  private static final double NANOS_PER_SECOND = 1e9;

  /** A move whose anode potential or voltage comes this near to its limit is held by it, mV. */
  private static final double HELD = -1.0;

  private final HorizonGrid grid;
  private final SequentialPlanner planner;
  private final MovePlan plan;
  private final boolean[] held = new boolean[MOVES];
  private long renewedNanos;
  private long nowNanos;
  private boolean active;
  private boolean settled;
  private boolean idle;

  /**
   * No plan yet.
   *
   * @param settings the near plan's
   * @param seconds length, s
   */
  FarPlan(
      P2dModel model, MpcSettings settings, double seconds, ChargeProgram.ProgramFactory programs) {
    double first = Math.max(settings.horizon().periodSeconds(), RENEWAL_SECONDS);
    grid =
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
            settings.withWeights(weights).withSearch(patient(settings.search())),
            SequentialPlanner.Goal.SHORTEST_TIME,
            programs);
  }

  private static MpcSettings.Search patient(MpcSettings.Search s) {
    return new MpcSettings.Search(
        TRUST_REGION,
        WARM_PROGRAMS,
        Math.max(s.coldPrograms(), COLD_PROGRAMS),
        s.anodeRiseSeconds(),
        s.temperatureFilterSeconds(),
        s.maxPlanAgeSeconds(),
        s.failuresBeforeColdRestart());
  }

  /**
   * Renews the plan when it is time, with at most half of the time that is left; without time the
   * old one goes on. A failure leaves no cap.
   */
  void update(SequentialPlanner.Task task) {
    nowNanos = task.estimate().timeNanos();
    double age = (nowNanos - renewedNanos) / NANOS_PER_SECOND;
    if (plan.isKnown() && settled && age >= 0.0 && age < renewalSeconds() - 1e-3) {
      return;
    }
    renewedNanos = nowNanos;
    boolean warm = plan.isKnown();
    SolveStatus status = planner.plan(task.withinHalf(), plan);
    if (status.isUsable()) {
      plan.set(planner.moveAmps(), nowNanos);
      for (int j = 0; j < MOVES; j++) {
        held[j] =
            planner.worstExcess(ConstraintClass.ANODE_POTENTIAL, j) > HELD
                || planner.worstExcess(ConstraintClass.VOLTAGE, j) > HELD;
      }
      settled |= warm && planner.promisedAmps() < SETTLED_AMPS;
      active =
          settled
              && planner.worstExcess(ConstraintClass.TEMPERATURE) > AT_LIMIT
              && planner.firstExcess(ConstraintClass.TEMPERATURE) < NEARLY_AT_LIMIT;
      idle = settled && planner.worstExcess(ConstraintClass.TEMPERATURE) < FAR_FROM_LIMIT;
    } else if (status != SolveStatus.DEADLINE) {
      forget();
    }
  }

  private double renewalSeconds() {
    return idle ? IDLE_RENEWAL_SECONDS : RENEWAL_SECONDS;
  }

  /** Whether the plan asks for less than the limits of the moment allow. */
  boolean isActive() {
    return active;
  }

  /**
   * Cap of the current in a time from the last update, A; +∞ when the plan asks for nothing. It
   * asks for nothing in moves that another limit holds: of those the near plan knows more, since a
   * long move is held by its end.
   */
  double capAmps(double fromSeconds, double toSeconds) {
    double age = plan.ageSeconds(nowNanos);
    return active && !isHeld(age + fromSeconds, age + toSeconds)
        ? plan.meanAmps(age + fromSeconds, age + toSeconds)
        : Double.POSITIVE_INFINITY;
  }

  private boolean isHeld(double fromSeconds, double toSeconds) {
    for (int j = 0; j < MOVES; j++) {
      double start = grid.moveStartSeconds(j);
      double end = start + grid.moveSeconds(j);
      if (held[j] && start < toSeconds && end > fromSeconds) {
        return true;
      }
    }
    return false;
  }

  /** Forgets the plan and its solver's basis. */
  void forget() {
    plan.forget();
    planner.restart();
    active = false;
    settled = false;
    idle = false;
  }

  @Override
  public void close() {
    planner.close();
  }
}
