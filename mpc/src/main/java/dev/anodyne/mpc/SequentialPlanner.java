package dev.anodyne.mpc;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.PlanAhead;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.mpc.lp.LpStatus;
import dev.anodyne.mpc.prediction.ConstraintClass;
import dev.anodyne.mpc.prediction.Forecast;
import dev.anodyne.mpc.prediction.HorizonGrid;
import dev.anodyne.mpc.prediction.MovePlan;
import dev.anodyne.mpc.prediction.OutputOffsets;
import dev.anodyne.mpc.prediction.SoftLimits;
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
  private static final double SHRINK = 0.3;
  private static final double GROW = 2.0;

  /** A promised gain below this, A of mean current, is not worth another program. */
  private static final double CONVERGED_AMPS = 1e-4;

  /** A kept plan may exceed a limit by this much, in slack units (mV, 0.1 K …). */
  private static final double TOLERATED_SLACK = 1.0;

  /** A limit this near counts as the one that explains the current, in slack units. */
  private static final double NEAR = 1.0;

  /** Constant currents tried when there is no previous plan, as shares of the limit. */
  private static final double[] COLD_SHARES = {1.0, 0.75, 0.5, 0.25, 0.1, 0.0};

  private final HorizonGrid grid;
  private final MpcSettings settings;
  private final ChargeProgram program;
  private final SoftLimits soft;
  private final HardPlanLimits hard;
  private Forecast base;
  private Forecast trial;
  private final double[] barAmps;
  private final double[] trialAmps;
  private double barMerit;
  private int programsSolved;

  SequentialPlanner(
      P2dModel model,
      HorizonGrid grid,
      MpcSettings settings,
      ChargeProgram.ProgramFactory programs) {
    this.grid = grid;
    this.settings = settings;
    double risePerAmp =
        1e3 * settings.margins().riseVoltsPerC() / model.cell().nominalCapacityAmpHours();
    program = new ChargeProgram(grid, settings.weights(), risePerAmp, programs);
    soft = new SoftLimits(grid);
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
   * @param limits the limits in force
   * @param offsets corrections of the model's outputs
   * @param presentAmps current that flows now, A
   * @param ceilingAmps largest current for the first move, A
   * @param nanosLeft time left, counted from the call; see {@link Timer}
   */
  record Task(
      CellEstimate estimate,
      ChargeLimits limits,
      OutputOffsets offsets,
      double presentAmps,
      double ceilingAmps,
      Timer nanosLeft) {}

  /** Time left for a decision. */
  @FunctionalInterface
  interface Timer {
    /** Time left, ns, &lt; 0 when it is over; 0 when there is no deadline. */
    long nanosLeft();
  }

  /** The soft limits of the last plan. */
  SoftLimits soft() {
    return soft;
  }

  /** Currents of the plan found, A. Overwritten by the next call. */
  double[] moveAmps() {
    return barAmps;
  }

  /** Number of linear programs the last plan took. */
  int programsSolved() {
    return programsSolved;
  }

  PlanAhead planAhead() {
    return base.toPlanAhead(barAmps, soft);
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
    setSoftLimits(task);
    long now = task.estimate().timeNanos();
    double age = last.isKnown() ? last.ageSeconds(now) : -1.0;
    boolean warm = age >= 0.0 && age < grid.horizonSeconds();
    hard.set(task, warm ? base : null, soft.offset(ConstraintClass.VOLTAGE));
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
    return status.isUsable() ? improve(task, warm) : status;
  }

  /** Trust-region iterations from {@code barAmps}, which {@code base} was simulated with. */
  private SolveStatus improve(Task task, boolean warm) {
    int most = warm ? settings.search().warmPrograms() : settings.search().coldPrograms();
    double trust =
        task.limits().maxChargeCurrentAmps() * (warm ? settings.search().trustRegion() : 1);
    barMerit = program.merit(barAmps, base, soft, task.presentAmps());
    boolean accepted = false;
    boolean linearised = false;
    boolean corrected = false;
    while (programsSolved < most) {
      long left = task.nanosLeft().nanosLeft();
      if (left < 0) {
        return accepted ? SolveStatus.ITERATION_LIMIT : SolveStatus.DEADLINE;
      }
      if (!linearised) {
        program.linearise(base, soft, barAmps, task.presentAmps());
        linearised = true;
      }
      LpStatus solved = solve(task, trust, left);
      if (!solved.hasSolution()) {
        program.restart();
        return accepted ? SolveStatus.ITERATION_LIMIT : solved.toSolveStatus();
      }
      double promised = program.objective() - barMerit;
      if (promised < CONVERGED_AMPS) {
        return SolveStatus.OK;
      }
      program.read(trialAmps);
      // A warm start stops after one accepted program: sensitivities would go unused.
      double gained = gain(task, !warm);
      if (!(gained >= ACCEPT * promised)) {
        if (corrected || Double.isNaN(gained)) {
          trust *= SHRINK;
          linearised = false;
          corrected = false;
        } else {
          program.correct(base, trial, soft, trialAmps, task.presentAmps());
          corrected = true;
        }
        continue;
      }
      accept(barMerit + gained);
      accepted = true;
      linearised = false;
      corrected = false;
      if (warm) {
        return SolveStatus.OK;
      }
      trust *= gained > GOOD * promised ? GROW : 1.0;
    }
    if (accepted) {
      return SolveStatus.OK;
    }
    return worstSlack() <= TOLERATED_SLACK
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
    return program.merit(trialAmps, trial, soft, task.presentAmps()) - barMerit;
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
    P2dState start = task.estimate().twinState();
    double ambient = task.limits().ambientTemperatureKelvin();
    return forecast.run(start, amps, ambient, withSensitivities);
  }

  /** Without a previous plan: the best of some constant currents. */
  private SolveStatus startCold(Task task) {
    program.restart();
    double best = Double.NEGATIVE_INFINITY;
    SolveStatus status = SolveStatus.NUMERICAL_FAILURE;
    for (double share : COLD_SHARES) {
      Arrays.fill(trialAmps, share * task.limits().maxChargeCurrentAmps());
      hard.project(trialAmps);
      status = simulate(task, trial, trialAmps, false);
      if (status.isUsable()) {
        double merit = program.merit(trialAmps, trial, soft, task.presentAmps());
        if (merit > best) {
          best = merit;
          System.arraycopy(trialAmps, 0, barAmps, 0, barAmps.length);
        }
      }
    }
    return best > Double.NEGATIVE_INFINITY ? simulate(task, base, barAmps, true) : status;
  }

  private void setSoftLimits(Task task) {
    ChargeLimits limits = task.limits();
    OutputOffsets offsets = task.offsets();
    MpcSettings.Margins margins = settings.margins();
    soft.set(
        ConstraintClass.ANODE_POTENTIAL,
        limits.minAnodePotentialVolts(),
        offsets.anodePotentialVolts(Math.min(task.presentAmps(), task.ceilingAmps())));
    soft.set(
        ConstraintClass.VOLTAGE,
        limits.maxVoltageVolts() - margins.voltageVolts(),
        offsets.voltageVolts());
    soft.set(
        ConstraintClass.TEMPERATURE,
        limits.maxTemperatureKelvin() - margins.temperatureKelvin(),
        offsets.temperatureKelvin());
    soft.set(ConstraintClass.STOICHIOMETRY, margins.maxAnodeSurfaceStoichiometry(), 0.0);
    soft.set(ConstraintClass.ELECTROLYTE, margins.minElectrolyteMolPerM3(), 0.0);
  }

  private double worstSlack() {
    double worst = 0.0;
    for (int c = 0; c < ConstraintClass.count(); c++) {
      worst = Math.max(worst, soft.slack(ConstraintClass.at(c), base));
    }
    return worst;
  }

  /** The soft limit that is reached first along the plan. */
  ActiveConstraint explanation() {
    for (int k = 0; k < grid.steps(); k++) {
      double nearest = -NEAR;
      ActiveConstraint found = ActiveConstraint.NONE;
      for (int c = 0; c < ConstraintClass.count(); c++) {
        ConstraintClass constraint = ConstraintClass.at(c);
        double excess = soft.excess(constraint, base.value(constraint, k));
        if (excess > nearest) {
          nearest = excess;
          found = constraint.constraint();
        }
      }
      if (found != ActiveConstraint.NONE) {
        return found;
      }
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
