package dev.anodyne.opcua.client;

import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.ThermalCommand;
import dev.anodyne.opcua.model.ChargerLink;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.jspecify.annotations.Nullable;

/**
 * Hearing and writing during one session, from log-in to loss. Everything that could outlive a
 * loss, above all the command that waits to be written, lives here and ends with it.
 *
 * <p>Values are read every period, at most one read being under way, or sent by the server. They
 * come on the library's threads, which only note them down and wake the session's thread.
 */
final class ChargerSession {
  private static final long DRAIN_POLL_NANOS = 1_000_000;

  /** A node may be away for so many staleness limits before it is looked for anew. */
  private static final int GONE_STALENESSES = 10;

  /**
   * This much of its own delay a process forgives chargers: the values have long gone stale, and no
   * current is asked for.
   */
  private static final long MOST_LAG_NANOS = 10_000_000_000L;

  /** Between two looks for a better session. */
  private static final long CHECK_NANOS = 5_000_000_000L;

  private final OpcUaChargerConfig config;
  private final ChargerLink link;
  private final NanoClock clock;
  private final LinkMemory memory;
  private final Thread thread = Thread.currentThread();
  private final CommandOutbox outbox;
  private volatile @Nullable String loss;
  private volatile boolean reading;
  private long nextReadNanos = System.nanoTime();
  private long nextCheckNanos = System.nanoTime() + CHECK_NANOS;

  /** Made by the thread that will serve it. */
  ChargerSession(OpcUaChargerConfig config, NanoClock clock, LinkMemory memory) {
    this.config = config;
    this.link = config.mapping().link();
    this.clock = clock;
    this.memory = memory;
    this.outbox = new CommandOutbox(config.mapping(), clock, this::wrote, this::lose, thread);
  }

  /** Replaces the command that waits to be written. Never blocks. */
  void offer(CurrentCommand command) {
    outbox.offer(command);
  }

  /** What heater and cooler are to do, from the next command on. */
  void offer(ThermalCommand command) {
    outbox.offer(command);
  }

  /** Waits until what was offered is written, the session is lost, or the time is over. */
  void drain(long nanos) {
    long end = System.nanoTime() + nanos;
    while (outbox.isBusy() && loss == null && System.nanoTime() - end < 0) {
      LockSupport.unpark(thread);
      LockSupport.parkNanos(this, DRAIN_POLL_NANOS);
    }
  }

  /** Ends the session. The first reason stays: what follows a loss is noise. */
  synchronized void lose(String reason) {
    if (loss == null) {
      loss = reason;
      memory.lost(reason);
      LockSupport.unpark(thread);
    }
  }

  /** Why it ended; empty while it lives. */
  String lossReason() {
    String reason = loss;
    return reason == null ? "" : reason;
  }

  /**
   * Hears and writes what is offered until the session is lost or interrupted.
   *
   * @param outdated asked now and then: true when a new session would be better (a certificate was
   *     renewed); this one then ends as soon as no current is asked for
   * @throws LinkException when the server cannot do what the mapping asks for
   */
  void serve(ChargerConnection connection, BooleanSupplier outdated) throws LinkException {
    synchronized (this) {
      if (loss == null) {
        memory.connected();
      }
    }
    if (link.onReconnect() == ChargerLink.OnReconnect.ZERO) {
      outbox.offerFirst(CurrentCommand.zero(clock.nanoTime()));
    }
    boolean subscribes = link.mode() == ChargerLink.Mode.SUBSCRIBE;
    if (subscribes) {
      connection.subscribe(period(), new Hearing(connection.reader()));
    }
    connection.settled();
    CommandOutbox.Outlet outlet =
        new CommandOutbox.Outlet(connection::write, connection::feed, connection.writable());
    try {
      while (loss == null && !Thread.currentThread().isInterrupted()) {
        long pause = subscribes ? listen() : poll(connection);
        endIfOutdated(outdated);
        endIfGone(connection);
        LockSupport.parkNanos(this, Math.min(pause, outbox.work(outlet)));
      }
    } finally {
      if (loss != null) {
        connection.cut();
      }
    }
  }

  private void endIfOutdated(BooleanSupplier outdated) {
    long now = System.nanoTime();
    if (now - nextCheckNanos >= 0) {
      nextCheckNanos = now + CHECK_NANOS;
      if (outbox.isIdle() && outdated.getAsBoolean()) {
        lose("The certificate was renewed; connecting with the new one.");
      }
    }
  }

  /**
   * A node that was taken away and made anew need not report to an old subscription: a new session
   * looks for it, and names it when it is not there.
   */
  private void endIfGone(ChargerConnection connection) {
    if (connection.reader().goneNanos() > GONE_STALENESSES * config.staleness().toNanos()) {
      lose("A node has gone from the server; looking for it again.");
    }
  }

  private Duration period() {
    return link.period().orElse(config.readPeriod());
  }

  /** Reads when it is time; returns for how long nothing is to be done, ns. */
  private long poll(ChargerConnection connection) {
    long periodNanos = period().toNanos();
    long now = System.nanoTime();
    if (!reading && now - nextReadNanos >= 0) {
      read(connection);
      // A late answer shifts the grid: a burst of reads to catch up would help nobody.
      nextReadNanos = Math.max(nextReadNanos + periodNanos, now);
    }
    return reading ? periodNanos : Math.max(1, nextReadNanos - System.nanoTime());
  }

  /** Ends a session whose server sends nothing, not even that nothing has changed. */
  private long listen() {
    // What this process has not taken in yet is not the charger's silence.
    long lag = Math.min(ClientResources.lagNanos(), MOST_LAG_NANOS);
    long patience = Math.max(config.requestTimeout().toNanos(), config.staleness().toNanos());
    long left = patience + lag - memory.silentNanos();
    if (left <= 0) {
      lose("The charger stopped sending: nothing has come in time.");
    }
    return Math.max(1, Math.min(left, CHECK_NANOS));
  }

  private void read(ChargerConnection connection) {
    reading = true;
    var unused =
        connection
            .read()
            .thenAccept(answer -> heard(connection.reader().all(answer)))
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    lose("The charger stopped answering: " + Words.of(failure) + ".");
                  }
                  reading = false;
                  LockSupport.unpark(thread);
                });
  }

  private synchronized void heard(TagValues values) {
    if (loss == null) {
      memory.answered(values);
    }
  }

  private synchronized void wrote(String problem) {
    if (loss == null) {
      memory.wrote(problem);
    }
  }

  /** What a subscription brings. */
  private final class Hearing implements TagSubscription.Listener {
    private final TagReader reader;

    Hearing(TagReader reader) {
      this.reader = reader;
    }

    @Override
    public void changed(List<Integer> points, List<DataValue> values) {
      heard(reader.some(points, values));
    }

    @Override
    public void alive() {
      synchronized (ChargerSession.this) {
        if (loss == null) {
          memory.alive();
        }
      }
    }

    @Override
    public void ended(String reason) {
      lose(reason);
    }
  }
}
