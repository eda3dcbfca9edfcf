package dev.anodyne.controller.app;

import dev.anodyne.controller.session.Addresses;
import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.controller.station.ConnectorSupervision;
import dev.anodyne.controller.station.SessionReport;
import dev.anodyne.mpc.spec.PolicyIdentity;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Puts a session's records on the event bus, with its timing, and tells the station. */
final class SessionPublisher {
  private final Vertx vertx;
  private final SessionTiming timing;
  private final long originNanos;
  private final @Nullable Station station;
  private final ChargeProgress progress = new ChargeProgress();
  private @Nullable JsonObject policy;
  private @Nullable PolicyIdentity identity;
  private @Nullable SessionRecording recording;
  private boolean recordingMissing;

  /**
   * Where the station hears of a session.
   *
   * @param supervision takes in the reports
   * @param clock the session's, which reports are dated by
   */
  record Station(ConnectorSupervision supervision, ScaledClock clock) {}

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
    json.put("timing", timing.toJson()).put("point", isPoint);
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
    to.supervision()
        .told(
            new SessionReport(
                settings,
                record,
                Why.sentence(record),
                identity,
                timing.forStation(periodSeconds),
                progress.follow(record, json),
                nanos -> wall.plusNanos(clock.wallNanos(nanos - now))));
  }
}
