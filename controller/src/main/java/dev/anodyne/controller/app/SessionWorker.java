package dev.anodyne.controller.app;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * What takes long in one session, strictly one thing after the other, on threads that all sessions
 * of the server share: some for decisions, and two others for making and closing charges, so that a
 * thousand sessions need no thousand threads and a charge that begins keeps nobody waiting for his
 * decision. Belongs to the session's event loop.
 */
final class SessionWorker {
  /** The name of the threads that decide, for the log. */
  static final String DECISIONS = "decision";

  private static final String CHARGES = "charge";
  private static final int CHARGE_THREADS = 2;

  /** For each core: one decision that hangs must not take a core's worth from all others. */
  private static final int DECISION_THREADS = 4;

  /** What takes longer than this is complained about in the log, s. */
  private static final long LONGEST_SECONDS = 60;

  private final WorkerExecutor decisions;
  private final WorkerExecutor charges;
  private Future<?> last = Future.succeededFuture();

  SessionWorker(Vertx vertx) {
    // Executors of the same name share their threads, until the last of them is closed.
    decisions =
        vertx.createSharedWorkerExecutor(
            DECISIONS, decisionThreads(), LONGEST_SECONDS, TimeUnit.SECONDS);
    charges =
        vertx.createSharedWorkerExecutor(
            CHARGES, CHARGE_THREADS, LONGEST_SECONDS, TimeUnit.SECONDS);
  }

  /** How many threads decide. */
  static int decisionThreads() {
    return DECISION_THREADS * Runtime.getRuntime().availableProcessors();
  }

  /** Does something with a deadline, after everything that was asked for before. */
  <T> Future<T> decide(Callable<T> work) {
    return after(decisions, work);
  }

  /** Does something that may take seconds, after everything that was asked for before. */
  <T> Future<T> make(Callable<T> work) {
    return after(charges, work);
  }

  private <T> Future<T> after(WorkerExecutor threads, Callable<T> work) {
    Future<T> mine =
        last.isComplete()
            ? threads.executeBlocking(work, false)
            : last.transform(done -> threads.executeBlocking(work, false));
    last = mine;
    return mine;
  }

  /** Gives the threads back; what has been asked for is still done. */
  Future<Void> close() {
    return last.transform(done -> decisions.close()).eventually(charges::close);
  }
}
