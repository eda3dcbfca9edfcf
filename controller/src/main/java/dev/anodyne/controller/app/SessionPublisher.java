package dev.anodyne.controller.app;

import dev.anodyne.controller.session.Addresses;
import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.mpc.spec.PolicyIdentity;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Puts a session's records on the event bus, with its timing. */
final class SessionPublisher {
  private final Vertx vertx;
  private final SessionTiming timing;
  private final long originNanos;
  private @Nullable JsonObject policy;
  private @Nullable SessionRecording recording;
  private boolean recordingMissing;

  SessionPublisher(Vertx vertx, SessionTiming timing, long originNanos) {
    this.vertx = vertx;
    this.timing = timing;
    this.originNanos = originNanos;
  }

  /** States in every record from now on which policy decides. */
  void policy(PolicyIdentity identity) {
    policy =
        new JsonObject()
            .put("name", identity.name())
            .put("version", identity.version())
            .put("digest", identity.digest())
            .put("shown", identity.shown());
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
  }
}
