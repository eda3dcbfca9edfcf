package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.signal.Ripple;
import dev.anodyne.core.signal.SensorErrors;
import dev.anodyne.core.signal.SensorModel;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A battery of the wide plan with its sensors, its cooling and its charger: what stays the same
 * over its sessions. How its cells differ from each other is drawn by {@link TrainingPack}.
 *
 * @param kind what it is there for
 * @param series cells in series
 * @param cellSpread how far its cells scatter, 1 for a production lot and 0 for cells that are
 *     exactly {@code common}
 * @param heatTransfer heat transfer coefficient of its usual surroundings, W/m²K
 * @param heatTransferBelieved what its twin believes, W/m²K
 * @param common what all its cells share: ageing and what the model has wrong
 * @param seiGrowthMetres SEI grown so far, m: less porosity, more resistance
 * @param errors of the sensors
 * @param ripple of the charger
 * @param aged whether it lost more than a new one
 * @param departures names of what is not nominal
 */
record Battery(
    Kind kind,
    int series,
    double cellSpread,
    double heatTransfer,
    double heatTransferBelieved,
    CellVariation common,
    double seiGrowthMetres,
    SensorErrors errors,
    Ripple ripple,
    boolean aged,
    List<String> departures) {

  static final String AGED = "aged";
  static final String OLD = "old";
  static final String MISMATCH = "mismatch";
  static final String BIASED = "biased";
  static final String DEGRADED = "degraded";

  /** Share of fresh batteries, but for those drawn to be old. */
  private static final double FRESH_SHARE = 0.45;

  private static final double MISMATCH_SHARE = 0.4;
  private static final double MISMATCH_FRACTION = 0.2;
  private static final double RESISTANCE_OHM_AH = 0.01;
  private static final double RIPPLE_SHARE = 0.5;
  private static final int[] SERIES = {1, 4, 1, 8, 1, 4, 2, 4};
  private static final int[] REFERENCE_SERIES = {4, 4, 1, 4, 4};

  /** Share of the nominal single cells that have no spread at all. */
  private static final double EXACT_SHARE = 0.6;

  /** What a battery is there for. */
  enum Kind {
    /** New packs of the reference charge. */
    REFERENCE,
    /** New single cells, as their parameter set says, in any condition. */
    NOMINAL,
    /** Any age, mismatch and sensors. */
    ANY
  }

  Battery {
    departures = List.copyOf(departures);
  }

  static Battery draw(Kind kind, double ampHours, boolean old, RandomGenerator random) {
    return switch (kind) {
      case REFERENCE -> {
        int series = REFERENCE_SERIES[random.nextInt(REFERENCE_SERIES.length)];
        double believed = SessionPlan.REFERENCE_HEAT_TRANSFER;
        yield fresh(kind, series, 1.0, believed * between(random, 0.9, 1.1), believed);
      }
      case NOMINAL -> {
        double heat = heatTransfer(random);
        double believed = random.nextBoolean() ? heat : heat * between(random, 0.8, 1.25);
        yield fresh(kind, 1, random.nextDouble() < EXACT_SHARE ? 0.0 : 1.0, heat, believed);
      }
      case ANY -> any(ampHours, old, random);
    };
  }

  private static double heatTransfer(RandomGenerator random) {
    return Math.exp(between(random, Math.log(5), Math.log(60)));
  }

  private static Battery fresh(Kind kind, int series, double spread, double heat, double believed) {
    return new Battery(
        kind,
        series,
        spread,
        heat,
        believed,
        CellVariation.NONE,
        0.0,
        SensorErrors.STANDARD,
        Ripple.NONE,
        false,
        List.of());
  }

  private static Battery any(double ampHours, boolean old, RandomGenerator random) {
    List<String> departures = new ArrayList<>();
    int series = SERIES[random.nextInt(SERIES.length)];
    double heat = heatTransfer(random);
    double believed = heat * between(random, 0.8, 1.25);
    boolean aged = random.nextDouble() >= FRESH_SHARE;
    Ageing ageing = old ? Ageing.OLD : aged ? Ageing.AGED : Ageing.FRESH;
    if (ageing != Ageing.FRESH) {
      departures.add(old ? OLD : AGED);
    }
    boolean mismatched = random.nextDouble() < MISMATCH_SHARE;
    if (mismatched) {
      departures.add(MISMATCH);
    }
    CellVariation common = common(ageing, mismatched ? MISMATCH_FRACTION : 0.0, ampHours, random);
    double growth = between(random, ageing.leastGrowth, ageing.mostGrowth);
    SensorErrors errors = errors(ampHours, departures, random);
    Ripple ripple =
        random.nextDouble() < RIPPLE_SHARE
            ? new Ripple(
                between(random, 0, 0.03) * ampHours,
                (random.nextBoolean() ? 100.0 : 300.0) + between(random, -0.2, 0.2),
                between(random, 0, 2 * Math.PI))
            : Ripple.NONE;
    return new Battery(
        Kind.ANY,
        series,
        1.0,
        heat,
        believed,
        common,
        growth,
        errors,
        ripple,
        ageing != Ageing.FRESH,
        departures);
  }

  /** Ranges of what a life takes. */
  private enum Ageing {
    FRESH(0, 0, 0, 0, 0, 0, 1.0, 1.0, 0, 0),
    AGED(0, 0.10, 0, 0.08, 0, 0.02, 0.8, 1.0, 0, 1e-7),
    OLD(0.12, 0.20, 0.08, 0.15, 0.02, 0.04, 0.6, 0.8, 1e-7, 2e-7);

    private final double leastLithium;
    private final double mostLithium;
    private final double leastMaterial;
    private final double mostMaterial;
    private final double leastOhmAh;
    private final double mostOhmAh;
    private final double leastFactor;
    private final double mostFactor;
    private final double leastGrowth;
    private final double mostGrowth;

    Ageing(
        double leastLithium,
        double mostLithium,
        double leastMaterial,
        double mostMaterial,
        double leastOhmAh,
        double mostOhmAh,
        double leastFactor,
        double mostFactor,
        double leastGrowth,
        double mostGrowth) {
      this.leastLithium = leastLithium;
      this.mostLithium = mostLithium;
      this.leastMaterial = leastMaterial;
      this.mostMaterial = mostMaterial;
      this.leastOhmAh = leastOhmAh;
      this.mostOhmAh = mostOhmAh;
      this.leastFactor = leastFactor;
      this.mostFactor = mostFactor;
      this.leastGrowth = leastGrowth;
      this.mostGrowth = mostGrowth;
    }
  }

  /** Ageing times mismatch; the mismatch leaves capacities alone, as a label would tell them. */
  private static CellVariation common(
      Ageing a, double mismatch, double ampHours, RandomGenerator random) {
    double low = 1.0 - mismatch;
    double high = 1.0 + mismatch;
    double ohmAh =
        between(random, a.leastOhmAh, a.mostOhmAh)
            + (mismatch > 0 ? between(random, 0, RESISTANCE_OHM_AH) : 0.0);
    return new CellVariation(
        1.0,
        ohmAh / ampHours,
        between(random, a.leastFactor, a.mostFactor) * between(random, low, high),
        between(random, a.leastFactor, a.mostFactor) * between(random, low, high),
        between(random, a.leastFactor, a.mostFactor) * between(random, low, high),
        between(random, a.leastFactor, a.mostFactor) * between(random, low, high),
        between(random, low, high),
        between(random, low, high),
        between(random, a.leastLithium, a.mostLithium),
        between(random, a.leastMaterial, a.mostMaterial),
        between(random, a.leastMaterial, a.mostMaterial),
        between(random, low, high));
  }

  /** Two fifths standard, two fifths biased, a fifth biased, coarse, late and with gaps. */
  private static SensorErrors errors(
      double ampHours, List<String> departures, RandomGenerator random) {
    double kind = random.nextDouble();
    double voltage = between(random, -5e-3, 5e-3);
    double gain = between(random, 0.995, 1.005);
    double kelvin = between(random, -1, 1);
    if (kind < 0.4) {
      return SensorErrors.STANDARD;
    }
    SensorModel volts = SensorErrors.STANDARD.voltage().withBias(voltage);
    SensorModel amps = SensorErrors.STANDARD.current().withGain(gain);
    SensorModel temperature = SensorErrors.STANDARD.temperature().withBias(kelvin);
    departures.add(BIASED);
    if (kind >= 0.8) {
      departures.add(DEGRADED);
      double delay = between(random, 0, 2);
      double lost = between(random, 0, 4e-3);
      double gap = between(random, 0, 20);
      volts =
          volts
              .withResolution(random.nextBoolean() ? 1e-3 : 5e-3)
              .withDelaySeconds(delay)
              .withDropOut(lost, gap);
      amps = amps.withResolution(0.01 * ampHours).withDelaySeconds(delay).withDropOut(lost, gap);
      temperature =
          temperature
              .withResolution(random.nextBoolean() ? 0.5 : 1.0)
              .withLagSeconds(between(random, 0, 20))
              .withDropOut(lost, gap);
    }
    return new SensorErrors(volts, amps, temperature);
  }

  private static double between(RandomGenerator random, double low, double high) {
    return SessionPlan.between(random, low, high);
  }
}
