package dev.anodyne.controller.station;

import dev.anodyne.opcua.server.alarm.Alarm;
import dev.anodyne.opcua.server.alarm.AlarmKind;
import dev.anodyne.opcua.server.alarm.AlarmSpec;
import dev.anodyne.opcua.server.alarm.Alarms;
import dev.anodyne.opcua.server.alarm.Cause;
import dev.anodyne.opcua.server.alarm.Observation;
import java.time.Clock;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is wrong with the station itself, as alarms beside those of its chargers: somebody is to
 * know that nothing is written any more, or that the grid limit cannot be kept. Raised and cleared
 * by whoever sees it, from any thread.
 */
public final class StationNotices {
  /** The first part of the alarms' ids. */
  static final String OWNER = "Station";

  private final Alarms alarms;
  private final Clock clock;
  private final Map<Notice, Alarm> byNotice = new EnumMap<>(Notice.class);

  /** What can be wrong. */
  public enum Notice {
    /** Nothing gets into the database; it waits. */
    DATABASE_UNREACHABLE("DatabaseUnreachable", 700, 5),
    /** More than half of what may wait for the database does. */
    SPOOL_FILLING("SpoolFilling", 800, 0),
    /** Records have been given up. */
    RECORDS_LOST("RecordsLost", 800, 0),
    /**
     * The station draws more than it may, or would. After a fall of the limit what was given before
     * may be drawn until it has run out: with the usual times 18 s.
     */
    GRID_LIMIT("GridLimitPassed", 800, 20),
    /** The web certificate cannot be used anew. */
    TLS_CERTIFICATE("TlsCertificate", 600, 0);

    private final String alarm;
    private final int severity;
    private final int onSeconds;

    Notice(String alarm, int severity, int onSeconds) {
      this.alarm = alarm;
      this.severity = severity;
      this.onSeconds = onSeconds;
    }

    private AlarmSpec spec() {
      return new AlarmSpec(
          alarm,
          AlarmKind.OFF_NORMAL,
          AlarmSpec.Topic.SYSTEM,
          severity,
          Duration.ofSeconds(onSeconds),
          Duration.ofSeconds(5),
          false,
          false,
          Set.of(),
          "",
          name());
    }
  }

  /** For the alarms of a station. */
  public StationNotices(Alarms alarms, Clock clock) {
    this.alarms = alarms;
    this.clock = clock;
    for (Notice notice : Notice.values()) {
      byNotice.put(notice, alarms.add(OWNER, notice.spec()));
    }
  }

  /**
   * Says how it stands. To be said again every few seconds while it stands: delays pass by that.
   *
   * @param text what is wrong, a sentence for people; null when nothing is
   */
  public synchronized void say(Notice notice, @Nullable String text) {
    Alarm alarm = byNotice.get(notice);
    if (alarm == null) {
      return;
    }
    List<Cause> causes =
        text == null ? List.of() : List.of(new Cause(notice.name(), notice.severity, text));
    alarms.observe(alarm, counts -> Observation.of(causes), clock.instant(), System.nanoTime());
  }
}
