package dev.anodyne.controller.app;

import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.core.charging.CellEstimate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Watches a policy's file: a changed one is read and made on a worker and takes over at the next
 * period. Lives on the session's event loop.
 */
final class PolicyWatch {
  private static final Logger LOG = LoggerFactory.getLogger(PolicyWatch.class);

  /** How often the file is looked at, wall ms. */
  private static final long POLICY_MILLIS = 1000;

  private final SessionCore core;
  private final PolicySource source;
  private boolean watching;

  PolicyWatch(SessionCore core, PolicySource source) {
    this.core = core;
    this.source = source;
  }

  /** Watches from now on, while the policy is a file. */
  void start() {
    core.vertx.setPeriodic(POLICY_MILLIS, unused -> watch());
  }

  private void watch() {
    Charge charge = core.charge();
    if (!source.isFile()
        || watching
        || core.isRenewing()
        || core.isStopping()
        || charge.loop().state().isOver()) {
      return;
    }
    LoopRecord latest = charge.loop().latest();
    CellEstimate belief = latest == null ? null : latest.estimate();
    double soc = belief != null && belief.valid() ? belief.soc() : Double.NaN;
    watching = true;
    core.vertx
        .executeBlocking(() -> source.changed(soc), false)
        .onComplete(
            done -> {
              watching = false;
              if (done.failed()) {
                LOG.error("Session {}: the policy stays.", core.id(), done.cause());
              } else {
                done.result().ifPresent(change -> replace(charge, change));
              }
            });
  }

  private void replace(Charge charge, PolicySource.Change change) {
    if (core.isStopping() || charge != core.charge() || core.isRenewing()) {
      // The next charge reads the file anew.
      change.policy().close();
      return;
    }
    charge.loop().change(change.policy(), change.description());
    core.publisher.policy(change.identity());
  }
}
