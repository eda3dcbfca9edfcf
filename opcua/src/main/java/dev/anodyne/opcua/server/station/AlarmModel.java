package dev.anodyne.opcua.server.station;

import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.opcua.server.alarm.AlarmKind;
import dev.anodyne.opcua.server.alarm.AlarmQuality;
import dev.anodyne.opcua.server.alarm.AlarmSpec;
import dev.anodyne.opcua.server.alarm.AlarmSpec.Topic;
import dev.anodyne.opcua.server.alarm.Bands;
import dev.anodyne.opcua.server.alarm.Cause;
import dev.anodyne.opcua.server.alarm.LimitLevel;
import dev.anodyne.opcua.server.alarm.Observation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/**
 * The alarms of a charger. Limits are those at which the guard acts, so that an alarm and a lower
 * current have the same reason; delays are chosen so that what the guard and a reconnection deal
 * with by themselves does not call a person.
 */
final class AlarmModel {
  /** From here on the guard reduces the current, and from there on it stops it. */
  private static final double WARM_KELVIN = 0.5;

  private static final double HOT_KELVIN = 2.0;
  private static final double HIGH_VOLTS = 0.010;
  private static final double TOO_HIGH_VOLTS = 0.050;

  /** A policy that rides on the bound touches it all the time; sensor noise moves it by 1 mV. */
  private static final double BELOW_BOUND_VOLTS = 0.002;

  private static final double FAR_BELOW_BOUND_VOLTS = 0.010;

  /** Decisions that the policy itself has not made. */
  private static final Set<DecisionSource> FALLBACKS =
      EnumSet.of(
          DecisionSource.SHIFTED_PLAN,
          DecisionSource.RIDER,
          DecisionSource.MAP,
          DecisionSource.LOW_CC,
          DecisionSource.ZERO);

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
              AlarmModel::emergencyStop),
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
              AlarmModel::link),
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
              AlarmModel::fallback),
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
              AlarmModel::estimator),
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
              AlarmModel::guard),
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
              AlarmModel::temperature),
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
              AlarmModel::voltage),
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
              AlarmModel::anode));

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
      return phase == SessionPhase.CHARGING || phase == SessionPhase.SUSPENDED;
    }
  }

  private AlarmModel() {}

  private static Observation emergencyStop(Sight s, AlarmSpec spec, Predicate<String> counts) {
    if (s.freshness() != Freshness.FRESH) {
      return Observation.unseen(s.quality(Origin.CONTROLLER));
    }
    List<Cause> causes = new ArrayList<>();
    if (s.now().orders().emergencyStopped()) {
      causes.add(new Cause("REQUESTED", spec.severity(), "An emergency stop was requested."));
    }
    String reported = ChargerFault.EMERGENCY_STOP.name();
    boolean heard = s.quality(Origin.CHARGER) == AlarmQuality.GOOD;
    if (heard
        ? s.now().status().faults().contains(ChargerFault.EMERGENCY_STOP)
        : counts.test(reported)) {
      causes.add(new Cause(reported, spec.severity(), "The charger reports an emergency stop."));
    }
    return Observation.of(causes);
  }

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
        (s, spec, counts) -> faults(s, spec, watched));
  }

  private static Observation faults(Sight s, AlarmSpec spec, List<ChargerFault> watched) {
    AlarmQuality quality = s.quality(Origin.CHARGER);
    if (quality != AlarmQuality.GOOD) {
      return Observation.unseen(quality);
    }
    Set<ChargerFault> reported = s.now().status().faults();
    List<Cause> causes = new ArrayList<>();
    for (ChargerFault fault : watched) {
      if (reported.contains(fault)) {
        boolean stops = fault != ChargerFault.VENDOR_WARNING;
        int severity = stops ? spec.severity() : Math.min(200, spec.severity());
        causes.add(new Cause(fault.name(), severity, "The charger reports " + fault.name() + "."));
      }
    }
    return Observation.of(causes);
  }

  private static Observation link(Sight s, AlarmSpec spec, Predicate<String> counts) {
    if (s.freshness() != Freshness.FRESH) {
      return Observation.unseen(s.quality(Origin.CONTROLLER));
    }
    LinkState link = s.now().status().link();
    String text =
        switch (link) {
          case UP -> "";
          case STALE -> "The charger's values stand still";
          case CONNECTING, DOWN -> "The charger cannot be reached";
        };
    String why = s.now().status().reason();
    return link == LinkState.UP
        ? Observation.NORMAL
        : Observation.of(
            List.of(new Cause("LOST", spec.severity(), text + (why.isBlank() ? "." : ": " + why))));
  }

  private static Observation fallback(Sight s, AlarmSpec spec, Predicate<String> counts) {
    if (s.freshness() != Freshness.FRESH) {
      return Observation.of(
          List.of(
              new Cause(
                  "QUIET",
                  Math.min(1000, spec.severity() + 200),
                  "The control loop has not been heard of for several periods.")));
    }
    DecisionSource source = s.now().decision().source();
    boolean charging = s.now().session().phase() == SessionPhase.CHARGING;
    return charging && FALLBACKS.contains(source)
        ? Observation.of(
            List.of(
                new Cause(
                    "FALLBACK",
                    spec.severity(),
                    "Not the policy decides but the fallback " + source + ".")))
        : Observation.NORMAL;
  }

  private static Observation estimator(Sight s, AlarmSpec spec, Predicate<String> counts) {
    AlarmQuality quality = s.quality(Origin.CHARGER);
    if (quality != AlarmQuality.GOOD) {
      return Observation.unseen(quality);
    }
    CellEstimate e = s.now().estimate();
    boolean usable = e != null && e.valid();
    return usable || !s.isUnderWay() || !s.now().status().vehicleConnected()
        ? Observation.NORMAL
        : Observation.of(
            List.of(
                new Cause(
                    "NOT_VALID",
                    spec.severity(),
                    "The estimator's numbers may not be used; only little current is allowed.")));
  }

  private static Observation guard(Sight s, AlarmSpec spec, Predicate<String> counts) {
    if (s.freshness() != Freshness.FRESH) {
      return Observation.unseen(s.quality(Origin.CONTROLLER));
    }
    ChargerSnapshot.Reasons reasons = s.now().reasons();
    return reasons.guardTripped() && s.now().status().vehicleConnected()
        ? Observation.of(
            List.of(new Cause(reasons.guardReason(), spec.severity(), reasons.guardText())))
        : Observation.NORMAL;
  }

  private static Observation temperature(Sight s, AlarmSpec spec, Predicate<String> counts) {
    double limit = s.now().limits().maxTemperatureKelvin();
    return limited(
        s,
        Origin.MEASURED,
        new Bands(Double.NaN, Double.NaN, limit + WARM_KELVIN, limit + HOT_KELVIN, 0.3),
        s.view().measured().maxCellTemperatureKelvin(),
        (bands, value) -> bands.causes(value, "The hottest cell", "K", spec.severity(), counts));
  }

  private static Observation voltage(Sight s, AlarmSpec spec, Predicate<String> counts) {
    double limit = s.now().limits().maxVoltageVolts();
    return limited(
        s,
        Origin.MEASURED,
        new Bands(Double.NaN, Double.NaN, limit + HIGH_VOLTS, limit + TOO_HIGH_VOLTS, 0.005),
        s.view().measured().maxCellVoltageVolts(),
        (bands, value) -> bands.causes(value, "The highest cell", "V", spec.severity(), counts));
  }

  private static Observation anode(Sight s, AlarmSpec spec, Predicate<String> counts) {
    double margin = s.now().limits().minAnodePotentialVolts();
    Bands bands =
        new Bands(
            margin - FAR_BELOW_BOUND_VOLTS,
            margin - BELOW_BOUND_VOLTS,
            Double.NaN,
            Double.NaN,
            0.001);
    if (s.now().session().phase() != SessionPhase.CHARGING && s.freshness() == Freshness.FRESH) {
      // Without a current the bound says how sure the estimator is, not what the charge does.
      return Observation.of(List.of(), bands);
    }
    return limited(
        s,
        Origin.ESTIMATE,
        bands,
        s.view().estimated(CellEstimate::anodePotentialLowerBoundVolts),
        (b, value) -> b.causes(value, "The anode potential's bound", "V", spec.severity(), counts));
  }

  /** What a value says about its limits. */
  @FunctionalInterface
  private interface Judge {
    List<Cause> causes(Bands bands, double value);
  }

  /** A value against its limits; without one of them there is nothing to see. */
  private static Observation limited(
      Sight s, Origin origin, Bands bands, double value, Judge judge) {
    AlarmQuality quality = s.quality(origin);
    boolean known = Double.isFinite(value) && s.quality(Origin.LIMIT) != AlarmQuality.BAD;
    if (quality != AlarmQuality.GOOD || !known) {
      return Observation.unseen(quality == AlarmQuality.GOOD ? AlarmQuality.BAD : quality);
    }
    return Observation.of(judge.causes(bands, value), bands);
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
