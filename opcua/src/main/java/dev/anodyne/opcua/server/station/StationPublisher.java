package dev.anodyne.opcua.server.station;

import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.opcua.server.history.HistoryStore;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.jspecify.annotations.Nullable;

/**
 * Turns snapshots into values. Snapshots wait until they are taken up: of several in the same state
 * of the session only the newest, so that no transition is lost and nothing piles up. A charger
 * whose loop has gone quiet keeps its values for a while as the last usable ones, then has none.
 * How long it has been quiet is told by a monotonic clock: a corrected time of day makes nothing
 * old.
 */
final class StationPublisher {
  /** More changes of state than this cannot wait. */
  private static final int MOST_WAITING = 16;

  private final StationNamespace namespace;
  private final UShort types;
  private final HistoryStore history;
  private final Clock clock;
  private final NanoClock age;
  private final StationAlarms alarms;
  private final Map<String, Seen> chargers = new ConcurrentHashMap<>();
  private final AtomicBoolean pending = new AtomicBoolean();

  /** The station as it was published last. */
  private StationView shown = StationView.empty(0, Instant.EPOCH);

  /** Something has been published since the station's own values were. */
  private volatile boolean changed;

  /**
   * What is remembered of one charger; only the queue and the newest offered are touched by more
   * than one thread, under the queue's lock.
   */
  private static final class Seen {
    final StationLayout.Bay bay;
    final LiveObject<ChargerView> live;
    final Deque<ChargerSnapshot> waiting = new ArrayDeque<>();
    @Nullable ChargerView view;
    Freshness freshness = Freshness.FRESH;
    @Nullable ChargerSnapshot newest;

    Seen(StationLayout.Bay bay, LiveObject<ChargerView> live) {
      this.bay = bay;
      this.live = live;
    }
  }

  StationPublisher(
      StationLayout layout,
      StationNamespace namespace,
      UShort types,
      HistoryStore history,
      StationAlarms alarms,
      Clock clock,
      NanoClock age) {
    this.alarms = alarms;
    this.namespace = namespace;
    this.types = types;
    this.history = history;
    this.clock = clock;
    this.age = age;
    layout.chargers().forEach(this::add);
    publishStation();
  }

  /** Begins to publish a charger whose nodes are there; any thread. */
  void add(StationLayout.Bay bay) {
    LiveObject<ChargerView> live = namespace.charger(bay.id());
    if (live != null) {
      chargers.put(bay.id(), new Seen(bay, live));
      changed = true;
    }
  }

  /** Publishes a charger no more; any thread. */
  void remove(String charger) {
    chargers.remove(charger);
    changed = true;
  }

  /**
   * Lets a snapshot wait; any thread. One that was heard before the newest is left out.
   *
   * @return true when {@link #takeUp} must be called, false when a call is due already or nothing
   *     is to be taken up
   */
  boolean offer(ChargerSnapshot snapshot) {
    Seen seen = chargers.get(snapshot.charger());
    if (seen == null) {
      throw new IllegalArgumentException(
          "Charger '" + snapshot.charger() + "' is not in the station: " + chargers.keySet() + ".");
    }
    synchronized (seen.waiting) {
      ChargerSnapshot newest = seen.newest;
      if (newest != null && snapshot.heardNanos() - newest.heardNanos() < 0) {
        return false;
      }
      seen.newest = snapshot;
      ChargerSnapshot last = seen.waiting.peekLast();
      boolean replaces = last != null && last.session().phase() == snapshot.session().phase();
      if (replaces) {
        seen.waiting.removeLast();
      } else if (seen.waiting.size() >= MOST_WAITING) {
        seen.waiting.removeFirst();
      }
      seen.waiting.addLast(snapshot);
    }
    return pending.compareAndSet(false, true);
  }

  /** Publishes what waits; the server's own thread. */
  void takeUp() {
    pending.set(false);
    for (Seen seen : chargers.values()) {
      for (ChargerSnapshot s = next(seen); s != null; s = next(seen)) {
        seen.view = view(seen, s);
        seen.freshness = freshness(seen);
        publish(seen);
        lookForAlarms(seen);
        changed = true;
      }
    }
  }

  /**
   * Looks whether a loop has gone quiet, and shows what the chargers make together; the server's
   * own thread.
   */
  void look() {
    for (Seen seen : chargers.values()) {
      Freshness now = freshness(seen);
      if (now != seen.freshness) {
        seen.freshness = now;
        publish(seen);
        changed = true;
      }
      if (now != Freshness.FRESH) {
        // Nothing comes from this one: nobody else looks.
        lookForAlarms(seen);
      }
    }
    if (changed) {
      changed = false;
      publishStation();
    }
    alarms.look(shown, clock.instant(), age.nanoTime());
  }

  private void lookForAlarms(Seen seen) {
    ChargerView view = seen.view;
    if (view != null) {
      alarms.look(view, seen.freshness, clock.instant(), age.nanoTime());
    }
  }

  private static @Nullable ChargerSnapshot next(Seen seen) {
    synchronized (seen.waiting) {
      return seen.waiting.pollFirst();
    }
  }

  private ChargerView view(Seen seen, ChargerSnapshot s) {
    ChargerView before = seen.view;
    if (before == null) {
      return new ChargerView(seen.bay, s, null, null, types);
    }
    SessionPhase from = before.now().session().phase();
    SessionPhase to = s.session().phase();
    if (from == to) {
      return new ChargerView(seen.bay, s, before.last(), before.changedAt(), types);
    }
    return new ChargerView(
        seen.bay, s, SessionTransition.between(from, to).orElse(null), s.session().since(), types);
  }

  private Freshness freshness(Seen seen) {
    ChargerView view = seen.view;
    if (view == null) {
      return Freshness.FRESH;
    }
    return Freshness.of(view.now(), age.nanoTime());
  }

  private void publish(Seen seen) {
    ChargerView view = seen.view;
    if (view != null) {
      seen.live.publish(
          view, new ChargerTruth(view.now(), seen.freshness, clock.instant()), history);
    }
  }

  private void publishStation() {
    StationView view = StationView.empty(chargers.size(), Instant.EPOCH);
    boolean any = false;
    for (Seen seen : chargers.values()) {
      if (seen.view != null) {
        view = view.with(seen.view.now(), seen.freshness);
        any = true;
      }
    }
    shown = any ? view : StationView.empty(chargers.size(), clock.instant());
    namespace.station().publish(shown, new StationTruth(shown), history);
  }
}
