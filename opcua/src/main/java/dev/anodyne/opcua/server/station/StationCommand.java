package dev.anodyne.opcua.server.station;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a client may ask a station for. Values have been checked against their ranges. */
public sealed interface StationCommand {
  /** Whom it is for; null for the station as a whole. */
  @Nullable String charger();

  /** Begin a new charge. */
  record StartCharging(String charger) implements StationCommand {}

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

  /** Do not pass this power of all chargers together, W. */
  record SetStationPowerLimit(double watts) implements StationCommand {
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
