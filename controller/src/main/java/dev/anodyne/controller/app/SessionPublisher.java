package dev.anodyne.controller.app;

import dev.anodyne.controller.session.Addresses;
import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.controller.station.ChargeIdentity;
import dev.anodyne.controller.station.ConnectorSupervision;
import dev.anodyne.controller.station.ReportListener;
import dev.anodyne.controller.station.SessionReport;
import dev.anodyne.mpc.spec.PolicyIdentity;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Puts a session's records on the event bus, with its timing, and tells the station. */
final class SessionPublisher {
  private static final Logger LOG = LoggerFactory.getLogger(SessionPublisher.class);

  private final Vertx vertx;
  private final SessionTiming timing;
  private final long originNanos;
  private final @Nullable Station station;
  private final ChargeProgress progress = new ChargeProgress();
  private @Nullable JsonObject policy;
  private @Nullable PolicyIdentity identity;
  private @Nullable SessionRecording recording;
  private boolean recordingMissing;
  private @Nullable ChargeIdentity charge;
  private Supplier<@Nullable Instant> departure = () -> null;

  /**
   * Where the station hears of a session.
   *
   * @param listeners take in the reports; one that fails is left out from then on
   * @param clock the session's, which reports are dated by
   * @param caps knows who wants it when the battery is said to allow less; null: nobody does
   */
  record Station(
      List<ReportListener> listeners, ScaledClock clock, @Nullable ConnectorSupervision caps) {
    Station {
      listeners = new ArrayList<>(listeners);
    }

    /** Everybody who wants to hear of a session; null when nobody does. */
    static @Nullable Station of(SessionSetup setup, ScaledClock clock) {
      List<ReportListener> all = new ArrayList<>();
      ConnectorSupervision supervision = setup.supervision();
      if (supervision != null) {
        all.add(supervision::told);
      }
      all.addAll(setup.listeners());
      return all.isEmpty() ? null : new Station(all, clock, supervision);
    }
  }

  SessionPublisher(Vertx vertx, SessionTiming timing, long originNanos) {
    this(vertx, timing, originNanos, null);
  }

  /** The same, which also tells the session's station. */
  SessionPublisher(Vertx vertx, SessionTiming timing, long originNanos, @Nullable Station station) {
    this.vertx = vertx;
    this.timing = timing;
    this.originNanos = originNanos;
    this.station = station;
  }

  /** States in every record from now on which charge it belongs to. */
  void charge(ChargeIdentity now) {
    charge = now;
  }

  /** Asks in every report from now on when the battery is fetched. */
  void departure(Supplier<@Nullable Instant> now) {
    departure = now;
  }

  /** States in every record from now on which policy decides. */
  void policy(PolicyIdentity deciding) {
    identity = deciding;
    policy =
        new JsonObject()
            .put("name", deciding.name())
            .put("version", deciding.version())
            .put("digest", deciding.digest())
            .put("shown", deciding.shown());
  }

  /**
   * States in every record from now on how its recording fares.
   *
   * @param now null for none
   * @param isWanted whether there should be one
   */
  void recording(@Nullable SessionRecording now, boolean isWanted) {
    recording = now;
    recordingMissing = isWanted && now == null;
  }

  /**
   * Publishes a record.
   *
   * @param isPoint true for a cycle's record, which becomes a point of the charts; false for a
   *     change between cycles, which only updates what is shown now
   */
  void publish(SessionSettings settings, LoopRecord record, boolean isPoint) {
    JsonObject json = RecordJson.of(settings, record, originNanos);
    json.put("timing", timing.toJson()).put("point", isPoint).put("charge", identified().id());
    JsonObject deciding = policy;
    if (deciding != null) {
      json.put("policy", deciding);
    }
    SessionRecording kept = recording;
    if (kept != null) {
      json.put("recording", kept.status());
    } else if (recordingMissing) {
      json.put(
          "recording",
          new JsonObject()
              .put("state", "FAILED")
              .put("why", "It could not be begun; see the log."));
    }
    ConnectorSupervision caps = station == null ? null : station.caps();
    if (caps != null) {
      json.put("why", caps.why(record, json.getString("why", "")));
    }
    vertx.eventBus().publish(Addresses.session(settings.id()), json);
    if (station != null) {
      tell(station, settings, record, json);
    }
  }

  private void tell(Station to, SessionSettings settings, LoopRecord record, JsonObject json) {
    ScaledClock clock = to.clock();
    Instant wall = Instant.now();
    long now = clock.nanoTime();
    double periodSeconds = clock.wallNanos(settings.periodNanos()) * 1e-9;
    LongFunction<Instant> utc = nanos -> wall.plusNanos(clock.wallNanos(nanos - now));
    SessionReport report =
        new SessionReport(
            settings,
            record,
            Why.sentence(record),
            identity,
            timing.forStation(periodSeconds),
            progress.follow(record, json),
            utc,
            identified(),
            departure.get());
    to.listeners().removeIf(listener -> isFailing(listener, report));
  }

  /**
   * The session's loop has ticked.
   *
   * @param latenessNanos after it should have, ns of the wall clock
   */
  void ticked(long latenessNanos) {
    if (station != null) {
      station.listeners().forEach(listener -> listener.ticked(latenessNanos));
    }
  }

  private ChargeIdentity identified() {
    return Objects.requireNonNull(charge, "A session publishes once its charge has begun.");
  }

  /** What hangs on a session must not disturb it. */
  private static boolean isFailing(ReportListener listener, SessionReport report) {
    try {
      listener.told(report);
      return false;
    } catch (RuntimeException e) {
      LOG.error("Session {}: a listener hears nothing any more.", report.settings().id(), e);
      return true;
    }
  }
}
