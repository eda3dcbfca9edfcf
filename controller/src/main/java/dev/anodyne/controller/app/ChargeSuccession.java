package dev.anodyne.controller.app;

import dev.anodyne.controller.session.SessionState;
import dev.anodyne.core.charging.ChargerStatus;
import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One charge after the other on the same charger: estimator and policy begin afresh with each, and
 * what one has told about the battery is learned before the next but one. Lives on the session's
 * event loop; whatever takes long is done on workers.
 */
final class ChargeSuccession {
  private static final Logger LOG = LoggerFactory.getLogger(ChargeSuccession.class);

  private final SessionCore core;
  private final DecisionCycle decisions;
  private ChargeOrder order = ChargeOrder.USUAL;
  private boolean unplugged;

  ChargeSuccession(SessionCore core, DecisionCycle decisions) {
    this.core = core;
    this.decisions = decisions;
  }

  /**
   * A charge that is over waits for its vehicle to leave; the next vehicle starts a new one. So
   * does the first vehicle of a charge that could not begin without it.
   */
  void seen(ChargerStatus status) {
    SessionState state = core.loop().state();
    boolean waits =
        state.isOver()
            || (core.setup.beginsWithVehicle() && state instanceof SessionState.WaitingForCharger);
    if (!waits || status.link() != ChargerStatus.LinkState.UP) {
      return;
    }
    if (!status.vehicleConnected()) {
      unplugged = true;
    } else if (unplugged && !core.isRenewing() && !decisions.isSolving()) {
      unplugged = false;
      // What was asked of a charge that waits for its vehicle still counts.
      var unused = renew(state.isOver() ? ChargeOrder.USUAL : order);
    }
  }

  /**
   * Makes a new charge; gives its first state. A decision that is being computed yet is waited for:
   * the worker does one thing after the other.
   */
  Future<String> renew(ChargeOrder asked) {
    if (core.isStopping()) {
      return Future.failedFuture("The server stops.");
    }
    if (core.isRenewing()) {
      return Future.failedFuture("The last charge is still being ended.");
    }
    core.renewing();
    Charge last = core.charge();
    var unused = learn();
    return core.worker
        .executeBlocking(
            () -> {
              Charge next = core.setup.newCharge(asked);
              last.close();
              return next;
            })
        .map(
            next -> {
              core.begin(next);
              order = asked;
              LOG.info("Session {}: a new charge.", core.id());
              return next.loop().state().name();
            })
        .onFailure(e -> LOG.error("Session {}: no new charge.", core.id(), e))
        .onComplete(done -> core.renewed());
  }

  /** Learns from the charge that ended, on another worker than the loop's: a fit takes seconds. */
  Future<Void> learn() {
    Runnable lesson = core.setup.endCharge();
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
