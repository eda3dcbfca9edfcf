package dev.anodyne.test.browser;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;

/** Points of a charge that look like one: smooth curves over time, and a plan that carries on. */
final class FakeCharge {
  private static final int FIRST = 700;

  private final List<Double> seconds = new ArrayList<>();

  FakeCharge() {
    for (int i = 0; i < FIRST; i++) {
      seconds.add((double) i);
    }
  }

  void grow() {
    seconds.add((double) seconds.size());
  }

  int points() {
    return seconds.size();
  }

  private static double current(double t) {
    return 15 * Math.exp(-t / 1500) * (t < 8 ? t / 8 : 1);
  }

  private static double voltage(double t) {
    return 3.6 + 0.45 * (1 - Math.exp(-t / 600));
  }

  private static double temperature(double t) {
    return 25 + 11 * (1 - Math.exp(-t / 180)) * Math.exp(-t / 4000);
  }

  private static double soc(double t) {
    return 0.1 + 0.7 * (1 - Math.exp(-t / 1100));
  }

  private static double anode(double t) {
    return 0.007 + 0.12 * Math.exp(-t / 10);
  }

  private static double bound(double t) {
    return 0.0002 + 0.115 * Math.exp(-t / 9);
  }

  JsonObject columns(int from) {
    return new JsonObject()
        .put("timeSeconds", column(from, t -> t))
        .put("currentAmps", column(from, FakeCharge::current))
        .put("commandAmps", column(from, FakeCharge::current))
        .put("currentLimitAmps", column(from, t -> 15))
        .put("voltageVolts", column(from, FakeCharge::voltage))
        .put("voltageLimitVolts", column(from, t -> 4.2))
        .put("temperatureCelsius", column(from, FakeCharge::temperature))
        .put("temperatureLimitCelsius", column(from, t -> 45))
        .put("soc", column(from, FakeCharge::soc))
        .put("anodePotentialVolts", column(from, FakeCharge::anode))
        .put("anodePotentialLowerBoundVolts", column(from, FakeCharge::bound))
        .put("anodePotentialMarginVolts", column(from, t -> 0));
  }

  private JsonArray column(int from, DoubleUnaryOperator f) {
    JsonArray column = new JsonArray();
    seconds.subList(from, seconds.size()).forEach(t -> column.add(f.applyAsDouble(t)));
    return column;
  }

  /** A session event for a card. */
  JsonObject session(JsonObject card, int from) {
    return new JsonObject()
        .put("id", card.getString("id"))
        .put("generation", 0)
        .put("from", from)
        .put("points", columns(from))
        .put("truthFrom", 0)
        .put("truth", new JsonObject().put("timeSeconds", new JsonArray()))
        .put(
            "summary",
            new JsonObject()
                .put("id", card.getString("id"))
                .put("title", card.getString("title"))
                .put("cell", card.getString("cell"))
                .put("policy", card.getString("policy"))
                .put("estimator", card.getString("estimator"))
                .put("goalSoc", card.getDouble("targetSoc"))
                .put("state", card.getJsonObject("state"))
                .put("record", record(card))
                .putNull("lowestTruePotentialVolts"));
  }

  private JsonObject record(JsonObject card) {
    double t = seconds.get(seconds.size() - 1);
    return new JsonObject()
        .put("sequence", seconds.size())
        .put("timeSeconds", t)
        .put("state", card.getJsonObject("state"))
        .put("link", card.getString("link"))
        .put("linkReason", card.getString("link").equals("UP") ? "" : "No answer for 12 s.")
        .put("layout", card.getString("layout"))
        .put("currentAmps", current(t))
        .put("packCurrentAmps", 2 * current(t))
        .put("packVoltageVolts", 96 * voltage(t))
        .put("packPowerWatts", card.getDouble("powerWatts"))
        .put("voltageVolts", voltage(t))
        .put("minCellVoltageVolts", voltage(t) - 0.02)
        .put("temperatureCelsius", temperature(t))
        .put("commandAmps", current(t))
        .put("activeConstraint", card.getString("activeConstraint"))
        .put("why", card.getString("why"))
        .put("soc", soc(t))
        .put("anodePotentialVolts", anode(t))
        .put("anodePotentialLowerBoundVolts", bound(t))
        .put("estimateValid", true)
        .put("estimateInRange", true)
        .put("elapsedSeconds", t)
        .put("remainingSeconds", 1100.0)
        .put("limits", limits())
        .put("guard", new JsonObject().put("reason", "NONE").put("text", ""))
        .put("decision", decision(t))
        .put("plan", plan(t))
        .put("timing", timing());
  }

  private static JsonObject limits() {
    return new JsonObject()
        .put("maxChargeCurrentAmps", 15)
        .put("maxVoltageVolts", 4.2)
        .put("maxTemperatureCelsius", 45)
        .put("minAnodePotentialVolts", 0)
        .put("targetSoc", 0.8);
  }

  private static JsonObject decision(double t) {
    return new JsonObject()
        .put("source", "MPC")
        .put("status", "OK")
        .put("currentAmps", current(t))
        .put("solveMillis", 31);
  }

  private static JsonObject plan(double t) {
    JsonObject plan = new JsonObject();
    List<Double> ahead = new ArrayList<>();
    for (int i = 1; i <= 24; i++) {
      ahead.add(i * 12.5);
    }
    plan.put("secondsAhead", new JsonArray(new ArrayList<>(ahead)));
    plan.put("currentAmps", planned(ahead, s -> current(t + s)));
    plan.put("voltageVolts", planned(ahead, s -> voltage(t + s)));
    plan.put("temperatureCelsius", planned(ahead, s -> temperature(t + s)));
    plan.put("anodePotentialVolts", planned(ahead, s -> bound(t + s)));
    return plan.put("soc", planned(ahead, s -> soc(t + s)));
  }

  private static JsonArray planned(List<Double> ahead, DoubleUnaryOperator f) {
    JsonArray column = new JsonArray();
    ahead.forEach(s -> column.add(f.applyAsDouble(s)));
    return column;
  }

  private JsonObject timing() {
    return new JsonObject()
        .put("cycles", seconds.size())
        .put("misses", 0)
        .put("hasDeadline", true)
        .put("solveMillisP50", 28.5)
        .put("solveMillisP99", 61)
        .put("solveMillisMax", 74)
        .put("latenessMillisP50", 0.6)
        .put("latenessMillisP99", 4.2);
  }
}
