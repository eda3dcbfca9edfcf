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
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.mpc.baseline.CurrentMap;
import dev.anodyne.mpc.baseline.HardLimits;
import dev.anodyne.mpc.baseline.RiderLaw;
import dev.anodyne.mpc.lp.DecisionTape;
import dev.anodyne.mpc.lp.OrToolsLinearProgram;
import dev.anodyne.mpc.prediction.Collisions;
import dev.anodyne.mpc.prediction.HorizonGrid;
import dev.anodyne.mpc.prediction.MovePlan;
import dev.anodyne.mpc.spec.LimitedPolicy;

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
  private final MpcSettings settings;
  private final NanoClock clock;
  private final long deadlineNanos;
  private final Outset outset;
  private final QuietTime quiet = new QuietTime();
  private final HardLimits hardLimits;
  private final MovePlan plan;
  private final SequentialPlanner planner;
  private final FallbackLadder ladder;
  private final Collisions collisions;
  private PlanAhead planAhead = PlanAhead.EMPTY;
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
    outset = new Outset(model, settings, known, programs);
    hardLimits = outset.hardLimits();
    plan = new MovePlan(grid);
    collisions = new Collisions(model);
    planner =
        new SequentialPlanner(model, grid, settings, SequentialPlanner.Goal.EARLY_CHARGE, programs);
    ladder =
        new FallbackLadder(
            // Taken when something has failed: no time to give a wide bound the benefit of grace.
            new RiderLaw(model, horizon.periodSeconds(), settings.doubt().withoutGrace()),
            map::amps,
            model.cell().nominalCapacityAmpHours(),
            horizon.periodSeconds(),
            search.maxPlanAgeSeconds());
    if (deadlineNanos > 0) {
      warmingUp = true;
      WarmUp.run(this, model);
      warmingUp = false;
      forget();
      outset.reset();
      if (clock instanceof DecisionTape tape) {
        var unused = tape.take(); // made-up plans are no decisions
      }
    }
  }

  @Override
  public PolicyDecision next(CellEstimate estimate, ChargeLimits limits) {
    return collisions.told(decide(estimate, limits), estimate, limits);
  }

  private PolicyDecision decide(CellEstimate estimate, ChargeLimits limits) {
    long start = clock.nanoTime();
    outset.begin(estimate);
    if (!estimate.valid()) {
      forget();
      quiet.forget();
      return zero(limits, DecisionSource.ZERO, SolveStatus.NOT_RUN, ActiveConstraint.NONE, start);
    }
    if (estimate.soc() >= limits.targetSoc()) {
      forget();
      return zero(limits, DecisionSource.MPC, SolveStatus.OK, ActiveConstraint.TARGET_SOC, start);
    }
    SolveStatus status = outset.update(estimate, limits);
    if (!status.isUsable()) {
      return fallBack(estimate, limits, status, start, hardLimits.presentAmps(estimate, limits));
    }
    SequentialPlanner.Task task = outset.task(estimate, limits, () -> nanosLeft(start));
    quiet.update(estimate, ladder.lowAmps());
    if (task.ceilingAmps() < ladder.lowAmps()
        && quiet.lasts()
        && FallbackLadder.allowsLowCurrent(estimate, limits)) {
      return creep(estimate, limits, start);
    }
    status = planner.plan(task, plan);
    if (status.isUsable() && nanosLeft(start) < 0) {
      // Too late to act on, but the best place to start from next time.
      PolicyDecision decision =
          fallBack(estimate, limits, SolveStatus.DEADLINE, start, task.ceilingAmps());
      keepPlan(estimate);
      return decision;
    }
    if (status.isUsable()) {
      return follow(task, status, start);
    }
    PolicyDecision decision = fallBack(estimate, limits, status, start, task.ceilingAmps());
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
    outset.takeOver(other.outset);
    plan.takeOver(other.plan);
    planAhead = other.planAhead;
  }

  private static ChargingPolicy unwrapped(ChargingPolicy policy) {
    return policy instanceof LimitedPolicy limited ? limited.inner() : policy;
  }

  /**
   * A bound that no current keeps, though none has flowed for a while, says that the battery is not
   * understood, not that it plates: at rest the anode stands well above 0 V. It is charged by the
   * ladder's low current, which takes millivolts, rather than never.
   */
  private PolicyDecision creep(CellEstimate estimate, ChargeLimits limits, long start) {
    plan.forget();
    return new PolicyDecision(
        hardLimits.apply(ladder.lowAmps(), estimate, limits),
        limits.maxVoltageVolts(),
        PlanAhead.EMPTY,
        SolveStatus.NOT_RUN,
        DecisionSource.LOW_CC,
        ActiveConstraint.ANODE_POTENTIAL,
        clock.nanoTime() - start);
  }

  private PolicyDecision follow(SequentialPlanner.Task task, SolveStatus status, long start) {
    failures = 0;
    keepPlan(task.estimate());
    // A charger's ramp may keep the plan above the ceiling; a command never is.
    double wanted = Math.min(planner.moveAmps()[0], task.ceilingAmps());
    double amps = hardLimits.apply(wanted, task.estimate(), task.limits());
    ActiveConstraint why = wanted >= task.ceilingAmps() - 1e-6 ? outset.binding() : explanation();
    return new PolicyDecision(
            amps,
            task.limits().maxVoltageVolts(),
            planAhead,
            status,
            DecisionSource.MPC,
            why,
            clock.nanoTime() - start)
        .withSlack(planner.slackUse());
  }

  private ActiveConstraint explanation() {
    ActiveConstraint near = planner.explanation();
    return near == ActiveConstraint.NONE && outset.savesHeat()
        ? ActiveConstraint.TEMPERATURE
        : near;
  }

  private void keepPlan(CellEstimate estimate) {
    plan.set(planner.moveAmps(), estimate.timeNanos());
    planAhead = planner.planAhead();
  }

  /**
   * The ladder's answer.
   *
   * @param riseAmps the most that the rest of a plan may come to: its later moves count on
   *     measurements that have confirmed the first, A
   */
  private PolicyDecision fallBack(
      CellEstimate estimate, ChargeLimits limits, SolveStatus status, long start, double riseAmps) {
    double present = hardLimits.presentAmps(estimate, limits);
    FallbackLadder.Choice choice = ladder.choose(estimate, limits, plan, present);
    boolean planned = choice.source() == DecisionSource.SHIFTED_PLAN;
    double wanted = choice.chargeCurrentAmps();
    double amps = hardLimits.apply(planned ? Math.min(wanted, riseAmps) : wanted, estimate, limits);
    ActiveConstraint cut = hardLimits.binding();
    PlanAhead shown =
        planned ? PlanRest.of(planAhead, plan.ageSeconds(estimate.timeNanos())) : PlanAhead.EMPTY;
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
    outset.forget();
    planner.restart();
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
    outset.close();
  }
}
