package dev.anodyne.estimators.network;

/** What a network answers, in the order of its outputs, with the unit that one output counts in. */
public enum Target {
  /** Anode potential of the lowest cell (augmented: minus the twin's), V. */
  ANODE_POTENTIAL(0.010),
  /** Electrode mean of the anode's surface stoichiometry (augmented: minus the twin's). */
  ANODE_SURFACE(0.01),
  /** Anode surface stoichiometry at the separator (augmented: minus the twin's). */
  ANODE_SURFACE_AT_SEPARATOR(0.01),
  /** Electrode mean of the cathode's surface stoichiometry (augmented: minus the twin's). */
  CATHODE_SURFACE(0.01),
  /** Mean state of charge of the pack's cells (augmented: minus the twin's). */
  SOC(0.01),
  /** The quantile of ANODE_POTENTIAL that only a small share of the truth lies below, V. */
  ANODE_POTENTIAL_QUANTILE(0.010),
  /** Volume mean of the anode's stoichiometry; only informed networks answer it. */
  ANODE_MEAN(0.01),
  /** Volume mean of the cathode's stoichiometry; only informed networks answer it. */
  CATHODE_MEAN(0.01);

  private final double unit;

  Target(double unit) {
    this.unit = unit;
  }

  /** Physical size of an output of 1. */
  public double unit() {
    return unit;
  }

  /** Number of outputs that every network has: those before {@link #ANODE_MEAN}. */
  public static int count() {
    return ANODE_MEAN.ordinal();
  }
}
