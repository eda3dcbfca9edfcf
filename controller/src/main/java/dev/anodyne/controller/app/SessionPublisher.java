package dev.anodyne.controller.app;

import dev.anodyne.controller.session.Addresses;
import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.controller.session.SessionSettings;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** Puts a session's records on the event bus, with its timing. */
final class SessionPublisher {
  private final Vertx vertx;
  private final SessionTiming timing;
  private final long originNanos;

  SessionPublisher(Vertx vertx, SessionTiming timing, long originNanos) {
    this.vertx = vertx;
    this.timing = timing;
    this.originNanos = originNanos;
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
    vertx.eventBus().publish(Addresses.session(settings.id()), json);
  }
}
