package dev.anodyne.opcua.server.station;

import dev.anodyne.core.charging.Measurement;
import java.time.Instant;
import org.eclipse.milo.opcua.stack.core.StatusCodes;

/**
 * What the values of the station itself are taken from.
 *
 * @param time when the newest of its chargers was heard of
 * @param chargers how many there are
 * @param heard how many of them have a measurement that is good
 * @param charging how many of them charge
 * @param deliveredWatts power into the batteries of those that are heard, W
 * @param limitWatts the station's power limit, W; never above the range
 */
record StationView(
    Instant time, int chargers, int heard, int charging, double deliveredWatts, double limitWatts) {

  /** Before anything has been heard. */
  static StationView empty(int chargers, Instant time) {
    return new StationView(time, chargers, 0, 0, 0, ChargerModel.MOST_WATTS);
  }

  /** The same with one more charger. */
  StationView with(ChargerSnapshot s, Freshness freshness) {
    boolean good = Origin.MEASURED.status(s, freshness) == StatusCodes.Good;
    Measurement m = s.status().measurement();
    boolean charges = freshness != Freshness.GONE && s.session().phase().isFlowing();
    return new StationView(
        s.time().isAfter(time) ? s.time() : time,
        chargers,
        heard + (good ? 1 : 0),
        charging + (charges ? 1 : 0),
        deliveredWatts + (good ? m.voltageVolts() * m.chargeCurrentAmps() : 0),
        Math.min(limitWatts, s.orders().stationPowerLimitWatts()));
  }

  /** The status of a value of an origin. */
  long status(Origin origin) {
    if (origin != Origin.MEASURED || heard == chargers) {
      return StatusCodes.Good;
    }
    return heard == 0 ? StatusCodes.Bad_NoCommunication : StatusCodes.Uncertain_SubNormal;
  }
}
