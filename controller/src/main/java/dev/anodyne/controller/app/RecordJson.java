package dev.anodyne.controller.app;

import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PlanAhead;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Writes a {@link LoopRecord} as JSON: units in the names, °C for people, values of one cell unless
 * the name says {@code pack}, {@code null} for what is not known.
 */
public final class RecordJson {
  private static final double KELVIN = 273.15;

  private RecordJson() {}

  /**
   * The record of a session.
   *
   * @param settings the session's settings
   * @param record what happened
   * @param originNanos where the session's time axis begins on the loop's clock, ns
   */
  public static JsonObject of(SessionSettings settings, LoopRecord record, long originNanos) {
    Measurement m = record.status().measurement();
    boolean measured = m.isUsable();
    JsonObject json =
        new JsonObject()
            .put("session", settings.id())
            .put("sequence", record.sequence())
            .put("timeSeconds", (record.timeNanos() - originNanos) / 1e9)
            .put("state", state(record, originNanos))
            .put("link", record.status().link().name())
            .put("linkReason", record.status().reason())
            .put("vehicleConnected", record.status().vehicleConnected())
            .put("layout", settings.layout().toString())
            .put("currentAmps", known(measured, settings.layout().cellAmps(m.chargeCurrentAmps())))
            .put("packCurrentAmps", known(measured, m.chargeCurrentAmps()))
            .put("packVoltageVolts", known(measured, m.voltageVolts()))
            .put("packPowerWatts", known(measured, m.voltageVolts() * m.chargeCurrentAmps()))
            .put("voltageVolts", known(measured, m.maxCellVoltageVolts()))
            .put("minCellVoltageVolts", known(measured, m.minCellVoltageVolts()))
            .put("temperatureCelsius", known(measured, m.maxCellTemperatureKelvin() - KELVIN))
            .put(
                "commandAmps",
                known(true, settings.layout().cellAmps(record.command().chargeCurrentAmps())))
            .put("packHeatWatts", known(true, record.thermal().heatWatts()))
            .put("commandCeilingPackVolts", known(true, record.command().voltageCeilingVolts()))
            .put("activeConstraint", record.activeConstraint().name())
            .put("why", Why.sentence(record))
            .put("limits", limits(record.limits(), areLimitsKnown(record)))
            .put("guard", guard(record))
            .put("decision", decision(record))
            .put("plan", plan(record.decision().plan()));
    return putEstimate(json, record.estimate());
  }

  private static JsonObject putEstimate(JsonObject json, @Nullable CellEstimate e) {
    if (e == null || !e.valid()) {
      return json.put("estimateValid", false)
          .put("estimateInRange", false)
          .putNull("soc")
          .putNull("anodePotentialVolts")
          .putNull("anodePotentialLowerBoundVolts");
    }
    return json.put("estimateValid", true)
        .put("estimateInRange", e.inRange())
        .put("soc", known(true, e.soc()))
        .put("anodePotentialVolts", known(true, e.anodePotentialVolts()))
        .put("anodePotentialLowerBoundVolts", known(true, e.anodePotentialLowerBoundVolts()));
  }

  private static JsonObject state(LoopRecord record, long originNanos) {
    return new JsonObject()
        .put("name", record.state().name())
        .put("reason", record.state().reason())
        .put("sinceSeconds", (record.state().sinceNanos() - originNanos) / 1e9)
        .put("over", record.state().isOver());
  }

  /**
   * Before charger and vehicle have told theirs, the combined limits are zeros that mean nothing.
   */
  private static boolean areLimitsKnown(LoopRecord record) {
    return record.status().capabilities().isKnown()
        && record.status().batteryLimits().maxCellVoltageVolts() > 0;
  }

  private static JsonObject limits(ChargeLimits l, boolean known) {
    return new JsonObject()
        .put("maxChargeCurrentAmps", known(known, l.maxChargeCurrentAmps()))
        .put("maxVoltageVolts", known(known, l.maxVoltageVolts()))
        .put("maxTemperatureCelsius", known(known, l.maxTemperatureKelvin() - KELVIN))
        .put("minAnodePotentialVolts", known(true, l.minAnodePotentialVolts()))
        .put("targetSoc", known(true, l.targetSoc()))
        .put("maxPowerWatts", known(known, l.maxPowerWatts()));
  }

  private static JsonObject guard(LoopRecord record) {
    return new JsonObject()
        .put("reason", record.verdict().reason().name())
        .put("text", record.verdict().text())
        .put("allowedPackAmps", known(true, record.verdict().allowedAmps()));
  }

  private static JsonObject decision(LoopRecord record) {
    return ToldJson.put(record.decision(), new JsonObject())
        .put("source", record.decision().source().name())
        .put("status", record.decision().status().name())
        .put("activeConstraint", record.decision().activeConstraint().name())
        .put("currentAmps", known(true, record.decision().chargeCurrentAmps()))
        .put("solveMillis", record.decision().solveNanos() * 1e-6)
        .put("cycleMillis", record.cycleNanos() * 1e-6);
  }

  private static JsonObject plan(PlanAhead plan) {
    return new JsonObject()
        .put("secondsAhead", array(plan.secondsAhead(), 0))
        .put("currentAmps", array(plan.chargeCurrentAmps(), 0))
        .put("voltageVolts", array(plan.voltageVolts(), 0))
        .put("anodePotentialVolts", array(plan.anodePotentialVolts(), 0))
        .put("temperatureCelsius", array(plan.temperatureKelvin(), KELVIN))
        .put("soc", array(plan.soc(), 0));
  }

  private static JsonArray array(double[] values, double offset) {
    JsonArray array = new JsonArray();
    for (double value : values) {
      array.add(known(true, value - offset));
    }
    return array;
  }

  /** JSON has no NaN and no infinity. */
  private static @Nullable Double known(boolean known, double value) {
    return known && Double.isFinite(value) ? (Double) value : null;
  }
}
