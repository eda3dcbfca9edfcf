package dev.anodyne.controller.storage;

import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.controller.session.SessionState;
import dev.anodyne.controller.station.ChargeIdentity;
import dev.anodyne.controller.station.ReportListener;
import dev.anodyne.controller.station.SessionReport;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.mpc.spec.PolicyIdentity;
import java.util.Arrays;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Takes numbers and words out of one connector's reports. A charge is there from the first report
 * in which a vehicle is, to the one that says that it is over; telemetry is kept in between. Called
 * on the session's event loop: it makes a few small objects and never waits.
 */
final class ReportTap implements ReportListener {
  private static final double NANOS_TO_MILLIS = 1e-6;
  private static final String NO_VEHICLE = "Idle";

  private final String connector;
  private final @Nullable String estimator;
  private final Consumer<Entry> to;
  private @Nullable String charge;
  private @Nullable String over;
  private String state = "";
  private String reason = "";
  private long lastMicros = Long.MIN_VALUE;

  /**
   * @param estimator its name; null when it is not known
   * @param to takes the entries; must not block
   */
  ReportTap(String connector, @Nullable String estimator, Consumer<Entry> to) {
    this.connector = connector;
    this.estimator = estimator;
    this.to = to;
  }

  @Override
  public void told(SessionReport report) {
    LoopRecord record = report.record();
    SessionState now = record.state();
    // Each entry of a connector has a time of its own: it is part of its key.
    long micros = Math.max(lastMicros + 1, Micros.of(report.utc().apply(record.timeNanos())));
    lastMicros = micros;
    String id = report.chargeId();
    boolean runs = !now.isOver() && isVehicleThere(record);
    if (runs && !id.equals(charge) && !id.equals(over)) {
      charge = id;
      begin(report, micros);
    }
    boolean own = id.equals(charge);
    if (own) {
      to.accept(sample(report, id, micros));
    }
    // After its sample: a change is written at once, with everything that waits.
    if (!now.name().equals(state) || !now.reason().equals(reason)) {
      state = now.name();
      reason = now.reason();
      to.accept(new Entry.StateChanged(connector, own ? id : null, micros, state, reason));
    }
    if (own && now.isOver()) {
      charge = null;
      over = id;
      to.accept(new Entry.ChargeEnded(id, connector, micros, state, reason, reached(now)));
    }
  }

  private static boolean isVehicleThere(LoopRecord record) {
    return record.status().vehicleConnected() && !record.state().name().equals(NO_VEHICLE);
  }

  private static Boolean reached(SessionState state) {
    return state instanceof SessionState.Finished finished && finished.targetReached();
  }

  private void begin(SessionReport report, long micros) {
    ChargeIdentity identity = report.charge();
    PolicyIdentity policy = report.policy();
    Entry.About told =
        new Entry.About(
            identity.batteryId().isEmpty() ? null : identity.batteryId(),
            identity.cell(),
            identity.layout().toString(),
            estimator,
            policy == null ? null : policy.name(),
            policy == null ? null : policy.version(),
            policy == null ? null : policy.digest(),
            identity.startedBy());
    to.accept(
        new Entry.ChargeBegun(
            report.chargeId(),
            connector,
            micros,
            told,
            report.settings().targetSoc(),
            report.record().state().name()));
  }

  private Sample sample(SessionReport report, String id, long micros) {
    double[] values = new double[Sample.VALUES];
    Arrays.fill(values, Double.NaN);
    measured(values, report);
    believed(values, report.record().estimate());
    commanded(values, report.record());
    return new Sample(id, connector, micros, values, words(report.record()));
  }

  private static void measured(double[] values, SessionReport report) {
    Measurement m = report.record().status().measurement();
    if (!m.isUsable()) {
      return;
    }
    double packAmps = m.chargeCurrentAmps();
    set(values, TelemetryColumn.CELL_CURRENT, report.settings().layout().cellAmps(packAmps));
    set(values, TelemetryColumn.CELL_VOLTAGE, m.maxCellVoltageVolts());
    set(values, TelemetryColumn.MIN_CELL_VOLTAGE, m.minCellVoltageVolts());
    set(values, TelemetryColumn.TEMPERATURE, m.maxCellTemperatureKelvin());
    set(values, TelemetryColumn.MIN_TEMPERATURE, m.minCellTemperatureKelvin());
    set(values, TelemetryColumn.PACK_CURRENT, packAmps);
    set(values, TelemetryColumn.PACK_VOLTAGE, m.voltageVolts());
    set(values, TelemetryColumn.PACK_POWER, m.voltageVolts() * packAmps);
  }

  private static void believed(double[] values, @Nullable CellEstimate e) {
    if (e == null || !e.valid()) {
      return;
    }
    set(values, TelemetryColumn.SOC, e.soc());
    set(values, TelemetryColumn.ANODE_POTENTIAL, e.anodePotentialVolts());
    set(values, TelemetryColumn.ANODE_POTENTIAL_BOUND, e.anodePotentialLowerBoundVolts());
    set(values, TelemetryColumn.ANODE_SURFACE, e.anodeSurfaceStoichiometry());
    set(values, TelemetryColumn.ANODE_SURFACE_SEPARATOR, e.anodeSurfaceStoichiometryAtSeparator());
    set(values, TelemetryColumn.CATHODE_SURFACE, e.cathodeSurfaceStoichiometry());
    set(values, TelemetryColumn.CORE_TEMPERATURE, e.coreTemperatureKelvin());
    set(values, TelemetryColumn.VOLTAGE_BIAS, e.voltageBiasVolts());
  }

  private static void commanded(double[] values, LoopRecord record) {
    set(values, TelemetryColumn.WANTED_CURRENT, record.decision().chargeCurrentAmps());
    set(values, TelemetryColumn.GUARD_CURRENT, record.verdict().allowedAmps());
    set(values, TelemetryColumn.COMMANDED_CURRENT, record.command().chargeCurrentAmps());
    set(values, TelemetryColumn.VOLTAGE_CEILING, record.command().voltageCeilingVolts());
    set(values, TelemetryColumn.HEAT, record.thermal().heatWatts());
    ChargeLimits limits = record.limits();
    set(values, TelemetryColumn.CURRENT_LIMIT, limits.maxChargeCurrentAmps());
    set(values, TelemetryColumn.POWER_LIMIT, limits.maxPowerWatts());
    set(values, TelemetryColumn.SOLVE_TIME, record.decision().solveNanos() * NANOS_TO_MILLIS);
    set(values, TelemetryColumn.ESTIMATE_TIME, record.estimateNanos() * NANOS_TO_MILLIS);
    set(values, TelemetryColumn.CYCLE_TIME, record.cycleNanos() * NANOS_TO_MILLIS);
  }

  private static @Nullable String[] words(LoopRecord record) {
    CellEstimate e = record.estimate();
    String estimate = e == null || !e.valid() ? "NONE" : e.inRange() ? "VALID" : "OUT_OF_RANGE";
    @Nullable String[] words = new @Nullable String[Sample.WORDS];
    words[TelemetryWord.STATE.ordinal()] = record.state().name();
    words[TelemetryWord.LINK.ordinal()] = record.status().link().name();
    words[TelemetryWord.ESTIMATE.ordinal()] = estimate;
    words[TelemetryWord.DECISION.ordinal()] = record.decision().source().name();
    words[TelemetryWord.SOLVE_STATUS.ordinal()] = record.decision().status().name();
    words[TelemetryWord.ACTIVE_CONSTRAINT.ordinal()] = record.activeConstraint().name();
    words[TelemetryWord.GUARD.ordinal()] = record.verdict().reason().name();
    return words;
  }

  private static void set(double[] values, TelemetryColumn column, double value) {
    values[column.ordinal()] = value;
  }
}
