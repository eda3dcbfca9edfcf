package dev.anodyne.mpc;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.PlanAhead;
import dev.anodyne.core.charging.SolveStatus;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.mpc.lp.LpStatus;
import dev.anodyne.mpc.prediction.CellPredictor;
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
  private final double socPerAmpSecond;
  private Forecast base;
  private Forecast trial;
  private final double[] barAmps;
  private final double[] trialAmps;
  private final double[] highAmps;
  private double barMerit;
  private int programsSolved;

  SequentialPlanner(
      P2dModel model,
      HorizonGrid grid,
      MpcSettings settings,
      ChargeProgram.ProgramFactory programs) {
    this.grid = grid;
    this.settings = settings;
    program = new ChargeProgram(grid, settings.weights(), programs);
    soft = new SoftLimits(grid);
    base = new Forecast(model, grid);
    trial = new Forecast(model, grid);
    barAmps = new double[grid.moves()];
    trialAmps = new double[grid.moves()];
    highAmps = new double[grid.moves()];
    socPerAmpSecond = socPerAmpSecond(model);
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
    setHighAmps(task, warm);
    SolveStatus status = SolveStatus.NOT_RUN;
    if (warm) {
      last.shiftTo(now, barAmps);
      project(barAmps, task);
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
    while (programsSolved < most) {
      long left = task.nanosLeft().nanosLeft();
      if (left < 0) {
        return accepted ? SolveStatus.ITERATION_LIMIT : SolveStatus.DEADLINE;
      }
      if (!linearised) {
        program.linearise(base, soft, barAmps);
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
        trust *= SHRINK;
        continue;
      }
      accept(barMerit + gained);
      accepted = true;
      linearised = false;
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
        highAmps,
        trust,
        task.presentAmps(),
        task.limits().maxRampAmpsPerSecond(),
        chargeLeft(task));
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

  /** Current and power limit of every move; the voltages are those of the previous plan. */
  private void setHighAmps(Task task, boolean warm) {
    ChargeLimits limits = task.limits();
    for (int j = 0; j < highAmps.length; j++) {
      double volts = task.estimate().voltageVolts();
      if (warm) {
        int step = grid.lastStepOfMove(j);
        double planned =
            base.value(ConstraintClass.VOLTAGE, step) + soft.offset(ConstraintClass.VOLTAGE);
        volts = Math.min(limits.maxVoltageVolts(), Math.max(volts, planned));
      }
      double amps = Math.min(limits.maxChargeCurrentAmps(), limits.maxPowerWatts() / volts);
      highAmps[j] = Math.max(0.0, amps);
    }
    highAmps[0] = Math.min(highAmps[0], task.ceilingAmps());
  }

  /** Without a previous plan: the best of some constant currents. */
  private SolveStatus startCold(Task task) {
    program.restart();
    double best = Double.NEGATIVE_INFINITY;
    SolveStatus status = SolveStatus.NUMERICAL_FAILURE;
    for (double share : COLD_SHARES) {
      Arrays.fill(trialAmps, share * task.limits().maxChargeCurrentAmps());
      project(trialAmps, task);
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

  /** Makes a plan satisfy the hard limits: current, power, ramp upwards, charge left. */
  private void project(double[] amps, Task task) {
    double previous = task.presentAmps();
    double left = chargeLeft(task);
    double ramp = task.limits().maxRampAmpsPerSecond();
    for (int j = 0; j < amps.length; j++) {
      double seconds = grid.moveSeconds(j);
      int firstStep = j == 0 ? 0 : grid.lastStepOfMove(j - 1) + 1;
      double reach = previous + ramp * grid.stepSeconds(firstStep);
      double cap = Math.min(Math.min(highAmps[j], reach), left / seconds);
      amps[j] = Math.max(0.0, Math.min(amps[j], cap));
      left = Math.max(0.0, left - amps[j] * seconds);
      previous = amps[j];
    }
  }

  private double chargeLeft(Task task) {
    double soc = task.limits().targetSoc() + settings.margins().targetSoc() - task.estimate().soc();
    return Math.max(0.0, soc / socPerAmpSecond);
  }

  private void setSoftLimits(Task task) {
    ChargeLimits limits = task.limits();
    OutputOffsets offsets = task.offsets();
    MpcSettings.Margins margins = settings.margins();
    soft.set(
        ConstraintClass.ANODE_POTENTIAL,
        limits.minAnodePotentialVolts(),
        offsets.anodePotentialVolts());
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
  ActiveConstraint explanation(Task task) {
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
    return planned >= 0.999 * chargeLeft(task)
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

  private static double socPerAmpSecond(P2dModel model) {
    CellPredictor predictor = new CellPredictor(model);
    P2dState rest = model.newState(0.5, 298.15);
    double amps = model.cell().nominalCapacityAmpHours();
    double seconds = 10.0;
    if (predictor.afterCurrent(rest, amps, seconds, 298.15).isUsable()) {
      double gained = predictor.outputs().soc - model.soc(rest);
      if (gained > 0.0) {
        return gained / (amps * seconds);
      }
    }
    return 1.0 / (3600.0 * amps);
  }
}
