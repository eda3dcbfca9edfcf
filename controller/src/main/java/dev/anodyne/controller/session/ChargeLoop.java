package dev.anodyne.controller.session;

import dev.anodyne.controller.safety.Guard;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.charging.StateEstimator;
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

  /**
   * Whatever changes what a decision or a command rests on happens under this lock, together with
   * the telling: the order in which a listener hears of things is the order in which they counted.
   * Estimator and policy run outside.
   */
  private final Object order = new Object();

  private final Decider decider;
  private final SessionStateMachine machine;
  private final Actuation actuation;
  private volatile SessionSettings settings;
  private @Nullable Proposal concluded;
  private long sequence;
  private @Nullable LoopRecord latest;
  private volatile Consumer<LoopEvent> listener = NOBODY;

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
    this(settings, SessionRules.USUAL, estimator, policy, guard, stopwatch);
  }

  /** The same with rules of its own for the session's states. */
  public ChargeLoop(
      SessionSettings settings,
      SessionRules rules,
      StateEstimator estimator,
      ChargingPolicy policy,
      Guard guard,
      NanoClock stopwatch) {
    this.settings = settings;
    this.machine = new SessionStateMachine(rules);
    VoltageCeiling ceiling = new VoltageCeiling(settings.layout());
    Failures failures = new Failures(settings.id());
    this.decider =
        new Decider(
            new Belief(estimator, ceiling, settings.layout(), failures),
            new PolicySeat(settings.id(), policy),
            failures,
            new CollisionLog(settings.id()),
            stopwatch);
    this.actuation = new Actuation(guard, ceiling, machine);
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
      if (!machine.isStarted()) {
        tell(new LoopEvent.Started(nowNanos));
      }
      machine.start(nowNanos);
    }
  }

  /**
   * Takes up, instead of {@link #start}, a charge that was under way when another process ended:
   * its vehicle is expected to be there, and nobody has to allow it again. Estimator and guard
   * begin afresh, so that no current is commanded before fresh measurements.
   */
  public void resume(long nowNanos) {
    synchronized (order) {
      if (!machine.isStarted()) {
        tell(new LoopEvent.Resumed(nowNanos));
      }
      machine.resume(nowNanos);
    }
  }

  /**
   * Allows the vehicle that is there to charge, where that is asked for; without a vehicle the one
   * that comes within three minutes.
   */
  public void authorise(long nowNanos) {
    synchronized (order) {
      tell(new LoopEvent.Authorised(nowNanos));
      machine.authorise(nowNanos);
    }
  }

  /**
   * Ends the session gently: the current goes down as fast as the charger can follow, but never
   * above what policy and guard allow, within 8 s to zero. The session is over when no current is
   * measured any more, at the latest 2 s after that; at once when none is commanded.
   *
   * @param mostAmpsPerSecond battery current's fastest fall, A/s; +∞ for the charger's own
   */
  public void stopGently(String reason, double mostAmpsPerSecond, long nowNanos) {
    synchronized (order) {
      tell(new LoopEvent.StoppedGently(reason, mostAmpsPerSecond, nowNanos));
      LoopRecord last = latest;
      if (last == null) {
        machine.stop(reason, nowNanos);
      } else {
        actuation.stop(reason, mostAmpsPerSecond, last.status().capabilities(), nowNanos);
      }
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
    decider.offer(policy, description);
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
    return decide(status, nowNanos, null);
  }

  /**
   * The same on what another loop had commanded, e.g. the one that was recorded.
   *
   * @param recorded what was in force when the image was taken; null for what this loop commanded
   */
  public Proposal decide(ChargerStatus status, long nowNanos, @Nullable InForce recorded) {
    Decider.Ground ground;
    synchronized (order) {
      String change = decider.takeUpOffer();
      if (change != null) {
        tell(new LoopEvent.PolicyChanged(change));
      }
      InForce applied = recorded == null ? actuation.inForce() : recorded;
      tell(new LoopEvent.Deciding(status, nowNanos, applied.current(), applied.thermal()));
      ground =
          decider.begin(
              status, nowNanos, applied, settings, machine.perceives(status), machine.mayDecide());
    }
    Proposal proposal = decider.decide(ground);
    tell(new LoopEvent.Decided(proposal));
    return proposal;
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
      concluded = proposal;
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
      Proposal last = concluded;
      if (last == null) {
        last = Proposal.none(status, nowNanos, Limits.combine(settings, status));
      }
      double elapsedSeconds = (nowNanos - last.decidedNanos()) * 1e-9;
      PolicyDecision decision =
          LastPlan.shifted(last.decision(), elapsedSeconds, validitySeconds());
      if (decision.source() == DecisionSource.ZERO && last.note().isEmpty()) {
        last = last.withNote("No decision has come in time.");
      }
      return command(LoopEvent.Trigger.LATE, last, decision, status, nowNanos);
    }
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
      actuation.recheck(status, nowNanos);
      LoopRecord before = latest;
      if (before == null) {
        tell(new LoopEvent.Looked(status, nowNanos));
        return actuation.inForce().current();
      }
      actuation.command(
          new Actuation.Basis(
              settings, before.decision(), before.limits(), before.estimate(), before.note()),
          status,
          nowNanos);
      LoopRecord now = before.lookedAgain(status, nowNanos, outcome());
      latest = now;
      tell(new LoopEvent.Commanded(LoopEvent.Trigger.RECHECK, now));
      return now.command();
    }
  }

  /** Frees the policy's native solver, and one's that has not come to decide. */
  @Override
  public void close() {
    decider.close();
  }

  private LoopRecord command(
      LoopEvent.Trigger trigger,
      Proposal proposal,
      PolicyDecision decision,
      ChargerStatus status,
      long nowNanos) {
    ChargeLimits limits = Limits.combine(settings, status);
    actuation.admit(
        new Actuation.Basis(settings, decision, limits, proposal.estimate(), proposal.note()),
        proposal.decidedNanos(),
        status,
        nowNanos);
    LoopRecord record =
        LoopRecord.of(sequence++, proposal, decision, limits, status, nowNanos, outcome());
    latest = record;
    tell(new LoopEvent.Commanded(trigger, record));
    return record;
  }

  private LoopRecord.Commanded outcome() {
    return new LoopRecord.Commanded(machine.state(), actuation.verdict(), actuation.inForce());
  }

  private double validitySeconds() {
    return settings.commandValidityNanos() * 1e-9;
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
}
