package dev.anodyne.controller.http;

import dev.anodyne.controller.http.Gate.Handler;
import dev.anodyne.controller.service.Vitals;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** For those who supervise the process: is it alive, can it work, how does it fare. */
final class HealthHandlers {
  private static final String PROMETHEUS = "text/plain; version=0.0.4; charset=utf-8";

  private final Vertx vertx;
  private final Api api;
  private final PrometheusMeterRegistry registry;
  private boolean sessionsStarted;

  HealthHandlers(Vertx vertx, Api api, PrometheusMeterRegistry registry) {
    this.vertx = vertx;
    this.api = api;
    this.registry = registry;
  }

  /** Every session has been started. */
  void sessionsStarted() {
    sessionsStarted = true;
  }

  void into(Map<String, Handler> handlers) {
    handlers.put("liveness", this::live);
    handlers.put("readiness", this::ready);
    handlers.put(
        "metrics",
        asked ->
            api.blocking(() -> registry.scrape())
                .map(text -> new Reply(200, PROMETHEUS, Buffer.buffer(text))));
  }

  private Future<Reply> live(Asked asked) {
    Collection<String> late = Vitals.of(vertx).late();
    if (!late.isEmpty()) {
      throw RefusedException.of(
          503, "Standing still", "These do not run any more: " + String.join(", ", late) + ".");
    }
    return Future.succeededFuture(Reply.json(new JsonObject().put("status", "live")));
  }

  private Future<Reply> ready(Asked asked) {
    List<ApiParts.Part> parts = new ArrayList<>();
    parts.add(new ApiParts.Part("configuration", true, "It has been read."));
    parts.add(
        new ApiParts.Part(
            "sessions",
            sessionsStarted,
            sessionsStarted ? "All have been started." : "They are still being started."));
    ApiParts running = api.maybeParts();
    if (running != null) {
      parts.addAll(running.health().get());
    }
    JsonArray shown = new JsonArray();
    for (ApiParts.Part part : parts) {
      shown.add(
          new JsonObject()
              .put("name", part.name())
              .put("ready", part.isReady())
              .put("message", part.message()));
    }
    List<String> missing =
        parts.stream()
            .filter(part -> !part.isReady())
            .map(part -> part.name() + ": " + part.message())
            .toList();
    if (missing.isEmpty()) {
      return Future.succeededFuture(
          Reply.json(new JsonObject().put("status", "ready").put("parts", shown)));
    }
    JsonObject problem =
        Problem.reply(RefusedException.of(503, "Not ready", String.join(" ", missing)))
            .body()
            .toJsonObject()
            .put("parts", shown);
    return Future.succeededFuture(new Reply(503, Problem.TYPE, problem.toBuffer()));
  }
}
