package dev.anodyne.controller.session;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.p2d.SolveStatus;
import org.jspecify.annotations.Nullable;

/**
 * Belief and policy of a loop: from an image to a proposal. Belongs to the thread that decides;
 * {@link #offer} may be called on any.
 */
final class Decider implements AutoCloseable {
  private final Belief belief;
  private final PolicySeat seat;
  private final Failures failures;
  private final CollisionLog collisions;
  private final NanoClock stopwatch;
  private final DecisionPace pace = new DecisionPace();

  Decider(
      Belief belief,
      PolicySeat seat,
      Failures failures,
      CollisionLog collisions,
      NanoClock stopwatch) {
    this.collisions = collisions;
    this.belief = belief;
    this.seat = seat;
    this.failures = failures;
    this.stopwatch = stopwatch;
  }

  /**
   * What one decision rests on, all of it taken at one moment: guard and operator may change it
   * while the decision is made, and a replay must see the same.
   *
   * @param status the image
   * @param nowNanos its time, ns
   * @param applied what was commanded
   * @param settings what the charge was to do
   * @param fresh whether the image's sample is usable and was not there before
   * @param mayDecide whether the session and the image let a policy decide
   */
  record Ground(
      ChargerStatus status,
      long nowNanos,
      InForce applied,
      SessionSettings settings,
      boolean fresh,
      boolean mayDecide) {
    private double commandedCellAmps() {
      return settings.layout().cellAmps(applied.current().chargeCurrentAmps());
    }

    private PolicySeat.Flowing flowing() {
      return new PolicySeat.Flowing(commandedCellAmps(), settings.maxCellCurrentAmps());
    }
  }

  /** Offers the seat to another policy; it takes it with its first decision. */
  void offer(ChargingPolicy policy, String description) {
    seat.offer(policy, description);
  }

  /** Lets an offered policy make the decision that begins; its description, or null without one. */
  @Nullable String takeUpOffer() {
    return seat.takeUp();
  }

  /**
   * Begins a decision; quick.
   *
   * @param perceives whether the image's sample tells of the session's battery
   * @param sessionMay whether the session's state lets a policy decide
   */
  Ground begin(
      ChargerStatus status,
      long nowNanos,
      InForce applied,
      SessionSettings settings,
      boolean perceives,
      boolean sessionMay) {
    boolean fresh = perceives && belief.begin(status);
    boolean mayDecide = sessionMay && mayDecide(status);
    return new Ground(status, nowNanos, applied, settings, fresh, mayDecide);
  }

  /** Ends it: estimate, limits, decision. Takes as long as estimator and policy take. */
  Proposal decide(Ground g) {
    ChargeLimits limits = Limits.combine(g.settings(), g.status());
    long begin = stopwatch.nanoTime();
    String note = g.fresh() ? belief.update(g.status().measurement(), g.applied()) : "";
    long estimateNanos = stopwatch.nanoTime() - begin;
    CellEstimate estimate = belief.latest();
    PolicyDecision decision = LastPlan.none(SolveStatus.NOT_RUN, ActiveConstraint.NONE);
    if (estimate == null) {
      note = note.isEmpty() ? "No usable measurement yet." : note;
    } else if (g.mayDecide()) {
      try {
        decision = next(g, estimate, limits);
        collisions.hear(decision.collision(), g.nowNanos());
      } catch (RuntimeException | LinkageError e) {
        pace.forget();
        note = failures.note("policy", e);
      }
    } else {
      pace.forget();
    }
    if (note.isEmpty()) {
      failures.over();
    }
    long decideNanos = stopwatch.nanoTime() - begin;
    return new Proposal(
        g.nowNanos(), g.status(), estimate, limits, decision, estimateNanos, decideNanos, note);
  }

  private PolicyDecision next(Ground g, CellEstimate estimate, ChargeLimits limits) {
    PolicyDecision planned = seat.isChanging() ? null : pace.between(g, estimate, limits);
    if (planned != null) {
      return g.fresh() ? planned : LastPlan.notAbove(planned, g.commandedCellAmps());
    }
    PolicyDecision wanted =
        checked(seat.next(estimate, limits, g.flowing(), g.nowNanos()), estimate);
    pace.decided(wanted, g);
    return g.fresh() ? wanted : LastPlan.notAbove(wanted, g.commandedCellAmps());
  }

  /** Deciding on an image without link, sample or limits would only trip over missing numbers. */
  private static boolean mayDecide(ChargerStatus status) {
    return status.link() == ChargerStatus.LinkState.UP
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

  /** Frees the policies' native solvers. */
  @Override
  public void close() {
    seat.close();
  }
}
