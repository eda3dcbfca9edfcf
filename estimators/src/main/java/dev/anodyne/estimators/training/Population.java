package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.core.signal.SensorErrors;
import dev.anodyne.estimators.SensorClass;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The kinds of battery and condition that bounds are calibrated for. A bound must hold in each by
 * itself: an estimator cannot know which of them it is in.
 */
enum Population {
  /** New batteries, 25 °C, held close to 0 V as a controller does. */
  REFERENCE("reference charge", Life.NEW, false, false, false, 25, 25),
  /** New batteries, 0 to 45 °C. */
  FRESH("fresh", Life.NEW, false, false, false, 0, 45),
  COLD("-10 °C", Life.NEW, false, false, false, -10, -5),
  BIASED("biased sensors", Life.NEW, false, false, true, 0, 40),
  AGED("aged", Life.AGED, false, false, false, 0, 40),
  FILM("aged with a grown film", Life.AGED, true, false, false, 0, 40),
  MISMATCH("parameters ±20 %", Life.NEW, false, true, false, 0, 40),
  /** Everything at once. */
  ALL("aged with a film, ±20 %, biased", Life.AGED, true, true, true, -10, 40),
  /** New batteries that the estimator joins while current flows. */
  LOADED("joined under load", Life.NEW, false, false, false, 0, 45),
  /** The same with everything at once. */
  ALL_LOADED("aged with a film, ±20 %, biased, joined", Life.AGED, true, true, true, -10, 40),
  BEYOND_COLD("below -12 °C", Life.NEW, false, false, false, -20, -12),
  BEYOND_HOT("above 47 °C", Life.NEW, false, false, false, 47, 55),
  BEYOND_FAST("4C", Life.NEW, false, false, false, 10, 45),
  BEYOND_OLD("12 to 20 % of the lithium lost", Life.OLD, true, false, false, 0, 40);

  private static final double MISMATCH_FRACTION = 0.2;
  private static final double MISMATCH_OHM_AH = 0.01;

  /** Cells of one battery age alike but for this share of what their life has taken (1 σ). */
  private static final double LIFE_SCATTER = 0.1;

  /** Least and most of what a life takes. */
  private enum Life {
    NEW(0, 0, 0, 0, 0, 0, 1, 1, 0, 0),
    AGED(0, 0.10, 0, 0.08, 0, 0.02, 0.8, 1.0, 0, 1e-7),
    OLD(0.12, 0.20, 0.08, 0.15, 0.02, 0.04, 0.6, 0.8, 1e-7, 2e-7);

    private final double[] lithium;
    private final double[] material;
    private final double[] ohmAh;
    private final double[] rates;
    private final double[] film;

    Life(
        double leastLithium,
        double mostLithium,
        double leastMaterial,
        double mostMaterial,
        double leastOhmAh,
        double mostOhmAh,
        double leastRates,
        double mostRates,
        double leastFilm,
        double mostFilm) {
      lithium = new double[] {leastLithium, mostLithium};
      material = new double[] {leastMaterial, mostMaterial};
      ohmAh = new double[] {leastOhmAh, mostOhmAh};
      rates = new double[] {leastRates, mostRates};
      film = new double[] {leastFilm, mostFilm};
    }
  }

  private final String text;
  private final Life life;
  private final boolean film;
  private final boolean mismatched;
  private final boolean biased;
  private final double lowCelsius;
  private final double highCelsius;

  Population(
      String text,
      Life life,
      boolean film,
      boolean mismatched,
      boolean biased,
      double lowCelsius,
      double highCelsius) {
    this.text = text;
    this.life = life;
    this.film = film;
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

  /** True when the battery is what its parameter set says and is seen from its rest on. */
  boolean isNominal() {
    return this == REFERENCE || this == FRESH || this == COLD;
  }

  /** True when the estimator joins in while current flows. */
  boolean isJoined() {
    return this == LOADED || this == ALL_LOADED;
  }

  /** True when a second session starts from what the first identified. */
  boolean isIdentified() {
    return !isBeyond() && !isJoined();
  }

  /** How many batteries of so many in series to simulate, when {@code asked} of each kind. */
  int batteries(int asked, int series) {
    if (isBeyond()) {
      return (asked + 1) / 2; // They only set how fast bounds widen.
    }
    if (isJoined()) {
      return 2 * asked; // These two are a group of their own, and quick.
    }
    return asked;
  }

  /** Ambient temperature of a session, K. */
  double ambientKelvin(RandomGenerator random) {
    return 273.15 + between(random, lowCelsius, highCelsius);
  }

  /**
   * The cells of a battery, before the spread of production: what they all differ in from their
   * parameter set, and what a life has taken from each.
   */
  List<TrainingPack.Cell> cells(CellParameters kind, int series, RandomGenerator random) {
    CellVariation common = mismatch(kind.nominalCapacityAmpHours(), random);
    double[] rates = new double[4];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = drawn(life.rates, random);
    }
    double lithium = drawn(life.lithium, random);
    double anode = drawn(life.material, random);
    double cathode = drawn(life.material, random);
    double ohm = drawn(life.ohmAh, random) / kind.nominalCapacityAmpHours();
    // No more film than the lost lithium can have made.
    double most = Math.min(life.film[1], lithium * filmPerLithium(kind));
    double metres = film ? between(random, Math.min(life.film[0], most), most) : 0.0;
    List<TrainingPack.Cell> cells = new ArrayList<>();
    for (int i = 0; i < series; i++) {
      double grown = metres * scatter(random);
      CellVariation lived =
          new CellVariation(
              1.0,
              ohm * scatter(random),
              rates[0],
              rates[1],
              rates[2],
              rates[3],
              1.0,
              1.0,
              lithium * scatter(random),
              anode * scatter(random),
              cathode * scatter(random),
              1.0);
      cells.add(new TrainingPack.Cell(kind.withSeiGrowth(grown).with(lived), common));
    }
    return cells;
  }

  private CellVariation mismatch(double ampHours, RandomGenerator random) {
    double low = mismatched ? 1.0 - MISMATCH_FRACTION : 1.0;
    double high = mismatched ? 1.0 + MISMATCH_FRACTION : 1.0;
    double ohmAh = mismatched ? between(random, 0, MISMATCH_OHM_AH) : 0.0;
    return new CellVariation(
        1.0,
        ohmAh / ampHours,
        between(random, low, high),
        between(random, low, high),
        between(random, low, high),
        between(random, low, high),
        between(random, low, high),
        between(random, low, high),
        0.0,
        0.0,
        0.0,
        between(random, low, high));
  }

  private static double scatter(RandomGenerator random) {
    return 1.0 + LIFE_SCATTER * SeededRandom.gaussianWithinThreeSigma(random);
  }

  /** How thick a film all lithium of a cell would make, m; 0 for a cell without data of it. */
  private static double filmPerLithium(CellParameters kind) {
    double surface =
        kind.anode().surfaceAreaPerM() * kind.anode().thicknessM() * kind.electrodeAreaM2();
    return kind.sei()
        .map(s -> 3600 * kind.nominalCapacityAmpHours() / (s.chargePerThickness() * surface))
        .orElse(0.0);
  }

  /**
   * Standard noise; with constant biases, half of them at the edges of the class, in a biased
   * population. With calibrated sensors the others have biases, too, drawn evenly: their bounds are
   * to hold for what was stated, not for sensors that happen to be right.
   */
  SensorErrors sensors(SensorClass accuracy, RandomGenerator random) {
    boolean edge = random.nextBoolean() && biased;
    double volts = accuracy.voltageVolts() * even(edge, random);
    double gain = 1.0 + accuracy.currentGain() * even(edge, random);
    double kelvin = accuracy.temperatureKelvin() * even(edge, random);
    return biased || accuracy == SensorClass.CALIBRATED
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

  private static double drawn(double[] range, RandomGenerator random) {
    return between(random, range[0], range[1]);
  }

  static double between(RandomGenerator random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }
}
