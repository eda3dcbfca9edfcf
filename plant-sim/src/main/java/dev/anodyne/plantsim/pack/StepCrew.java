package dev.anodyne.plantsim.pack;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * A few threads that share the pieces of one task, for pieces of some ten microseconds that do not
 * depend on each other. Whoever is free takes the next piece, the caller included: a helper that
 * the machine does not run costs nothing. Helpers spin shortly for the next task and then sleep.
 */
final class StepCrew implements AutoCloseable {
  private static final long SPIN_NANOS = 50_000;

  private final int pieces;
  private final IntConsumer task;
  private final Thread[] helpers;
  private final AtomicInteger next = new AtomicInteger(Integer.MAX_VALUE / 2);
  private final AtomicInteger done = new AtomicInteger();
  private long rounds;
  private volatile long round;
  private volatile @Nullable RuntimeException failure;
  private volatile boolean closed;

  /**
   * Starts the helpers.
   *
   * @param count how many besides the caller
   * @param threads makes them; daemons, please
   * @param pieces how many pieces the task has
   * @param task does one of them, 0 to pieces − 1
   */
  StepCrew(int count, ThreadFactory threads, int pieces, IntConsumer task) {
    this.pieces = pieces;
    this.task = task;
    helpers = new Thread[count];
    for (int i = 0; i < count; i++) {
      helpers[i] = threads.newThread(this::help);
      helpers[i].start();
    }
  }

  /** Does all pieces and returns when the last one is done. */
  void run() {
    done.set(0);
    next.set(0);
    round = ++rounds;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
    takeAll();
    while (done.get() < pieces) {
      Thread.onSpinWait();
    }
    RuntimeException failed = failure;
    if (failed != null) {
      failure = null;
      throw failed;
    }
  }

  private void takeAll() {
    for (int piece = next.getAndIncrement(); piece < pieces; piece = next.getAndIncrement()) {
      try {
        task.accept(piece);
      } catch (RuntimeException e) {
        failure = e;
      } finally {
        done.incrementAndGet();
      }
    }
  }

  private void help() {
    long seen = 0;
    while (!closed) {
      long begin = System.nanoTime();
      while (round == seen && !closed) {
        if (System.nanoTime() - begin < SPIN_NANOS) {
          Thread.onSpinWait();
        } else {
          LockSupport.park(this);
        }
      }
      seen = round;
      takeAll();
    }
  }

  @Override
  public void close() {
    closed = true;
    for (Thread helper : helpers) {
      LockSupport.unpark(helper);
    }
  }
}
