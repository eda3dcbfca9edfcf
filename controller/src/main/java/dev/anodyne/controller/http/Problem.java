package dev.anodyne.controller.http;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** Errors as {@code application/problem+json} (RFC 9457). */
final class Problem {
  private Problem() {}

  static void send(RoutingContext request, int status, String title, String detail) {
    if (request.response().headWritten()) {
      request.response().reset();
      return;
    }
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .end(
            new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .encode());
  }
}
