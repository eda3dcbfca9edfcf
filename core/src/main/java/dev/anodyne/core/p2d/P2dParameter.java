package dev.anodyne.core.p2d;

/**
 * What the discrete model can be differentiated with respect to. Factors multiply a quantity of the
 * cell and are 1 for the cell as it is; the others are in the unit stated. Derivatives are taken at
 * the model's own values, everything else of model and start held fixed.
 */
public enum P2dParameter {
  /** Factor on the anode's exchange current. */
  ANODE_EXCHANGE("1"),
  /** Factor on the cathode's exchange current. */
  CATHODE_EXCHANGE("1"),
  /** Factor on the anode's solid diffusivity. */
  ANODE_DIFFUSIVITY("1"),
  /** Factor on the cathode's solid diffusivity. */
  CATHODE_DIFFUSIVITY("1"),
  /** Factor on the electrolyte's diffusivity. */
  ELECTROLYTE_DIFFUSIVITY("1"),
  /** Factor on the electrolyte's conductivity. */
  ELECTROLYTE_CONDUCTIVITY("1"),
  /**
   * Factor on the anode's active fraction at the stoichiometries of the start: capacity and
   * particle surface. Losing material means a factor below 1.
   */
  ANODE_ACTIVE_FRACTION("1"),
  /** The same of the cathode. */
  CATHODE_ACTIVE_FRACTION("1"),
  /**
   * Factor on the electrode area with all extensive properties (capacity, heat capacity, cooling,
   * conductance of the series resistance): a cell of another size at the same current.
   */
  CAPACITY("1"),
  /** Ohmic resistance outside the electrodes, Ω. */
  SERIES_RESISTANCE("Ω"),
  /** Film resistance of the anode's particles added to that of the SEI, Ω·m² of surface. */
  FILM_RESISTANCE("Ω·m²"),
  /** Factor on the SEI's resistivity; without effect when the model has no SEI. */
  SEI_RESISTIVITY("1"),
  /** Factor on the growth rate of the SEI; without effect when the model has no SEI. */
  SEI_RATE("1"),
  /** Factor on the rate constant of plating; without effect when the model has none. */
  PLATING_RATE("1"),
  /** Factor on the heat transfer coefficient; without effect when isothermal. */
  HEAT_TRANSFER("1"),
  /** Factor on the heat capacity; without effect when isothermal. */
  HEAT_CAPACITY("1"),
  /** Ambient temperature, K; when isothermal the cell's own. */
  AMBIENT_TEMPERATURE("K"),
  /** Temperature of the start, K; without effect when isothermal. */
  INITIAL_TEMPERATURE("K"),
  /** Lithium moved from cathode to anode at the start, state of charge 0–1. */
  INITIAL_SOC("1"),
  /**
   * Stoichiometry of the anode at the start, profiles keeping their shape. The lithium inventory is
   * the two electrodes' stoichiometries times their site capacities.
   */
  INITIAL_ANODE_STOICHIOMETRY("1"),
  /** Stoichiometry of the cathode at the start. */
  INITIAL_CATHODE_STOICHIOMETRY("1");

  private static final P2dParameter[] ALL = values();

  private final String unit;

  P2dParameter(String unit) {
    this.unit = unit;
  }

  /** The parameter's unit; 1 for factors and shares. */
  public String unit() {
    return unit;
  }

  /** All of them, without a copy. */
  static P2dParameter at(int ordinal) {
    return ALL[ordinal];
  }

  static int count() {
    return ALL.length;
  }
}
