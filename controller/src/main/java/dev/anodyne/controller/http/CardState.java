package dev.anodyne.controller.http;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connector's card with what has changed in it, and when. Lives on one event loop. */
final class CardState {
  private final Map<String, Long> changedAt = new HashMap<>();
  private @Nullable SessionView view;
  private long changes = -1;
  private long madeNanos;
  private long version;
  private long versionBefore;
  private long urgentVersion;
  private @Nullable JsonObject card;
  private String text = "";
  private String change = "";

  /**
   * Whether a card made from this would say something else.
   *
   * @param oldNanos what somebody has asked of it, or its alarms, show after this time
   */
  boolean isDue(SessionView from, long nowNanos, long oldNanos) {
    boolean same = view == from && changes == from.changes();
    return card == null || !same || nowNanos - madeNanos > oldNanos;
  }

  /**
   * Takes in a card that has been made.
   *
   * @param next the version that it has if it says something new
   */
  void take(SessionView from, JsonObject made, long nowNanos, long next) {
    view = from;
    changes = from.changes();
    madeNanos = nowNanos;
    JsonObject before = card;
    JsonObject changed = new JsonObject().put("id", from.id());
    for (Map.Entry<String, Object> entry : made) {
      String key = entry.getKey();
      if (before == null || !Objects.equals(entry.getValue(), before.getValue(key))) {
        changed.put(key, entry.getValue());
        changedAt.put(key, next);
      }
    }
    if (before == null || changed.size() > 1) {
      card = made;
      text = made.encode();
      change = changed.encode();
      versionBefore = version;
      version = next;
      if (before == null || Cards.URGENT.stream().anyMatch(changed::containsKey)) {
        urgentVersion = next;
      }
    }
  }

  /** Rises with each change. */
  long version() {
    return version;
  }

  /** Rises when the card says something that cannot wait: its state, its alarms, its charge. */
  long urgentVersion() {
    return urgentVersion;
  }

  /** The whole card. */
  String text() {
    return text;
  }

  /** What has changed since a version, with the id; the whole card for whoever has none. */
  String since(long known) {
    JsonObject whole = card;
    if (known == 0 || whole == null) {
      return text;
    } else if (known == versionBefore) {
      return change;
    }
    JsonObject changed = new JsonObject().put("id", whole.getString("id"));
    changedAt.forEach(
        (key, at) -> {
          if (at > known) {
            changed.put(key, whole.getValue(key));
          }
        });
    return changed.encode();
  }
}
