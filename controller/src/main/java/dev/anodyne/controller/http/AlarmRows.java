package dev.anodyne.controller.http;

import dev.anodyne.controller.station.StationDesk;
import dev.anodyne.opcua.server.alarm.Alarm;
import dev.anodyne.opcua.server.alarm.AlarmChange;
import dev.anodyne.opcua.server.alarm.AlarmState;
import dev.anodyne.opcua.server.alarm.Alarms;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Alarms as the API shows them, with when they came and went. Thread-safe. */
final class AlarmRows {
  /** Who owns alarms of the station as a whole. */
  static final String STATION = "Station";

  /** Nobody reads more at once; the rest is in the list of alarms. */
  private static final int MOST_SENT = 200;

  private static final long OLD_NANOS = Duration.ofSeconds(2).toNanos();

  private final StationDesk desk;
  private final Map<String, Times> times = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();
  private @Nullable Alarms heard;
  private volatile Snapshot snapshot = Snapshot.NONE;

  /**
   * The alarms as they were after some change, put together once for all who look.
   *
   * @param changes how many there had been
   * @param nanos when
   * @param retained those of interest, the gravest first
   * @param sums by owner
   * @param text the event that those who watch are sent
   */
  private record Snapshot(
      long changes, long nanos, List<Alarm> retained, Map<String, Sum> sums, String text) {
    static final Snapshot NONE = new Snapshot(-1, 0, List.of(), Map.of(), "");
  }

  /** When an alarm became active last, and when it was no longer so. */
  private record Times(@Nullable Instant raised, @Nullable Instant cleared) {}

  /**
   * What an owner's alarms come to.
   *
   * @param count of those that are of interest
   * @param highestSeverity of them; 0 without any
   */
  record Sum(int count, int highestSeverity) {
    static final Sum NONE = new Sum(0, 0);

    private Sum with(int severity) {
      return new Sum(count + 1, Math.max(highestSeverity, severity));
    }
  }

  AlarmRows(StationDesk desk) {
    this.desk = desk;
  }

  /** Rises with every change of any alarm. */
  long changes() {
    listen();
    return changes.get();
  }

  /** Those that are of interest now, the gravest first. */
  List<Alarm> retained() {
    return snapshot().retained();
  }

  /** What an owner's come to. */
  Sum sum(String owner) {
    return snapshot().sums().getOrDefault(owner, Sum.NONE);
  }

  /** The gravest as {@code {"active": [rows], "more": how many there are besides}}. */
  String text() {
    return snapshot().text();
  }

  int active() {
    return count(alarm -> alarm.state().active());
  }

  int unacknowledged() {
    return count(alarm -> !alarm.state().acknowledged());
  }

  private int count(Predicate<Alarm> which) {
    return (int) retained().stream().filter(which).count();
  }

  /** A connector that goes takes its alarms away without a change: those are seen after a while. */
  private Snapshot snapshot() {
    Alarms all = listen();
    Snapshot last = snapshot;
    long count = changes.get();
    long now = System.nanoTime();
    if (all == null || (last.changes() == count && now - last.nanos() < OLD_NANOS)) {
      return last;
    }
    List<Alarm> retained = all.retained();
    JsonArray rows = new JsonArray();
    retained.stream().limit(MOST_SENT).forEach(alarm -> rows.add(row(alarm)));
    JsonObject event =
        new JsonObject().put("active", rows).put("more", Math.max(0, retained.size() - MOST_SENT));
    last = new Snapshot(count, now, retained, sums(retained), event.encode());
    snapshot = last;
    return last;
  }

  /** By owner. */
  private static Map<String, Sum> sums(List<Alarm> retained) {
    Map<String, Sum> sums = new HashMap<>();
    for (Alarm alarm : retained) {
      int severity = alarm.state().severity();
      sums.merge(alarm.owner(), Sum.NONE.with(severity), (before, one) -> before.with(severity));
    }
    return sums;
  }

  /** An alarm as a row. */
  JsonObject row(Alarm alarm) {
    AlarmState s = alarm.state();
    Times when = times.get(alarm.id());
    boolean noted = !s.note().user().isEmpty();
    return new JsonObject()
        .put("id", alarm.id())
        .put("connector", alarm.owner().equals(STATION) ? null : alarm.owner())
        .put("name", alarm.spec().name())
        .put("severity", s.severity())
        .put("message", s.message())
        .put("active", s.active())
        .put("acknowledged", s.acknowledged())
        .put("confirmed", s.confirmed())
        .put("acknowledgedBy", s.acknowledged() && noted ? s.note().user() : null)
        .put("comment", s.note().text().isEmpty() ? null : s.note().text())
        .put("raisedAt", when == null ? null : Instants.text(when.raised()))
        .put("clearedAt", when == null || s.active() ? null : Instants.text(when.cleared()));
  }

  /** The alarms come with the OPC UA server, which starts late. */
  private synchronized @Nullable Alarms listen() {
    Alarms all = desk.alarms();
    if (all != null && heard == null) {
      heard = all;
      all.listen(this::changed);
      // Those that were active before are so since their last event, as far as is known.
      for (Alarm alarm : all.retained()) {
        if (alarm.state().active()) {
          times.putIfAbsent(alarm.id(), new Times(alarm.state().time(), null));
        }
      }
      changes.incrementAndGet();
    }
    return all;
  }

  private void changed(AlarmChange change) {
    changes.incrementAndGet();
    boolean before = change.before().active();
    boolean now = change.now().active();
    if (before == now) {
      return;
    }
    Instant when = change.now().time();
    times.merge(
        change.alarm().id(),
        now ? new Times(when, null) : new Times(null, when),
        (old, unused) -> now ? new Times(when, old.cleared()) : new Times(old.raised(), when));
  }
}
