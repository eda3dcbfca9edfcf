package dev.anodyne.controller.safety;

/** Why the guard allows less than was asked for. */
public enum GuardReason {
  /** Nothing was lowered. */
  NONE(false),
  /** The charger cannot be reached. */
  LINK_DOWN(true),
  /** The charger can be reached, but its values stand still. */
  LINK_STALE(true),
  /** No usable measurement has arrived, or its quality is not good. */
  NO_MEASUREMENT(true),
  /** The newest measurement is too old. */
  MEASUREMENT_OLD(true),
  /** A measured value is outside what is physically possible, or contradicts the others. */
  IMPLAUSIBLE(true),
  /** A measured value moved faster than a battery can. */
  JUMP(true),
  /** Every measured value has been exactly the same for too long while current flows. */
  FROZEN(true),
  /** The charger has not told yet what it can do. */
  CAPABILITIES_UNKNOWN(true),
  /** The vehicle's battery management has not told its limits yet, or they are not numbers. */
  BATTERY_LIMITS_UNKNOWN(true),
  /** No vehicle is connected. */
  NOT_CONNECTED(true),
  /** The charger reports a fault. */
  CHARGER_FAULT(true),
  /** A cell or the battery is above its voltage limit. */
  OVER_VOLTAGE(true),
  /** A cell is above its temperature limit. */
  OVER_TEMPERATURE(true),
  /** The measured current stays above the commanded one. */
  OVER_CURRENT(true),
  /** After one of the reasons above: fresh measurements and a new decision are awaited. */
  AWAITING_DECISION(false),
  /** The command's validity has ended and no new one has been decided. */
  COMMAND_EXPIRED(false),
  /** The command is not a number. */
  BAD_COMMAND(false),
  /** The vehicle's target current caps the command. */
  VEHICLE_CURRENT(false),
  /** The vehicle's power limit caps the command. */
  VEHICLE_POWER(false),
  /** The charger's current capability caps the command. */
  CHARGER_CURRENT(false),
  /** The charger's power capability caps the command. */
  CHARGER_POWER(false),
  /** The site's own current limit caps the command. */
  SITE_CURRENT(false),
  /** The command is raised no faster than the charger can follow. */
  RAMP(false),
  /** Close above a voltage limit the current is reduced in proportion. */
  VOLTAGE_DERATING(false),
  /** Close above a temperature limit the current is reduced in proportion. */
  TEMPERATURE_DERATING(false);

  private final boolean trip;

  GuardReason(boolean trip) {
    this.trip = trip;
  }

  /**
   * True for reasons that stop the current and keep it stopped until measurements newer than the
   * event and a decision made on them exist.
   */
  public boolean isTrip() {
    return trip;
  }

  /** True for reasons that leave no current at all. */
  public boolean stops() {
    return trip || this == AWAITING_DECISION || this == COMMAND_EXPIRED || this == BAD_COMMAND;
  }
}
