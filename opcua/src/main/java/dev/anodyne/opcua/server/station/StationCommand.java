package dev.anodyne.opcua.server.station;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a client may ask a station for. Values have been checked against their ranges. */
public sealed interface StationCommand {
  /** Whom it is for; null for the station as a whole. */
  @Nullable String charger();

  /** Begin a new charge. */
  record StartCharging(String charger) implements StationCommand {}

  /** Begin a new charge that is to be different from what is configured. */
  record StartOrder(String charger, Order order) implements StationCommand {}

  /**
   * Let the vehicle charge that is there or comes soon.
   *
   * @param who charges, for people; empty: who is logged in
   * @param battery which one it is; null when nobody says
   */
  record Authorise(String charger, String who, @Nullable Battery battery)
      implements StationCommand {}

  /**
   * What one charge is to be; what is not said is as configured. Values are not judged here.
   *
   * @param orderId the same order again begins nothing twice; empty without
   * @param departure UTC; null when it is not said
   * @param targetSoc 0–1; 0 when it is not said
   * @param goal empty when it is not said
   * @param battery null when it is not said
   */
  record Order(
      String orderId,
      @Nullable Instant departure,
      double targetSoc,
      String goal,
      @Nullable Battery battery) {}

  /**
   * Which battery somebody says is there.
   *
   * @param id empty when it is not said
   * @param cell name of a kind of cell; empty when it is not said
   * @param layout such as {@code 4s1p}; empty when it is not said
   * @param ageYears below 0 when nobody knows
   * @param equivalentFullCycles below 0 when nobody knows
   */
  record Battery(
      String id, String cell, String layout, double ageYears, double equivalentFullCycles) {
    boolean isUnsaid() {
      return id.isEmpty()
          && cell.isEmpty()
          && layout.isEmpty()
          && ageYears < 0
          && equivalentFullCycles < 0;
    }
  }

  /** End the charge. */
  record StopCharging(String charger, String reason) implements StationCommand {}

  /** Let another policy decide. */
  record SetPolicy(String charger, String policy) implements StationCommand {}

  /** Do not pass this power, W. */
  record SetPowerLimit(String charger, double watts) implements StationCommand {}

  /** End the charge at this state of charge, 0–1. */
  record SetTargetSoc(String charger, double soc) implements StationCommand {}

  /**
   * The vehicle leaves then, and is to have this state of charge.
   *
   * @param departure UTC; null when it is not known any more
   * @param targetSoc 0–1
   */
  record SetDeparture(String charger, @Nullable Instant departure, double targetSoc)
      implements StationCommand {}

  /** Somebody has seen the fault or stop. */
  record Acknowledge(String charger, String comment) implements StationCommand {}

  /** Undo an emergency stop, or leave a fault. */
  record Reset(String charger) implements StationCommand {}

  /** A request, never a safety function: stop, and do not start again until reset. */
  record EmergencyStopRequest(String charger, String reason) implements StationCommand {}

  /**
   * Do not pass this power of all chargers together, W.
   *
   * @param validForSeconds +∞ until it is taken back
   */
  record SetStationPowerLimit(double watts, double validForSeconds) implements StationCommand {
    /** Until it is taken back. */
    public SetStationPowerLimit(double watts) {
      this(watts, Double.POSITIVE_INFINITY);
    }

    @Override
    public @Nullable String charger() {
      return null;
    }
  }

  /** What the site's own battery holds, 0–1. */
  record TellSiteBattery(double soc) implements StationCommand {
    @Override
    public @Nullable String charger() {
      return null;
    }
  }

  /** What the site itself generates now, W. */
  record TellGeneration(double watts) implements StationCommand {
    @Override
    public @Nullable String charger() {
      return null;
    }
  }

  /** An emergency stop of every charger. */
  record StationEmergencyStopRequest(String reason) implements StationCommand {
    @Override
    public @Nullable String charger() {
      return null;
    }
  }
}
