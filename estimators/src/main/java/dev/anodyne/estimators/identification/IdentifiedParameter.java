package dev.anodyne.estimators.identification;

/**
 * What is identified about a battery. Each has an internal coordinate in which its uncertainty is
 * taken to be normal: the logarithm of a factor, a share, or a resistance times the nominal
 * capacity (Ω·A·h, alike for small and large cells).
 */
public enum IdentifiedParameter {
  /** Factor on the anode's active material; below 1 after loss of active material. */
  ANODE_MATERIAL("anodeMaterialFactor", Scale.LOGARITHM, 0.04, 0.003, 0.08, 0.5, 1.15),
  /** Factor on the cathode's active material. */
  CATHODE_MATERIAL("cathodeMaterialFactor", Scale.LOGARITHM, 0.04, 0.003, 0.08, 0.5, 1.15),
  /** Share of the cyclable lithium that is lost, beyond what left with active material. */
  LITHIUM_LOSS("lossOfLithiumInventory", Scale.SHARE, 0.04, 0.003, 0.08, -0.1, 0.5),
  /** Ohmic resistance beyond the parameter set's, Ω. */
  SERIES_RESISTANCE("seriesResistanceOhm", Scale.OHM_AMP_HOURS, 0.012, 3e-4, 0.06, 0, 0.3),
  /** Factor on the anode's solid diffusivity. */
  ANODE_DIFFUSIVITY("anodeDiffusivityFactor", Scale.LOGARITHM, 0.15, 0.02, 0.35, 0.2, 5),
  /** Factor on the cathode's solid diffusivity. */
  CATHODE_DIFFUSIVITY("cathodeDiffusivityFactor", Scale.LOGARITHM, 0.15, 0.02, 0.35, 0.2, 5),
  /** Factor on the anode's exchange current. */
  ANODE_EXCHANGE("anodeExchangeFactor", Scale.LOGARITHM, 0.15, 0.02, 0.35, 0.2, 5),
  /** Factor on the cathode's exchange current. */
  CATHODE_EXCHANGE("cathodeExchangeFactor", Scale.LOGARITHM, 0.15, 0.02, 0.35, 0.2, 5),
  /** Factor on the electrolyte's conductivity. */
  CONDUCTIVITY("electrolyteConductivityFactor", Scale.LOGARITHM, 0.15, 0.02, 0.35, 0.2, 5),
  /** Factor on the electrolyte's diffusivity. */
  ELECTROLYTE_DIFFUSIVITY(
      "electrolyteDiffusivityFactor", Scale.LOGARITHM, 0.15, 0.02, 0.35, 0.2, 5),
  /** Factor on the heat transfer coefficient. */
  HEAT_TRANSFER("heatTransferFactor", Scale.LOGARITHM, 0.15, 0.05, 0.35, 0.2, 5);

  /** How the internal coordinate is made. */
  enum Scale {
    LOGARITHM,
    SHARE,
    OHM_AMP_HOURS
  }

  private static final IdentifiedParameter[] ALL = values();

  private final String key;
  private final Scale scale;
  private final double priorSigma;
  private final double walkSigma;
  private final double sessionLimit;
  private final double least;
  private final double most;

  IdentifiedParameter(
      String key,
      Scale scale,
      double priorSigma,
      double walkSigma,
      double sessionLimit,
      double least,
      double most) {
    this.key = key;
    this.scale = scale;
    this.priorSigma = priorSigma;
    this.walkSigma = walkSigma;
    this.sessionLimit = sessionLimit;
    this.least = scale == Scale.LOGARITHM ? Math.log(least) : least;
    this.most = scale == Scale.LOGARITHM ? Math.log(most) : most;
  }

  /** Its name in files. */
  public String key() {
    return key;
  }

  /** Standard deviation among batteries of one kind that nobody has charged yet. */
  public double priorSigma() {
    return priorSigma;
  }

  /** Standard deviation of what may change between two sessions. */
  public double walkSigma() {
    return walkSigma;
  }

  /** The most that one session may change, in internal coordinates. */
  public double sessionLimit() {
    return sessionLimit;
  }

  /** Smallest internal coordinate that is ever identified. */
  public double least() {
    return least;
  }

  /** Largest internal coordinate that is ever identified. */
  public double most() {
    return most;
  }

  /** Internal coordinate of the nominal cell. */
  double nominal() {
    return 0;
  }

  /** The value that people read: factor, share or Ω. */
  public double value(double coordinate, double ampHours) {
    return switch (scale) {
      case LOGARITHM -> Math.exp(coordinate);
      case SHARE -> coordinate;
      case OHM_AMP_HOURS -> coordinate / ampHours;
    };
  }

  /** ∂value/∂coordinate. */
  public double slope(double coordinate, double ampHours) {
    return switch (scale) {
      case LOGARITHM -> Math.exp(coordinate);
      case SHARE -> 1;
      case OHM_AMP_HOURS -> 1 / ampHours;
    };
  }

  /** How many there are. */
  public static int count() {
    return ALL.length;
  }

  static IdentifiedParameter at(int ordinal) {
    return ALL[ordinal];
  }
}
