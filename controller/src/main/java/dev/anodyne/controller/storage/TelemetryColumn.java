package dev.anodyne.controller.storage;

/**
 * A number that is kept with every decision of a charge. The order is that of the table's columns
 * and of {@link Sample#values}; it must never change, new ones are added at the end.
 */
public enum TelemetryColumn {
  /** Current of one cell, A. */
  CELL_CURRENT("cell_current_a", "Current [A]", true),
  /** Highest cell voltage, V. */
  CELL_VOLTAGE("max_cell_voltage_v", "Voltage [V]", true),
  /** Lowest cell voltage, V. */
  MIN_CELL_VOLTAGE("min_cell_voltage_v", "Lowest cell voltage [V]", true),
  /** Highest cell temperature, K. */
  TEMPERATURE("max_temperature_k", "Temperature [K]", true),
  /** Lowest cell temperature, K. */
  MIN_TEMPERATURE("min_temperature_k", "Lowest temperature [K]", false),
  /** Current into the battery, A. */
  PACK_CURRENT("pack_current_a", "Pack current [A]", false),
  /** Voltage at the battery's terminals, V. */
  PACK_VOLTAGE("pack_voltage_v", "Pack voltage [V]", false),
  /** Power into the battery, W. */
  PACK_POWER("pack_power_w", "Pack power [W]", true),
  /** Estimated state of charge, 0–1. */
  SOC("soc", "State of charge", true),
  /** Estimated anode potential, V against Li/Li⁺. */
  ANODE_POTENTIAL("anode_potential_v", "Estimated anode potential [V]", true),
  /** Its calibrated lower bound, V. */
  ANODE_POTENTIAL_BOUND("anode_potential_bound_v", "Anode potential lower bound [V]", true),
  /** Electrode mean of the anode's surface stoichiometry. */
  ANODE_SURFACE("anode_surface_stoichiometry", "Anode surface stoichiometry", false),
  /** The same next to the separator. */
  ANODE_SURFACE_SEPARATOR(
      "anode_surface_stoichiometry_separator", "Anode surface stoichiometry at separator", false),
  /** Electrode mean of the cathode's surface stoichiometry. */
  CATHODE_SURFACE("cathode_surface_stoichiometry", "Cathode surface stoichiometry", false),
  /** Estimated core temperature, K. */
  CORE_TEMPERATURE("core_temperature_k", "Core temperature [K]", false),
  /** Filtered difference measured minus twin voltage, V. */
  VOLTAGE_BIAS("voltage_bias_v", "Voltage bias [V]", false),
  /** What the policy wanted for one cell, A. */
  WANTED_CURRENT("wanted_current_a", "Wanted current [A]", false),
  /** What the guard allowed for the battery, A. */
  GUARD_CURRENT("guard_pack_current_a", "Guard's pack current [A]", false),
  /** What was commanded to the charger, A. */
  COMMANDED_CURRENT("commanded_pack_current_a", "Commanded pack current [A]", false),
  /** Voltage that the charger was told not to pass, V. */
  VOLTAGE_CEILING("commanded_pack_ceiling_v", "Pack voltage ceiling [V]", false),
  /** Heat commanded to heater and cooler, W. */
  HEAT("commanded_heat_w", "Heat [W]", false),
  /** Limit in force of one cell's current, A. */
  CURRENT_LIMIT("current_limit_a", "Current limit [A]", false),
  /** Limit in force of one cell's power, W; nothing when there is none. */
  POWER_LIMIT("power_limit_w", "Power limit [W]", false),
  /** Time that the policy took, ms. */
  SOLVE_TIME("solve_ms", "Solve time [ms]", true),
  /** Time that the estimator took, ms. */
  ESTIMATE_TIME("estimate_ms", "Estimate time [ms]", false),
  /** Time from the status image to the decision, ms. */
  CYCLE_TIME("cycle_ms", "Cycle time [ms]", false);

  private final String column;
  private final String header;
  private final boolean extremes;

  TelemetryColumn(String column, String header, boolean extremes) {
    this.column = column;
    this.header = header;
    this.extremes = extremes;
  }

  /** Its name in the database, with the unit. */
  public String column() {
    return column;
  }

  /** Its name in exported files, with the unit. */
  public String header() {
    return header;
  }

  /** Whether a minute's lowest and highest are kept beside the mean. */
  public boolean hasExtremes() {
    return extremes;
  }
}
