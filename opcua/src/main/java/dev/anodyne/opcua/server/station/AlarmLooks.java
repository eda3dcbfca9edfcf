package dev.anodyne.opcua.server.station;

import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.opcua.server.alarm.AlarmQuality;
import dev.anodyne.opcua.server.alarm.AlarmSpec;
import dev.anodyne.opcua.server.alarm.Bands;
import dev.anodyne.opcua.server.alarm.Cause;
import dev.anodyne.opcua.server.alarm.Observation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How the sources of a charger's alarms are seen. Limits are those at which the guard acts, so that
 * an alarm and a lower current have the same reason.
 */
final class AlarmLooks {
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

  private AlarmLooks() {}

  static Observation emergencyStop(AlarmModel.Sight s, AlarmSpec spec, Predicate<String> counts) {
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

  static Observation faults(AlarmModel.Sight s, AlarmSpec spec, List<ChargerFault> watched) {
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

  static Observation link(AlarmModel.Sight s, AlarmSpec spec, Predicate<String> counts) {
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

  static Observation fallback(AlarmModel.Sight s, AlarmSpec spec, Predicate<String> counts) {
    if (s.freshness() != Freshness.FRESH) {
      return Observation.of(
          List.of(
              new Cause(
                  "QUIET",
                  Math.min(1000, spec.severity() + 200),
                  "The control loop has not been heard of for several periods.")));
    }
    DecisionSource source = s.now().decision().source();
    boolean charging = s.now().session().phase().isFlowing();
    return charging && FALLBACKS.contains(source)
        ? Observation.of(
            List.of(
                new Cause(
                    "FALLBACK",
                    spec.severity(),
                    "Not the policy decides but the fallback " + source + ".")))
        : Observation.NORMAL;
  }

  static Observation estimator(AlarmModel.Sight s, AlarmSpec spec, Predicate<String> counts) {
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

  static Observation guard(AlarmModel.Sight s, AlarmSpec spec, Predicate<String> counts) {
    if (s.freshness() != Freshness.FRESH) {
      return Observation.unseen(s.quality(Origin.CONTROLLER));
    }
    ChargerSnapshot.Reasons reasons = s.now().reasons();
    return reasons.guardTripped() && s.now().status().vehicleConnected()
        ? Observation.of(
            List.of(new Cause(reasons.guardReason(), spec.severity(), reasons.guardText())))
        : Observation.NORMAL;
  }

  static Observation temperature(AlarmModel.Sight s, AlarmSpec spec, Predicate<String> counts) {
    double limit = s.now().limits().maxTemperatureKelvin();
    return limited(
        s,
        Origin.MEASURED,
        new Bands(Double.NaN, Double.NaN, limit + WARM_KELVIN, limit + HOT_KELVIN, 0.3),
        s.view().measured().maxCellTemperatureKelvin(),
        (bands, value) -> bands.causes(value, "The hottest cell", "K", spec.severity(), counts));
  }

  static Observation voltage(AlarmModel.Sight s, AlarmSpec spec, Predicate<String> counts) {
    double limit = s.now().limits().maxVoltageVolts();
    return limited(
        s,
        Origin.MEASURED,
        new Bands(Double.NaN, Double.NaN, limit + HIGH_VOLTS, limit + TOO_HIGH_VOLTS, 0.005),
        s.view().measured().maxCellVoltageVolts(),
        (bands, value) -> bands.causes(value, "The highest cell", "V", spec.severity(), counts));
  }

  static Observation anode(AlarmModel.Sight s, AlarmSpec spec, Predicate<String> counts) {
    double margin = s.now().limits().minAnodePotentialVolts();
    Bands bands =
        new Bands(
            margin - FAR_BELOW_BOUND_VOLTS,
            margin - BELOW_BOUND_VOLTS,
            Double.NaN,
            Double.NaN,
            0.001);
    if (!s.now().session().phase().isFlowing() && s.freshness() == Freshness.FRESH) {
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
      AlarmModel.Sight s, Origin origin, Bands bands, double value, Judge judge) {
    AlarmQuality quality = s.quality(origin);
    boolean known = Double.isFinite(value) && s.quality(Origin.LIMIT) != AlarmQuality.BAD;
    if (quality != AlarmQuality.GOOD || !known) {
      return Observation.unseen(quality == AlarmQuality.GOOD ? AlarmQuality.BAD : quality);
    }
    return Observation.of(judge.causes(bands, value), bands);
  }
}
