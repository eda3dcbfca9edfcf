package dev.anodyne.mpc;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.PlanAhead;
import dev.anodyne.core.charging.SlackUse;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.mpc.lp.LpStatus;
import dev.anodyne.mpc.prediction.ConstraintClass;
import dev.anodyne.mpc.prediction.Forecast;
import dev.anodyne.mpc.prediction.HorizonGrid;
import dev.anodyne.mpc.prediction.MovePlan;
import dev.anodyne.mpc.prediction.OutputOffsets;
import dev.anodyne.mpc.prediction.TemperatureCeiling;
import java.util.Arrays;

/**
 * Finds a plan by successive linear programming with a trust region: linearise the model around a
 * plan, solve the linear program, simulate its answer on the full model, and take it if it is as
 * good as promised (cf. Fletcher, Practical Methods of Optimization, ch. 14). With the previous
 * plan at hand one program a decision is enough (real-time iteration, Diehl et al. 2005).
 */
final class SequentialPlanner implements AutoCloseable {
  /** Least share of the promised gain that a simulated plan must bring. */
  private static final double ACCEPT = 0.05;

  private static final double GOOD = 0.75;
  private static final double POOR = 0.25;
  private static final double SHRINK = 0.3;
  private static final double GROW = 2.0;

  /** A promised gain below this, A of mean current, is not worth another program. */
  private static final double CONVERGED_AMPS = 1e-4;

  /** A kept plan may exceed a limit by this much, in slack units (mV, 0.1 K …). */
  private static final double TOLERATED_SLACK = 1.0;

  /** Constant currents tried when there is no previous plan, as shares of the limit. */
  private static final double[] COLD_SHARES = {1.0, 0.75, 0.5, 0.25, 0.1, 0.0};

  private final HorizonGrid grid;
  private final MpcSettings settings;
  private final ChargeProgram program;
  private final PlanSlack slack;
  private final HardPlanLimits hard;
  private final ChargeWorth worth;
  private final Goal goal;
  private Forecast base;
  private Forecast trial;
  private final double[] barAmps;
  private final double[] trialAmps;
  private double barMerit;
  private int programsSolved;
  private double promisedAmps;

  /** What a plan is after. */
  enum Goal {
    /** Charge as early as possible, by the weights' decay alone. */
    EARLY_CHARGE,
    /** The earliest end of the charge, as far as the horizon reaches. */
    SHORTEST_TIME
  }

  SequentialPlanner(
      P2dModel model,
      HorizonGrid grid,
      MpcSettings settings,
      Goal goal,
      ChargeProgram.ProgramFactory programs) {
    this.grid = grid;
    this.goal = goal;
    this.settings = settings;
    double risePerAmp =
        1e3 * settings.margins().riseVoltsPerC() / model.cell().nominalCapacityAmpHours();
    program = new ChargeProgram(grid, settings.weights(), risePerAmp, programs);
    worth = new ChargeWorth(grid, settings.weights().decay());
    slack = new PlanSlack(grid, settings.margins());
    base = new Forecast(model, grid);
    trial = new Forecast(model, grid);
    barAmps = new double[grid.moves()];
    trialAmps = new double[grid.moves()];
    hard = new HardPlanLimits(model, grid, settings.margins().targetSoc());
  }

  /**
   * What one decision starts from.
   *
   * @param estimate a valid belief
   * @param start the cell's state when the first move begins to count. Not modified
   * @param limits the limits in force
   * @param caps what is known of limits to come
   * @param offsets corrections of the model's outputs
   * @param presentAmps current that flows when the first move begins to count, A
   * @param ceilingAmps largest current for the first move, A
   * @param heatAmps largest current that may be held until the temperature's limit counts, {@link
   *     TemperatureCeiling#HOLD_SECONDS}, A
   * @param nanosLeft time left, counted from the call; see {@link Timer}
   */
  record Task(
      CellEstimate estimate,
      P2dState start,
      ChargeLimits limits,
      CapsAhead caps,
      OutputOffsets offsets,
      double presentAmps,
      double ceilingAmps,
      double heatAmps,
      Timer nanosLeft) {
    /** The same with other caps ahead and other ceilings, A. */
    Task with(CapsAhead newCaps, double newCeilingAmps, double newHeatAmps) {
      return new Task(
          estimate,
          start,
          limits,
          newCaps,
          offsets,
          presentAmps,
          newCeilingAmps,
          newHeatAmps,
          nanosLeft);
    }

    /** The same with half of the time that is left now. */
    Task withinHalf() {
      long kept = Math.max(0, nanosLeft.nanosLeft() / 2);
      Timer half =
          () -> {
            long left = nanosLeft.nanosLeft();
            return left > 0 && left <= kept ? -1 : left - (left > 0 ? kept : 0);
          };
      return new Task(
          estimate, start, limits, caps, offsets, presentAmps, ceilingAmps, heatAmps, half);
    }
  }

  /** Time left for a decision. */
  @FunctionalInterface
  interface Timer {
    /** Time left, ns, &lt; 0 when it is over; 0 when there is no deadline. */
    long nanosLeft();
  }

  /** Currents of the plan found, A. Overwritten by the next call. */
  double[] moveAmps() {
    return barAmps;
  }

  /** Number of linear programs the last plan took. */
  int programsSolved() {
    return programsSolved;
  }

  /**
   * What the last linear program promised to gain over the plan it began with, A of mean current.
   */
  double promisedAmps() {
    return promisedAmps;
  }

  PlanAhead planAhead() {
    return base.toPlanAhead(barAmps, slack.soft());
  }

  /**
   * Makes a plan.
   *
   * @param last the previous plan, perhaps unknown
   * @return whether {@link #moveAmps()} may be used; {@link SolveStatus#ITERATION_LIMIT} when the
   *     previous plan, simulated anew, is the best there is
   */
  SolveStatus plan(Task task, MovePlan last) {
    programsSolved = 0;
    slack.set(task.limits(), task.offsets(), Math.min(task.presentAmps(), task.ceilingAmps()));
    long now = task.estimate().timeNanos();
    double age = last.isKnown() ? last.ageSeconds(now) : -1.0;
    boolean warm = age >= 0.0 && age < grid.horizonSeconds();
    hard.set(task, warm ? base : null, slack.soft().offset(ConstraintClass.VOLTAGE));
    SolveStatus status = SolveStatus.NOT_RUN;
    if (warm) {
      last.shiftTo(now, barAmps);
      hard.project(barAmps);
      status = simulate(task, base, barAmps, true);
    }
    if (!status.isUsable()) {
      warm = false;
      status = startCold(task);
    }
    if (!status.isUsable()) {
      return status;
    }
    value(goal == Goal.SHORTEST_TIME ? hard.chargeLeftAmpSeconds() : Double.POSITIVE_INFINITY);
    return improve(task, warm);
  }

  private void value(double chargeLeftAmpSeconds) {
    program.value(worth.around(barAmps, chargeLeftAmpSeconds));
  }

  /** Trust-region iterations from {@code barAmps}, which {@code base} was simulated with. */
  private SolveStatus improve(Task task, boolean warm) {
    int most = warm ? settings.search().warmPrograms() : settings.search().coldPrograms();
    double trust =
        task.limits().maxChargeCurrentAmps() * (warm ? settings.search().trustRegion() : 1);
    barMerit = program.merit(barAmps, base, slack.soft(), task.presentAmps());
    boolean accepted = false;
    boolean linearised = false;
    boolean corrected = false;
    while (programsSolved < most) {
      long left = task.nanosLeft().nanosLeft();
      if (left < 0) {
        return accepted ? SolveStatus.ITERATION_LIMIT : SolveStatus.DEADLINE;
      }
      if (!linearised) {
        program.linearise(base, slack.soft(), barAmps, task.presentAmps());
        linearised = true;
      }
      LpStatus solved = solve(task, trust, left);
      if (!solved.hasSolution()) {
        program.restart();
        return accepted ? SolveStatus.ITERATION_LIMIT : solved.toSolveStatus();
      }
      double promised = program.objective() - barMerit;
      promisedAmps = promised;
      if (promised < CONVERGED_AMPS) {
        return SolveStatus.OK;
      }
      program.read(trialAmps);
      // A warm start stops after one accepted program: sensitivities would go unused. A plan that
      // is renewed seldom goes on: flat as its optimum is, one program alone jumps about it.
      boolean once = warm && goal == Goal.EARLY_CHARGE;
      double gained = gain(task, !once);
      if (!(gained >= ACCEPT * promised)) {
        if (corrected || Double.isNaN(gained)) {
          trust *= SHRINK;
          linearised = false;
          corrected = false;
        } else {
          program.correct(base, trial, slack.soft(), trialAmps, task.presentAmps());
          corrected = true;
        }
        continue;
      }
      accept(barMerit + gained);
      accepted = true;
      linearised = false;
      corrected = false;
      if (once) {
        return SolveStatus.OK;
      }
      trust *= gained > GOOD * promised ? GROW : gained < POOR * promised ? SHRINK : 1.0;
    }
    if (accepted) {
      return SolveStatus.OK;
    }
    return slack.worst(base) <= TOLERATED_SLACK
        ? SolveStatus.ITERATION_LIMIT
        : SolveStatus.NUMERICAL_FAILURE;
  }

  private LpStatus solve(Task task, double trust, long timeLimitNanos) {
    program.bound(
        barAmps,
        hard.highAmps(),
        trust,
        task.presentAmps(),
        task.limits().maxRampAmpsPerSecond(),
        hard.chargeLeftAmpSeconds());
    programsSolved++;
    return program.solve(timeLimitNanos);
  }

  /**
   * Simulates the trial; what it gains over the present plan, A; NaN when it cannot be simulated.
   */
  private double gain(Task task, boolean withSensitivities) {
    if (!simulate(task, trial, trialAmps, withSensitivities).isUsable()) {
      return Double.NaN;
    }
    return program.merit(trialAmps, trial, slack.soft(), task.presentAmps()) - barMerit;
  }

  private void accept(double merit) {
    Forecast simulated = trial;
    trial = base;
    base = simulated;
    System.arraycopy(trialAmps, 0, barAmps, 0, barAmps.length);
    barMerit = merit;
  }

  private static SolveStatus simulate(
      Task task, Forecast forecast, double[] amps, boolean withSensitivities) {
    double ambient = task.limits().ambientTemperatureKelvin();
    return forecast.run(task.start(), amps, ambient, withSensitivities);
  }

  /** Without a previous plan: the best of some constant currents. */
  private SolveStatus startCold(Task task) {
    program.restart();
    value(Double.POSITIVE_INFINITY);
    double best = Double.NEGATIVE_INFINITY;
    SolveStatus status = SolveStatus.NUMERICAL_FAILURE;
    for (double share : COLD_SHARES) {
      Arrays.fill(trialAmps, share * task.limits().maxChargeCurrentAmps());
      hard.project(trialAmps);
      status = simulate(task, trial, trialAmps, false);
      if (status.isUsable()) {
        double merit = program.merit(trialAmps, trial, slack.soft(), task.presentAmps());
        if (merit > best) {
          best = merit;
          System.arraycopy(trialAmps, 0, barAmps, 0, barAmps.length);
        }
      }
    }
    return best > Double.NEGATIVE_INFINITY ? simulate(task, base, barAmps, true) : status;
  }

  /** Which soft limits the plan passes, and by how much. */
  SlackUse slackUse() {
    return slack.used(base);
  }

  /** How far the plan gets beyond a limit, in slack units; negative when it stays within. */
  double worstExcess(ConstraintClass constraint) {
    return slack.worstExcess(constraint, base);
  }

  /** The same within one of its moves. */
  double worstExcess(ConstraintClass constraint, int move) {
    double worst = Double.NEGATIVE_INFINITY;
    for (int k = 0; k <= grid.lastStepOfMove(move); k++) {
      if (grid.moveOfStep()[k] == move) {
        worst = Math.max(worst, slack.soft().excess(constraint, base.value(constraint, k)));
      }
    }
    return worst;
  }

  /** The same at the end of its first step. */
  double firstExcess(ConstraintClass constraint) {
    return slack.soft().excess(constraint, base.value(constraint, 0));
  }

  /** The limit that is reached first along the plan. */
  ActiveConstraint explanation() {
    ActiveConstraint reached = slack.firstReached(base);
    if (reached != ActiveConstraint.NONE) {
      return reached;
    }
    double planned = 0.0;
    for (int j = 0; j < barAmps.length; j++) {
      planned += barAmps[j] * grid.moveSeconds(j);
    }
    return planned >= 0.999 * hard.chargeLeftAmpSeconds()
        ? ActiveConstraint.TARGET_SOC
        : ActiveConstraint.NONE;
  }

  /** The next plan starts without a basis. */
  void restart() {
    program.restart();
  }

  @Override
  public void close() {
    program.close();
  }
}
