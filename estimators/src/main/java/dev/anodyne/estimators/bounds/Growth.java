package dev.anodyne.estimators.bounds;

/**
 * How errors that no filter follows grow: those of rates and resistances with current and, by
 * Arrhenius, towards the cold.
 *
 * <pre>
 *   g = ½ (1 + |I|/I₁C) exp(0.04 (298.15 − T))
 * </pre>
 */
public final class Growth {
  private static final double PER_KELVIN = 0.04;
  private static final double WARM_KELVIN = 298.15;

  private Growth() {}

  /** The growth at a C-rate and a temperature; 1 at 1C and 25 °C. */
  public static double of(double cRate, double kelvin) {
    double cold = Math.exp(PER_KELVIN * (WARM_KELVIN - kelvin));
    return 0.5 * (1.0 + Math.abs(cRate)) * Math.min(Math.max(cold, 0.5), 6.0);
  }
}
