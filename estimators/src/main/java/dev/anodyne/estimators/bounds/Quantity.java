package dev.anodyne.estimators.bounds;

/** What an estimator says about the battery's weakest cell. */
public enum Quantity {
  /** Anode potential at the separator, V against Li/Li⁺. */
  ANODE_POTENTIAL("Anode potential [V]"),
  /** Electrode mean of the anode's surface stoichiometry. */
  ANODE_SURFACE("Anode surface stoichiometry"),
  /** Anode's surface stoichiometry next to the separator. */
  ANODE_SURFACE_AT_SEPARATOR("Anode surface stoichiometry at separator"),
  /** Electrode mean of the cathode's surface stoichiometry. */
  CATHODE_SURFACE("Cathode surface stoichiometry"),
  /** Volume mean of the anode's stoichiometry. */
  ANODE_MEAN("Anode stoichiometry"),
  /** Volume mean of the cathode's stoichiometry. */
  CATHODE_MEAN("Cathode stoichiometry"),
  /** State of charge: mean over the pack's cells, each within its own window, 0–1. */
  SOC("State of charge"),
  /** Core temperature, K. */
  CORE_TEMPERATURE("Core temperature [K]");

  private final String title;

  Quantity(String title) {
    this.title = title;
  }

  /** The name in files and tables, with the unit. */
  public String title() {
    return title;
  }

  /** Number of quantities. */
  public static int count() {
    return values().length;
  }
}
