package dev.anodyne.opcua.server.station;

import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.opcua.server.alarm.Alarms;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The alarms of a station that has no OPC UA server of its own: the same alarms, seen in the same
 * snapshots by the same rules, but for that of the server's certificate. Snapshots come in on any
 * thread and are looked at by a thread of its own.
 */
public final class AlarmEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AlarmEngine.class);
  private static final long LOOK_MILLIS = 250;
  private static final long GATHER_MILLIS = 50;

  /** There is no certificate that could end. */
  private static final Instant NEVER = Instant.parse("9999-12-31T00:00:00Z");

  private final StationAlarms alarms;
  private final Clock clock;
  private final NanoClock age;
  private final Map<String, Watched> chargers = new ConcurrentHashMap<>();
  private final AtomicBoolean pending = new AtomicBoolean();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "station-alarms");
            made.setDaemon(true);
            return made;
          });

  /** A charger with its newest snapshot. */
  private static final class Watched {
    private final StationLayout.Bay bay;
    private volatile @Nullable ChargerSnapshot newest;
    private @Nullable ChargerSnapshot seen;

    Watched(StationLayout.Bay bay) {
      this.bay = bay;
    }
  }

  /**
   * Begins to look.
   *
   * @param settings what is other than usual about the alarms
   * @param clock tells UTC
   */
  public AlarmEngine(AlarmSettings settings, Clock clock) {
    this.clock = clock;
    this.age = NanoClock.SYSTEM;
    this.alarms = new StationAlarms(new StationLayout("", "", List.of()), settings, () -> NEVER);
    var unused =
        thread.scheduleWithFixedDelay(
            () -> guarded(true), LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Begins to look after a charger. */
  public void add(StationLayout.Bay bay) {
    alarms.add(bay.id());
    chargers.put(bay.id(), new Watched(bay));
  }

  /** Looks after a charger no more. */
  public void remove(String charger) {
    chargers.remove(charger);
    alarms.remove(charger);
  }

  /** All alarms. */
  public Alarms alarms() {
    return alarms.all();
  }

  /** Takes in a charger's newest snapshot; returns at once. */
  public void publish(ChargerSnapshot snapshot) {
    Watched watched = chargers.get(snapshot.charger());
    if (watched == null) {
      return;
    }
    watched.newest = snapshot;
    if (pending.compareAndSet(false, true)) {
      try {
        var unused = thread.schedule(() -> guarded(false), GATHER_MILLIS, TimeUnit.MILLISECONDS);
      } catch (RejectedExecutionException e) {
        LOG.debug("Closed: a snapshot of {} is left out.", snapshot.charger());
      }
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  /** A bug in one look must not end all of them. */
  private void guarded(boolean all) {
    try {
      look(all);
    } catch (RuntimeException e) {
      LOG.error("The alarms could not be looked after.", e);
    }
  }

  /**
   * Looks at what is new; and at all of it now and then, since delays pass and loops go quiet.
   *
   * @param all whether the station and loops that are quiet are looked at too
   */
  private void look(boolean all) {
    pending.set(false);
    Instant now = clock.instant();
    long nanos = age.nanoTime();
    StationView station = StationView.empty(chargers.size(), Instant.EPOCH);
    for (Watched one : chargers.values()) {
      ChargerSnapshot newest = one.newest;
      if (newest == null) {
        continue;
      }
      Freshness freshness = Freshness.of(newest, nanos);
      if (newest != one.seen || (all && freshness != Freshness.FRESH)) {
        one.seen = newest;
        alarms.look(
            new ChargerView(one.bay, newest, null, null, UShort.MIN), freshness, now, nanos);
      }
      station = all ? station.with(newest, freshness) : station;
    }
    if (all) {
      alarms.look(station, now, nanos);
    }
  }
}
