package dev.anodyne.estimators.training;

/** The conditions of a session that are numbers: columns of the table of sessions. */
enum Condition {
  CELLS_IN_SERIES("Cells in series"),
  REFERENCE("Reference charge (1 yes)"),
  AGED("Aged (1 yes)"),
  AMBIENT_KELVIN("Ambient temperature [K]"),
  HEAT_TRANSFER("Heat transfer [W.m-2.K-1]"),
  HEAT_TRANSFER_BELIEVED("Believed heat transfer [W.m-2.K-1]"),
  INITIAL_SOC("Initial state of charge"),
  TARGET_SOC("Target state of charge"),
  TWIN_INITIAL_SOC("Initial state of charge given to the twin (NaN none)"),
  REST_SECONDS("Rest before the charge [s]"),
  HIGHEST_RATE("Highest wanted C-rate [h-1]"),
  CELL_SPREAD("Cell spread (1 production lot)"),
  IDENTIFIED_SESSIONS("Sessions that the twin is identified from"),
  IDENTIFIED_RESIDUAL("Voltage residual of the identification [V]"),
  IDENTIFIED_PARAMETERS("Parameters determined by the identification"),
  IDENTIFIED_VARIANCE_LEFT("Variance left by the identification"),
  CAPACITY_FACTOR("Capacity factor"),
  RESISTANCE_OHM("Added resistance [Ohm]"),
  ANODE_DIFFUSIVITY_FACTOR("Anode diffusivity factor"),
  CATHODE_DIFFUSIVITY_FACTOR("Cathode diffusivity factor"),
  ANODE_EXCHANGE_FACTOR("Anode exchange current factor"),
  CATHODE_EXCHANGE_FACTOR("Cathode exchange current factor"),
  CONDUCTIVITY_FACTOR("Electrolyte conductivity factor"),
  ELECTROLYTE_DIFFUSIVITY_FACTOR("Electrolyte diffusivity factor"),
  LITHIUM_LOSS("Loss of lithium inventory"),
  ANODE_LOSS("Loss of anode material"),
  CATHODE_LOSS("Loss of cathode material"),
  HEAT_TRANSFER_FACTOR("Heat transfer factor"),
  SEI_GROWTH_METRES("SEI growth [m]"),
  VOLTAGE_BIAS("Voltage bias [V]"),
  CURRENT_GAIN("Current sensor gain"),
  TEMPERATURE_BIAS("Temperature bias [K]"),
  VOLTAGE_RESOLUTION("Voltage resolution [V]"),
  CURRENT_RESOLUTION("Current resolution [A]"),
  TEMPERATURE_RESOLUTION("Temperature resolution [K]"),
  SENSOR_DELAY("Sensor delay [s]"),
  DROP_OUT_PROBABILITY("Drop-out probability"),
  RIPPLE_AMPS("Ripple amplitude [A]");

  private final String column;

  Condition(String column) {
    this.column = column;
  }

  String column() {
    return column;
  }
}
