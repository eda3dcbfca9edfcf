package dev.anodyne.estimators.training;

/**
 * What is kept of every step of a session: what the sensors read (NaN during a drop-out), then the
 * truth of the cell with the lowest anode potential. Signs and units are those of the command line.
 */
enum Sample {
  SECONDS("Time [s]"),
  MEASURED_AMPS("Measured current [A]"),
  MEASURED_VOLTS("Measured pack voltage [V]"),
  MEASURED_MIN_VOLTS("Measured lowest cell voltage [V]"),
  MEASURED_MAX_VOLTS("Measured highest cell voltage [V]"),
  MEASURED_KELVIN("Measured mean temperature [K]"),
  MEASURED_MIN_KELVIN("Measured lowest cell temperature [K]"),
  MEASURED_MAX_KELVIN("Measured highest cell temperature [K]"),
  AMPS("Current [A]"),
  VOLTS("Voltage [V]"),
  KELVIN("Temperature [K]"),
  SOC("State of charge"),
  MEAN_SOC("Mean state of charge"),
  ANODE_POTENTIAL("Anode potential [V]"),
  ANODE_SURFACE_AT_SEPARATOR("Anode surface stoichiometry at separator"),
  ANODE_SURFACE("Anode surface stoichiometry"),
  CATHODE_SURFACE("Cathode surface stoichiometry"),
  ANODE("Anode stoichiometry"),
  CATHODE("Cathode stoichiometry");

  private final String title;

  Sample(String title) {
    this.title = title;
  }

  /** The column's name in files. */
  String title() {
    return title;
  }
}
