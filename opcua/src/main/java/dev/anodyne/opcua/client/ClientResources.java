package dev.anodyne.opcua.client;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinWorkerThread;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.milo.opcua.stack.transport.client.tcp.OpcTcpClientTransportConfigBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all connections of this process share, so that a thousand chargers cost little more than
 * one: the library's event loops and timers, and the threads on which answers are taken in. Left to
 * itself the library starts another thread whenever all are busy, and a thousand answers at once
 * are a thousand threads.
 */
final class ClientResources {
  private static final Logger LOG = LoggerFactory.getLogger(ClientResources.class);

  /**
   * Threads for answers, at most. Far more than cores, since the library itself waits on one for a
   * notification that it has missed; another takes over while it does.
   */
  private static final int MOST_THREADS = 64;

  private static final int IDLE_SECONDS = 30;

  /**
   * Connecting takes several RSA operations of ms each, then some ten requests, and each has a time
   * limit: a thousand chargers that come together would all be late.
   */
  private static final Turns CONNECTING = new Turns(2, places(4, 4));

  /** Asking costs little, but has a time limit too. */
  private static final Semaphore ASKING = new Semaphore(places(16, 8), true);

  /** Chargers that did not answer last time wait among themselves: the others need not. */
  private static final Semaphore ASKING_AGAIN = new Semaphore(places(16, 8), true);

  /** Answers that wait longer than this: whoever charges needs the processor first. */
  private static final long BEHIND_NANOS = 100_000_000;

  /** … but connecting is not put off for ever. */
  private static final long LONGEST_WAIT_NANOS = 2_000_000_000;

  private static final long LOOK_MILLIS = 25;

  private static final ExecutorService ANSWERS = answers();
  private static final AnswerLag LAG = AnswerLag.of(ANSWERS);

  private ClientResources() {}

  /** Has a connection use what is shared. */
  static void share(OpcTcpClientTransportConfigBuilder transport) {
    transport.setExecutor(ANSWERS);
  }

  /** A place among those that connect; given back once, whoever does it first. */
  static final class Place {
    private final Runnable back;
    private final AtomicBoolean given = new AtomicBoolean();

    Place(Runnable back) {
      this.back = back;
    }

    void giveBack() {
      if (!given.getAndSet(true)) {
        back.run();
      }
    }
  }

  /** Waits for a place to log in and set everything up, while nobody else waits for his answers. */
  static Place awaitTurn() throws InterruptedException {
    long end = System.nanoTime() + LONGEST_WAIT_NANOS;
    Place place = CONNECTING.await();
    try {
      while (LAG.nanos() > BEHIND_NANOS && System.nanoTime() - end < 0) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (InterruptedException e) {
      place.giveBack();
      throw e;
    }
    return place;
  }

  /** How long a log-in took, or was waited for in vain: fewer go at once when it is long. */
  static void tookToLogIn(long nanos) {
    CONNECTING.took(nanos);
  }

  /**
   * Waits for a place to ask for endpoints.
   *
   * @param again whether nobody answered the last time
   */
  static Place awaitAsking(boolean again) throws InterruptedException {
    Semaphore places = again ? ASKING_AGAIN : ASKING;
    places.acquire();
    return new Place(places::release);
  }

  /** How long answers have lately waited in this process until they were taken in, ns. */
  static long lagNanos() {
    return LAG.nanos();
  }

  private static int places(int least, int perCore) {
    return Math.max(least, perCore * Runtime.getRuntime().availableProcessors());
  }

  /**
   * Threads that take work in the order of its arrival. The one that slept last wakes first: a
   * plain pool wakes each of its threads in turn, which costs as much as most answers.
   */
  private static ExecutorService answers() {
    AtomicInteger count = new AtomicInteger();
    return new ForkJoinPool(
        places(2, 2),
        pool -> {
          ForkJoinWorkerThread thread =
              ForkJoinPool.defaultForkJoinWorkerThreadFactory.newThread(pool);
          thread.setName("charger answers " + count.incrementAndGet());
          return thread;
        },
        (thread, failure) -> LOG.error("An answer of a charger was lost", failure),
        true,
        0,
        MOST_THREADS,
        1,
        pool -> true,
        IDLE_SECONDS,
        TimeUnit.SECONDS);
  }
}
