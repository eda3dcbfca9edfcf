package dev.anodyne.estimators.identification;

/** How sensors may read wrongly for good. It belongs to the sensors, not to the battery. */
public enum SensorBias {
  /** Voltage read too high, V. */
  VOLTAGE("voltageBias", "V", 3e-3, 3e-4, 0.03),
  /** Share by which the current is read too high. */
  CURRENT_GAIN("currentGain", "", 3e-3, 3e-4, 0.03),
  /** Temperature read too high, K. */
  TEMPERATURE("temperatureBias", "K", 0.6, 0.1, 6);

  private static final SensorBias[] ALL = values();

  private final String key;
  private final String unit;
  private final double priorSigma;
  private final double walkSigma;
  private final double most;

  SensorBias(String key, String unit, double priorSigma, double walkSigma, double most) {
    this.key = key;
    this.unit = unit;
    this.priorSigma = priorSigma;
    this.walkSigma = walkSigma;
    this.most = most;
  }

  /** Its name in files. */
  public String key() {
    return key;
  }

  /** Its unit; empty for a share. */
  public String unit() {
    return unit;
  }

  /** Standard deviation among sensors that nobody knows yet. */
  public double priorSigma() {
    return priorSigma;
  }

  /** Standard deviation of what may change between two sessions. */
  public double walkSigma() {
    return walkSigma;
  }

  /** Largest bias, either way, that is ever identified. */
  public double most() {
    return most;
  }

  static int count() {
    return ALL.length;
  }

  static SensorBias at(int ordinal) {
    return ALL[ordinal];
  }
}
