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
  VEHICLE,
  GUARD
}
