package dev.anodyne.controller.http;

import dev.anodyne.controller.session.About;
import dev.anodyne.controller.session.Addresses;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All sessions as the dashboard sees them. Lives on one event loop. */
final class Board {
  private final Map<String, SessionView> views = new LinkedHashMap<>();
  private @Nullable JsonObject result;
  private long resultVersion;

  /** Listens to the event bus from now on; call it on the event loop that will read the board. */
  void listen(Vertx vertx, Map<String, About> sessions) {
    sessions.forEach(
        (id, about) -> {
          SessionView view = new SessionView(id, about);
          views.put(id, view);
          vertx
              .eventBus()
              .<JsonObject>consumer(Addresses.session(id))
              .handler(message -> view.record(message.body()));
        });
    vertx
        .eventBus()
        .<JsonObject>consumer(Addresses.BENCH_TRUTH)
        .handler(message -> truth(message.body()));
    vertx
        .eventBus()
        .<JsonObject>consumer(Addresses.DEMO_RESULT)
        .handler(
            message -> {
              result = message.body();
              resultVersion++;
            });
  }

  Collection<SessionView> views() {
    return views.values();
  }

  @Nullable SessionView view(String id) {
    return views.get(id);
  }

  @Nullable JsonObject result() {
    return result;
  }

  long resultVersion() {
    return resultVersion;
  }

  /** A truth without a session's name belongs to the only session. */
  private void truth(JsonObject json) {
    String id = json.getString("session");
    SessionView view = id == null ? views.values().stream().findFirst().orElse(null) : view(id);
    if (view != null) {
      view.truth(json);
    }
  }
}
