package dev.anodyne.estimators.network;

import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.estimators.bounds.Quantity;
import dev.anodyne.estimators.twin.TwinSignals;

/**
 * What a network answers, in the order of its outputs, with the unit that one output counts in. An
 * answer is a mean and a standard deviation: the first {@link #count()} outputs are the means, the
 * next as many the logarithms of the standard deviations.
 */
public enum Target {
  /** Anode potential of the lowest cell (augmented: minus the twin's), V. */
  ANODE_POTENTIAL(0.010),
  /** Electrode mean of the anode's surface stoichiometry (augmented: minus the twin's). */
  ANODE_SURFACE(0.01),
  /** Anode surface stoichiometry at the separator (augmented: minus the twin's). */
  ANODE_SURFACE_AT_SEPARATOR(0.01),
  /** Electrode mean of the cathode's surface stoichiometry (augmented: minus the twin's). */
  CATHODE_SURFACE(0.01),
  /** Volume mean of the anode's stoichiometry (augmented: minus the twin's). */
  ANODE_MEAN(0.01),
  /** Volume mean of the cathode's stoichiometry (augmented: minus the twin's). */
  CATHODE_MEAN(0.01),
  /** Mean state of charge of the pack's cells (augmented: minus the twin's). */
  SOC(0.01),
  /**
   * Core temperature of the cell with the lowest anode potential (augmented: minus the twin's), K.
   */
  CORE_TEMPERATURE(1.0);

  private static final int COUNT = values().length;

  private static final double MOST_UNITS = 1.5;

  private final double unit;

  Target(double unit) {
    this.unit = unit;
  }

  /** Physical size of an output of 1. */
  public double unit() {
    return unit;
  }

  /** Number of quantities. */
  public static int count() {
    return COUNT;
  }

  /** Number of outputs of a network: a mean and a logarithm of a deviation for each quantity. */
  public static int outputs() {
    return 2 * COUNT;
  }

  /**
   * The twin's value, in SI units: what a correction is added to. That of the joint filter, but no
   * further from its model's own than {@value #MOST_UNITS} units: a filter that was told a wrong
   * state of charge, say, may be lost, and the networks see both values to make up the rest.
   */
  public double ofTwin(TwinSignals twin) {
    double own = ofModel(twin);
    if (!twin.filtered.usable()) {
      return own;
    }
    double most = MOST_UNITS * unit;
    return own + Math.min(Math.max(twin.filtered.value(quantity()) - own, -most), most);
  }

  /** What bounds and the joint filter call the same. */
  public Quantity quantity() {
    return switch (this) {
      case ANODE_POTENTIAL -> Quantity.ANODE_POTENTIAL;
      case ANODE_SURFACE -> Quantity.ANODE_SURFACE;
      case ANODE_SURFACE_AT_SEPARATOR -> Quantity.ANODE_SURFACE_AT_SEPARATOR;
      case CATHODE_SURFACE -> Quantity.CATHODE_SURFACE;
      case ANODE_MEAN -> Quantity.ANODE_MEAN;
      case CATHODE_MEAN -> Quantity.CATHODE_MEAN;
      case SOC -> Quantity.SOC;
      case CORE_TEMPERATURE -> Quantity.CORE_TEMPERATURE;
    };
  }

  private double ofModel(TwinSignals twin) {
    P2dOutputs o = twin.model;
    return switch (this) {
      case ANODE_POTENTIAL -> o.anodePotentialVolts;
      case ANODE_SURFACE -> o.anodeSurfaceStoichiometry;
      case ANODE_SURFACE_AT_SEPARATOR -> o.anodeSurfaceStoichiometryAtSeparator;
      case CATHODE_SURFACE -> o.cathodeSurfaceStoichiometry;
      case ANODE_MEAN -> o.anodeStoichiometry;
      case CATHODE_MEAN -> o.cathodeStoichiometry;
      case SOC -> twin.twinSoc;
      case CORE_TEMPERATURE -> twin.temperatureKelvin;
    };
  }
}
