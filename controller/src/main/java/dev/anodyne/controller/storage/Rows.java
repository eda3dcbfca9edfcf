package dev.anodyne.controller.storage;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;

/** Makes records of rows. */
final class Rows {
  static final String CHARGE =
      "charge_no, charge_id, connector, battery_id, cell, layout, estimator, policy,"
          + " policy_version, policy_digest, started_by, target_soc, begun_us, ended_us, state, reason,"
          + " target_reached, telemetry_detail, start_soc, end_soc, energy_wh, charge_ah,"
          + " max_power_w, max_cell_voltage_v, max_temperature_k, min_anode_potential_v,"
          + " min_anode_potential_bound_v, fallback_share, samples";

  private Rows() {}

  /** A charge with its number. */
  record NumberedCharge(long number, ChargeRow row) {}

  static NumberedCharge charge(ResultSet row) throws SQLException {
    Long ended = Bind.whole(row, "ended_us");
    return new NumberedCharge(
        row.getLong("charge_no"),
        new ChargeRow(
            row.getString("charge_id"),
            row.getString("connector"),
            row.getString("battery_id"),
            row.getString("cell"),
            row.getString("layout"),
            row.getString("estimator"),
            row.getString("policy"),
            row.getString("policy_version"),
            row.getString("policy_digest"),
            row.getString("started_by"),
            Bind.number(row, "target_soc"),
            time(row, "begun_us"),
            ended == null ? null : Micros.instant(ended),
            row.getString("state"),
            row.getString("reason"),
            Bind.flag(row, "target_reached"),
            ChargeRow.Detail.values()[row.getInt("telemetry_detail")],
            figures(row)));
  }

  private static ChargeFigures figures(ResultSet row) throws SQLException {
    return new ChargeFigures(
        Bind.number(row, "start_soc"),
        Bind.number(row, "end_soc"),
        Bind.number(row, "energy_wh"),
        Bind.number(row, "charge_ah"),
        Bind.number(row, "max_power_w"),
        Bind.number(row, "max_cell_voltage_v"),
        Bind.number(row, "max_temperature_k"),
        Bind.number(row, "min_anode_potential_v"),
        Bind.number(row, "min_anode_potential_bound_v"),
        Bind.number(row, "fallback_share"),
        Bind.whole(row, "samples"));
  }

  static ChargeRow with(ChargeRow c, ChargeFigures figures) {
    return new ChargeRow(
        c.id(),
        c.connector(),
        c.batteryId(),
        c.cell(),
        c.layout(),
        c.estimator(),
        c.policy(),
        c.policyVersion(),
        c.policyDigest(),
        c.startedBy(),
        c.targetSoc(),
        c.begun(),
        c.ended(),
        c.state(),
        c.reason(),
        c.targetReached(),
        c.detail(),
        figures);
  }

  static StateRow state(ResultSet row) throws SQLException {
    return new StateRow(
        row.getString("connector"),
        row.getString("charge_id"),
        time(row, "time_us"),
        row.getString("state"),
        row.getString("reason"));
  }

  static AuditRow audit(ResultSet row) throws SQLException {
    return new AuditRow(
        row.getString("audit_id"),
        time(row, "time_us"),
        row.getString("source"),
        row.getString("kind"),
        row.getInt("done") != 0,
        row.getString("status"),
        row.getString("user_name"),
        row.getString("address"),
        row.getString("application"),
        row.getString("subject"),
        row.getString("message"));
  }

  static AlarmRow alarm(ResultSet row) throws SQLException {
    return new AlarmRow(
        row.getString("event_id"),
        time(row, "time_us"),
        row.getString("alarm_id"),
        row.getString("owner"),
        row.getString("what"),
        row.getInt("enabled") != 0,
        row.getInt("active") != 0,
        row.getInt("acknowledged") != 0,
        row.getInt("confirmed") != 0,
        row.getInt("severity"),
        row.getString("level"),
        row.getString("message"),
        row.getString("user_name"),
        row.getString("comment_text"));
  }

  static BatteryRow battery(ResultSet row) throws SQLException {
    Double energy = Bind.number(row, "energy_wh");
    return new BatteryRow(
        row.getString("battery_id"),
        row.getString("cell"),
        row.getString("layout"),
        time(row, "first_seen_us"),
        time(row, "last_seen_us"),
        row.getLong("charges"),
        energy == null ? 0 : energy,
        row.getString("record"));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return Micros.instant(row.getLong(column));
  }
}
