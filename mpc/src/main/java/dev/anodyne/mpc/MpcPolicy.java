package dev.anodyne.mpc;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.PlanAhead;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.mpc.baseline.CurrentMap;
import dev.anodyne.mpc.baseline.HardLimits;
import dev.anodyne.mpc.baseline.RiderLaw;
import dev.anodyne.mpc.lp.OrToolsLinearProgram;
import dev.anodyne.mpc.prediction.AnodeCeiling;
import dev.anodyne.mpc.prediction.CellPredictor;
import dev.anodyne.mpc.prediction.HorizonGrid;
import dev.anodyne.mpc.prediction.MovePlan;
import dev.anodyne.mpc.prediction.OutputOffsets;
import dev.anodyne.mpc.spec.LimitedPolicy;
import java.util.Arrays;

/**
 * Model-predictive charging on the full electrochemical model.
 *
 * <p>Every period: correct the model's outputs by what the estimator knows better, shift the last
 * plan to now, improve it by successive linear programming, command its first move. Whatever goes
 * wrong on the way is told as a status and answered by the {@link FallbackLadder}; after some
 * failures in a row everything remembered is forgotten, so that a bad solve cannot poison the next.
 * Without a valid belief the answer is no current.
 *
 * <p>The twin state in the estimate must belong to the same cell parameters and options as the
 * policy's model. Not thread-safe; one policy a charge.
 */
public final class MpcPolicy implements ChargingPolicy {
  private static final double WARM_UP_SOC = 0.3;
  private static final int WARM_UP_PLANS = 40;

  private final MpcSettings settings;
  private final NanoClock clock;
  private final long deadlineNanos;
  private final CellPredictor predictor;
  private final OutputOffsets offsets;
  private final AnodeCeiling anodeCeiling;
  private final HardLimits hardLimits;
  private final MovePlan plan;
  private final SequentialPlanner planner;
  private final FallbackLadder ladder;
  private PlanAhead planAhead = PlanAhead.EMPTY;
  private int failures;

  /**
   * A controller for one cell.
   *
   * @param model the controller's model of the cell
   * @param map the ladder's current map
   * @param settings tuning
   * @param clock measures decisions and enforces the deadline
   * @param deadlineNanos time a decision may take, ns; 0 for none (in step with a simulated plant,
   *     and then decisions do not depend on the clock)
   */
  public MpcPolicy(
      P2dModel model, CurrentMap map, MpcSettings settings, NanoClock clock, long deadlineNanos) {
    this(model, map, settings, clock, deadlineNanos, OrToolsLinearProgram::new);
  }

  MpcPolicy(
      P2dModel model,
      CurrentMap map,
      MpcSettings settings,
      NanoClock clock,
      long deadlineNanos,
      ChargeProgram.ProgramFactory programs) {
    this.settings = settings;
    this.clock = clock;
    this.deadlineNanos = deadlineNanos;
    MpcSettings.Horizon horizon = settings.horizon();
    MpcSettings.Search search = settings.search();
    HorizonGrid grid =
        HorizonGrid.of(
            horizon.periodSeconds(),
            horizon.steps(),
            horizon.moves(),
            horizon.seconds(),
            horizon.maxStepSeconds());
    predictor = new CellPredictor(model);
    offsets =
        new OutputOffsets(
            model.cell().nominalCapacityAmpHours(),
            search.anodeRiseSeconds(),
            search.temperatureFilterSeconds());
    anodeCeiling = new AnodeCeiling(model, horizon.periodSeconds());
    hardLimits = new HardLimits(horizon.periodSeconds());
    plan = new MovePlan(grid);
    planner = new SequentialPlanner(model, grid, settings, programs);
    ladder =
        new FallbackLadder(
            new RiderLaw(model, horizon.periodSeconds()),
            map::amps,
            model.cell().nominalCapacityAmpHours(),
            horizon.periodSeconds(),
            search.maxPlanAgeSeconds());
    if (deadlineNanos > 0) {
      warmUp(model);
    }
  }

  /**
   * Decides a few times about a made-up cell: the first solves of a process take a hundred times as
   * long as later ones (class loading, compilation), which must not cost the first deadline.
   */
  private void warmUp(P2dModel model) {
    double kelvin = 298.15;
    double amps = model.cell().nominalCapacityAmpHours();
    P2dState state = model.newState(WARM_UP_SOC, kelvin);
    ChargeLimits limits =
        new ChargeLimits(
            amps,
            model.cell().upperCutOffVolts(),
            kelvin + 20.0,
            0.0,
            1.0,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            kelvin);
    for (int i = 0; i < WARM_UP_PLANS; i++) {
      CellEstimate estimate = atRest(state, kelvin, i);
      if (!offsets.update(estimate, predictor).isUsable()) {
        break;
      }
      planner.plan(
          new SequentialPlanner.Task(estimate, limits, offsets, 0.0, amps, () -> 0L), plan);
      plan.set(planner.moveAmps(), estimate.timeNanos());
    }
    forget();
  }

  private static CellEstimate atRest(P2dState state, double kelvin, int second) {
    return new CellEstimate(
        second * 1_000_000_000L,
        true,
        true,
        0.0,
        3.7,
        kelvin,
        WARM_UP_SOC,
        0.1,
        0.1,
        WARM_UP_SOC,
        WARM_UP_SOC,
        1.0 - WARM_UP_SOC,
        kelvin,
        0.0,
        state);
  }

  @Override
  public PolicyDecision next(CellEstimate estimate, ChargeLimits limits) {
    long start = clock.nanoTime();
    if (!estimate.valid()) {
      forget();
      return zero(limits, DecisionSource.ZERO, SolveStatus.NOT_RUN, ActiveConstraint.NONE, start);
    }
    if (estimate.soc() >= limits.targetSoc()) {
      forget();
      return zero(limits, DecisionSource.MPC, SolveStatus.OK, ActiveConstraint.TARGET_SOC, start);
    }
    SolveStatus status = offsets.update(estimate, predictor);
    if (!status.isUsable()) {
      return fallBack(estimate, limits, status, start);
    }
    SequentialPlanner.Task task =
        new SequentialPlanner.Task(
            estimate,
            limits,
            offsets,
            hardLimits.presentAmps(estimate),
            ceilingAmps(estimate, limits),
            () -> nanosLeft(start));
    status = planner.plan(task, plan);
    if (status.isUsable() && nanosLeft(start) < 0) {
      // Too late to act on, but the best place to start from next time.
      PolicyDecision decision = fallBack(estimate, limits, SolveStatus.DEADLINE, start);
      keepPlan(estimate);
      return decision;
    }
    if (status.isUsable()) {
      return follow(task, status, start);
    }
    PolicyDecision decision = fallBack(estimate, limits, status, start);
    failures++;
    if (failures >= settings.search().failuresBeforeColdRestart()) {
      forget();
    }
    return decision;
  }

  /** Goes on with the plan and the offsets of another controller, on a horizon of its own. */
  @Override
  public void takeOver(ChargingPolicy predecessor) {
    if (!(unwrapped(predecessor) instanceof MpcPolicy other)) {
      return;
    }
    offsets.takeOver(other.offsets);
    hardLimits.takeOver(other.hardLimits);
    plan.takeOver(other.plan);
    planAhead = other.planAhead;
  }

  private static ChargingPolicy unwrapped(ChargingPolicy policy) {
    return policy instanceof LimitedPolicy limited ? limited.inner() : policy;
  }

  /** Largest current of the next period by hard limits and the anode potential's bound, A. */
  private double ceilingAmps(CellEstimate estimate, ChargeLimits limits) {
    double hard = hardLimits.ceilingAmps(estimate, limits);
    return anodeCeiling.amps(estimate, limits, offsets, hardLimits.presentAmps(estimate), hard);
  }

  private PolicyDecision follow(SequentialPlanner.Task task, SolveStatus status, long start) {
    failures = 0;
    keepPlan(task.estimate());
    double wanted = planner.moveAmps()[0];
    double amps = hardLimits.apply(wanted, task.estimate(), task.limits());
    ActiveConstraint why =
        wanted >= task.ceilingAmps() - 1e-6 ? bindingAt(task) : planner.explanation();
    return new PolicyDecision(
        amps,
        task.limits().maxVoltageVolts(),
        planAhead,
        status,
        DecisionSource.MPC,
        why,
        clock.nanoTime() - start);
  }

  private ActiveConstraint bindingAt(SequentialPlanner.Task task) {
    double hard = hardLimits.ceilingAmps(task.estimate(), task.limits());
    return task.ceilingAmps() < hard ? ActiveConstraint.ANODE_POTENTIAL : hardLimits.binding();
  }

  private void keepPlan(CellEstimate estimate) {
    plan.set(planner.moveAmps(), estimate.timeNanos());
    planAhead = planner.planAhead();
  }

  private PolicyDecision fallBack(
      CellEstimate estimate, ChargeLimits limits, SolveStatus status, long start) {
    double present = hardLimits.presentAmps(estimate);
    FallbackLadder.Choice choice = ladder.choose(estimate, limits, plan, present);
    double amps = hardLimits.apply(choice.chargeCurrentAmps(), estimate, limits);
    ActiveConstraint cut = hardLimits.binding();
    PlanAhead shown =
        choice.source() == DecisionSource.SHIFTED_PLAN
            ? rest(planAhead, plan.ageSeconds(estimate.timeNanos()))
            : PlanAhead.EMPTY;
    return new PolicyDecision(
        amps,
        limits.maxVoltageVolts(),
        shown,
        status,
        choice.source(),
        cut == ActiveConstraint.NONE ? choice.constraint() : cut,
        clock.nanoTime() - start);
  }

  private PolicyDecision zero(
      ChargeLimits limits,
      DecisionSource source,
      SolveStatus status,
      ActiveConstraint why,
      long start) {
    return new PolicyDecision(
        hardLimits.zero(),
        limits.maxVoltageVolts(),
        PlanAhead.EMPTY,
        status,
        source,
        why,
        clock.nanoTime() - start);
  }

  /** After a break the old plan, offsets and basis mean nothing. */
  private void forget() {
    plan.forget();
    offsets.reset();
    planner.restart();
    planAhead = PlanAhead.EMPTY;
    failures = 0;
  }

  private long nanosLeft(long start) {
    if (deadlineNanos <= 0) {
      return 0;
    }
    long left = deadlineNanos - (clock.nanoTime() - start);
    return left > 0 ? left : -1;
  }

  /** What is left of a plan some time later. */
  private static PlanAhead rest(PlanAhead plan, double elapsedSeconds) {
    int past = 0;
    while (past < plan.length() && plan.secondsAhead()[past] <= elapsedSeconds) {
      past++;
    }
    double[] seconds = tail(plan.secondsAhead(), past);
    for (int k = 0; k < seconds.length; k++) {
      seconds[k] -= elapsedSeconds;
    }
    return new PlanAhead(
        seconds,
        tail(plan.chargeCurrentAmps(), past),
        tail(plan.voltageVolts(), past),
        tail(plan.anodePotentialVolts(), past),
        tail(plan.temperatureKelvin(), past),
        tail(plan.soc(), past));
  }

  private static double[] tail(double[] values, int from) {
    return Arrays.copyOfRange(values, from, values.length);
  }

  @Override
  public void close() {
    planner.close();
  }
}
