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
import dev.anodyne.mpc.lp.DecisionTape;
import dev.anodyne.mpc.lp.OrToolsLinearProgram;
import dev.anodyne.mpc.prediction.AnodeCeiling;
import dev.anodyne.mpc.prediction.CellPredictor;
import dev.anodyne.mpc.prediction.HorizonGrid;
import dev.anodyne.mpc.prediction.MovePlan;
import dev.anodyne.mpc.prediction.OutputOffsets;
import dev.anodyne.mpc.spec.LimitedPolicy;
import org.jspecify.annotations.Nullable;

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
  private static final double NANOS_PER_SECOND = 1e9;

  private final MpcSettings settings;
  private final NanoClock clock;
  private final long deadlineNanos;
  private final CellPredictor predictor;
  private final OutputOffsets offsets;
  private final AnodeCeiling anodeCeiling;
  private final HardLimits hardLimits;
  private final MovePlan plan;
  private final SequentialPlanner planner;
  private final @Nullable FarPlan far;
  private final FallbackLadder ladder;
  private final KnownAhead known;
  private final CellPredictor deadTime;
  private PlanAhead planAhead = PlanAhead.EMPTY;
  private long firstDecisionNanos = Long.MIN_VALUE;
  private boolean warmingUp;
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
    this(model, map, settings, clock, deadlineNanos, KnownAhead.NOTHING);
  }

  /**
   * A controller that is told something about charger and site.
   *
   * @param known what is known about charger and site
   */
  public MpcPolicy(
      P2dModel model,
      CurrentMap map,
      MpcSettings settings,
      NanoClock clock,
      long deadlineNanos,
      KnownAhead known) {
    this(model, map, settings, clock, deadlineNanos, known, programs(clock));
  }

  /** A clock that is a tape sees the solves too. */
  private static ChargeProgram.ProgramFactory programs(NanoClock clock) {
    return clock instanceof DecisionTape tape ? tape::program : OrToolsLinearProgram::new;
  }

  MpcPolicy(
      P2dModel model,
      CurrentMap map,
      MpcSettings settings,
      NanoClock clock,
      long deadlineNanos,
      KnownAhead known,
      ChargeProgram.ProgramFactory programs) {
    this.known = known;
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
    hardLimits = new HardLimits(horizon.periodSeconds(), known.chargerDelaySeconds());
    deadTime = new CellPredictor(model);
    plan = new MovePlan(grid);
    planner =
        new SequentialPlanner(model, grid, settings, SequentialPlanner.Goal.EARLY_CHARGE, programs);
    far =
        horizon.farSeconds() > 0.0
            ? new FarPlan(model, settings, horizon.farSeconds(), programs)
            : null;
    ladder =
        new FallbackLadder(
            new RiderLaw(model, horizon.periodSeconds()),
            map::amps,
            model.cell().nominalCapacityAmpHours(),
            horizon.periodSeconds(),
            search.maxPlanAgeSeconds());
    if (deadlineNanos > 0) {
      warmingUp = true;
      WarmUp.run(this, model);
      warmingUp = false;
      forget();
      hardLimits.zero();
      firstDecisionNanos = Long.MIN_VALUE;
      if (clock instanceof DecisionTape tape) {
        var unused = tape.take(); // made-up plans are no decisions
      }
    }
  }

  @Override
  public PolicyDecision next(CellEstimate estimate, ChargeLimits limits) {
    long start = clock.nanoTime();
    if (firstDecisionNanos == Long.MIN_VALUE) {
      firstDecisionNanos = estimate.timeNanos();
    }
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
    SequentialPlanner.Task task = task(estimate, limits, start);
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
    firstDecisionNanos = other.firstDecisionNanos;
  }

  private static ChargingPolicy unwrapped(ChargingPolicy policy) {
    return policy instanceof LimitedPolicy limited ? limited.inner() : policy;
  }

  private SequentialPlanner.Task task(CellEstimate estimate, ChargeLimits limits, long start) {
    double present = hardLimits.presentAmps(estimate, limits);
    double seconds = (estimate.timeNanos() - firstDecisionNanos) / NANOS_PER_SECOND;
    seconds += known.chargerDelaySeconds();
    SequentialPlanner.Task task =
        new SequentialPlanner.Task(
            estimate,
            stateAtEffect(estimate, limits, present),
            limits,
            new CapsAhead(known.maxPowerWatts(), seconds, null),
            offsets,
            present,
            limits.maxChargeCurrentAmps(),
            () -> nanosLeft(start));
    if (far != null) {
      far.update(task);
    }
    double ceiling = ceilingAmps(estimate, limits, present);
    return task.with(new CapsAhead(known.maxPowerWatts(), seconds, far), ceiling);
  }

  /** The cell when a command given now begins to count: after the charger's dead time. */
  private P2dState stateAtEffect(CellEstimate estimate, ChargeLimits limits, double presentAmps) {
    double delay = known.chargerDelaySeconds();
    if (delay <= 0.0) {
      return estimate.twinState();
    }
    double meanAmps = 0.5 * (Math.max(0.0, estimate.chargeCurrentAmps()) + presentAmps);
    return deadTime
            .afterCurrent(estimate.twinState(), meanAmps, delay, limits.ambientTemperatureKelvin())
            .isUsable()
        ? deadTime.end()
        : estimate.twinState();
  }

  /** Largest current of the next period by hard limits and the anode potential's bound, A. */
  private double ceilingAmps(CellEstimate estimate, ChargeLimits limits, double presentAmps) {
    double hard = hardLimits.ceilingAmps(estimate, limits);
    return anodeCeiling.amps(estimate, limits, offsets, presentAmps, hard);
  }

  private PolicyDecision follow(SequentialPlanner.Task task, SolveStatus status, long start) {
    failures = 0;
    keepPlan(task.estimate());
    // A charger's ramp may keep the plan above the ceiling; a command never is.
    double wanted = Math.min(planner.moveAmps()[0], task.ceilingAmps());
    double amps = hardLimits.apply(wanted, task.estimate(), task.limits());
    ActiveConstraint why = wanted >= task.ceilingAmps() - 1e-6 ? bindingAt(task) : explanation();
    return new PolicyDecision(
        amps,
        task.limits().maxVoltageVolts(),
        planAhead,
        status,
        DecisionSource.MPC,
        why,
        clock.nanoTime() - start);
  }

  private ActiveConstraint explanation() {
    ActiveConstraint near = planner.explanation();
    return near == ActiveConstraint.NONE && far != null && far.isActive()
        ? ActiveConstraint.TEMPERATURE
        : near;
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
    double present = hardLimits.presentAmps(estimate, limits);
    FallbackLadder.Choice choice = ladder.choose(estimate, limits, plan, present);
    double amps = hardLimits.apply(choice.chargeCurrentAmps(), estimate, limits);
    ActiveConstraint cut = hardLimits.binding();
    PlanAhead shown =
        choice.source() == DecisionSource.SHIFTED_PLAN
            ? PlanRest.of(planAhead, plan.ageSeconds(estimate.timeNanos()))
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
    if (far != null) {
      far.forget();
    }
    planAhead = PlanAhead.EMPTY;
    failures = 0;
  }

  private long nanosLeft(long start) {
    if (deadlineNanos <= 0 || warmingUp) {
      return 0;
    }
    long left = deadlineNanos - (clock.nanoTime() - start);
    return left > 0 ? left : -1;
  }

  @Override
  public void close() {
    planner.close();
    if (far != null) {
      far.close();
    }
  }
}
