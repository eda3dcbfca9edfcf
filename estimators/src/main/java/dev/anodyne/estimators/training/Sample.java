package dev.anodyne.estimators.training;

import dev.anodyne.estimators.twin.TwinColumns;
import java.util.ArrayList;
import java.util.List;

/**
 * What is kept of every step of a session: what the sensors read (NaN during a drop-out), the truth
 * of the cell with the lowest anode potential, and whether the twin had an answer; the twin's
 * {@link TwinColumns} follow. Signs and units are those of the command line.
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
  CATHODE("Cathode stoichiometry"),
  TWIN_ANSWERED("Twin has an answer (1 yes)"),
  TWIN_SOC("Twin state of charge");

  private final String title;

  Sample(String title) {
    this.title = title;
  }

  /** The column's name in files. */
  String title() {
    return title;
  }

  /** Numbers that are kept of a step, the twin's signals included. */
  static int width() {
    return values().length + TwinColumns.count();
  }

  /** Names of all columns, in order. */
  static List<String> titles() {
    List<String> all = new ArrayList<>();
    for (Sample s : values()) {
      all.add(s.title);
    }
    all.addAll(TwinColumns.titles());
    return all;
  }
}
