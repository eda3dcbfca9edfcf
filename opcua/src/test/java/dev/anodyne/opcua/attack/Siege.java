package dev.anodyne.opcua.attack;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.opcua.server.shield.Refusal;
import dev.anodyne.opcua.server.shield.ShieldLimits;
import dev.anodyne.opcua.server.station.StationUnderAttack;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;

/** Runs an attack while a client that has nothing to do with it reads, and judges the server. */
final class Siege {
  /** What a valid client's reads may take, 99 of 100. */
  static final Duration SLOWEST = Duration.ofMillis(250);

  /** What an attack may add to the memory of the process, after a collection. */
  static final long MEMORY_CAP = 96L << 20;

  /** A session that nobody ends is kept for up to a minute, and the machine may be busy. */
  private static final Duration SETTLED = Duration.ofSeconds(90);

  /** Threads that the machine itself starts and ends. */
  private static final int STRAY_THREADS = 8;

  /** Handles of libraries that are loaded in the meantime. */
  private static final int STRAY_FILES = 4;

  /** Subscriptions that the server keeps for clients that come back. */
  private static final int KEPT_SUBSCRIPTIONS = ShieldLimits.SAFE.connections().orphans();

  private static final int PAUSE_MILLIS = 3;
  private static final int FEWEST_READS = 120;

  /** Reads until the machine has compiled what reads need. */
  private static final int WARM_UP = 300;

  private final StationUnderAttack station;
  private volatile boolean enough;

  Siege(StationUnderAttack station) throws Exception {
    this.station = station;
    Thread.sleep(300);
    for (int i = 0; i < WARM_UP; i++) {
      read();
    }
  }

  /** Something that attacks. */
  interface Attack {
    void run() throws Exception;
  }

  /** What was seen. */
  record Outcome(
      Level before, Level during, Duration took, int reads, Duration p99, Duration worst) {}

  /**
   * Attacks with several threads at once, reads meanwhile, and holds the server to its promises:
   * reads in time, memory within the cap, and afterwards everything as before.
   */
  Outcome attack(Attack... attacks) throws Exception {
    read();
    Level before = Level.of(station);
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(attacks.length + 1);
    try {
      Future<long[]> reads = threads.submit(() -> readUntil(over));
      long start = System.nanoTime();
      List<? extends Future<?>> running =
          Arrays.stream(attacks).map(a -> threads.submit(() -> run(a))).toList();
      for (Future<?> attack : running) {
        attack.get();
      }
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      while (!reads.isDone() && !enough) {
        Thread.sleep(PAUSE_MILLIS);
      }
      Level during = Level.of(station);
      over.set(true);
      long[] nanos = reads.get();
      Arrays.sort(nanos);
      Outcome outcome =
          new Outcome(
              before,
              during,
              took,
              nanos.length,
              Duration.ofNanos(nanos[(int) Math.ceil(nanos.length * 0.99) - 1]),
              Duration.ofNanos(nanos[nanos.length - 1]));
      threads.shutdown();
      judge(outcome);
      return outcome;
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    } finally {
      over.set(true);
      threads.shutdownNow();
    }
  }

  private void judge(Outcome outcome) throws Exception {
    Level before = outcome.before();
    assertThat(outcome.p99()).as("99 of 100 reads within").isLessThan(SLOWEST);
    assertThat(outcome.during().memory() - before.memory())
        .as("memory that the attack has taken")
        .isLessThan(MEMORY_CAP);
    read();
    settles(before);
  }

  /** Waits until everything is as before. */
  void settles(Level before) throws Exception {
    long deadline = System.nanoTime() + SETTLED.toNanos();
    Level now = Level.of(station);
    while (!isBack(now, before) && System.nanoTime() < deadline) {
      Thread.sleep(50);
      now = Level.of(station);
    }
    assertThat(isBack(now, before)).as("level %s after, %s before", now, before).isTrue();
  }

  private static boolean isBack(Level now, Level before) {
    return now.connections() <= before.connections()
        && now.sessions() <= before.sessions()
        && now.subscriptions() <= before.subscriptions() + KEPT_SUBSCRIPTIONS
        && now.files() <= before.files() + STRAY_FILES
        && now.threads() <= before.threads() + STRAY_THREADS;
  }

  /** What the shield has refused so far, and how often. */
  static Map<Refusal, Long> refusals(StationUnderAttack station) {
    Map<Refusal, Long> counts = new EnumMap<>(Refusal.class);
    for (Refusal refusal : Refusal.values()) {
      if (station.shield().refusals(refusal) > 0) {
        counts.put(refusal, station.shield().refusals(refusal));
      }
    }
    return counts;
  }

  /** One read of the valid client. */
  void read() throws Exception {
    OpcUaClient client = station.client();
    var value =
        client.read(
                0.0,
                TimestampsToReturn.Both,
                List.of(
                    new ReadValueId(
                        station.node(StationUnderAttack.CHARGER + ".Measurements.Current"),
                        AttributeId.Value.uid(),
                        null,
                        null)))
            .getResults()[0];
    assertThat(value.statusCode().isBad()).as("%s", value).isFalse();
  }

  private long[] readUntil(AtomicBoolean over) throws Exception {
    enough = false;
    long[] nanos = new long[1 << 10];
    int count = 0;
    while (!over.get()) {
      long start = System.nanoTime();
      read();
      if (count == nanos.length) {
        nanos = Arrays.copyOf(nanos, 2 * count);
      }
      nanos[count++] = System.nanoTime() - start;
      enough = count >= FEWEST_READS;
      Thread.sleep(PAUSE_MILLIS);
    }
    return Arrays.copyOf(nanos, count);
  }

  private static Void run(Attack attack) throws Exception {
    attack.run();
    return null;
  }
}
