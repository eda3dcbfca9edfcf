package dev.anodyne.controller.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Sums a charge up by its telemetry. Energy and charge are integrals by the trapezoidal rule; over
 * a gap longer than any period nothing is counted.
 */
final class ChargeMeter {
  /** Longer than the longest period of a connector (60 s): data is missing. */
  private static final double LONGEST_STEP_SECONDS = 65;

  /** Rungs that stand for what was configured; whatever else decided is a fallback. */
  private static final Set<String> CHOSEN = Set.of("MPC", "BASELINE");

  private static final String SELECT =
      "SELECT time_us, pack_power_w, pack_current_a, soc, max_cell_voltage_v, max_temperature_k,"
          + " anode_potential_v, anode_potential_bound_v, decision, state"
          + " FROM telemetry WHERE charge_no = ? ORDER BY time_us";

  private double startSoc = Double.NaN;
  private double endSoc = Double.NaN;
  private double energyJoules;
  private double chargeCoulombs;
  private double maxPower = Double.NaN;
  private double maxVoltage = Double.NaN;
  private double maxTemperature = Double.NaN;
  private double minAnode = Double.NaN;
  private double minBound = Double.NaN;
  private long samples;
  private long decided;
  private long fallbacks;
  private double lastSeconds = Double.NaN;
  private double lastPower;
  private double lastCurrent;

  private ChargeMeter() {}

  /** What a charge has come to. */
  static ChargeFigures figures(Connection connection, long chargeNumber) throws SQLException {
    ChargeMeter meter = new ChargeMeter();
    try (PreparedStatement statement = connection.prepareStatement(SELECT)) {
      // PostgreSQL hands rows over in parts only when it is told how many.
      statement.setFetchSize(2000);
      statement.setLong(1, chargeNumber);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          meter.add(rows);
        }
      }
    }
    return meter.figures();
  }

  private void add(ResultSet row) throws SQLException {
    samples++;
    step(row.getLong(1) * 1e-6, known(row, 2), known(row, 3));
    double soc = known(row, 4);
    if (!Double.isNaN(soc)) {
      startSoc = Double.isNaN(startSoc) ? soc : startSoc;
      endSoc = soc;
    }
    maxPower = higher(maxPower, known(row, 2));
    maxVoltage = higher(maxVoltage, known(row, 5));
    maxTemperature = higher(maxTemperature, known(row, 6));
    minAnode = -higher(-minAnode, -known(row, 7));
    minBound = -higher(-minBound, -known(row, 8));
    String decision = row.getString(9);
    if (decision != null && "Charging".equals(row.getString(10))) {
      decided++;
      fallbacks += CHOSEN.contains(decision) ? 0 : 1;
    }
  }

  private void step(double seconds, double power, double current) {
    double step = seconds - lastSeconds;
    if (step > 0 && step <= LONGEST_STEP_SECONDS) {
      energyJoules += zeroed((power + lastPower) / 2 * step);
      chargeCoulombs += zeroed((current + lastCurrent) / 2 * step);
    }
    lastSeconds = seconds;
    lastPower = power;
    lastCurrent = current;
  }

  private ChargeFigures figures() {
    boolean any = samples > 0;
    return new ChargeFigures(
        told(startSoc),
        told(endSoc),
        any ? energyJoules / 3600 : null,
        any ? chargeCoulombs / 3600 : null,
        told(maxPower),
        told(maxVoltage),
        told(maxTemperature),
        told(minAnode),
        told(minBound),
        decided == 0 ? null : (Double) ((double) fallbacks / decided),
        samples);
  }

  private static double known(ResultSet row, int column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? Double.NaN : value;
  }

  private static double higher(double a, double b) {
    return Double.isNaN(a) || b > a ? b : a;
  }

  private static double zeroed(double value) {
    return Double.isNaN(value) ? 0 : value;
  }

  private static @Nullable Double told(double value) {
    return Double.isNaN(value) ? null : (Double) value;
  }
}
