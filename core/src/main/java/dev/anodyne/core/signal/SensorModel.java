package dev.anodyne.core.signal;

/**
 * What is wrong with one sensor. Errors act in this order: first-order lag, delay, gain, bias,
 * noise, resolution, stuck, drop-out. Values are in the unit of the sensed quantity.
 *
 * @param noise standard deviation of white Gaussian noise, ≥ 0
 * @param relativeNoise standard deviation of white Gaussian noise as a share of the true value's
 *     magnitude, ≥ 0 (0.001 = 0.1 % of reading)
 * @param gain factor on the true value; 1 is exact
 * @param bias constant offset
 * @param resolution quantisation step, rounded to nearest; 0 for none
 * @param lagSeconds time constant of a first-order lag, s; 0 for none
 * @param delaySeconds dead time, s; 0 for none
 * @param dropOutProbability probability that a reading starts a drop-out, 0–1
 * @param dropOutSeconds how long a drop-out lasts, s; 0 loses a single reading
 * @param stuck the output stays at the last value delivered before
 */
public record SensorModel(
    double noise,
    double relativeNoise,
    double gain,
    double bias,
    double resolution,
    double lagSeconds,
    double delaySeconds,
    double dropOutProbability,
    double dropOutSeconds,
    boolean stuck) {

  /** A perfect sensor. */
  public static final SensorModel PERFECT = new SensorModel(0, 0, 1, 0, 0, 0, 0, 0, 0, false);

  public SensorModel {
    requireNotNegative("noise", noise);
    requireNotNegative("relativeNoise", relativeNoise);
    requireFinite("gain", gain);
    requireFinite("bias", bias);
    requireNotNegative("resolution", resolution);
    requireNotNegative("lagSeconds", lagSeconds);
    requireNotNegative("delaySeconds", delaySeconds);
    requireNotNegative("dropOutSeconds", dropOutSeconds);
    if (!(dropOutProbability >= 0 && dropOutProbability <= 1)) {
      throw new IllegalArgumentException(
          "Sensor dropOutProbability " + dropOutProbability + " is not between 0 and 1.");
    }
  }

  public SensorModel withNoise(double newNoise) {
    return new SensorModel(
        newNoise,
        relativeNoise,
        gain,
        bias,
        resolution,
        lagSeconds,
        delaySeconds,
        dropOutProbability,
        dropOutSeconds,
        stuck);
  }

  public SensorModel withRelativeNoise(double share) {
    return new SensorModel(
        noise,
        share,
        gain,
        bias,
        resolution,
        lagSeconds,
        delaySeconds,
        dropOutProbability,
        dropOutSeconds,
        stuck);
  }

  public SensorModel withGain(double newGain) {
    return new SensorModel(
        noise,
        relativeNoise,
        newGain,
        bias,
        resolution,
        lagSeconds,
        delaySeconds,
        dropOutProbability,
        dropOutSeconds,
        stuck);
  }

  public SensorModel withBias(double newBias) {
    return new SensorModel(
        noise,
        relativeNoise,
        gain,
        newBias,
        resolution,
        lagSeconds,
        delaySeconds,
        dropOutProbability,
        dropOutSeconds,
        stuck);
  }

  public SensorModel withResolution(double step) {
    return new SensorModel(
        noise,
        relativeNoise,
        gain,
        bias,
        step,
        lagSeconds,
        delaySeconds,
        dropOutProbability,
        dropOutSeconds,
        stuck);
  }

  public SensorModel withLagSeconds(double seconds) {
    return new SensorModel(
        noise,
        relativeNoise,
        gain,
        bias,
        resolution,
        seconds,
        delaySeconds,
        dropOutProbability,
        dropOutSeconds,
        stuck);
  }

  public SensorModel withDelaySeconds(double seconds) {
    return new SensorModel(
        noise,
        relativeNoise,
        gain,
        bias,
        resolution,
        lagSeconds,
        seconds,
        dropOutProbability,
        dropOutSeconds,
        stuck);
  }

  /** Loses readings: each one starts, with this probability, a gap of this length. */
  public SensorModel withDropOut(double probability, double seconds) {
    return new SensorModel(
        noise,
        relativeNoise,
        gain,
        bias,
        resolution,
        lagSeconds,
        delaySeconds,
        probability,
        seconds,
        stuck);
  }

  public SensorModel withStuck(boolean newStuck) {
    return new SensorModel(
        noise,
        relativeNoise,
        gain,
        bias,
        resolution,
        lagSeconds,
        delaySeconds,
        dropOutProbability,
        dropOutSeconds,
        newStuck);
  }

  private static void requireNotNegative(String field, double value) {
    if (!(value >= 0 && value < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Sensor " + field + " " + value + " is not a finite number of at least 0.");
    }
  }

  private static void requireFinite(String field, double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("Sensor " + field + " " + value + " is not finite.");
    }
  }
}
