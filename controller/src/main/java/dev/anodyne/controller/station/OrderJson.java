package dev.anodyne.controller.station;

import dev.anodyne.opcua.server.station.StationCommand;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Orders over OPC UA in the form of the API, so that one reader judges both. */
final class OrderJson {
  private OrderJson() {}

  /**
   * An order.
   *
   * @param now from when its departure is counted
   */
  static JsonObject of(StationCommand.Order order, Instant now) {
    JsonObject json = new JsonObject();
    put(json, "orderId", order.orderId());
    put(json, "goal", order.goal());
    if (order.targetSoc() > 0) {
      json.put("targetSoc", order.targetSoc());
    }
    if (order.departure() != null) {
      json.put("departureMinutes", minutes(now, order.departure()));
    }
    return battery(json, order.battery());
  }

  /** An authorisation. */
  static JsonObject of(StationCommand.Authorise allowed) {
    JsonObject json = new JsonObject();
    put(json, "user", allowed.who());
    return battery(json, allowed.battery());
  }

  /** Minutes from now on. */
  static double minutes(Instant now, Instant then) {
    return Duration.between(now, then).toMillis() / 60_000.0;
  }

  private static JsonObject battery(JsonObject json, StationCommand.@Nullable Battery said) {
    if (said == null) {
      return json;
    }
    JsonObject battery = new JsonObject();
    put(battery, "id", said.id());
    put(battery, "cell", said.cell());
    put(battery, "layout", said.layout());
    put(battery, "ageYears", said.ageYears());
    put(battery, "equivalentFullCycles", said.equivalentFullCycles());
    return json.put("battery", battery);
  }

  private static void put(JsonObject json, String key, String value) {
    if (!value.isEmpty()) {
      json.put(key, value);
    }
  }

  private static void put(JsonObject json, String key, double value) {
    if (value >= 0) {
      json.put(key, value);
    }
  }
}
