package dev.anodyne.controller.service;

import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Whether what must never stand still moves: every event loop and every connector's guard beats its
 * own pulse, and {@link #late} names those that have not for too long. Thread-safe.
 */
public final class Vitals implements Shareable {
  private static final String KEY = "anodyne.vitals";

  /**
   * A guard looks every 25 ms, an event loop beats twice a second. A machine under load or a full
   * collection holds them up for a second or two; what stands for five hangs. Chargers ramp to zero
   * by themselves after three ({@code docs/safety.md}).
   */
  public static final Duration LATE = Duration.ofSeconds(5);

  private static final long BEAT_MILLIS = 500;

  private final Set<Pulse> pulses = ConcurrentHashMap.newKeySet();
  private final LongSupplier clock;

  Vitals(LongSupplier nanoClock) {
    this.clock = nanoClock;
  }

  /** Those of this server: the same for everything that runs on one Vert.x. */
  public static Vitals of(Vertx vertx) {
    return vertx
        .sharedData()
        .<String, Vitals>getLocalMap(KEY)
        .computeIfAbsent(KEY, unused -> new Vitals(System::nanoTime));
  }

  /**
   * From now on every event loop of this Vert.x is expected to beat.
   *
   * @param eventLoops how many there are, as its options say
   */
  public Future<String> watchLoops(Vertx vertx, int eventLoops) {
    // Vert.x hands its event loops out in turn: as many verticles as loops meet each of them.
    return vertx.deployVerticle(
        () -> new LoopBeat(this), new DeploymentOptions().setInstances(eventLoops));
  }

  /**
   * Expects somebody to beat from now on.
   *
   * @param who named when it is late: {@code guard of C1}
   * @param within how long it may be silent
   */
  public Pulse expect(String who, Duration within) {
    Pulse pulse = new Pulse(who, within.toNanos());
    pulses.add(pulse);
    return pulse;
  }

  /** Everybody that is late, in words, in the order of their names; empty when all are well. */
  public List<String> late() {
    long now = clock.getAsLong();
    List<String> late = new ArrayList<>();
    for (Pulse pulse : pulses) {
      long silent = now - pulse.beatNanos;
      if (silent > pulse.withinNanos) {
        late.add(pulse.who + " has stood still for " + Math.round(silent * 1e-9) + " s");
      }
    }
    late.sort(null);
    return late;
  }

  /** Somebody's sign of life. */
  public final class Pulse implements AutoCloseable {
    private final String who;
    private final long withinNanos;
    private volatile long beatNanos;

    private Pulse(String who, long withinNanos) {
      this.who = who;
      this.withinNanos = withinNanos;
      this.beatNanos = clock.getAsLong();
    }

    /** Says: I am there. */
    public void beat() {
      beatNanos = clock.getAsLong();
    }

    /** Nothing is expected any more. */
    @Override
    public void close() {
      pulses.remove(this);
    }
  }

  /** Beats for the event loop that it is on. */
  private static final class LoopBeat extends VerticleBase {
    private final Vitals vitals;

    LoopBeat(Vitals vitals) {
      this.vitals = vitals;
    }

    @Override
    public Future<?> start() {
      Pulse pulse = vitals.expect(Thread.currentThread().getName(), LATE);
      vertx.setPeriodic(BEAT_MILLIS, unused -> pulse.beat());
      return Future.succeededFuture();
    }
  }
}
