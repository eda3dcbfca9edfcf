package dev.anodyne.controller.http;

import dev.anodyne.controller.station.StationDesk;
import dev.anodyne.opcua.server.alarm.Alarm;
import dev.anodyne.opcua.server.alarm.AlarmChange;
import dev.anodyne.opcua.server.alarm.AlarmState;
import dev.anodyne.opcua.server.alarm.Alarms;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** Alarms as the API shows them, with when they came and went. Thread-safe. */
final class AlarmRows {
  private static final String STATION = "Station";

  private final StationDesk desk;
  private final Map<String, Times> times = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();
  private @Nullable Alarms heard;

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
    Alarms all = listen();
    return all == null ? List.of() : all.retained();
  }

  /** By owner. */
  static Map<String, Sum> sums(List<Alarm> retained) {
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
