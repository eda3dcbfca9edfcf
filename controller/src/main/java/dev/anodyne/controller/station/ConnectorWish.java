package dev.anodyne.controller.station;

import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.config.SiteConfig;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.controller.station.sharing.Wish;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.opcua.server.station.SessionPhase;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;

/** Turns what a session tells into what its connector wants of the grid. */
final class ConnectorWish {
  /** A charge takes this much more than its cells keep: overpotentials, cables. */
  private static final double LOSSES = 1.04;

  private static final double MILLIS = 1000;

  /** Phases in which nothing is charged or about to be. */
  private static final Set<SessionPhase> QUIET =
      EnumSet.of(
          SessionPhase.IDLE, SessionPhase.CONNECTED, SessionPhase.FINISHED, SessionPhase.FAULTED);

  private final ConnectorConfig connector;
  private final ConnectorSupervision supervision;
  private final SiteConfig.Share share;

  ConnectorWish(
      ConnectorConfig connector, ConnectorSupervision supervision, SiteConfig.Share share) {
    this.connector = connector;
    this.supervision = supervision;
    this.share = share;
  }

  /** What it wants now. */
  Wish now(Instant utc) {
    SessionReport report = supervision.newestReport();
    ChargerStatus status = supervision.heard();
    if (report == null || status == null) {
      return Wish.NONE;
    }
    double measured = measuredWatts(status);
    Orders orders = supervision.orders();
    SessionPhase phase = supervision.phase();
    boolean quiet =
        supervision.isOver()
            || QUIET.contains(phase)
            || !status.vehicleConnected()
            || orders.emergencyStopped();
    if (quiet) {
      return new Wish(0, measured, Double.NaN, Double.POSITIVE_INFINITY);
    }
    double usable = usableWatts(status, report.settings(), orders.powerLimitWatts());
    return new Wish(
        usable / share.efficiency(),
        measured,
        neededWattHours(report),
        departsInSeconds(report, utc));
  }

  /** NaN while the charger is not heard: then its fall-back and its budgets count. */
  private double measuredWatts(ChargerStatus status) {
    Measurement m = status.measurement();
    boolean heard = status.link() == ChargerStatus.LinkState.UP && m.isUsable();
    return heard
        ? Math.max(0, m.voltageVolts() * m.chargeCurrentAmps()) / share.efficiency()
        : Double.NaN;
  }

  private double usableWatts(ChargerStatus status, SessionSettings settings, double orderedWatts) {
    BatteryLimits battery = status.batteryLimits();
    ChargerCapabilities charger = status.capabilities();
    PackLayout layout = settings.layout();
    double amps =
        Math.min(
            Math.min(battery.targetCurrentAmps(), charger.maxCurrentAmps()),
            Math.min(share.cableAmps(), layout.packAmps(settings.maxCellCurrentAmps())));
    double volts =
        Math.min(
            Math.min(battery.maxVoltageVolts(), charger.maxVoltageVolts()),
            layout.series() * settings.maxCellVoltageVolts());
    double watts = Math.min(battery.maxPowerWatts(), orderedWatts);
    if (charger.maxPowerWatts() > 0) {
      watts = Math.min(watts, charger.maxPowerWatts());
    }
    return Math.max(0, Math.min(watts, amps * volts));
  }

  /** From the estimate, or from the usual start of a charge before there is one. */
  private double neededWattHours(SessionReport report) {
    CellEstimate estimate = report.record().estimate();
    double soc = estimate != null && estimate.valid() ? estimate.soc() : connector.startSoc();
    double target = report.settings().targetSoc();
    if (!(target > soc)) {
      return 0;
    }
    CellParameters cell = connector.cell();
    PackLayout layout = report.settings().layout();
    double ampHours = (target - soc) * cell.capacityAmpHours() * layout.parallel();
    double volts = cell.openCircuitVolts((soc + target) / 2) * layout.series();
    return ampHours * volts * LOSSES / share.efficiency();
  }

  /** As the charge is planned: what is configured, ordered with it, or said since. */
  private static double departsInSeconds(SessionReport report, Instant utc) {
    Instant departure = report.departure();
    if (departure == null) {
      return Double.POSITIVE_INFINITY;
    }
    double seconds = Duration.between(utc, departure).toMillis() / MILLIS;
    return seconds > 0 ? seconds : Double.POSITIVE_INFINITY;
  }
}
