package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.estimators.identification.Identification;
import dev.anodyne.estimators.identification.RecordedSession;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.random.RandomGenerator.SplittableGenerator;

/**
 * The wide plan: batteries of every age with sensors of every quality, some sessions each. After
 * its first session a battery is identified from what its sensors read, and the twins of later
 * sessions run on what was found; some run on the parameter set all the same. A share of the
 * batteries are new packs on the reference charge, and new single cells.
 *
 * <p>A battery belongs to one split. So does a condition, a block of 5 K of ambient temperature by
 * half a C of the highest rate: the blocks are dealt to training, calibration and test like the
 * colours of a lattice, so that each split covers the whole range and none has a condition of
 * another. The reference charge is one condition, in all three. What lies beyond the training range
 * (colder, hotter, faster, older) is extrapolation only.
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

  static final String REFERENCE = "reference";
  static final String COLD = "cold";
  static final String HOT = "hot";
  static final String FAST = "fast";

  private static final double BLOCK_KELVIN = 5;
  private static final double BLOCK_RATE = 0.5;

  /** Share of the identified batteries that are identified again after their second session. */
  private static final double AGAIN_SHARE = 0.15;

  /**
   * Half of the batteries to fit, a third to calibrate (a bound by kind of battery needs hundreds
   * of sessions of each), a twelfth to test, a twelfth beyond the range.
   */
  private static final Split[] SPLITS = {
    Split.TRAIN,
    Split.CALIBRATE,
    Split.TRAIN,
    Split.TEST,
    Split.CALIBRATE,
    Split.TRAIN,
    Split.EXTRAPOLATION,
    Split.TRAIN,
    Split.CALIBRATE,
    Split.TRAIN,
    Split.CALIBRATE,
    Split.TRAIN
  };

  /** What the batteries of a split are; as many as make no common divisor with the splits. */
  private static final Battery.Kind[] KINDS = {
    Battery.Kind.ANY,
    Battery.Kind.REFERENCE,
    Battery.Kind.ANY,
    Battery.Kind.NOMINAL,
    Battery.Kind.ANY,
    Battery.Kind.ANY,
    Battery.Kind.REFERENCE,
    Battery.Kind.ANY,
    Battery.Kind.ANY,
    Battery.Kind.NOMINAL,
    Battery.Kind.ANY
  };

  /** How batteries beyond the training range are. */
  enum Beyond {
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

  /**
   * Simulates a battery's life.
   *
   * @param refs its sessions from the first one on
   * @param done is told each session when it is over
   */
  void simulate(List<SessionRef> refs, SessionSimulator simulator, Consumer<SessionData> done) {
    Knowledge known = Knowledge.NONE;
    for (SessionRef ref : refs) {
      SplittableGenerator cells = batteryRandom(ref);
      Battery battery = battery(ref, cells);
      SplittableGenerator random = sessionRandom(ref);
      SessionPlan plan = plan(ref, battery, random);
      Knowledge used = plan.extras().nominalTwin() ? Knowledge.NONE : known;
      RecordedSession recorded = new RecordedSession(new PackLayout(plan.series(), 1));
      SessionData data = simulator.run(plan, used, recorded, cells, random);
      String outcome = "";
      if (isLearnedFrom(ref, known)) {
        Identification found = simulator.identify(plan, recorded, known);
        known = known.after(found);
        outcome = found.why();
      }
      data.label = SessionLabel.of(ref, plan, used, outcome);
      done.accept(data);
    }
  }

  /** After the first session, until one told something, and again after some second sessions. */
  private boolean isLearnedFrom(SessionRef ref, Knowledge known) {
    int place = ref.number() % SESSIONS_A_BATTERY;
    boolean again = place == 1 && sessionRandom(ref).split().nextDouble() < AGAIN_SHARE;
    return place < SESSIONS_A_BATTERY - 1 && (known.sessions() == 0 || again);
  }

  /** The conditions of a session, without running it. */
  SessionPlan plan(SessionRef ref) {
    return plan(ref, battery(ref, batteryRandom(ref)), sessionRandom(ref));
  }

  /** The stream that draws a battery; its next values draw how the cells differ. */
  private SplittableGenerator batteryRandom(SessionRef ref) {
    return SeededRandom.of(~(seed * 1_000_003L + ref.battery()));
  }

  private SplittableGenerator sessionRandom(SessionRef ref) {
    return SeededRandom.of(seed * 1_000_003L + ref.number());
  }

  private Battery battery(SessionRef ref, SplittableGenerator random) {
    boolean old = ref.split() == Split.EXTRAPOLATION && beyond(ref) == Beyond.OLD;
    return Battery.draw(kind(ref), cell.nominalCapacityAmpHours(), old, random);
  }

  static Battery.Kind kind(SessionRef ref) {
    int cycle = ref.battery() / SPLITS.length;
    int slot = ref.battery() % SPLITS.length;
    return ref.split() == Split.EXTRAPOLATION
        ? Battery.Kind.ANY
        : KINDS[(cycle + slot) % KINDS.length];
  }

  private static Beyond beyond(SessionRef ref) {
    return Beyond.values()[(ref.battery() / SPLITS.length) % Beyond.values().length];
  }

  private SessionPlan plan(SessionRef ref, Battery battery, SplittableGenerator random) {
    boolean first = ref.number() % SESSIONS_A_BATTERY == 0;
    WideSession session = new WideSession(cell, battery, ref.split(), first, random);
    if (battery.kind() == Battery.Kind.REFERENCE) {
      return session.reference();
    }
    return ref.split() == Split.EXTRAPOLATION ? session.beyond(beyond(ref)) : session.inRange();
  }

  /** What the plan draws from, for the manifest and a model's card. */
  static Map<String, String> ranges() {
    Map<String, String> ranges = new LinkedHashMap<>();
    ranges.put("ambient temperature", "-10 to 45 °C; extrapolation -20 to 55 °C");
    ranges.put(
        "batteries",
        "64 % any; 18 % new packs on the reference charge (25 °C, 40 W/m²K, riding the twin's"
            + " anode potential); 18 % new single cells, most exactly as their parameter set says");
    ranges.put(
        "sessions of a battery",
        "4; identified after the first (and some after the second), later twins run on what was"
            + " found but for a quarter of the sessions");
    ranges.put("heat transfer", "5 to 60 W/m²K; the twin's own value is off by up to 25 %");
    ranges.put("state of charge", "start 0 to 90 %, end 80 to 98 %");
    ranges.put("known state of charge", "30 % of the sessions, off by up to 5 %; others find it");
    ranges.put(
        "start",
        "40 % of the later sessions under load, others after a rest of up to 120 s; first sessions"
            + " at rest and below 45 %");
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
        "ageing (55 % of any)",
        "loss of lithium to 10 %, of either material to 8 %, resistance to 0.02 Ohm.A.h, exchange"
            + " currents and solid diffusivities to -20 %, SEI growth (porosity) to 100 nm;"
            + " extrapolation 12-20 %, 8-15 %, 0.02-0.04 Ohm.A.h, -20 to -40 %, 100-200 nm");
    ranges.put(
        "parameter mismatch (40 % of any)",
        "exchange currents, all diffusivities, conductivity and heat transfer ±20 %, resistance to"
            + " 0.01 Ohm.A.h");
    ranges.put("sensor noise (1 sigma)", "1 mV, 0.1 % of current, 0.2 K");
    ranges.put("sensor bias (60 % of any)", "±5 mV, ±0.5 % of current, ±1 K");
    ranges.put(
        "degraded sensors (20 % of any)",
        "steps of 1 or 5 mV, 0.01C, 0.5 or 1 K; delay to 2 s, thermometer lag to 20 s, drop-outs to"
            + " 20 s");
    ranges.put("charger ripple (half of any)", "to 3 % of 1C at 100 or 300 Hz");
    ranges.put(
        "split",
        "by battery (50 % train, 33 % calibrate, 8 % test, 8 % extrapolation) and by blocks of"
            + " 5 K and 0.5C");
    return ranges;
  }
}
