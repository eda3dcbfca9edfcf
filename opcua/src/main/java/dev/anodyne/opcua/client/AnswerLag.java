package dev.anodyne.opcua.client;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * How far this process is behind in taking answers in: the time that a probe among them has lately
 * waited. A machine that was too busy, or stopped for its garbage, must not count its own delay
 * against chargers: all links would be given up together, and connecting them again would be more
 * work still.
 */
final class AnswerLag {
  private static final long PROBE_MILLIS = 100;

  /** Delays are remembered for at least so long, ns. */
  private static final long MEMORY_NANOS = 2_000_000_000;

  private final Executor answers;
  private long sentNanos;
  private boolean underWay;
  private long windowNanos = System.nanoTime();
  private long most;
  private long mostBefore;

  private AnswerLag(Executor answers) {
    this.answers = answers;
  }

  /** Probes an executor from now on. */
  static AnswerLag of(Executor answers) {
    AnswerLag lag = new AnswerLag(answers);
    ScheduledExecutorService probes =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread thread = new Thread(work, "charger answers' lag");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        probes.scheduleAtFixedRate(lag::probe, PROBE_MILLIS, PROBE_MILLIS, TimeUnit.MILLISECONDS);
    return lag;
  }

  private void probe() {
    synchronized (this) {
      if (underWay) {
        return;
      }
      underWay = true;
      // A probe that comes late itself tells of a process that stood still.
      sentNanos = System.nanoTime();
    }
    answers.execute(this::arrived);
  }

  private synchronized void arrived() {
    long now = System.nanoTime();
    underWay = false;
    note(now, now - sentNanos);
  }

  private void note(long now, long delay) {
    if (now - windowNanos > MEMORY_NANOS) {
      mostBefore = now - windowNanos > 2 * MEMORY_NANOS ? 0 : most;
      most = 0;
      windowNanos = now;
    }
    most = Math.max(most, delay);
  }

  /** The longest delay of late, ns; one that lasts yet counts too. */
  synchronized long nanos() {
    long waiting = underWay ? System.nanoTime() - sentNanos : 0;
    return Math.max(waiting, Math.max(most, mostBefore));
  }
}
