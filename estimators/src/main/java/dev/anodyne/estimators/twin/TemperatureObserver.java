package dev.anodyne.estimators.twin;

/**
 * Luenberger observer of cell temperature and of the ambient that explains it. The model predicts
 * the temperature from its own heat; the measurement pulls temperature and ambient after it, so a
 * wrong ambient or heat transfer leaves no steady error (integral action).
 *
 * <p>Gains: temperature with 1/30 s⁻¹, which turns 0.2 K of sensor noise into 0.03 K; ambient
 * slower than a third of the cell's own cooling time, so that the pair stays well damped.
 */
final class TemperatureObserver {
  private static final double TEMPERATURE_SECONDS = 30.0;
  private static final double AMBIENT_GAIN_PER_SECOND = 0.02;
  private static final double AMBIENT_REACH_KELVIN = 40.0;

  private double ambientKelvin;

  void start(double measuredKelvin, double knownAmbientKelvin) {
    ambientKelvin = Double.isNaN(knownAmbientKelvin) ? measuredKelvin : knownAmbientKelvin;
  }

  /** Ambient temperature to give to the model, K. */
  double ambientKelvin() {
    return ambientKelvin;
  }

  /** The corrected temperature, K. */
  double correct(double predictedKelvin, double measuredKelvin, double seconds) {
    double error = measuredKelvin - predictedKelvin;
    double next = ambientKelvin + AMBIENT_GAIN_PER_SECOND * Math.min(seconds, 10.0) * error;
    ambientKelvin =
        Math.min(
            Math.max(next, measuredKelvin - AMBIENT_REACH_KELVIN),
            measuredKelvin + AMBIENT_REACH_KELVIN);
    return predictedKelvin + (1.0 - Math.exp(-seconds / TEMPERATURE_SECONDS)) * error;
  }
}
