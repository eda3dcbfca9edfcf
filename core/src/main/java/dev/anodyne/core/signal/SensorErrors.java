package dev.anodyne.core.signal;

/**
 * The errors of a battery's sensors, by quantity.
 *
 * @param voltage every voltage sensor, V
 * @param current the current sensor, A
 * @param temperature every temperature sensor, K
 */
public record SensorErrors(SensorModel voltage, SensorModel current, SensorModel temperature) {
  /** Perfect sensors. */
  public static final SensorErrors NONE =
      new SensorErrors(SensorModel.PERFECT, SensorModel.PERFECT, SensorModel.PERFECT);

  /**
   * White noise of an ordinary battery management system: 1 mV, 0.1 % of the current, 0.2 K (one
   * standard deviation each).
   */
  public static final SensorErrors STANDARD =
      new SensorErrors(
          SensorModel.PERFECT.withNoise(1e-3),
          SensorModel.PERFECT.withRelativeNoise(1e-3),
          SensorModel.PERFECT.withNoise(0.2));

  public SensorErrors withVoltage(SensorModel model) {
    return new SensorErrors(model, current, temperature);
  }

  public SensorErrors withCurrent(SensorModel model) {
    return new SensorErrors(voltage, model, temperature);
  }

  public SensorErrors withTemperature(SensorModel model) {
    return new SensorErrors(voltage, current, model);
  }
}
