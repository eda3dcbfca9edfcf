package dev.anodyne.controller.station;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What operators have asked of one charger. Immutable.
 *
 * @param powerLimitWatts of this charger, W; +∞ without
 * @param stationLimitWatts of all chargers together, W; +∞ without
 * @param shareWatts this charger's share of it, W; +∞ without
 * @param departure when the vehicle of the next charge leaves; null when nobody has said
 * @param departureSoc what it is to have then, 0–1
 * @param emergencyStopped stopped until reset
 * @param faultHeld a fault needs a person and has not been reset
 * @param acknowledgedBy who has seen stop or fault; empty when nobody has
 */
record Orders(
    double powerLimitWatts,
    double stationLimitWatts,
    double shareWatts,
    @Nullable Instant departure,
    double departureSoc,
    boolean emergencyStopped,
    boolean faultHeld,
    String acknowledgedBy) {
  static final Orders NONE =
      new Orders(
          Double.POSITIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          Double.POSITIVE_INFINITY,
          null,
          Double.NaN,
          false,
          false,
          "");

  /** The power that is not to be passed, W. */
  double capWatts() {
    return Math.min(powerLimitWatts, shareWatts);
  }

  /** Whether something waits for a person. */
  boolean isHeld() {
    return emergencyStopped || faultHeld;
  }

  Orders withPowerLimit(double watts) {
    return new Orders(
        watts,
        stationLimitWatts,
        shareWatts,
        departure,
        departureSoc,
        emergencyStopped,
        faultHeld,
        acknowledgedBy);
  }

  Orders withStationLimit(double watts, int chargers) {
    return new Orders(
        powerLimitWatts,
        watts,
        watts / chargers,
        departure,
        departureSoc,
        emergencyStopped,
        faultHeld,
        acknowledgedBy);
  }

  /** The station's limit is shared by budgets: it is only shown here. */
  Orders withSharedLimit(double watts) {
    return new Orders(
        powerLimitWatts,
        watts,
        Double.POSITIVE_INFINITY,
        departure,
        departureSoc,
        emergencyStopped,
        faultHeld,
        acknowledgedBy);
  }

  Orders withDeparture(@Nullable Instant time, double soc) {
    return new Orders(
        powerLimitWatts,
        stationLimitWatts,
        shareWatts,
        time,
        soc,
        emergencyStopped,
        faultHeld,
        acknowledgedBy);
  }

  /** A new stop or fault has been seen by nobody; one that is known stays as it is. */
  Orders held(boolean stop, boolean fault) {
    boolean isNew = (stop && !emergencyStopped) || (fault && !faultHeld);
    return new Orders(
        powerLimitWatts,
        stationLimitWatts,
        shareWatts,
        departure,
        departureSoc,
        emergencyStopped || stop,
        faultHeld || fault,
        isNew ? "" : acknowledgedBy);
  }

  Orders acknowledged(String user) {
    return new Orders(
        powerLimitWatts,
        stationLimitWatts,
        shareWatts,
        departure,
        departureSoc,
        emergencyStopped,
        faultHeld,
        user);
  }

  Orders reset() {
    return new Orders(
        powerLimitWatts, stationLimitWatts, shareWatts, departure, departureSoc, false, false, "");
  }
}
