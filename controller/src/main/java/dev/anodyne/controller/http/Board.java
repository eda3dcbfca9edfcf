package dev.anodyne.controller.http;

import dev.anodyne.controller.session.About;
import dev.anodyne.controller.session.Addresses;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All sessions as the dashboard sees them. Lives on one event loop. */
final class Board {
  /** More generations than one view can have. */
  private static final int FAR = 1_000_000;

  /** Nobody reads more names than these. */
  private static final int MOST_NAMES = 20;

  private final Map<String, SessionView> views = new LinkedHashMap<>();
  private final Map<String, MessageConsumer<JsonObject>> consumers = new HashMap<>();
  private final Map<String, Integer> replaced = new HashMap<>();
  private int expected;
  private @Nullable JsonObject result;
  private long resultVersion;

  /** Listens to the event bus from now on; call it on the event loop that will read the board. */
  void listen(Vertx vertx, Map<String, About> sessions) {
    expected = sessions.size();
    sessions.forEach((id, about) -> add(vertx, id, about));
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

  /** Another session comes; on the board's event loop. */
  void add(Vertx vertx, String id, About about) {
    // A page that has drawn the one before must see that this is another.
    int generation = replaced.merge(id, 0, (before, zero) -> before + FAR);
    SessionView view =
        new SessionView(
            id, about, generation, PointBudget.each(Math.max(expected, views.size() + 1)));
    views.put(id, view);
    MessageConsumer<JsonObject> before =
        consumers.put(
            id,
            vertx
                .eventBus()
                .<JsonObject>consumer(Addresses.session(id))
                .handler(message -> view.record(message.body())));
    if (before != null) {
      var unused = before.unregister();
    }
  }

  /** A session goes, with all that is known of it; on the board's event loop. */
  void remove(String id) {
    views.remove(id);
    MessageConsumer<JsonObject> consumer = consumers.remove(id);
    if (consumer != null) {
      var unused = consumer.unregister();
    }
  }

  /** The sessions' names, for people; the first of many. */
  String names() {
    String first = String.join(", ", views.keySet().stream().limit(MOST_NAMES).toList());
    return views.size() > MOST_NAMES
        ? first + " and " + (views.size() - MOST_NAMES) + " more"
        : first;
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
