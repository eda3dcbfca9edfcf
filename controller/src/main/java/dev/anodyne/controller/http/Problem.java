package dev.anodyne.controller.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Errors as {@code application/problem+json} (RFC 9457). */
final class Problem {
  static final String TYPE = "application/problem+json";

  private Problem() {}

  static void send(RoutingContext request, int status, String title, String detail) {
    send(request, RefusedException.of(status, title, detail));
  }

  static void send(RoutingContext request, RefusedException refused) {
    if (request.response().ended() || request.response().closed()) {
      return;
    }
    if (request.response().headWritten()) {
      request.response().reset();
      return;
    }
    reply(refused).write(request.response());
  }

  /** The answer that says so. */
  static Reply reply(RefusedException refused) {
    JsonObject json =
        new JsonObject()
            .put("type", "about:blank")
            .put("title", refused.title())
            .put("status", refused.status())
            .put("detail", refused.detail());
    if (!refused.wrongs().isEmpty()) {
      JsonArray errors = new JsonArray();
      refused
          .wrongs()
          .forEach(
              wrong ->
                  errors.add(
                      new JsonObject()
                          .put("where", wrong.where())
                          .put("message", wrong.message())));
      json.put("errors", errors);
    }
    Reply reply = new Reply(refused.status(), TYPE, json.toBuffer());
    if (refused.retryAfterSeconds() > 0) {
      return reply.with("Retry-After", String.valueOf(refused.retryAfterSeconds()));
    }
    return refused.status() == 401 ? reply.with("WWW-Authenticate", "Bearer") : reply;
  }
}
