package dev.anodyne.controller.http;

import dev.anodyne.controller.http.Gate.Handler;
import dev.anodyne.controller.session.Addresses;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** The sessions as earlier versions showed them, for a demo and for pages that use them. */
final class SessionHandlers {
  private static final long CONTROL_MILLIS = 5000;

  private final Vertx vertx;
  private final Api api;

  SessionHandlers(Vertx vertx, Api api) {
    this.vertx = vertx;
    this.api = api;
  }

  void into(Map<String, Handler> handlers) {
    handlers.put("sessions", this::list);
    handlers.put(
        "session", a -> Future.succeededFuture(Reply.text(api.view(a.text("id")).summaryText())));
    handlers.put(
        "sessionHistory",
        a -> Future.succeededFuture(Reply.json(api.view(a.text("id")).history())));
    handlers.put("startSession", this::start);
    handlers.put("stopSession", this::stop);
    handlers.put("demoResult", this::result);
  }

  private Future<Reply> list(Asked asked) {
    JsonArray all = new JsonArray();
    api.board().views().forEach(view -> all.add(view.summary()));
    return Future.succeededFuture(Reply.json(new JsonObject().put("sessions", all)));
  }

  /** Begins a charge. */
  Future<Reply> start(Asked asked) {
    return control(
        asked,
        new JsonObject()
            .put("action", "start")
            .put("order", asked.given())
            .put("startedBy", "HTTP"));
  }

  /** Ends a charge. */
  Future<Reply> stop(Asked asked) {
    String reason = asked.given().getString("reason", "");
    String who = asked.who().isAnonymous() ? "" : " by " + asked.who().user();
    return control(
        asked,
        new JsonObject()
            .put("action", "stop")
            .put(
                "reason",
                "Stopped from the dashboard" + who + (reason.isBlank() ? "." : ": " + reason)));
  }

  private Future<Reply> control(Asked asked, JsonObject order) {
    String id = api.view(asked.text("id")).id();
    return vertx
        .eventBus()
        .<JsonObject>request(
            Addresses.control(id), order, new DeliveryOptions().setSendTimeout(CONTROL_MILLIS))
        .map(reply -> Reply.json(reply.body()))
        .recover(e -> Future.failedFuture(refused(e)));
  }

  /** A session refuses with an HTTP status as its code; anything else is no answer. */
  private static RefusedException refused(Throwable e) {
    boolean own =
        e instanceof ReplyException reply
            && reply.failureType() == ReplyFailure.RECIPIENT_FAILURE
            && reply.failureCode() >= 400
            && reply.failureCode() < 500;
    if (own) {
      int code = ((ReplyException) e).failureCode();
      return RefusedException.of(code, "Refused", String.valueOf(e.getMessage()));
    }
    return RefusedException.of(503, "No answer", "The session did not answer in time.");
  }

  private Future<Reply> result(Asked asked) {
    JsonObject result = api.board().result();
    if (result == null) {
      throw RefusedException.notFound("No demo has ended yet.");
    }
    return Future.succeededFuture(Reply.json(result));
  }
}
