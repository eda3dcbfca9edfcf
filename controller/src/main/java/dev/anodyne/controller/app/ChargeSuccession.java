package dev.anodyne.controller.app;

import dev.anodyne.controller.session.SessionRules;
import dev.anodyne.controller.session.SessionState;
import dev.anodyne.core.charging.ChargerStatus;
import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One charge after the other on the same charger: estimator and policy begin afresh with each, and
 * what one has told about the battery is learned before the next but one. Lives on the session's
 * event loop; whatever takes long is done on workers.
 */
final class ChargeSuccession {
  private static final Logger LOG = LoggerFactory.getLogger(ChargeSuccession.class);

  private static final long PRESENT = Long.MIN_VALUE;

  /** An order that comes again comes soon. */
  private static final int MOST_TAKEN = 100;

  private final SessionCore core;
  private final DecisionCycle decisions;
  private ChargeOrder order = ChargeOrder.USUAL;

  /** Names of the orders that were taken last. */
  private final Deque<String> taken = new ArrayDeque<>();

  private long absentNanos = PRESENT;
  private boolean absenceUsed;
  private boolean endTold;

  ChargeSuccession(SessionCore core, DecisionCycle decisions) {
    this.core = core;
    this.decisions = decisions;
  }

  /**
   * When the vehicle of a charge that is over has left, the next charge is made and waits for the
   * next vehicle; only a fault that needs a person stays until that one comes. A charge that cannot
   * begin without its vehicle is made again with it.
   */
  void seen(ChargerStatus status, long nowNanos) {
    if (status.link() != ChargerStatus.LinkState.UP || core.isEnding()) {
      return;
    }
    boolean there = status.vehicleConnected();
    boolean wasAbsent = absentNanos != PRESENT;
    boolean left = wasAbsent && nowNanos - absentNanos >= SessionRules.VEHICLE_LEFT_NANOS;
    boolean busy = core.isRenewing() || decisions.isSolving();
    if (there && !(wasAbsent && busy)) {
      absentNanos = PRESENT;
      absenceUsed = false;
    } else if (!there && !wasAbsent) {
      absentNanos = nowNanos;
    }
    if (busy) {
      return;
    }
    SessionState state = core.loop().state();
    Charge.Resumed resumed = core.charge().resumed();
    boolean told = core.loop().latest() != null;
    if (resumed != null && !resumed.whyEnded().isEmpty() && told && !endTold) {
      endTold = true;
      // Its end has been told: what is there now is charged as at any start.
      var unused = renew(ChargeOrder.USUAL, Resumption.AT_START, false);
    } else if (state.isOver()) {
      boolean waits = state instanceof SessionState.Faulted;
      if (left && (there || !(waits || absenceUsed))) {
        absenceUsed = true;
        renew(ChargeOrder.USUAL);
      }
    } else if (state instanceof SessionState.Idle
        && there
        && wasAbsent
        && core.setup.beginsWithVehicle()) {
      // What was asked of a charge that waits for its vehicle still counts.
      renew(order);
    }
  }

  /** Whether an order has begun its charge, or is about to; only one that has a name. */
  boolean knows(ChargeOrder asked) {
    String id = asked.orderId();
    return id != null && (id.equals(core.charge().order().orderId()) || taken.contains(id));
  }

  private void renew(ChargeOrder asked) {
    var unused = renew(asked, "a vehicle", false);
  }

  /**
   * Makes a new charge; gives its first state. A decision that is being computed yet is waited for:
   * the worker does one thing after the other.
   *
   * @param startedBy who or what begins it, for people
   * @param isAllowed whether that also allows the vehicle to charge
   */
  Future<String> renew(ChargeOrder asked, String startedBy, boolean isAllowed) {
    if (core.isEnding()) {
      return Future.failedFuture("The server stops.");
    }
    if (core.isRenewing()) {
      return Future.failedFuture("The last charge is still being ended.");
    }
    core.renewing();
    Charge last = core.charge();
    take(asked.orderId());
    var unused = learn();
    return core.worker
        .make(
            () -> {
              Charge next = core.setup.newCharge(asked, startedBy);
              last.close();
              return next;
            })
        .map(
            next -> {
              core.begin(next);
              if (isAllowed) {
                next.loop().authorise(core.clock.nanoTime());
              }
              order = asked;
              LOG.info("Session {}: a new charge.", core.id());
              return next.loop().state().name();
            })
        .onFailure(
            e -> {
              LOG.error("Session {}: no new charge.", core.id(), e);
              // It may be given again.
              taken.remove(asked.orderId());
            })
        .onComplete(done -> core.renewed());
  }

  private void take(@Nullable String orderId) {
    if (orderId != null && !taken.contains(orderId)) {
      taken.addLast(orderId);
      if (taken.size() > MOST_TAKEN) {
        taken.removeFirst();
      }
    }
  }

  /** Learns from the charge that ended, on another worker than the loop's: a fit takes seconds. */
  Future<Void> learn() {
    Runnable lesson = core.charge().end();
    return core.vertx
        .executeBlocking(
            () -> {
              lesson.run();
              return (Void) null;
            })
        .otherwise(
            e -> {
              LOG.error("Session {}: nothing learned.", core.id(), e);
              return null;
            });
  }
}
