package dev.anodyne.controller.http;

import dev.anodyne.controller.storage.AlarmRow;
import dev.anodyne.controller.storage.AuditRow;
import dev.anodyne.controller.storage.BatteryRow;
import dev.anodyne.controller.storage.ChargeFigures;
import dev.anodyne.controller.storage.ChargeRow;
import dev.anodyne.controller.storage.Telemetry;
import dev.anodyne.controller.storage.TelemetryColumn;
import dev.anodyne.controller.storage.TelemetryWord;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What the storage keeps, as the API shows it: °C for people, units in the names. */
final class StoreJson {
  private static final double KELVIN = 273.15;

  /** Something that has happened to an alarm. */
  static JsonObject alarm(AlarmRow row) {
    boolean noted = !row.user().isEmpty();
    return new JsonObject()
        .put("at", row.time().toString())
        .put("alarm", row.alarmId())
        .put("connector", row.owner().equals(AlarmRows.STATION) ? null : row.owner())
        .put("name", row.alarmId().substring(row.alarmId().lastIndexOf('.') + 1))
        .put("what", row.what())
        .put("active", row.active())
        .put("acknowledged", row.acknowledged())
        .put("severity", row.severity())
        .put("message", row.message())
        .put("user", noted ? row.user() : null)
        .put("comment", row.comment().isEmpty() ? null : row.comment());
  }

  /** Columns of telemetry, by the names that live history uses. */
  private static final Map<String, TelemetryColumn> COLUMNS = columns();

  private StoreJson() {}

  static JsonObject charge(ChargeRow row) {
    ChargeFigures f = row.figures();
    return new JsonObject()
        .put("id", row.id())
        .put("connector", row.connector())
        .put("battery", row.batteryId())
        .put("cell", row.cell())
        .put("layout", row.layout())
        .put("policy", row.policy())
        .put("policyVersion", row.policyVersion())
        .put("policyDigest", row.policyDigest())
        .put("estimator", row.estimator())
        .put("began", row.begun().toString())
        .put("ended", Instants.text(row.ended()))
        .put("state", row.state())
        .put("reason", row.reason())
        .put("targetReached", row.targetReached())
        .put("detail", row.detail().name())
        .put("startSoc", f.startSoc())
        .put("endSoc", f.endSoc())
        .put("targetSoc", row.targetSoc())
        .put("energyWattHours", f.energyWattHours())
        .put("chargeAmpHours", f.chargeAmpHours())
        .put("maxPowerWatts", f.maxPowerWatts())
        .put("maxVoltageVolts", f.maxCellVoltageVolts())
        .put("maxTemperatureCelsius", celsius(f.maxTemperatureKelvin()))
        .put("minAnodePotentialVolts", f.minAnodePotentialVolts())
        .put("minAnodePotentialLowerBoundVolts", f.minAnodePotentialBoundVolts())
        .put("fallbackShare", f.fallbackShare())
        .put("samples", f.samples());
  }

  static JsonObject telemetry(ChargeRow charge, Telemetry telemetry) {
    List<Telemetry.Row> rows = telemetry.rows();
    long begun = charge.begun().toEpochMilli() * 1000;
    JsonObject points = new JsonObject();
    JsonArray times = new JsonArray();
    rows.forEach(row -> times.add((row.timeMicros() - begun) * 1e-6));
    points.put("timeSeconds", times);
    COLUMNS.forEach(
        (name, column) -> {
          double offset = name.endsWith("Celsius") ? KELVIN : 0;
          JsonArray values = new JsonArray();
          for (Telemetry.Row row : rows) {
            values.add(finite(row.mean(column) - offset));
          }
          points.put(name, values);
        });
    for (TelemetryWord word : TelemetryWord.values()) {
      JsonArray values = new JsonArray();
      rows.forEach(row -> values.add(row.word(word)));
      points.put(camel(word.name()), values);
    }
    return new JsonObject()
        .put("charge", telemetry.chargeId())
        .put("from", rows.isEmpty() ? null : at(rows.get(0)))
        .put("to", rows.isEmpty() ? null : at(rows.get(rows.size() - 1)))
        .put("resolutionSeconds", telemetry.resolutionSeconds())
        .put("points", points);
  }

  static JsonObject battery(BatteryRow row, boolean withRecord) {
    JsonObject json =
        new JsonObject()
            .put("id", row.id())
            .put("cell", row.cell())
            .put("layout", row.layout())
            .put("firstSeen", row.firstSeen().toString())
            .put("lastSeen", row.lastSeen().toString())
            .put("charges", row.charges())
            .put("energyWattHours", finite(row.energyWattHours()));
    return withRecord ? json.put("learned", learned(row.record())) : json;
  }

  static JsonObject audit(AuditRow row) {
    return new JsonObject()
        .put("id", row.id())
        .put("at", row.time().toString())
        .put("user", row.user())
        .put("address", row.address())
        .put("source", row.source())
        .put("application", row.application())
        .put("action", row.kind())
        .put("target", row.subject())
        .put("outcome", row.done() ? "DONE" : row.status())
        .put("message", row.message());
  }

  private static @Nullable JsonObject learned(@Nullable String record) {
    try {
      return record == null ? null : new JsonObject(record);
    } catch (DecodeException e) {
      return new JsonObject().put("text", record);
    }
  }

  private static String at(Telemetry.Row row) {
    return java.time.Instant.ofEpochMilli(row.timeMicros() / 1000).toString();
  }

  static @Nullable Double finite(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }

  private static @Nullable Double celsius(@Nullable Double kelvin) {
    return kelvin == null ? null : (Double) (kelvin - KELVIN);
  }

  /** {@code ACTIVE_CONSTRAINT} as {@code activeConstraint}. */
  private static String camel(String name) {
    StringBuilder camel = new StringBuilder();
    for (String part : name.toLowerCase(java.util.Locale.ROOT).split("_")) {
      camel.append(
          camel.isEmpty() ? part : Character.toUpperCase(part.charAt(0)) + part.substring(1));
    }
    return camel.toString();
  }

  private static Map<String, TelemetryColumn> columns() {
    Map<String, TelemetryColumn> columns = new LinkedHashMap<>();
    columns.put("currentAmps", TelemetryColumn.CELL_CURRENT);
    columns.put("commandAmps", TelemetryColumn.WANTED_CURRENT);
    columns.put("currentLimitAmps", TelemetryColumn.CURRENT_LIMIT);
    columns.put("voltageVolts", TelemetryColumn.CELL_VOLTAGE);
    columns.put("minCellVoltageVolts", TelemetryColumn.MIN_CELL_VOLTAGE);
    columns.put("temperatureCelsius", TelemetryColumn.TEMPERATURE);
    columns.put("soc", TelemetryColumn.SOC);
    columns.put("anodePotentialVolts", TelemetryColumn.ANODE_POTENTIAL);
    columns.put("anodePotentialLowerBoundVolts", TelemetryColumn.ANODE_POTENTIAL_BOUND);
    columns.put("packCurrentAmps", TelemetryColumn.PACK_CURRENT);
    columns.put("packVoltageVolts", TelemetryColumn.PACK_VOLTAGE);
    columns.put("packPowerWatts", TelemetryColumn.PACK_POWER);
    columns.put("packCommandAmps", TelemetryColumn.COMMANDED_CURRENT);
    columns.put("solveMillis", TelemetryColumn.SOLVE_TIME);
    return columns;
  }
}
