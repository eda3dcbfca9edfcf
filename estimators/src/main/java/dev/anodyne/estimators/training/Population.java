package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.signal.SensorErrors;
import java.util.random.RandomGenerator;

/**
 * The kinds of battery and condition that bounds are calibrated for. A bound must hold in each by
 * itself: an estimator cannot know which of them it is in.
 */
enum Population {
  /** New batteries, 25 °C, held close to 0 V as a controller does. */
  REFERENCE("reference charge", 0, false, false, 25, 25),
  /** New batteries, 0 to 45 °C. */
  FRESH("fresh", 0, false, false, 0, 45),
  COLD("-10 °C", 0, false, false, -10, -5),
  BIASED("biased sensors", 0, false, true, 0, 40),
  AGED("aged", 1, false, false, 0, 40),
  MISMATCH("parameters ±20 %", 0, true, false, 0, 40),
  /** Everything at once. */
  ALL("aged, ±20 %, biased", 1, true, true, -10, 40),
  BEYOND_COLD("below -12 °C", 0, false, false, -20, -12),
  BEYOND_HOT("above 47 °C", 0, false, false, 47, 55),
  BEYOND_FAST("4C", 0, false, false, 10, 45),
  BEYOND_OLD("12 to 20 % of the lithium lost", 2, false, false, 0, 40);

  private static final double BIAS_VOLTS = 5e-3;
  private static final double BIAS_GAIN = 5e-3;
  private static final double BIAS_KELVIN = 1.0;
  private static final double MISMATCH_FRACTION = 0.2;
  private static final double MISMATCH_OHM_AH = 0.01;

  /** Least and most of what a life takes: new, aged, old. */
  private static final double[][] LITHIUM = {{0, 0}, {0.02, 0.10}, {0.12, 0.20}};

  private static final double[][] MATERIAL = {{0, 0}, {0.01, 0.08}, {0.08, 0.15}};
  private static final double[][] OHM_AH = {{0, 0}, {0.002, 0.02}, {0.02, 0.04}};
  private static final double[][] RATES = {{1, 1}, {0.8, 1.0}, {0.6, 0.8}};
  private static final double[][] SEI_METRES = {{0, 0}, {2e-8, 1e-7}, {1e-7, 2e-7}};

  private final String text;
  private final int age;
  private final boolean mismatched;
  private final boolean biased;
  private final double lowCelsius;
  private final double highCelsius;

  Population(
      String text,
      int age,
      boolean mismatched,
      boolean biased,
      double lowCelsius,
      double highCelsius) {
    this.text = text;
    this.age = age;
    this.mismatched = mismatched;
    this.biased = biased;
    this.lowCelsius = lowCelsius;
    this.highCelsius = highCelsius;
  }

  String text() {
    return text;
  }

  /** True when it lies outside what bounds are made for. */
  boolean isBeyond() {
    return ordinal() >= BEYOND_COLD.ordinal();
  }

  /** True when the battery is what its parameter set says. */
  boolean isNominal() {
    return this == REFERENCE || this == FRESH || this == COLD;
  }

  /** Ambient temperature of a session, K. */
  double ambientKelvin(RandomGenerator random) {
    return 273.15 + between(random, lowCelsius, highCelsius);
  }

  /** What all cells of a battery differ in from their parameter set. */
  CellVariation variation(double ampHours, RandomGenerator random) {
    double off = mismatched ? MISMATCH_FRACTION : 0.0;
    double low = 1.0 - off;
    double high = 1.0 + off;
    double ohmAh = drawn(OHM_AH, random) + (mismatched ? between(random, 0, MISMATCH_OHM_AH) : 0);
    return new CellVariation(
        1.0,
        ohmAh / ampHours,
        drawn(RATES, random) * between(random, low, high),
        drawn(RATES, random) * between(random, low, high),
        drawn(RATES, random) * between(random, low, high),
        drawn(RATES, random) * between(random, low, high),
        between(random, low, high),
        between(random, low, high),
        drawn(LITHIUM, random),
        drawn(MATERIAL, random),
        drawn(MATERIAL, random),
        between(random, low, high));
  }

  /** SEI grown, m. */
  double seiMetres(RandomGenerator random) {
    return drawn(SEI_METRES, random);
  }

  /** Standard noise; with constant biases, half of them at the edges, in a biased population. */
  SensorErrors sensors(RandomGenerator random) {
    boolean edge = random.nextBoolean();
    double volts = BIAS_VOLTS * even(edge, random);
    double gain = 1.0 + BIAS_GAIN * even(edge, random);
    double kelvin = BIAS_KELVIN * even(edge, random);
    return biased
        ? new SensorErrors(
            SensorErrors.STANDARD.voltage().withBias(volts),
            SensorErrors.STANDARD.current().withGain(gain),
            SensorErrors.STANDARD.temperature().withBias(kelvin))
        : SensorErrors.STANDARD;
  }

  private static double even(boolean edge, RandomGenerator random) {
    double drawn = between(random, -1, 1);
    return edge ? Math.signum(drawn) : drawn;
  }

  private double drawn(double[][] byAge, RandomGenerator random) {
    return between(random, byAge[age][0], byAge[age][1]);
  }

  static double between(RandomGenerator random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
