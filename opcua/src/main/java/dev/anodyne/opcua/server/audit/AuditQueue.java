package dev.anodyne.opcua.server.audit;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands entries over to a slower trail on a thread of its own. When that cannot keep up, entries
 * are left out and counted, and the log says how many: a flood of refusals must not fill the
 * memory.
 */
public final class AuditQueue implements AuditTrail, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AuditQueue.class);
  private static final long LOOK_MILLIS = 200;
  private static final long JOIN_MILLIS = 1000;

  private final BlockingQueue<AuditEntry> waiting;
  private final AuditTrail slower;
  private final LongConsumer onLost;
  private final AtomicLong lost = new AtomicLong();
  private final Thread thread;
  private volatile boolean open = true;

  /**
   * Begins to hand over.
   *
   * @param slower takes the entries, one at a time
   * @param capacity how many may wait
   */
  public AuditQueue(AuditTrail slower, int capacity) {
    this(slower, capacity, count -> {});
  }

  /**
   * The same.
   *
   * @param onLost is told how many entries were left out, on the thread that hands them over
   */
  public AuditQueue(AuditTrail slower, int capacity, LongConsumer onLost) {
    this.slower = slower;
    this.onLost = onLost;
    this.waiting = new ArrayBlockingQueue<>(capacity);
    this.thread = new Thread(this::run, "opcua-audit");
    this.thread.setDaemon(true);
    this.thread.start();
  }

  @Override
  public void record(AuditEntry entry) {
    if (!waiting.offer(entry)) {
      lost.incrementAndGet();
    }
  }

  /** Hands over what waits, for a second at most, and ends. */
  @Override
  public void close() {
    open = false;
    try {
      thread.join(JOIN_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    try {
      while (open || !waiting.isEmpty()) {
        AuditEntry next = waiting.poll(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        if (next != null) {
          handOver(next);
        }
        long left = waiting.isEmpty() ? lost.getAndSet(0) : 0;
        if (left > 0) {
          LOG.warn("{} audit entries came too fast and were left out", left);
          onLost.accept(left);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A bug in one must not end the others. */
  private void handOver(AuditEntry entry) {
    try {
      slower.record(entry);
    } catch (RuntimeException e) {
      LOG.error("Audit entry could not be handed over: {}", AuditText.line(entry), e);
    }
  }
}
