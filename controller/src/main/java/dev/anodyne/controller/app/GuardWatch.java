package dev.anodyne.controller.app;

import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.controller.session.SessionState;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import io.vertx.core.internal.ContextInternal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The guard's looks between decisions: at every new measurement, and at least every 100 ms. Lives
 * on the session's event loop.
 */
final class GuardWatch {
  private static final Logger LOG = LoggerFactory.getLogger(GuardWatch.class);
  private static final long GUARD_NANOS = 100_000_000L;
  private static final long LOOK_NANOS = 25_000_000L;

  private final SessionCore core;
  private final ChargeSuccession charges;
  private final LedgerKeeper ledger;
  private @Nullable Charge present;
  private boolean wasOver;
  private long lastGuardNanos;
  private long lastSampleNanos = Long.MIN_VALUE;

  GuardWatch(SessionCore core, ChargeSuccession charges, LedgerKeeper ledger) {
    this.ledger = ledger;
    this.core = core;
    this.charges = charges;
  }

  /** Looks from now on. */
  void start() {
    LookRound.join(
        (ContextInternal) core.vertx.getOrCreateContext(),
        core.wallMillis(LOOK_NANOS),
        () -> {
          if (core.isStopping()) {
            return false;
          }
          look();
          return true;
        });
  }

  private void look() {
    core.pulse.beat();
    long now = core.clock.nanoTime();
    ChargerStatus status = core.charger.status();
    long sample = status.measurement().timeNanos();
    if (sample == lastSampleNanos && now - lastGuardNanos < GUARD_NANOS) {
      return;
    }
    charges.seen(status, now);
    lastSampleNanos = sample;
    lastGuardNanos = now;
    SessionState before = core.loop().state();
    CurrentCommand command = core.loop().recheck(status, now);
    LoopRecord latest = core.loop().latest();
    SessionState state = core.loop().state();
    core.send(command, latest != null && core.heatIfChanged(latest));
    if (core.charge() != present && !(state instanceof SessionState.Idle)) {
      present = core.charge();
      present.takeBattery();
    }
    if (latest != null && !before.name().equals(state.name())) {
      LOG.atInfo()
          .addKeyValue("charge", core.charge().identity().id())
          .log("Session {}: {} {}", core.id(), state.name(), state.reason());
      core.publisher.publish(core.loop().settings(), latest, false);
    }
    ledger.look(status);
    if (state.isOver() && !wasOver) {
      var unused = charges.learn();
    }
    wasOver = state.isOver();
  }
}
