package dev.anodyne.core.cell;

/** Physical constants, CODATA 2018 (exact). */
public final class Constants {
  /** Faraday constant, C/mol. */
  public static final double FARADAY = 96485.33212;

  /** Gas constant, J/mol·K. */
  public static final double GAS = 8.314462618;

  private Constants() {}

  /** Arrhenius factor exp[(E/R)(1/T_ref − 1/T)] of an activation energy in J/mol. */
  public static double arrhenius(double activation, double referenceKelvin, double kelvin) {
    return activation == 0 ? 1 : Math.exp(activation / GAS * (1 / referenceKelvin - 1 / kelvin));
  }
}
