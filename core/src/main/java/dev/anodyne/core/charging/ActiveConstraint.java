package dev.anodyne.core.charging;

/** Which limit explains the current. */
public enum ActiveConstraint {
  NONE,
  CURRENT,
  POWER,
  RAMP,
  VOLTAGE,
  ANODE_POTENTIAL,
  TEMPERATURE,
  STOICHIOMETRY,
  ELECTROLYTE,
  TARGET_SOC,
  /** A long-term plan: a departure, a tariff or care for the battery lets the charge wait. */
  SCHEDULE,
  VEHICLE,
  GUARD
}
