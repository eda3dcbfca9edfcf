package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.server.alarm.AlarmKind;
import dev.anodyne.opcua.server.alarm.AlarmQuality;
import dev.anodyne.opcua.server.alarm.AlarmSpec;
import dev.anodyne.opcua.server.alarm.Bands;
import dev.anodyne.opcua.server.alarm.Cause;
import dev.anodyne.opcua.server.alarm.LimitLevel;
import dev.anodyne.opcua.server.alarm.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/** The alarms of the station itself. */
final class StationAlarmModel {
  /** Chargers follow a new limit within their ramps; below this much nothing is said, W. */
  private static final double SLACK_WATTS = 500;

  private static final double SLACK_SHARE = 0.02;
  private static final double FAR_SHARE = 0.10;

  static final Duration SOON = Duration.ofDays(30);
  private static final Duration VERY_SOON = Duration.ofDays(7);

  /** All alarms of the station, in the order of display. */
  static final List<AlarmWatch<Sight>> STATION =
      List.of(
          new AlarmWatch<>(
              AlarmModel.limit(
                  "GridPowerLimit",
                  600,
                  10,
                  10,
                  EnumSet.of(LimitLevel.HIGH, LimitLevel.HIGH_HIGH),
                  "GridConnection.DeliveredPower",
                  "All batteries together get 2 % + 500 W (High) or 10 % + 500 W (HighHigh) more"
                      + " than the station's power limit. Deadband 250 W."),
              StationAlarmModel::power),
          new AlarmWatch<>(
              new AlarmSpec(
                  "CertificateExpiring",
                  AlarmKind.CERTIFICATE_EXPIRATION,
                  AlarmSpec.Topic.MAINTENANCE,
                  300,
                  Duration.ZERO,
                  Duration.ZERO,
                  false,
                  false,
                  Set.of(),
                  "",
                  "The server's certificate ends within 30 days; severity 600 within 7 days, 900"
                      + " when it has ended."),
              StationAlarmModel::certificate));

  /**
   * The station as its alarms see it.
   *
   * @param expires end of the server's certificate, UTC
   * @param now UTC
   */
  record Sight(StationView view, Instant expires, Instant now) {}

  private StationAlarmModel() {}

  private static Observation power(Sight s, AlarmSpec spec, Predicate<String> counts) {
    if (new StatusCode(s.view().status(Origin.MEASURED)).isBad()) {
      return Observation.unseen(AlarmQuality.BAD);
    }
    double limit = s.view().limitWatts();
    if (limit >= ChargerModel.MOST_WATTS) {
      return Observation.NORMAL;
    }
    Bands bands =
        new Bands(
            Double.NaN,
            Double.NaN,
            limit * (1 + SLACK_SHARE) + SLACK_WATTS,
            limit * (1 + FAR_SHARE) + SLACK_WATTS,
            SLACK_WATTS / 2);
    return Observation.of(
        bands.causes(s.view().deliveredWatts(), "The power", "W", spec.severity(), counts), bands);
  }

  private static Observation certificate(Sight s, AlarmSpec spec, Predicate<String> counts) {
    Duration left = Duration.between(s.now(), s.expires());
    List<Cause> causes = new ArrayList<>();
    String until = "The server's certificate ends at " + s.expires() + ".";
    if (left.compareTo(SOON) < 0) {
      causes.add(new Cause("SOON", spec.severity(), until));
    }
    if (left.compareTo(VERY_SOON) < 0) {
      causes.add(new Cause("VERY_SOON", Math.max(600, spec.severity()), "Renew it now."));
    }
    if (left.isNegative()) {
      causes.add(new Cause("ENDED", Math.max(900, spec.severity()), "It has ended."));
    }
    return Observation.of(causes);
  }
}
