package dev.anodyne.controller.session;

import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.safety.GuardReason;
import dev.anodyne.controller.safety.GuardVerdict;
import dev.anodyne.controller.safety.ThermalGuard;
import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.core.charging.ThermalCommand;
import dev.anodyne.core.p2d.SolveStatus;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The closed loop of one charge: status image → estimate → limits → policy → guard → command.
 *
 * <p>{@link #cycle} does it all. A driver that runs by the clock splits it: {@link #decide} (may
 * take long, on a worker) and {@link #conclude} (quick, with the newest image), and calls {@link
 * #recheck} at least every 100 ms and {@link #withoutDecision} when a decision is late. {@code
 * decide} may run on another thread than the rest, but never twice at once. The loop applies
 * nothing itself: the driver hands the command to the charger.
 *
 * <p>An exception in estimator or policy is a bug: it is logged, and there is no current. The guard
 * stays in force.
 */
public final class ChargeLoop implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ChargeLoop.class);
  private static final Consumer<LoopEvent> NOBODY = event -> {};

  private final StateEstimator estimator;
  private final PolicySeat seat;
  private final Guard guard;
  private final VoltageCeiling ceiling;
  private final NanoClock stopwatch;
  private final SessionStateMachine machine = new SessionStateMachine();
  private volatile SessionSettings settings;
  private volatile CurrentCommand commanded = CurrentCommand.zero(0);
  private volatile ThermalCommand thermal = ThermalCommand.off(0);
  private @Nullable CellEstimate lastEstimate;
  private long lastSampleNanos = Long.MIN_VALUE;
  private String lastFailure = "";
  private @Nullable Proposal inForce;
  private CurrentCommand decided = CurrentCommand.zero(0);
  private GuardVerdict verdict =
      new GuardVerdict(0, 0, GuardReason.AWAITING_DECISION, "No decision yet.");
  private long sequence;
  private @Nullable LoopRecord latest;
  private volatile Consumer<LoopEvent> listener = NOBODY;

  /**
   * Held while something happens and is told: a decision begins on another thread than commands,
   * and a replay must see both in the order in which they took effect. Never held while estimator
   * or policy compute.
   */
  private final Object order = new Object();

  /**
   * Builds the loop of one session.
   *
   * @param settings what the charge is to do
   * @param estimator belief; used by this loop alone
   * @param policy wish; used and closed by this loop alone
   * @param guard the last word
   */
  public ChargeLoop(
      SessionSettings settings, StateEstimator estimator, ChargingPolicy policy, Guard guard) {
    this(settings, estimator, policy, guard, NanoClock.SYSTEM);
  }

  /** The same, with the clock that measures durations (they are reported, never acted on). */
  public ChargeLoop(
      SessionSettings settings,
      StateEstimator estimator,
      ChargingPolicy policy,
      Guard guard,
      NanoClock stopwatch) {
    this.settings = settings;
    this.estimator = estimator;
    this.seat = new PolicySeat(settings.id(), policy);
    this.guard = guard;
    this.ceiling = new VoltageCeiling(settings.layout());
    this.stopwatch = stopwatch;
  }

  /**
   * Tells somebody everything that happens from now on, e.g. a recording. One listener at a time.
   * It is called in order, on the thread on which things happen; a failing one is logged and
   * dropped.
   */
  public void listen(Consumer<LoopEvent> newListener) {
    listener = newListener;
  }

  /** Lets the session charge from its next cycle. */
  public void start(long nowNanos) {
    synchronized (order) {
      if (machine.state() instanceof SessionState.Idle) {
        tell(new LoopEvent.Started(nowNanos));
      }
      machine.start(nowNanos);
    }
  }

  /** Ends the session; the next cycle or recheck commands zero. */
  public void stop(String reason, long nowNanos) {
    synchronized (order) {
      tell(new LoopEvent.Stopped(reason, nowNanos));
      machine.stop(reason, nowNanos);
    }
  }

  /** Where the session stands. */
  public SessionState state() {
    return machine.state();
  }

  /** What the charge is to do. */
  public SessionSettings settings() {
    return settings;
  }

  /** Changes target, limits or margin from the next cycle; the layout must stay. */
  public void change(SessionSettings newSettings) {
    if (!newSettings.layout().equals(settings.layout())) {
      throw new IllegalArgumentException("The layout of a battery cannot change during a charge.");
    }
    synchronized (order) {
      tell(new LoopEvent.Changed(newSettings));
      settings = newSettings;
    }
  }

  /**
   * Lets another policy decide from the next decision on, without a jump of the current: it takes
   * over what the old one remembers, and while it has not caught up the current rises by at most
   * {@value Handover#RISE_SHARE_PER_SECOND} of the session's current limit a second. A lower
   * current counts at once. When its first decision fails, the old policy stays. May be called on
   * any thread.
   *
   * @param policy used and closed by this loop alone from now on
   * @param description what it is, for recordings: the text of its file, or its name
   */
  public void change(ChargingPolicy policy, String description) {
    seat.offer(policy, description);
  }

  /** The newest record; null before the first cycle. */
  public @Nullable LoopRecord latest() {
    return latest;
  }

  /** One whole cycle: {@link #decide}, then {@link #conclude} at the same instant. */
  public LoopRecord cycle(ChargerStatus status, long nowNanos) {
    return conclude(decide(status, nowNanos), status, nowNanos);
  }

  /**
   * Estimate and decision for a status image. Takes as long as estimator and policy take.
   *
   * @param status the image, read once
   * @param nowNanos time of the image, ns
   */
  public Proposal decide(ChargerStatus status, long nowNanos) {
    Begun begun = begin(status, nowNanos);
    CurrentCommand applied = begun.applied();
    ChargeLimits limits = begun.limits();
    long begin = stopwatch.nanoTime();
    String note = begun.fresh() ? estimate(status.measurement(), begun) : "";
    long estimateNanos = stopwatch.nanoTime() - begin;
    CellEstimate estimate = lastEstimate;
    PolicyDecision decision = LastPlan.none(SolveStatus.NOT_RUN, ActiveConstraint.NONE);
    if (!note.isEmpty()) {
      estimate = null;
    } else if (estimate == null) {
      note = "No usable measurement yet.";
    } else if (begun.mayDecide()) {
      try {
        decision = checked(seat.next(estimate, limits, begun.flowing(), nowNanos), estimate);
        if (!begun.fresh()) {
          decision = LastPlan.notAbove(decision, begun.flowing().cellAmps());
        }
      } catch (RuntimeException | LinkageError e) {
        note = failed("policy", e);
      }
    }
    if (note.isEmpty()) {
      lastFailure = "";
    }
    long decideNanos = stopwatch.nanoTime() - begin;
    Proposal proposal =
        new Proposal(
            nowNanos, status, estimate, limits, decision, estimateNanos, decideNanos, note);
    tell(new LoopEvent.Decided(proposal));
    return proposal;
  }

  /**
   * What a decision rests on beside its image, taken once at its beginning: the guard may command
   * anew, and the session be stopped, while it is computed.
   */
  private record Begun(
      CurrentCommand applied,
      double heatWatts,
      ChargeLimits limits,
      PolicySeat.Flowing flowing,
      boolean fresh,
      boolean mayDecide) {}

  private Begun begin(ChargerStatus status, long nowNanos) {
    synchronized (order) {
      CurrentCommand applied = commanded;
      String change = seat.takeUp();
      if (change != null) {
        tell(new LoopEvent.PolicyChanged(change));
      }
      tell(new LoopEvent.Deciding(status, nowNanos, applied));
      Measurement sample = status.measurement();
      boolean fresh =
          status.link() == ChargerStatus.LinkState.UP
              && sample.isUsable()
              && sample.timeNanos() > lastSampleNanos;
      if (fresh) {
        lastSampleNanos = sample.timeNanos();
        ceiling.observe(sample);
      }
      return new Begun(
          applied,
          thermal.heatWatts(),
          Limits.combine(settings, status),
          flowing(applied),
          fresh,
          mayDecide(status));
    }
  }

  /**
   * Takes up a proposal: the guard judges it with the newest image. A proposal that comes more than
   * a period late counts only by the rest of its plan.
   *
   * @param proposal from {@link #decide}
   * @param status the newest image
   * @param nowNanos now, ns
   */
  public LoopRecord conclude(Proposal proposal, ChargerStatus status, long nowNanos) {
    synchronized (order) {
      inForce = proposal;
      PolicyDecision decision = proposal.decision();
      long elapsed = nowNanos - proposal.decidedNanos();
      if (elapsed > settings.periodNanos()) {
        decision = LastPlan.shifted(decision, elapsed * 1e-9, validitySeconds());
      }
      return command(LoopEvent.Trigger.DECISION, proposal, decision, status, nowNanos);
    }
  }

  /**
   * A cycle whose decision has not come in time: uses the rest of the last plan, then zero.
   *
   * @param status the newest image
   * @param nowNanos now, ns
   */
  public LoopRecord withoutDecision(ChargerStatus status, long nowNanos) {
    synchronized (order) {
      return late(status, nowNanos);
    }
  }

  private LoopRecord late(ChargerStatus status, long nowNanos) {
    Proposal last = inForce;
    if (last == null) {
      last =
          new Proposal(
              nowNanos,
              status,
              null,
              Limits.combine(settings, status),
              LastPlan.none(SolveStatus.DEADLINE, ActiveConstraint.NONE),
              0,
              0,
              "The first decision has not come in time.");
    }
    double elapsedSeconds = (nowNanos - last.decidedNanos()) * 1e-9;
    PolicyDecision decision = LastPlan.shifted(last.decision(), elapsedSeconds, validitySeconds());
    if (decision.source() == DecisionSource.ZERO && last.note().isEmpty()) {
      last = last.withNote("No decision has come in time.");
    }
    return command(LoopEvent.Trigger.LATE, last, decision, status, nowNanos);
  }

  /**
   * The guard's look between decisions: lowers the command in force, or lets it rise again up to
   * what was decided. Never decides anything new.
   *
   * @param status the newest image
   * @param nowNanos now, ns
   * @return the command to hand to the charger
   */
  public CurrentCommand recheck(ChargerStatus status, long nowNanos) {
    synchronized (order) {
      return rechecked(status, nowNanos);
    }
  }

  private CurrentCommand rechecked(ChargerStatus status, long nowNanos) {
    verdict = guard.recheck(status, decided, nowNanos);
    LoopRecord before = latest;
    if (before == null) {
      tell(new LoopEvent.Looked(status, nowNanos));
      return commanded;
    }
    finish(before.decision(), before.limits(), before.estimate(), status, before.note(), nowNanos);
    LoopRecord now =
        new LoopRecord(
            before.sequence(),
            nowNanos,
            machine.state(),
            status,
            before.estimate(),
            before.limits(),
            before.decision(),
            verdict,
            commanded,
            before.estimateNanos(),
            before.cycleNanos(),
            thermal,
            before.note());
    latest = now;
    tell(new LoopEvent.Commanded(LoopEvent.Trigger.RECHECK, now));
    return commanded;
  }

  /** Frees the policy's native solver, and one's that has not come to decide. */
  @Override
  public void close() {
    seat.close();
  }

  private LoopRecord command(
      LoopEvent.Trigger trigger,
      Proposal proposal,
      PolicyDecision decision,
      ChargerStatus status,
      long nowNanos) {
    ChargeLimits limits = Limits.combine(settings, status);
    double cellCeiling = Math.min(decision.voltageCeilingVolts(), limits.maxVoltageVolts());
    decided =
        new CurrentCommand(
            settings.layout().packAmps(decision.chargeCurrentAmps()),
            ceiling.atTerminals(cellCeiling),
            nowNanos + settings.commandValidityNanos());
    verdict = guard.admit(status, decided, proposal.decidedNanos(), nowNanos);
    finish(decision, limits, proposal.estimate(), status, proposal.note(), nowNanos);
    LoopRecord record =
        new LoopRecord(
            sequence++,
            nowNanos,
            machine.state(),
            status,
            proposal.estimate(),
            limits,
            decision,
            verdict,
            commanded,
            proposal.estimateNanos(),
            proposal.decideNanos(),
            thermal,
            proposal.note());
    latest = record;
    tell(new LoopEvent.Commanded(trigger, record));
    return record;
  }

  /** State, then the command that fits it. */
  private void finish(
      PolicyDecision decision,
      ChargeLimits limits,
      @Nullable CellEstimate estimate,
      ChargerStatus status,
      String note,
      long nowNanos) {
    machine.next(status, estimate, limits.targetSoc(), decision, verdict, note, nowNanos);
    boolean charging = machine.state() instanceof SessionState.Charging;
    commanded =
        charging
            ? new CurrentCommand(
                verdict.allowedAmps(), verdict.voltageCeilingVolts(), decided.validUntilNanos())
            : CurrentCommand.zero(nowNanos + settings.commandValidityNanos());
    PackLayout layout = settings.layout();
    double wanted =
        machine.state().isOver() ? 0.0 : decision.heatWatts() * layout.series() * layout.parallel();
    thermal =
        new ThermalGuard(settings.maxCellTemperatureKelvin())
            .admit(status, verdict, wanted, nowNanos + settings.commandValidityNanos());
  }

  private PolicySeat.Flowing flowing(CurrentCommand applied) {
    SessionSettings now = settings;
    return new PolicySeat.Flowing(
        now.layout().cellAmps(applied.chargeCurrentAmps()), now.maxCellCurrentAmps());
  }

  private double validitySeconds() {
    return settings.commandValidityNanos() * 1e-9;
  }

  /** Updates the belief; returns a sentence when that failed. */
  private String estimate(Measurement sample, Begun begun) {
    try {
      PackLayout layout = settings.layout();
      estimator.heated(begun.heatWatts() / (layout.series() * layout.parallel()));
      lastEstimate = estimator.update(sample, begun.applied());
      return "";
    } catch (RuntimeException | LinkageError e) {
      lastEstimate = null;
      return failed("estimator", e);
    }
  }

  /** A listener that fails is of no use any more; the charge goes on. */
  private void tell(LoopEvent event) {
    try {
      listener.accept(event);
    } catch (RuntimeException e) {
      listener = NOBODY;
      LOG.error("Session {}: nobody hears what happens any more.", settings.id(), e);
    }
  }

  /** Logs a failure once, however many cycles it lasts; returns the note for the record. */
  private String failed(String part, Throwable e) {
    String note = "The " + part + " failed: " + e;
    if (!note.equals(lastFailure)) {
      lastFailure = note;
      LOG.error("Session {}: the {} failed; no current.", settings.id(), part, e);
    }
    return note;
  }

  /** Deciding on an image without link, sample or limits would only trip over missing numbers. */
  private boolean mayDecide(ChargerStatus status) {
    SessionState state = machine.state();
    return !(state instanceof SessionState.Idle)
        && !state.isOver()
        && status.link() == ChargerStatus.LinkState.UP
        && status.measurement().isUsable()
        && status.vehicleConnected()
        && status.capabilities().isKnown()
        && status.batteryLimits().maxCellVoltageVolts() > 0;
  }

  /** Without a valid belief only the lowest rungs of a policy's ladder count. */
  private static PolicyDecision checked(PolicyDecision decision, CellEstimate estimate) {
    boolean blind =
        decision.source() == DecisionSource.LOW_CC || decision.source() == DecisionSource.ZERO;
    return estimate.valid() || blind
        ? decision
        : LastPlan.none(decision.status(), decision.activeConstraint());
  }
}
