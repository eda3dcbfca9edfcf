package dev.anodyne.controller.storage;

import dev.anodyne.controller.storage.StoreStatus.State;
import dev.anodyne.controller.storage.spool.Spool;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How the writer fares. Told by the writer's thread, asked by any. */
final class WriterStatus {
  private static final Logger LOG = LoggerFactory.getLogger(WriterStatus.class);

  private final String database;
  private final Inbox inbox;
  private final Spool spool;
  private final DatabaseGate gate;
  private final long spoolCapacity;
  private final Clock clock;
  private volatile Now now;
  private volatile long written;
  private volatile Consumer<StoreStatus> listener = status -> {};

  /**
   * Since when what holds.
   *
   * @param also more to the database's own error
   */
  private record Now(State state, Instant since, String also) {}

  WriterStatus(DatabaseGate gate, Inbox inbox, Spool spool, long spoolCapacity, Clock clock) {
    this.database = gate.shown();
    this.gate = gate;
    this.inbox = inbox;
    this.spool = spool;
    this.spoolCapacity = spoolCapacity;
    this.clock = clock;
    this.now = new Now(State.OPENING, clock.instant(), "");
  }

  /** Tells somebody of every change of the state; it must not block. */
  void listen(Consumer<StoreStatus> newListener) {
    listener = newListener;
    tell();
  }

  void written(int entries) {
    written += entries;
    become(State.OK, "");
  }

  void caughtUp(int entries, boolean all) {
    written += entries;
    become(all ? State.OK : State.CATCHING_UP, "");
  }

  void spooling() {
    become(State.SPOOLING, "");
  }

  void memoryOnly(IOException disk) {
    become(State.MEMORY_ONLY, " And the spool cannot be written: " + disk.getMessage());
  }

  StoreStatus status() {
    Now at = now;
    String error = gate.lastError() + at.also();
    return new StoreStatus(
        at.state(),
        database,
        at.since(),
        error.isEmpty() ? null : error,
        inbox.size(),
        inbox.bytes(),
        inbox.capacityBytes(),
        spool.entries(),
        spool.bytes(),
        spoolCapacity,
        inbox.droppedTelemetry() + spool.droppedExpendable(),
        inbox.droppedEvents() + spool.droppedLasting() + gate.refused(),
        written);
  }

  private void become(State state, String also) {
    Now before = now;
    if (state == State.SPOOLING && before.state() == State.CATCHING_UP && spool.entries() > 0) {
      // New entries go behind those that wait: that is no news.
      return;
    }
    if (state == before.state()) {
      return;
    }
    now = new Now(state, clock.instant(), also);
    if (state == State.OK && before.state() != State.OPENING) {
      LOG.warn("Database {} takes data again; nothing waits any more.", database);
    }
    tell();
  }

  private void tell() {
    try {
      listener.accept(status());
    } catch (RuntimeException e) {
      LOG.error("Nobody hears how the storage fares any more.", e);
      listener = status -> {};
    }
  }
}
