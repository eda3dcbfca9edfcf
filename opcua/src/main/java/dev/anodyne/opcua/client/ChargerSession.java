package dev.anodyne.opcua.client;

import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.ThermalCommand;
import dev.anodyne.opcua.model.ChargerTag;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reading and writing during one session, from log-in to loss. Everything that could outlive a
 * loss, above all the command that waits to be written, lives here and ends with it.
 *
 * <p>At most one read and one write are under way; their answers come on the library's threads,
 * which only note them down and wake the session's thread.
 */
final class ChargerSession {
  private static final Logger LOG = LoggerFactory.getLogger(ChargerSession.class);

  private static final long DRAIN_POLL_NANOS = 1_000_000;

  private final OpcUaChargerConfig config;
  private final NanoClock clock;
  private final LinkMemory memory;
  private final Thread thread = Thread.currentThread();
  private final AtomicReference<@Nullable CurrentCommand> pending = new AtomicReference<>();
  private volatile ThermalCommand heat = ThermalCommand.off(0);
  private volatile @Nullable String loss;
  private volatile boolean reading;
  private volatile boolean writing;

  /** Made by the thread that will serve it. */
  ChargerSession(OpcUaChargerConfig config, NanoClock clock, LinkMemory memory) {
    this.config = config;
    this.clock = clock;
    this.memory = memory;
  }

  /** Replaces the command that waits to be written. Never blocks. */
  void offer(CurrentCommand command) {
    pending.set(command);
    LockSupport.unpark(thread);
  }

  /** What heater and cooler are to do, from the next command on. */
  void offer(ThermalCommand command) {
    heat = command;
  }

  /** Waits until what was offered is written, the session is lost, or the time is over. */
  void drain(long nanos) {
    long end = System.nanoTime() + nanos;
    while ((pending.get() != null || writing) && loss == null && System.nanoTime() - end < 0) {
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

  /** Reads every period and writes what is offered until the session is lost or interrupted. */
  void serve(ChargerConnection connection) {
    synchronized (this) {
      if (loss == null) {
        memory.connected();
      }
    }
    long periodNanos = config.readPeriod().toNanos();
    long nextRead = System.nanoTime();
    while (loss == null && !Thread.currentThread().isInterrupted()) {
      long now = System.nanoTime();
      if (!reading && now - nextRead >= 0) {
        read(connection);
        // A late answer shifts the grid: a burst of reads to catch up would help nobody.
        nextRead = Math.max(nextRead + periodNanos, now);
      }
      if (!writing) {
        write(connection);
      }
      LockSupport.parkNanos(
          this, reading ? periodNanos : Math.max(1, nextRead - System.nanoTime()));
    }
  }

  private void read(ChargerConnection connection) {
    reading = true;
    var unused =
        connection
            .read()
            .thenAccept(
                answer -> {
                  TagValues values = TagValues.of(answer, connection);
                  synchronized (this) {
                    if (loss == null) {
                      memory.answered(values);
                    }
                  }
                })
            .whenComplete(
                (done, failure) -> {
                  if (failure != null) {
                    lose("The charger stopped answering: " + Words.of(failure) + ".");
                  }
                  reading = false;
                  LockSupport.unpark(thread);
                });
  }

  private void write(ChargerConnection connection) {
    if (pending.get() == null) {
      return;
    }
    // Before the command is taken, so that a drain never sees neither.
    writing = true;
    CurrentCommand command = pending.getAndSet(null);
    if (command == null) {
      writing = false;
      return;
    }
    long remaining = SetpointWriter.remainingMillis(command, clock.nanoTime());
    if (!SetpointWriter.mayBeWritten(command, remaining)) {
      LOG.warn("A command of {} A expired before it was written", command.chargeCurrentAmps());
      writing = false;
      return;
    }
    Map<ChargerTag, Double> values =
        connection.hasThermal()
            ? SetpointWriter.values(command, remaining, heat, clock.nanoTime())
            : SetpointWriter.values(command, remaining);
    var unused =
        connection
            .write(values)
            .handle((refused, failure) -> problem(values, refused, failure))
            .thenAccept(
                problem -> {
                  synchronized (this) {
                    if (loss == null) {
                      memory.wrote(problem);
                    }
                  }
                  writing = false;
                  LockSupport.unpark(thread);
                });
  }

  private static String problem(
      Map<ChargerTag, Double> values,
      @Nullable Map<ChargerTag, StatusCode> refused,
      @Nullable Throwable failure) {
    if (failure != null || refused == null) {
      String why = failure == null ? "no answer" : Words.of(failure);
      return "The set-point could not be written: " + why + ".";
    }
    return SetpointWriter.problem(values, refused);
  }
}
