package dev.anodyne.core.bpx;

/**
 * A scalar function of one variable with its analytic derivative: of stoichiometry (electrodes) or
 * of electrolyte concentration in mol/m³ (electrolyte).
 */
public sealed interface BpxFunction permits Expression, TableFunction {
  /** The value at x. */
  double value(double x);

  /** The derivative at x. */
  double slope(double x);

  /** True when the function is the same everywhere. */
  default boolean isConstant() {
    return false;
  }
}
