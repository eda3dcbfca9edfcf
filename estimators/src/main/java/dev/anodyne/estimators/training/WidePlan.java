package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.signal.SeededRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator.SplittableGenerator;

/**
 * The wide plan: batteries of every age with sensors of every quality, some sessions each, so that
 * what is learned in one session can be used in the next. A battery belongs to one split. So does a
 * condition, a block of 5 K of ambient temperature by half a C of the highest rate: the blocks are
 * dealt to training, calibration and test like the colours of a lattice, so that each split covers
 * the whole range and none has a condition of another. What lies beyond the training range (colder,
 * hotter, faster, older) is extrapolation only.
 */
final class WidePlan {
  static final int SESSIONS_A_BATTERY = 4;

  static final double LOW_CELSIUS = -10;
  static final double HIGH_CELSIUS = 45;
  static final double COLDEST_CELSIUS = -20;
  static final double HOTTEST_CELSIUS = 55;
  static final double LOW_RATE = 0.1;
  static final double HIGH_RATE = 3;
  static final double HIGHEST_RATE = 4;

  static final String COLD = "cold";
  static final String HOT = "hot";
  static final String FAST = "fast";

  private static final double BLOCK_KELVIN = 5;
  private static final double BLOCK_RATE = 0.5;

  /** Six in ten batteries to fit, two to calibrate, one to test, one beyond the range. */
  private static final Split[] SPLITS = {
    Split.TRAIN,
    Split.CALIBRATE,
    Split.TRAIN,
    Split.TEST,
    Split.TRAIN,
    Split.EXTRAPOLATION,
    Split.TRAIN,
    Split.CALIBRATE,
    Split.TRAIN,
    Split.TRAIN
  };

  private enum Beyond {
    COLD,
    HOT,
    FAST,
    OLD
  }

  private final CellParameters cell;
  private final long seed;

  WidePlan(CellParameters cell, long seed) {
    this.cell = cell;
    this.seed = seed;
  }

  static SessionRef ref(int number) {
    int battery = number / SESSIONS_A_BATTERY;
    return new SessionRef(number, battery, SPLITS[battery % SPLITS.length]);
  }

  /** The split of a condition inside the training range. */
  static Split block(double celsius, double rate) {
    int t = (int) Math.floor(celsius / BLOCK_KELVIN);
    int r = (int) Math.floor(rate / BLOCK_RATE);
    return switch (Math.floorMod(t + 2 * r, 5)) {
      case 3 -> Split.CALIBRATE;
      case 4 -> Split.TEST;
      default -> Split.TRAIN;
    };
  }

  /** The stream that draws a battery; its next values draw how the cells differ. */
  private SplittableGenerator batteryRandom(SessionRef ref) {
    return SeededRandom.of(~(seed * 1_000_003L + ref.battery()));
  }

  SessionData simulate(SessionRef ref, SessionSimulator simulator) {
    SplittableGenerator cells = batteryRandom(ref);
    Battery battery = battery(ref, cells);
    SplittableGenerator random = sessionRandom(ref);
    SessionPlan plan = plan(ref, battery, random);
    SessionData data = simulator.run(plan, cells, random);
    data.label = SessionLabel.of(ref, plan);
    return data;
  }

  /** The conditions of a session, without running it. */
  SessionPlan plan(SessionRef ref) {
    return plan(ref, battery(ref, batteryRandom(ref)), sessionRandom(ref));
  }

  private SplittableGenerator sessionRandom(SessionRef ref) {
    return SeededRandom.of(seed * 1_000_003L + ref.number());
  }

  private Battery battery(SessionRef ref, SplittableGenerator random) {
    boolean old = ref.split() == Split.EXTRAPOLATION && beyond(ref) == Beyond.OLD;
    return Battery.draw(cell.nominalCapacityAmpHours(), old, random);
  }

  private static Beyond beyond(SessionRef ref) {
    return Beyond.values()[(ref.battery() / SPLITS.length) % Beyond.values().length];
  }

  private SessionPlan plan(SessionRef ref, Battery battery, SplittableGenerator random) {
    double celsius;
    double rate;
    do {
      celsius = between(random, LOW_CELSIUS, HIGH_CELSIUS);
      double warmth = warmth(celsius);
      rate = between(random, LOW_RATE, HIGH_RATE) * (random.nextDouble() < 0.6 ? warmth : 1.0);
    } while (ref.split() != Split.EXTRAPOLATION && block(celsius, rate) != ref.split());
    if (ref.split() == Split.EXTRAPOLATION) {
      switch (beyond(ref)) {
        case COLD -> celsius = between(random, COLDEST_CELSIUS, LOW_CELSIUS);
        case HOT -> celsius = between(random, HIGH_CELSIUS, HOTTEST_CELSIUS);
        case FAST -> rate = between(random, HIGH_RATE, HIGHEST_RATE);
        case OLD -> {
          // The battery is beyond the range, not the session.
        }
      }
    }
    return plan(battery, celsius, rate, random);
  }

  private SessionPlan plan(
      Battery battery, double celsius, double rate, SplittableGenerator random) {
    double kelvin = 273.15 + celsius;
    double heat = Math.exp(between(random, Math.log(5), Math.log(60)));
    double soc = between(random, 0.0, 0.9);
    double target = Math.max(between(random, 0.8, 0.97), Math.min(soc + 0.1, 0.98));
    boolean underLoad = random.nextDouble() < 0.4;
    OptionalDouble told =
        random.nextDouble() < 0.3
            ? OptionalDouble.of(Math.min(Math.max(soc + between(random, -0.05, 0.05), 0.0), 1.0))
            : OptionalDouble.empty();
    List<String> departures = new ArrayList<>(battery.departures());
    if (celsius < 0) {
      departures.add(COLD);
    } else if (celsius > HIGH_CELSIUS) {
      departures.add(HOT);
    }
    if (rate > HIGH_RATE) {
      departures.add(FAST);
    }
    return new SessionPlan(
        false,
        battery.aged(),
        battery.series(),
        battery.common(),
        kelvin,
        heat,
        heat * between(random, 0.8, 1.25),
        soc,
        target,
        cell.upperCutOffVolts(),
        Math.max(kelvin + 5, between(random, 316, 333)),
        underLoad ? 0.0 : between(random, 1, 120),
        2700,
        profile(rate, warmth(celsius), random),
        battery.errors(),
        new SessionExtras(
            HIGHEST_RATE, battery.seiGrowthMetres(), battery.ripple(), told, departures));
  }

  private static CurrentProfile profile(double rate, double warmth, SplittableGenerator random) {
    double kind = random.nextDouble();
    if (kind < 0.45) {
      double pause = random.nextDouble() < 0.4 ? between(random, 200, 900) : 0.0;
      double high = between(random, 0.004, 0.04);
      return new CurrentProfile.Rider(random.split(), rate, -0.005, high, pause);
    }
    if (kind < 0.58) {
      return new CurrentProfile.Constant(rate);
    }
    if (kind < 0.74) {
      return new CurrentProfile.Steps(random.split(), rate, between(random, 30, 400));
    }
    if (kind < 0.86) {
      return new CurrentProfile.Ramps(random.split(), rate);
    }
    return new CurrentProfile.Pulses(
        rate,
        rate * 0.3 * random.nextDouble(),
        between(random, 5, 90),
        between(random, 5, 60) * warmth + 5);
  }

  private static double warmth(double celsius) {
    return Math.min(Math.max((celsius + 10) / 35.0, 0.15), 1.0);
  }

  private static double between(SplittableGenerator random, double low, double high) {
    return SessionPlan.between(random, low, high);
  }

  /** What the plan draws from, for the manifest and a model's card. */
  static Map<String, String> ranges() {
    Map<String, String> ranges = new LinkedHashMap<>();
    ranges.put("ambient temperature", "-10 to 45 °C; extrapolation -20 to 55 °C");
    ranges.put("heat transfer", "5 to 60 W/m²K; the twin's own value is off by up to 25 %");
    ranges.put("state of charge", "start 0 to 90 %, end 80 to 98 %");
    ranges.put("known state of charge", "30 % of the sessions, off by up to 5 %; others find it");
    ranges.put("start", "40 % of the sessions under load, others after a rest of up to 120 s");
    ranges.put(
        "current",
        "0 to 3C, extrapolation to 4C: constant, steps, ramps, pulses, rests, riding the anode"
            + " potential");
    ranges.put("cells in series", "1, 2, 4 and 8");
    ranges.put(
        "cell spread (1 sigma)",
        "capacity 1 %, resistance 1 mOhm at 5 A.h, exchange currents and solid diffusivities 4 %,"
            + " state of charge 0.5 %, temperature 0.3 K, heat transfer 3 %");
    ranges.put(
        "ageing (55 % of the batteries)",
        "loss of lithium to 10 %, of either material to 8 %, resistance to 0.02 Ohm.A.h, exchange"
            + " currents and solid diffusivities to -20 %, SEI growth (porosity) to 100 nm;"
            + " extrapolation 12-20 %, 8-15 %, 0.02-0.04 Ohm.A.h, -20 to -40 %, 100-200 nm");
    ranges.put(
        "parameter mismatch (40 % of the batteries)",
        "exchange currents, all diffusivities, conductivity and heat transfer ±20 %, resistance to"
            + " 0.01 Ohm.A.h");
    ranges.put("sensor noise (1 sigma)", "1 mV, 0.1 % of current, 0.2 K");
    ranges.put("sensor bias (60 % of the batteries)", "±5 mV, ±0.5 % of current, ±1 K");
    ranges.put(
        "degraded sensors (20 % of the batteries)",
        "steps of 1 or 5 mV, 0.01C, 0.5 or 1 K; delay to 2 s, thermometer lag to 20 s, drop-outs to"
            + " 20 s");
    ranges.put("charger ripple (half of the batteries)", "to 3 % of 1C at 100 or 300 Hz");
    ranges.put(
        "split",
        "by battery (60 % train, 20 % calibrate, 10 % test, 10 % extrapolation) and by blocks of"
            + " 5 K and 0.5C");
    return ranges;
  }
}
