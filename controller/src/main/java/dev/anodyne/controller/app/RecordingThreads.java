package dev.anodyne.controller.app;

import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that write the recordings of all sessions, each when it is due: a thread of its own
 * for each of a thousand charges would be woken a dozen times a second to write one line.
 */
final class RecordingThreads {
  /** One disk that hangs holds up to as many recordings before the others wait too. */
  private static final int THREADS = 4;

  static final ScheduledThreadPoolExecutor SHARED = shared();

  private RecordingThreads() {}

  private static ScheduledThreadPoolExecutor shared() {
    AtomicInteger count = new AtomicInteger();
    ScheduledThreadPoolExecutor threads =
        new ScheduledThreadPoolExecutor(
            THREADS,
            work -> {
              Thread thread = new Thread(work, "recording " + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.setRemoveOnCancelPolicy(true);
    return threads;
  }
}
