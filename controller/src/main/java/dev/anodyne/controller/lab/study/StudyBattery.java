package dev.anodyne.controller.lab.study;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.core.signal.SensorErrors;
import dev.anodyne.core.signal.SensorModel;
import dev.anodyne.mpc.baseline.CellResistance;
import dev.anodyne.plantsim.pack.AgeingSpread;
import dev.anodyne.plantsim.pack.AgeingSpread.Share;
import dev.anodyne.plantsim.pack.CellMismatch;
import java.util.random.RandomGenerator;
import java.util.random.RandomGenerator.SplittableGenerator;

/**
 * One battery of the study. A third is new, a third has 90 % of its capacity and 1.3 times its
 * resistance left, a third 80 % and 1.6 times. On top every kinetic, transport and cooling
 * parameter is off by up to ±20 % ({@link CellMismatch}).
 *
 * @param number of the battery in its study
 * @param age how far it is gone
 * @param variation what its cell differs in
 * @param ageing losses, resistance and grown film
 */
record StudyBattery(int number, Age age, CellVariation variation, AgeingSpread ageing) {
  /** Stages of a life. */
  enum Age {
    NEW(1.0, 1.0, 1.0),
    MIDDLE(0.9, 1.3, 0.7),
    OLD(0.8, 1.6, 0.7);

    private final double capacity;
    private final double resistance;
    private final double anodeDiffusivity;

    Age(double capacity, double resistance, double anodeDiffusivity) {
      this.capacity = capacity;
      this.resistance = resistance;
      this.anodeDiffusivity = anodeDiffusivity;
    }
  }

  /** "safety" in ASCII: far from the seeds that calibration and evaluation draw from. */
  private static final long SPACE = 0x736166657479L << 16;

  private static final int STREAMS = 8;

  /** Active material that goes with a share of the capacity: as trained on, 8 % with 10 %. */
  private static final double MATERIAL_PER_CAPACITY = 0.8;

  /** A grown film, m: at most what the lost lithium can have made, see the evaluation's ages. */
  private static final double SEI_METRES_PER_LOSS = 2.7e-6;

  private static final double MOST_FILM_METRES = 1e-7;

  /** What 100 nm of film with the pores that they fill drop, Ω·A·h. */
  private static final double FILM_OHM_AH_PER_METRE = 0.043 / MOST_FILM_METRES;

  private static final double PULSE_SECONDS = 10;
  private static final double PULSE_SOC = 0.5;
  private static final double PULSE_KELVIN = 298.15;

  /** Resistance of a new cell of a kind, Ω: a pulse of 10 s at half charge and 25 °C. */
  static double newOhm(CellParameters kind) {
    return CellResistance.pulse(
        P2dModel.of(kind, P2dOptions.CONTROL), PULSE_SOC, PULSE_KELVIN, PULSE_SECONDS);
  }

  /**
   * Draws a battery; always the same for the same seed and number.
   *
   * @param newOhm see {@link #newOhm}
   */
  static StudyBattery of(long seed, int number, CellParameters kind, double newOhm) {
    SplittableGenerator random = stream(seed, number, 0);
    Age age = Age.values()[random.nextInt(Age.values().length)];
    CellVariation mismatch = CellMismatch.draw(CellMismatch.DEFAULT_FRACTION, random.nextLong());
    CellVariation slower = new CellVariation(1, 0, age.anodeDiffusivity, 1, 1, 1, 1, 1, 0, 0, 0, 1);
    double lost = 1 - age.capacity;
    double ampHours = kind.nominalCapacityAmpHours();
    double most = Math.min(MOST_FILM_METRES, lost * SEI_METRES_PER_LOSS);
    double film = random.nextBoolean() ? between(random, 0, most) : 0;
    double grown = (age.resistance - 1) * newOhm - FILM_OHM_AH_PER_METRE * film / ampHours;
    AgeingSpread ageing =
        new AgeingSpread(
            exactly(lost),
            exactly(MATERIAL_PER_CAPACITY * lost * random.nextDouble()),
            exactly(MATERIAL_PER_CAPACITY * lost * random.nextDouble()),
            exactly(film),
            exactly(Math.max(grown, 0)));
    return new StudyBattery(number, age, CellMismatch.combine(slower, mismatch), ageing);
  }

  /** What is wrong with the sensors of a charge: noise 1–5 mV, biases by the study's mixture. */
  static SensorErrors sensors(RandomGenerator random) {
    double[] biases = {-10e-3, -5e-3, 0, 5e-3, 10e-3};
    SensorModel volts =
        SensorErrors.STANDARD
            .voltage()
            .withNoise(between(random, 1e-3, 5e-3))
            .withBias(biases[random.nextInt(biases.length)]);
    SensorModel amps = SensorErrors.STANDARD.current().withGain(1 + 5e-3 * sign(random));
    SensorModel kelvin = SensorErrors.STANDARD.temperature().withBias(sign(random));
    return new SensorErrors(volts, amps, kelvin);
  }

  /** A stream of this study's numbers. */
  static SplittableGenerator stream(long seed, int number, int which) {
    return SeededRandom.of(SPACE ^ ((seed * 1_000_003L + number) * STREAMS + which));
  }

  /** −1, 0 or 1. */
  private static int sign(RandomGenerator random) {
    return random.nextInt(3) - 1;
  }

  private static double between(RandomGenerator random, double low, double high) {
    return low + (high - low) * random.nextDouble();
  }

  private static Share exactly(double mean) {
    return new Share(mean, 0);
  }
}
