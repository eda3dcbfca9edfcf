package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellParameters;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator.SplittableGenerator;

/** Draws the conditions of one session of the wide plan. */
final class WideSession {
  private static final double REFERENCE_CELSIUS = 25;
  private static final double LEARNING_RATE = 0.4;
  private static final double NOMINAL_TWIN_SHARE = 0.25;
  private static final double LEARNING_SHARE = 0.9;

  private final CellParameters cell;
  private final Battery battery;
  private final Split split;
  private final SplittableGenerator random;

  /** Mostly true for a battery's first session: one that can be learned from. */
  private final boolean learning;

  private final boolean nominalTwin;

  /**
   * @param first whether it is the battery's first session
   * @param random of the session
   */
  WideSession(
      CellParameters cell,
      Battery battery,
      Split split,
      boolean first,
      SplittableGenerator random) {
    this.cell = cell;
    this.battery = battery;
    this.split = split;
    this.random = random;
    learning = random.nextDouble() < LEARNING_SHARE && first;
    nominalTwin = random.nextDouble() < NOMINAL_TWIN_SHARE;
  }

  /** As the reference charge, riding the twin's anode potential just above 0 V. */
  SessionPlan reference() {
    double maxRate = between(2.7, WidePlan.HIGH_RATE);
    CurrentProfile profile =
        new CurrentProfile.Rider(
            random.split(), maxRate, -0.004 + between(0, 0.006), 0.004 + between(0, 0.016), 0.0);
    return new SessionPlan(
        true,
        false,
        battery.series(),
        battery.common(),
        273.15 + REFERENCE_CELSIUS + between(-1, 1),
        battery.heatTransfer() * between(0.97, 1.03),
        battery.heatTransferBelieved(),
        between(0.08, 0.2),
        0.82,
        cell.upperCutOffVolts(),
        318.15,
        between(1, 20),
        4200,
        profile,
        battery.errors(),
        extras(
            SessionExtras.SHIPPED_CHARGER_RATE,
            OptionalDouble.empty(),
            List.of(WidePlan.REFERENCE)));
  }

  /** A condition of the split inside the training range. */
  SessionPlan inRange() {
    double low = battery.kind() == Battery.Kind.NOMINAL ? 0.0 : WidePlan.LOW_CELSIUS;
    double celsius;
    double rate;
    do {
      celsius = between(low, WidePlan.HIGH_CELSIUS);
      rate = rate(celsius);
    } while (!isPossible(celsius, rate));
    return at(celsius, rate);
  }

  private boolean isPossible(double celsius, double rate) {
    boolean own = split == Split.EXTRAPOLATION || WidePlan.block(celsius, rate) == split;
    return own && !(learning && rate < LEARNING_RATE);
  }

  private double rate(double celsius) {
    return between(WidePlan.LOW_RATE, WidePlan.HIGH_RATE)
        * (random.nextDouble() < 0.6 ? warmth(celsius) : 1.0);
  }

  /** A condition beyond the training range, or an old battery in it. */
  SessionPlan beyond(WidePlan.Beyond how) {
    double celsius;
    double rate;
    do {
      celsius = between(WidePlan.LOW_CELSIUS, WidePlan.HIGH_CELSIUS);
      rate = rate(celsius);
    } while (!isPossible(celsius, rate));
    return switch (how) {
      case COLD -> at(between(WidePlan.COLDEST_CELSIUS, WidePlan.LOW_CELSIUS), rate);
      case HOT -> at(between(WidePlan.HIGH_CELSIUS, WidePlan.HOTTEST_CELSIUS), rate);
      case FAST -> at(celsius, between(WidePlan.HIGH_RATE, WidePlan.HIGHEST_RATE));
      case OLD -> at(celsius, rate);
    };
  }

  private SessionPlan at(double celsius, double rate) {
    double kelvin = 273.15 + celsius;
    double soc = learning ? between(0.02, 0.45) : between(0.0, 0.9);
    double target = Math.max(between(0.8, 0.97), Math.min(soc + 0.1, 0.98));
    boolean underLoad = random.nextDouble() < 0.4 && !learning;
    OptionalDouble told =
        random.nextDouble() < 0.3
            ? OptionalDouble.of(Math.min(Math.max(soc + between(-0.05, 0.05), 0.0), 1.0))
            : OptionalDouble.empty();
    List<String> departures = new ArrayList<>(battery.departures());
    if (celsius < 0) {
      departures.add(WidePlan.COLD);
    } else if (celsius > WidePlan.HIGH_CELSIUS) {
      departures.add(WidePlan.HOT);
    }
    if (rate > WidePlan.HIGH_RATE) {
      departures.add(WidePlan.FAST);
    }
    return new SessionPlan(
        false,
        battery.aged(),
        battery.series(),
        battery.common(),
        kelvin,
        battery.heatTransfer() * between(0.95, 1.05),
        battery.heatTransferBelieved(),
        soc,
        target,
        cell.upperCutOffVolts(),
        Math.max(kelvin + 5, between(316, 333)),
        underLoad ? 0.0 : between(1, 120),
        2700,
        profile(rate, warmth(celsius)),
        battery.errors(),
        extras(WidePlan.HIGHEST_RATE, told, departures));
  }

  private SessionExtras extras(double chargerRate, OptionalDouble told, List<String> departures) {
    return new SessionExtras(
        chargerRate,
        battery.seiGrowthMetres(),
        battery.ripple(),
        battery.cellSpread(),
        nominalTwin,
        told,
        departures);
  }

  private CurrentProfile profile(double rate, double warmth) {
    double kind = random.nextDouble();
    if (kind < 0.45) {
      double pause = random.nextDouble() < 0.4 ? between(200, 900) : 0.0;
      double high = between(0.004, 0.04);
      return new CurrentProfile.Rider(random.split(), rate, -0.005, high, pause);
    }
    if (kind < 0.58) {
      return new CurrentProfile.Constant(rate);
    }
    if (kind < 0.74) {
      return new CurrentProfile.Steps(random.split(), rate, between(30, 400));
    }
    if (kind < 0.86) {
      return new CurrentProfile.Ramps(random.split(), rate);
    }
    return new CurrentProfile.Pulses(
        rate, rate * 0.3 * random.nextDouble(), between(5, 90), between(5, 60) * warmth + 5);
  }

  private static double warmth(double celsius) {
    return Math.min(Math.max((celsius + 10) / 35.0, 0.15), 1.0);
  }

  private double between(double low, double high) {
    return SessionPlan.between(random, low, high);
  }
}
