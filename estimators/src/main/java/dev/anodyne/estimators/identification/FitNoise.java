package dev.anodyne.estimators.identification;

/**
 * How far measurements may be from the model, one standard deviation each. Errors of the model are
 * not white: they last for minutes. Counting them as often as there are steps would make the fit
 * sure of what it cannot know, so each step gets only its share of the independent information.
 *
 * @param voltageSigma noise of the voltage sensors, V
 * @param temperatureSigma noise of the temperature sensors, K
 * @param voltageBiasSigma unknown offset of the voltage sensors, V
 * @param currentGainSigma unknown error of the current sensor, share of reading
 * @param temperatureBiasSigma unknown offset of the temperature sensors, K
 * @param modelSigmaVolts error of the model at any current, V
 * @param modelSigmaVoltsAt1C error of the model that grows with current, V at 1C
 * @param modelSigmaKelvin error of the thermal model, K
 * @param correlationSeconds how long an error of the model lasts, s
 */
public record FitNoise(
    double voltageSigma,
    double temperatureSigma,
    double voltageBiasSigma,
    double currentGainSigma,
    double temperatureBiasSigma,
    double modelSigmaVolts,
    double modelSigmaVoltsAt1C,
    double modelSigmaKelvin,
    double correlationSeconds) {
  /** 1 mV and 0.2 K of noise; biases of ±5 mV, ±0.5 % and ±1 K at most two deviations. */
  public static final FitNoise STANDARD =
      new FitNoise(1e-3, 0.2, 3e-3, 3e-3, 0.6, 3e-4, 3e-4, 0.15, 120);

  /** Variance of one step's voltage, V². */
  double voltageVariance(double cRate, double stepSeconds) {
    double model = Math.hypot(modelSigmaVolts, modelSigmaVoltsAt1C * cRate);
    return voltageSigma * voltageSigma + model * model * repeats(stepSeconds);
  }

  /** Variance of one step's temperature, K². */
  double temperatureVariance(double stepSeconds) {
    return temperatureSigma * temperatureSigma
        + modelSigmaKelvin * modelSigmaKelvin * repeats(stepSeconds);
  }

  private double repeats(double stepSeconds) {
    return Math.max(1, correlationSeconds / stepSeconds);
  }
}
