package dev.anodyne.controller.http;

import dev.anodyne.controller.http.Gate.Handler;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;

/** The server itself: its configuration, and its place in a cluster. */
final class MaintenanceHandlers {
  private final Api api;

  MaintenanceHandlers(Api api) {
    this.api = api;
  }

  void into(Map<String, Handler> handlers) {
    handlers.put("reload", this::reload);
    handlers.put("reloadStatus", asked -> told(api.parts().maintenance().reloadStatus().get()));
    handlers.put("cluster", this::cluster);
  }

  private Future<Reply> reload(Asked asked) {
    boolean endNow = "now".equals(asked.maybe("end"));
    return told(api.parts().maintenance().reload().apply(endNow));
  }

  private static Future<Reply> told(Future<JsonObject> report) {
    return report
        .map(Reply::json)
        .recover(
            failure ->
                Future.failedFuture(
                    RefusedException.of(
                        503, "Not possible now", String.valueOf(failure.getMessage()))));
  }

  private Future<Reply> cluster(Asked asked) {
    return Future.succeededFuture(
        api.parts()
            .maintenance()
            .cluster()
            .get()
            .map(Reply::json)
            .orElseThrow(
                () ->
                    RefusedException.notFound(
                        "This station runs on one machine. Maybe add cluster: to its"
                            + " configuration.")));
  }
}
