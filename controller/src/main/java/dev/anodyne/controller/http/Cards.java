package dev.anodyne.controller.http;

import dev.anodyne.controller.station.ConnectorSupervision;
import dev.anodyne.controller.station.OperatorOrders;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Connectors as cards: what somebody who watches the site wants to know of each. */
final class Cards {
  /** Decisions that the policy itself has not made. */
  private static final Set<String> FALLBACKS =
      Set.of("SHIFTED_PLAN", "RIDER", "MAP", "LOW_CC", "ZERO");

  /** What nobody shall wait for. */
  static final Set<String> URGENT = Set.of("state", "charge", "alarms", "held", "link", "fallback");

  private Cards() {}

  /**
   * The card of a connector.
   *
   * @param supervision what operators have asked of it; null when nobody can
   * @param alarms of this connector
   * @param shares each connector's share of the site's power
   */
  static JsonObject of(
      SessionView view,
      @Nullable ConnectorSupervision supervision,
      AlarmRows.Sum alarms,
      Map<String, SiteLook.Share> shares) {
    JsonObject record = view.latest();
    JsonObject r = record == null ? new JsonObject() : record;
    JsonObject limits = r.getJsonObject("limits", new JsonObject());
    Instant heardAt = view.heardAt();
    JsonObject card =
        new JsonObject()
            .put("id", view.id())
            .put("title", view.about().title())
            .put("state", state(view, r))
            .put("link", r.getValue("link"))
            .put("vehicleConnected", r.getValue("vehicleConnected"))
            .put("charge", r.getValue("charge"))
            .put("cell", view.about().cell())
            .put("layout", r.getValue("layout"))
            .put("policy", view.policy())
            .put("estimator", view.about().estimator())
            .put("soc", rounded(r, "soc", 1e4))
            .put("targetSoc", rounded(limits, "targetSoc", 1e4))
            .put("powerWatts", rounded(r, "packPowerWatts", 1))
            .put("currentAmps", rounded(r, "packCurrentAmps", 100))
            .put("voltageVolts", rounded(r, "packVoltageVolts", 100))
            .put("temperatureCelsius", rounded(r, "temperatureCelsius", 100))
            .put("anodePotentialVolts", rounded(r, "anodePotentialVolts", 1e5))
            .put("anodePotentialLowerBoundVolts", rounded(r, "anodePotentialLowerBoundVolts", 1e5))
            .put("minAnodePotentialVolts", rounded(limits, "minAnodePotentialVolts", 1e5))
            .put("remainingSeconds", rounded(r, "remainingSeconds", 1))
            .put("elapsedSeconds", rounded(r, "elapsedSeconds", 1))
            .put("activeConstraint", r.getValue("activeConstraint"))
            .put("why", r.getValue("why"))
            .put("fallback", isFallback(r))
            .put(
                "alarms",
                new JsonObject()
                    .put("count", alarms.count())
                    .put("highestSeverity", alarms.highestSeverity()))
            .put("at", heardAt == null ? null : heardAt.truncatedTo(ChronoUnit.MILLIS).toString());
    return share(asked(card, supervision), shares.get(view.id()));
  }

  private static JsonObject asked(JsonObject card, @Nullable ConnectorSupervision supervision) {
    OperatorOrders asked = supervision == null ? null : supervision.asked();
    return card.put("departure", asked == null ? null : Instants.text(asked.departure()))
        .put("powerLimitWatts", asked == null ? null : finite(asked.powerLimitWatts()))
        .put(
            "held",
            new JsonObject()
                .put("emergencyStop", asked != null && asked.emergencyStopped())
                .put("fault", asked != null && asked.faultHeld())
                .put("acknowledgedBy", asked == null ? "" : asked.acknowledgedBy()));
  }

  private static JsonObject share(JsonObject card, SiteLook.@Nullable Share share) {
    return card.put("budgetWatts", share == null ? null : finite(share.budgetWatts()))
        .put("budgetWhy", share == null ? null : share.why())
        .put("priority", share == null ? null : share.priority());
  }

  /** Whether another rung than the policy decides while charging. */
  private static boolean isFallback(JsonObject record) {
    JsonObject state = record.getJsonObject("state", new JsonObject());
    JsonObject decision = record.getJsonObject("decision", new JsonObject());
    return state.getString("name", "").equals("Charging")
        && FALLBACKS.contains(decision.getString("source", ""));
  }

  private static JsonObject state(SessionView view, JsonObject record) {
    JsonObject state = record.getJsonObject("state");
    if (state == null) {
      return new JsonObject().put("name", "Starting").put("reason", "").put("over", false);
    }
    JsonObject shown =
        new JsonObject()
            .put("name", state.getString("name"))
            .put("reason", state.getString("reason"))
            .put("over", state.getBoolean("over"));
    Instant heard = view.heardAt();
    Double since = state.getDouble("sinceSeconds");
    Double now = record.getDouble("timeSeconds");
    if (heard != null && since != null && now != null) {
      // Whole seconds: the difference of two clocks would make it flicker.
      Instant begun = heard.minusMillis(Math.round(1000 * (now - since)));
      shown.put("since", Instant.ofEpochSecond(begun.getEpochSecond()).toString());
    }
    return shown;
  }

  private static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }

  /** As precise as anybody reads it: what is not new to a reader is not sent. */
  private static @Nullable Double rounded(JsonObject json, String key, double perUnit) {
    if (!(json.getValue(key) instanceof Number number)) {
      return null;
    }
    double value = number.doubleValue();
    return Double.isFinite(value) ? (Double) (Math.rint(value * perUnit) / perUnit) : null;
  }
}
