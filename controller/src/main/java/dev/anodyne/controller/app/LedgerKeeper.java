package dev.anodyne.controller.app;

import dev.anodyne.controller.session.SessionState;
import dev.anodyne.core.charging.ChargerStatus;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a session's entry in the {@link ChargeLedger}: new with every change, and else every
 * {@value #SECONDS} s, so that a restart knows how long it took. Lives on the session's event loop.
 */
final class LedgerKeeper {
  private static final int SECONDS = 30;

  private final SessionCore core;
  private final @Nullable ChargeLedger ledger;
  private @Nullable OpenCharge kept;

  LedgerKeeper(SessionCore core) {
    this.core = core;
    this.ledger = core.setup.ledger();
  }

  /** Looks whether there is anything new. */
  void look(ChargerStatus status) {
    ChargeLedger book = ledger;
    SessionState state = core.loop().state();
    if (book == null || state instanceof SessionState.Idle) {
      return;
    }
    Charge charge = core.charge();
    OpenCharge before = kept;
    if (state.isOver()) {
      if (before != null || charge.resumed() != null) {
        book.close(core.id(), charge.identity().id());
        kept = null;
      }
      return;
    }
    boolean same = before != null && before.chargeId().equals(charge.identity().id());
    OpenCharge last = same ? before : null;
    boolean heard = status.link() == ChargerStatus.LinkState.UP && status.measurement().isUsable();
    Instant now = Instant.now();
    Instant measured = heard || last == null ? now : last.lastMeasured();
    OpenCharge entry = entry(charge, state, measured);
    boolean late =
        last != null && Duration.between(last.lastMeasured(), measured).toSeconds() >= SECONDS;
    if (last == null || late || !entry.saysTheSame(last)) {
      kept = entry;
      book.put(entry);
    }
  }

  /** The server stops, and with it a charge that was under way before: it is to be begun again. */
  void stopped(@Nullable OpenCharge underWay) {
    if (ledger != null && underWay != null) {
      ledger.put(underWay.stopped());
    }
  }

  /** What is kept of the charge that is under way; null when none is. */
  @Nullable OpenCharge underWay() {
    return core.loop().state().isOver() ? null : kept;
  }

  private OpenCharge entry(Charge charge, SessionState state, Instant measured) {
    return new OpenCharge(
        charge.identity().id(),
        core.id(),
        charge.identity().begun(),
        charge.identity().startedBy(),
        charge.identity().batteryId(),
        charge.identity().cell(),
        charge.identity().layout().toString(),
        charge.order().text(),
        core.loop().settings().targetSoc(),
        core.departure(),
        state.name(),
        measured,
        false);
  }
}
