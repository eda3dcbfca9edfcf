package dev.anodyne.estimators.bounds;

/**
 * What tells whether a moment is like those that were calibrated with: conditions, how well the
 * model explains the voltage, and what the battery seems to have become.
 */
public enum Signal {
  /** Temperature of the coldest cell; counted in tens of kelvin. */
  TEMPERATURE("Temperature [K]", 10.0),
  /** Charge rate; counted in multiples of the nominal capacity an hour. */
  C_RATE("C-rate [h-1]", 1.0),
  /** Root mean square over a minute of the innovation over its predicted deviation. */
  INNOVATION("Normalised innovation", 1.0),
  /** Logarithm of the active material left; counted in the deviations of its kind. */
  ANODE_MATERIAL("Anode material (log)", 0.04),
  CATHODE_MATERIAL("Cathode material (log)", 0.04),
  /** Share of the lithium lost. */
  LITHIUM_LOSS("Lost lithium", 0.04),
  SERIES_RESISTANCE("Series resistance [Ohm.A.h]", 0.008),
  /** Logarithms of factors. */
  ANODE_DIFFUSIVITY("Anode diffusivity (log)", 0.15),
  CATHODE_DIFFUSIVITY("Cathode diffusivity (log)", 0.15),
  ANODE_EXCHANGE("Anode exchange current (log)", 0.15),
  CATHODE_EXCHANGE("Cathode exchange current (log)", 0.15),
  CONDUCTIVITY("Conductivity (log)", 0.15),
  ELECTROLYTE_DIFFUSIVITY("Electrolyte diffusivity (log)", 0.15);

  private final String title;
  private final double unit;

  Signal(String title, double unit) {
    this.title = title;
    this.unit = unit;
  }

  /** The name in files, with the unit. */
  public String title() {
    return title;
  }

  /** How far outside the range counts as 1. */
  public double unit() {
    return unit;
  }

  /** Number of signals. */
  public static int count() {
    return values().length;
  }
}
