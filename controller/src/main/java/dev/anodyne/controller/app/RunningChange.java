package dev.anodyne.controller.app;

import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.session.Addresses;
import dev.anodyne.controller.session.SessionSettings;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What of a connector's new configuration a charge that runs can take up: its policy, target,
 * limits and margin. A limit of voltage or temperature that is raised waits: the guard's limits are
 * those that the charge began with, and it has the last word.
 */
final class RunningChange {
  private static final Set<String> LIMITS =
      Set.of(
          "targetSoc", "maxVoltageVolts", "maxTemperatureC", "maxCRate", "minAnodePotentialVolts");
  private static final long ANSWER_SECONDS = 20;

  private final Vertx vertx;

  RunningChange(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * What was taken up.
   *
   * @param keys of the file
   * @param note why something that could have been was not; empty otherwise
   */
  record Taken(SortedSet<String> keys, String note) {
    static final Taken NOTHING = new Taken(new TreeSet<>(), "");
  }

  /**
   * Asks the session to take up what it can; blocks for its answers.
   *
   * @param made what the session was made from
   * @param next what the file says now
   * @param keys that differ from what counts
   */
  Taken apply(ConnectorConfig made, ConnectorConfig next, SortedSet<String> keys) {
    SortedSet<String> taken = new TreeSet<>();
    StringBuilder note = new StringBuilder();
    SortedSet<String> limits = new TreeSet<>(keys);
    limits.retainAll(LIMITS);
    if (next.maxVoltageVolts() > made.maxVoltageVolts()) {
      limits.remove("maxVoltageVolts");
    }
    if (next.maxTemperatureKelvin() > made.maxTemperatureKelvin()) {
      limits.remove("maxTemperatureC");
    }
    if (!limits.isEmpty() && asked(next.id(), settings(next, limits), note)) {
      taken.addAll(limits);
    }
    JsonObject policy = new JsonObject().put("action", "policy").put("policy", next.policy());
    if (keys.contains("policy") && asked(next.id(), policy, note)) {
      taken.add("policy");
    }
    return new Taken(taken, note.toString());
  }

  private static JsonObject settings(ConnectorConfig next, Set<String> keys) {
    SessionSettings wanted = SessionFactory.settings(next);
    JsonObject order = new JsonObject().put("action", "settings");
    for (String key : keys) {
      switch (key) {
        case "targetSoc" -> order.put("targetSoc", wanted.targetSoc());
        case "maxVoltageVolts" -> order.put("maxCellVoltageVolts", wanted.maxCellVoltageVolts());
        case "maxTemperatureC" ->
            order.put("maxCellTemperatureKelvin", wanted.maxCellTemperatureKelvin());
        case "maxCRate" -> order.put("maxCellCurrentAmps", wanted.maxCellCurrentAmps());
        default -> order.put("minAnodePotentialVolts", wanted.minAnodePotentialVolts());
      }
    }
    return order;
  }

  private boolean asked(String id, JsonObject order, StringBuilder note) {
    try {
      Waiting.on(
          vertx
              .eventBus()
              .<JsonObject>request(
                  Addresses.control(id),
                  order,
                  new DeliveryOptions().setSendTimeout(ANSWER_SECONDS * 1000)),
          ANSWER_SECONDS + 1,
          order.getString("action") + " of session " + id);
      return true;
    } catch (StartException e) {
      note.append(note.isEmpty() ? "" : "; ").append(e.getMessage());
      return false;
    }
  }
}
