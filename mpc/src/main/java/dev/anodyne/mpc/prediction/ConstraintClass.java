package dev.anodyne.mpc.prediction;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.p2d.P2dRollout.Output;

/** The soft limits of a charge: one slack each. */
public enum ConstraintClass {
  ANODE_POTENTIAL(Output.ANODE_POTENTIAL, false, 1e3, ActiveConstraint.ANODE_POTENTIAL),
  VOLTAGE(Output.VOLTAGE, true, 1e3, ActiveConstraint.VOLTAGE),
  TEMPERATURE(Output.TEMPERATURE, true, 10.0, ActiveConstraint.TEMPERATURE),
  STOICHIOMETRY(
      Output.ANODE_SURFACE_STOICHIOMETRY_AT_SEPARATOR, true, 1e3, ActiveConstraint.STOICHIOMETRY),
  ELECTROLYTE(Output.ELECTROLYTE_AT_ANODE_COLLECTOR, false, 0.1, ActiveConstraint.ELECTROLYTE);

  private static final ConstraintClass[] ALL = values();

  private final Output output;
  private final boolean upper;
  private final double scale;
  private final ActiveConstraint constraint;

  ConstraintClass(Output output, boolean upper, double scale, ActiveConstraint constraint) {
    this.output = output;
    this.upper = upper;
    this.scale = scale;
    this.constraint = constraint;
  }

  /** The class of an index, 0 … count − 1. */
  public static ConstraintClass at(int index) {
    return ALL[index];
  }

  /** How many there are. */
  public static int count() {
    return ALL.length;
  }

  /** The model's output that is limited. */
  public Output output() {
    return output;
  }

  /** +1 for an upper limit, −1 for a lower one: sign·(value − limit) ≤ 0. */
  public double sign() {
    return upper ? 1.0 : -1.0;
  }

  /** From the output's unit to the slack's: mV, 0.1 K, 0.001, 10 mol/m³. */
  public double scale() {
    return scale;
  }

  /** The word for it in a decision. */
  public ActiveConstraint constraint() {
    return constraint;
  }
}
