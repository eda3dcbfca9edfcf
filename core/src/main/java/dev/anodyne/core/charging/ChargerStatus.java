package dev.anodyne.core.charging;

import java.util.Set;

/**
 * One consistent image of charger and battery, as last heard.
 *
 * @param link whether the charger can be heard
 * @param measurement the newest sample; its quality is BAD before the first one and UNCERTAIN when
 *     it is older than the staleness limit
 * @param capabilities what the charger can do
 * @param batteryLimits what the vehicle's battery management asks for
 * @param vehicleConnected a battery is plugged in and ready
 * @param faults what the charger reports as wrong
 * @param reason a sentence for a person when the link is not up; empty otherwise
 * @param thermal what heats or cools the battery
 */
public record ChargerStatus(
    LinkState link,
    Measurement measurement,
    ChargerCapabilities capabilities,
    BatteryLimits batteryLimits,
    boolean vehicleConnected,
    Set<ChargerFault> faults,
    String reason,
    ThermalCapabilities thermal) {

  /** Without heater and cooler. */
  public ChargerStatus(
      LinkState link,
      Measurement measurement,
      ChargerCapabilities capabilities,
      BatteryLimits batteryLimits,
      boolean vehicleConnected,
      Set<ChargerFault> faults,
      String reason) {
    this(
        link,
        measurement,
        capabilities,
        batteryLimits,
        vehicleConnected,
        faults,
        reason,
        ThermalCapabilities.NONE);
  }

  /** Whether the charger can be heard. */
  public enum LinkState {
    /** Not connected yet. */
    CONNECTING,
    /** Connected, values arrive. */
    UP,
    /** Connected, but values stand still or are too old. */
    STALE,
    /** Not reachable. */
    DOWN
  }

  public ChargerStatus {
    faults = Set.copyOf(faults);
  }
}
