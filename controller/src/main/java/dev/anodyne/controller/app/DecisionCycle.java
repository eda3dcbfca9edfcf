package dev.anodyne.controller.app;

import dev.anodyne.controller.session.Proposal;
import dev.anodyne.core.charging.ChargerStatus;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The decisions of a session by the clock: a tick at each period reads the image and hands it to
 * the worker, where estimator and policy run, at most one at a time; the result is concluded here
 * with the newest image. Is a decision still out at the next tick, the rest of the last plan is
 * used and the miss is counted. Lives on the session's event loop.
 */
final class DecisionCycle {
  private static final Logger LOG = LoggerFactory.getLogger(DecisionCycle.class);

  private final SessionCore core;
  private boolean solving;
  private long nextTickNanos;

  DecisionCycle(SessionCore core) {
    this.core = core;
  }

  /** The first period begins now. */
  void start() {
    nextTickNanos = core.clock.nanoTime();
    tick();
  }

  /** Whether a decision is being computed. */
  boolean isSolving() {
    return solving;
  }

  private void tick() {
    if (core.isStopping()) {
      return;
    }
    long now = core.clock.nanoTime();
    long latenessNanos = core.clock.wallNanos(now - nextTickNanos);
    core.timing.late(latenessNanos);
    core.publisher.ticked(latenessNanos);
    core.timing.cycle();
    ChargerStatus status = core.charger.status();
    if (solving) {
      core.timing.missed();
      core.hand(core.loop().withoutDecision(status, now));
    } else if (core.isRenewing()) {
      core.hand(core.loop().withoutDecision(status, now));
    } else {
      solve(core.charge(), status, now);
    }
    schedule(now);
  }

  /** The next tick on the grid of periods; ticks that have passed already are left out. */
  private void schedule(long now) {
    long period = core.setup.settings().periodNanos();
    nextTickNanos += period;
    if (nextTickNanos <= now) {
      nextTickNanos += (now - nextTickNanos) / period * period + period;
    }
    long delay = core.clock.wallNanos(nextTickNanos - core.clock.nanoTime());
    core.vertx.setTimer(Math.max(1, Math.round(delay * 1e-6)), unused -> tick());
  }

  private void solve(Charge charge, ChargerStatus status, long now) {
    solving = true;
    core.worker
        .decide(() -> charge.loop().decide(status, now))
        .onComplete(
            done -> {
              solving = false;
              if (done.succeeded()) {
                solved(charge, done.result());
              } else {
                LOG.error("Session {}: no decision.", core.id(), done.cause());
              }
            });
  }

  private void solved(Charge charge, Proposal proposal) {
    core.timing.solved(proposal.decideNanos());
    if (!core.isStopping() && charge == core.charge()) {
      core.hand(charge.loop().conclude(proposal, core.charger.status(), core.clock.nanoTime()));
    }
  }
}
