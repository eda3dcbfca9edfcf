package dev.anodyne.opcua.client;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfigBuilder;

/**
 * What all connections of this process share, so that a thousand chargers cost little more than
 * one: the library's event loops and timers, and the threads on which answers are taken in. Left to
 * itself the library starts another thread whenever all are busy, and a thousand answers at once
 * are a thousand threads.
 */
final class ClientResources {
  /**
   * Threads for answers. Far more than cores, since the library itself waits on one for a
   * notification that it has missed.
   */
  private static final int THREADS = 64;

  private static final int IDLE_SECONDS = 30;

  /**
   * Connecting takes several RSA operations of ms each and has time limits: a thousand chargers
   * that come back together would all be late.
   */
  private static final Semaphore CONNECTING =
      new Semaphore(Math.max(4, 4 * Runtime.getRuntime().availableProcessors()), true);

  private static final ExecutorService ANSWERS = answers();

  private ClientResources() {}

  /** Has a connection use what is shared. */
  static void share(OpcTcpClientTransportConfigBuilder transport) {
    transport.setExecutor(ANSWERS);
  }

  /** Waits for a place among those that connect; {@link #connected} gives it back. */
  static void awaitTurn() throws InterruptedException {
    CONNECTING.acquire();
  }

  /** Connected, or failed to. */
  static void connected() {
    CONNECTING.release();
  }

  private static ExecutorService answers() {
    AtomicInteger count = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "charger answers " + count.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }
}
