package dev.anodyne.controller.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Writes charges. Not thread-safe. */
final class ChargeSql {
  private static final String SELECT = "SELECT charge_no FROM charges WHERE charge_id = ?";

  /** What is known stays known, the earliest begin counts: a charge may begin again. */
  private static final String BEGIN =
      "INSERT INTO charges (charge_id, connector, battery_id, cell, layout, estimator, policy,"
          + " policy_version, policy_digest, started_by, target_soc, begun_us, state, reason)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '')"
          + " ON CONFLICT (charge_id) DO UPDATE SET"
          + " battery_id = COALESCE(excluded.battery_id, charges.battery_id),"
          + " cell = COALESCE(excluded.cell, charges.cell),"
          + " layout = COALESCE(excluded.layout, charges.layout),"
          + " estimator = COALESCE(excluded.estimator, charges.estimator),"
          + " policy = COALESCE(excluded.policy, charges.policy),"
          + " policy_version = COALESCE(excluded.policy_version, charges.policy_version),"
          + " policy_digest = COALESCE(excluded.policy_digest, charges.policy_digest),"
          + " started_by = COALESCE(excluded.started_by, charges.started_by),"
          + " target_soc = COALESCE(excluded.target_soc, charges.target_soc),"
          + " begun_us = CASE WHEN excluded.begun_us < charges.begun_us"
          + " THEN excluded.begun_us ELSE charges.begun_us END";

  private static final String STATE =
      "UPDATE charges SET state = ?, reason = ? WHERE charge_id = ? AND ended_us IS NULL";
  private static final String END =
      "UPDATE charges SET ended_us = ?, state = ?, reason = ?, target_reached = ?, start_soc = ?,"
          + " end_soc = ?, energy_wh = ?, charge_ah = ?, max_power_w = ?, max_cell_voltage_v = ?,"
          + " max_temperature_k = ?, min_anode_potential_v = ?, min_anode_potential_bound_v = ?,"
          + " fallback_share = ?, samples = ? WHERE charge_no = ?";
  private static final String LEFT_OPEN =
      "SELECT charge_id, begun_us FROM charges"
          + " WHERE connector = ? AND ended_us IS NULL AND charge_id <> ? AND begun_us < ?";
  private static final String LAST = "SELECT MAX(time_us) FROM telemetry WHERE charge_no = ?";

  private final Connection connection;
  private final NumberCache numbers = new NumberCache(10_000);

  ChargeSql(Connection connection) {
    this.connection = connection;
  }

  /** The number that stands for a charge; one that nobody has told of is made. */
  long number(String charge, String connector, long timeMicros) throws SQLException {
    return numbers.find(
        connection,
        SELECT,
        charge,
        id ->
            insert(
                new Entry.ChargeBegun(
                    charge, connector, timeMicros, Entry.About.NOTHING, null, "")));
  }

  void begin(Entry.ChargeBegun begun) throws SQLException {
    insert(begun);
    for (Open open : leftOpen(begun)) {
      long number = number(open.charge(), begun.connector(), open.begunMicros());
      end(
          new Entry.ChargeEnded(
              open.charge(),
              begun.connector(),
              lastMicros(number, open.begunMicros()),
              "Interrupted",
              "The controller ended without a word, and the charge was not resumed.",
              false));
    }
    Entry.About about = begun.about();
    if (about.batteryId() != null && about.cell() != null && about.layout() != null) {
      EventSql.battery(
          connection,
          new Entry.BatteryTold(
              about.batteryId(), about.cell(), about.layout(), begun.timeMicros(), null));
    }
  }

  private record Open(String charge, long begunMicros) {}

  private List<Open> leftOpen(Entry.ChargeBegun begun) throws SQLException {
    List<Open> open = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(LEFT_OPEN)) {
      Bind.text(statement, 1, begun.connector());
      Bind.text(statement, 2, begun.charge());
      statement.setLong(3, begun.timeMicros());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          open.add(new Open(rows.getString(1), rows.getLong(2)));
        }
      }
    }
    return open;
  }

  private long lastMicros(long number, long otherwise) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(LAST)) {
      statement.setLong(1, number);
      try (ResultSet row = statement.executeQuery()) {
        long last = row.next() ? row.getLong(1) : 0;
        return last == 0 ? otherwise : last;
      }
    }
  }

  private void insert(Entry.ChargeBegun begun) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BEGIN)) {
      Entry.About about = begun.about();
      Bind.text(statement, 1, begun.charge());
      Bind.text(statement, 2, begun.connector());
      Bind.text(statement, 3, about.batteryId());
      Bind.text(statement, 4, about.cell());
      Bind.text(statement, 5, about.layout());
      Bind.text(statement, 6, about.estimator());
      Bind.text(statement, 7, about.policy());
      Bind.text(statement, 8, about.policyVersion());
      Bind.text(statement, 9, about.policyDigest());
      Bind.text(statement, 10, about.startedBy());
      Bind.number(statement, 11, begun.targetSoc());
      statement.setLong(12, begun.timeMicros());
      Bind.text(statement, 13, begun.state());
      statement.executeUpdate();
    }
  }

  /** How a charge that runs stands. */
  void state(String charge, String state, String reason) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(STATE)) {
      Bind.text(statement, 1, state);
      Bind.text(statement, 2, reason);
      Bind.text(statement, 3, charge);
      statement.executeUpdate();
    }
  }

  /** Ends a charge and sums it up. */
  void end(Entry.ChargeEnded ended) throws SQLException {
    long number = number(ended.charge(), ended.connector(), ended.timeMicros());
    ChargeFigures figures = ChargeMeter.figures(connection, number);
    try (PreparedStatement statement = connection.prepareStatement(END)) {
      statement.setLong(1, ended.timeMicros());
      Bind.text(statement, 2, ended.state());
      Bind.text(statement, 3, ended.reason());
      Bind.flag(statement, 4, ended.targetReached());
      Bind.number(statement, 5, figures.startSoc());
      Bind.number(statement, 6, figures.endSoc());
      Bind.number(statement, 7, figures.energyWattHours());
      Bind.number(statement, 8, figures.chargeAmpHours());
      Bind.number(statement, 9, figures.maxPowerWatts());
      Bind.number(statement, 10, figures.maxCellVoltageVolts());
      Bind.number(statement, 11, figures.maxTemperatureKelvin());
      Bind.number(statement, 12, figures.minAnodePotentialVolts());
      Bind.number(statement, 13, figures.minAnodePotentialBoundVolts());
      Bind.number(statement, 14, figures.fallbackShare());
      statement.setLong(15, figures.samples() == null ? 0 : figures.samples());
      statement.setLong(16, number);
      statement.executeUpdate();
    }
  }

  /** What was inserted since the last commit may not be there. */
  void forget() {
    numbers.clear();
  }
}
