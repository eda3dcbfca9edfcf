package dev.anodyne.hil.fault;

/**
 * A battery's usual thermistor: 10 kΩ at 25 °C, B = 3435 K,
 *
 * <pre>R(T) = R₂₅ exp(B (1/T − 1/T₂₅))</pre>
 *
 * and a management that knows temperatures from −40 to 150 °C only.
 */
final class Thermistor {
  private static final double OHMS_25C = 10_000;
  private static final double B_KELVIN = 3435;
  private static final double KELVIN_25C = 298.15;
  private static final double COLDEST = 233.15;
  private static final double HOTTEST = 423.15;

  private Thermistor() {}

  /** The temperature read with a resistance in series, K. */
  static double withSeries(double kelvin, double ohms) {
    return kelvin(ohms(kelvin) + ohms);
  }

  /** The temperature read with a resistance across the thermistor, K. */
  static double withParallel(double kelvin, double ohms) {
    return kelvin(1 / (1 / ohms(kelvin) + 1 / ohms));
  }

  private static double ohms(double kelvin) {
    return OHMS_25C * Math.exp(B_KELVIN * (1 / kelvin - 1 / KELVIN_25C));
  }

  private static double kelvin(double ohms) {
    double kelvin = 1 / (1 / KELVIN_25C + Math.log(ohms / OHMS_25C) / B_KELVIN);
    // So large a resistance that the formula's temperature turns negative is as cold as it gets.
    return kelvin > 0 || Double.isNaN(kelvin)
        ? Math.max(COLDEST, Math.min(HOTTEST, kelvin))
        : COLDEST;
  }
}
