package dev.anodyne.controller.app;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of a charge that is under way, so that it can go on after a restart.
 *
 * @param chargeId its id, which it keeps
 * @param connector where it is
 * @param begun when it began
 * @param startedBy who or what began it, for people
 * @param batteryId whose record counts; empty when nobody has said
 * @param cell name of the kind of cell
 * @param layout how the battery's cells are wired
 * @param order what was asked of it, as JSON
 * @param targetSoc where it ends, 0–1, as it was asked for last
 * @param departure when the battery is fetched, as it was asked for last; null when nobody knows
 * @param state name of the state that it was in
 * @param lastMeasured when the charger was heard last
 * @param isStopped whether the server itself has ended it, and only for its own stop
 */
public record OpenCharge(
    String chargeId,
    String connector,
    Instant begun,
    String startedBy,
    String batteryId,
    String cell,
    String layout,
    String order,
    double targetSoc,
    @Nullable Instant departure,
    String state,
    Instant lastMeasured,
    boolean isStopped) {

  /** The same, ended by the server's own stop. */
  OpenCharge stopped() {
    return new OpenCharge(
        chargeId,
        connector,
        begun,
        startedBy,
        batteryId,
        cell,
        layout,
        order,
        targetSoc,
        departure,
        state,
        lastMeasured,
        true);
  }

  /** Whether only the time differs at which the charger was heard. */
  boolean saysTheSame(OpenCharge other) {
    return heard(Instant.EPOCH).equals(other.heard(Instant.EPOCH));
  }

  private OpenCharge heard(Instant at) {
    return new OpenCharge(
        chargeId, connector, begun, startedBy, batteryId, cell, layout, order, targetSoc, departure,
        state, at, isStopped);
  }

  /** The charge as a text that {@link #parse} reads. */
  public String text() {
    JsonObject json =
        new JsonObject()
            .put("charge", chargeId)
            .put("connector", connector)
            .put("begun", begun)
            .put("startedBy", startedBy)
            .put("battery", batteryId)
            .put("cell", cell)
            .put("layout", layout)
            .put("order", order)
            .put("targetSoc", targetSoc)
            .put("state", state)
            .put("lastMeasured", lastMeasured)
            .put("stopped", isStopped);
    return (departure == null ? json : json.put("departure", departure)).encode();
  }

  /**
   * Reads a text.
   *
   * @throws IllegalArgumentException when it is none
   */
  public static OpenCharge parse(String text) {
    try {
      JsonObject json = new JsonObject(text);
      return new OpenCharge(
          required(json, "charge"),
          required(json, "connector"),
          Instant.parse(required(json, "begun")),
          required(json, "startedBy"),
          required(json, "battery"),
          required(json, "cell"),
          required(json, "layout"),
          required(json, "order"),
          json.getDouble("targetSoc", Double.NaN),
          json.containsKey("departure") ? Instant.parse(required(json, "departure")) : null,
          required(json, "state"),
          Instant.parse(required(json, "lastMeasured")),
          json.getBoolean("stopped", false));
    } catch (DecodeException | DateTimeException | ClassCastException e) {
      throw new IllegalArgumentException("This is no charge under way: " + e.getMessage(), e);
    }
  }

  private static String required(JsonObject json, String key) {
    String value = json.getString(key);
    if (value == null) {
      throw new IllegalArgumentException("This is no charge under way: " + key + " is missing.");
    }
    return value;
  }
}
