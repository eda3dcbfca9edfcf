package dev.anodyne.opcua.server.station;

import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.opcua.server.alarm.AlarmKind;
import dev.anodyne.opcua.server.alarm.AlarmQuality;
import dev.anodyne.opcua.server.alarm.AlarmSpec;
import dev.anodyne.opcua.server.alarm.AlarmSpec.Topic;
import dev.anodyne.opcua.server.alarm.LimitLevel;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/**
 * The alarms of a charger. Limits are those at which the guard acts, so that an alarm and a lower
 * current have the same reason; delays are chosen so that what the guard and a reconnection deal
 * with by themselves does not call a person.
 */
final class AlarmModel {
  /** All alarms of a charger, in the order of display. */
  static final List<AlarmWatch<Sight>> CHARGER =
      List.of(
          new AlarmWatch<>(
              offNormal(
                  "EmergencyStop",
                  Topic.PROCESS,
                  900,
                  0,
                  1,
                  true,
                  true,
                  "Health.EmergencyStopped",
                  "An emergency stop was requested, or the charger reports one."),
              AlarmLooks::emergencyStop),
          fault(
              "ElectricalFault",
              800,
              true,
              ChargerFault.ISOLATION_FAULT,
              ChargerFault.PRECHARGE_TIMEOUT,
              ChargerFault.OVER_VOLTAGE_DC,
              ChargerFault.UNDER_VOLTAGE_DC,
              ChargerFault.OVER_CURRENT_DC),
          fault(
              "ContactorFault",
              800,
              true,
              ChargerFault.CONTACTOR_WELDED,
              ChargerFault.CONTACTOR_FAILED_TO_CLOSE),
          fault(
              "ThermalFault",
              700,
              false,
              ChargerFault.OVER_TEMPERATURE,
              ChargerFault.UNDER_TEMPERATURE,
              ChargerFault.CABLE_OVER_TEMPERATURE),
          fault(
              "ConnectorFault",
              700,
              false,
              ChargerFault.CONNECTOR_LOCK_FAULT,
              ChargerFault.ENCLOSURE_OPEN),
          fault(
              "SupplyFault",
              700,
              false,
              ChargerFault.HARDWARE_FAULT,
              ChargerFault.POWER_SUPPLY_FAULT,
              ChargerFault.AC_INPUT_FAULT),
          fault("BatteryFault", 700, false, ChargerFault.BATTERY_MANAGEMENT_FAULT),
          fault("CommunicationFault", 600, false, ChargerFault.COMMUNICATION_FAULT),
          fault("VendorFault", 600, false, ChargerFault.VENDOR_ERROR, ChargerFault.VENDOR_WARNING),
          new AlarmWatch<>(
              offNormal(
                  "LinkLost",
                  Topic.SYSTEM,
                  700,
                  5,
                  2,
                  false,
                  false,
                  "Health.Link",
                  "The charger cannot be heard, or its values stand still."),
              AlarmLooks::link),
          new AlarmWatch<>(
              offNormal(
                  "ControllerFallback",
                  Topic.SYSTEM,
                  500,
                  10,
                  10,
                  false,
                  false,
                  "Policy.Source",
                  "While charging another rung of the fallback ladder than the policy decides; or"
                      + " the control loop is quiet."),
              AlarmLooks::fallback),
          new AlarmWatch<>(
              offNormal(
                  "EstimatorNotValid",
                  Topic.SYSTEM,
                  500,
                  10,
                  5,
                  false,
                  false,
                  "Estimators.Valid",
                  "While a charge is under way the estimator's numbers may not be used."),
              AlarmLooks::estimator),
          new AlarmWatch<>(
              offNormal(
                  "GuardTripped",
                  Topic.PROCESS,
                  700,
                  0,
                  10,
                  false,
                  false,
                  "Health.GuardReason",
                  "The guard has stopped the current for what it sees in the measurements."),
              AlarmLooks::guard),
          new AlarmWatch<>(
              limit(
                  "CellTemperature",
                  600,
                  2,
                  5,
                  EnumSet.of(LimitLevel.HIGH, LimitLevel.HIGH_HIGH),
                  "Measurements.MaxCellTemperature",
                  "The hottest cell is 0.5 K (High) or 2 K (HighHigh) above its limit in force."
                      + " Deadband 0.3 K."),
              AlarmLooks::temperature),
          new AlarmWatch<>(
              limit(
                  "CellVoltage",
                  600,
                  2,
                  5,
                  EnumSet.of(LimitLevel.HIGH, LimitLevel.HIGH_HIGH),
                  "Measurements.MaxCellVoltage",
                  "The highest cell is 10 mV (High) or 50 mV (HighHigh) above its limit in force."
                      + " Deadband 5 mV."),
              AlarmLooks::voltage),
          new AlarmWatch<>(
              limit(
                  "AnodePotential",
                  600,
                  5,
                  10,
                  EnumSet.of(LimitLevel.LOW, LimitLevel.LOW_LOW),
                  "Estimators.AnodePotentialLowerBound",
                  "While charging the anode potential's bound is 2 mV (Low) or 10 mV (LowLow) below"
                      + " the margin that it is to keep. Deadband 1 mV."),
              AlarmLooks::anode));

  /**
   * A charger as its alarms see it.
   *
   * @param view what is known of it
   * @param freshness whether its loop is heard
   */
  record Sight(ChargerView view, Freshness freshness) {
    ChargerSnapshot now() {
      return view.now();
    }

    /** How well values of an origin are seen. */
    AlarmQuality quality(Origin origin) {
      StatusCode status = new StatusCode(origin.status(view.now(), freshness));
      if (status.isBad()) {
        return AlarmQuality.BAD;
      }
      // An estimate outside its training range is seen as well as it can be.
      boolean last = freshness == Freshness.STALE || view.now().status().link() == LinkState.STALE;
      return status.isUncertain() && last ? AlarmQuality.UNCERTAIN : AlarmQuality.GOOD;
    }

    boolean isUnderWay() {
      SessionPhase phase = now().session().phase();
      return phase.isFlowing() || phase == SessionPhase.SUSPENDED;
    }
  }

  private AlarmModel() {}

  private static AlarmWatch<Sight> fault(
      String name, int severity, boolean confirmed, ChargerFault... faults) {
    List<ChargerFault> watched = List.of(faults);
    String names = watched.stream().map(Enum::name).collect(Collectors.joining(", "));
    return new AlarmWatch<>(
        offNormal(
            name,
            Topic.PROCESS,
            severity,
            0,
            2,
            true,
            confirmed,
            "Health.Faults",
            "The charger reports " + names + "."),
        (s, spec, counts) -> AlarmLooks.faults(s, spec, watched));
  }

  private static AlarmSpec offNormal(
      String name,
      Topic topic,
      int severity,
      double onSeconds,
      double offSeconds,
      boolean fault,
      boolean confirmed,
      String input,
      String when) {
    return new AlarmSpec(
        name,
        AlarmKind.OFF_NORMAL,
        topic,
        severity,
        seconds(onSeconds),
        seconds(offSeconds),
        fault,
        confirmed,
        Set.of(),
        input,
        when);
  }

  static AlarmSpec limit(
      String name,
      int severity,
      double onSeconds,
      double offSeconds,
      Set<LimitLevel> levels,
      String input,
      String when) {
    return new AlarmSpec(
        name,
        AlarmKind.EXCLUSIVE_LIMIT,
        Topic.PROCESS,
        severity,
        seconds(onSeconds),
        seconds(offSeconds),
        false,
        false,
        levels,
        input,
        when);
  }

  static Duration seconds(double seconds) {
    return Duration.ofMillis(Math.round(seconds * 1000));
  }
}
