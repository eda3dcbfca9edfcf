package dev.anodyne.estimators.twin;

import dev.anodyne.estimators.bounds.Quantity;
import dev.anodyne.estimators.identification.IdentifiedParameter;

/**
 * What the joint state-parameter filter believes after an update: every quantity with the standard
 * deviation that it has at this very instant. Small where voltage, history and kind of battery tell
 * it, large where they do not. Mutable, overwritten by the next update of the twin.
 */
public final class FilteredState {
  static final Quantity[] QUANTITIES = Quantity.values();
  private static final int PARAMETERS = IdentifiedParameter.values().length;

  /** By the ordinal of {@link Quantity}: best values. */
  public final double[] value = new double[QUANTITIES.length];

  /** By the ordinal of {@link Quantity}: standard deviations. */
  public final double[] sigma = new double[QUANTITIES.length];

  /** By the ordinal of {@link IdentifiedParameter}: deviations from the twin's model. */
  public final double[] deviation = new double[PARAMETERS];

  /** Their standard deviations. */
  public final double[] deviationSigma = new double[PARAMETERS];

  /** See {@link #unknownWeight()}. */
  public double unknownWeight;

  /** See {@link #innovationVolts()}. */
  public double innovationVolts;

  /** See {@link #innovationSigma()}. */
  public double innovationSigma;

  /** See {@link #voltageBiasVolts()}. */
  public double voltageBiasVolts;

  /** See {@link #voltageBiasSigma()}. */
  public double voltageBiasSigma;

  /** See {@link #usable()}. */
  public boolean usable;

  /** Stoichiometries and states of charge lie between 0 and 1. */
  static double limited(Quantity q, double value) {
    return switch (q) {
      case ANODE_POTENTIAL, CORE_TEMPERATURE -> value;
      default -> Math.min(Math.max(value, 0), 1);
    };
  }

  /** False before the first sample and when the filter had to give up: nothing here counts. */
  public boolean usable() {
    return usable;
  }

  /** Best value, in the unit of the quantity. */
  public double value(Quantity q) {
    return value[q.ordinal()];
  }

  /** Its standard deviation: positive, in the same unit. */
  public double sigma(Quantity q) {
    return sigma[q.ordinal()];
  }

  /**
   * How far a parameter of the battery is from that of the twin's model, in the internal coordinate
   * of {@link IdentifiedParameter}: logarithm of a factor, share, or Ω·A·h.
   */
  public double deviation(IdentifiedParameter p) {
    return deviation[p.ordinal()];
  }

  /** Standard deviation of {@link #deviation}; 0 for the heat transfer, which is not filtered. */
  public double deviationSigma(IdentifiedParameter p) {
    return deviationSigma[p.ordinal()];
  }

  /**
   * Probability, 0–1, that the battery is not what it should be: aged or of unknown history where
   * nothing was known, changed since then where it was identified.
   */
  public double unknownWeight() {
    return unknownWeight;
  }

  /** Measured voltage minus the filter's prediction of it, V. */
  public double innovationVolts() {
    return innovationVolts;
  }

  /** Standard deviation that the innovation should have, V. */
  public double innovationSigma() {
    return innovationSigma;
  }

  /** Bias of the voltage sensor, V. */
  public double voltageBiasVolts() {
    return voltageBiasVolts;
  }

  /** Standard deviation of the bias of the voltage sensor, V. */
  public double voltageBiasSigma() {
    return voltageBiasSigma;
  }
}
