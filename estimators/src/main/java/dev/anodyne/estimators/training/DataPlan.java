package dev.anodyne.estimators.training;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** From what range the sessions of a data set are drawn. */
public enum DataPlan {
  /** What the shipped networks are trained on: standard sensors, packs up to mildly aged. */
  SHIPPED(20, 100_000),
  /** Every temperature, age and quality of sensors; batteries with several sessions each. */
  WIDE(6 * WidePlan.SESSIONS_A_BATTERY, 1_000_000);

  static final int FIRST_CALIBRATION = 1_000_000;
  static final int FIRST_TEST = 2_000_000;

  private static final int DEFAULT_TRAINING = 500;
  private static final int DEFAULT_TEST = 250;
  private static final int DEFAULT_WIDE = 2000;

  private final int leastSessions;
  private final int mostSessions;

  DataPlan(int leastSessions, int mostSessions) {
    this.leastSessions = leastSessions;
    this.mostSessions = mostSessions;
  }

  /**
   * The plan of a name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static DataPlan of(String name) {
    return Arrays.stream(values())
        .filter(p -> p.text().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'" + name + "' is not a plan; allowed: shipped, wide."));
  }

  /** The name on the command line and in manifests. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The fewest sessions that can be asked for. */
  public int leastSessions() {
    return leastSessions;
  }

  /** The most sessions that can be asked for. */
  public int mostSessions() {
    return mostSessions;
  }

  /** What it draws from, in words with units. */
  public Map<String, String> ranges() {
    return this == WIDE ? WidePlan.ranges() : shippedRanges();
  }

  /**
   * The sessions of a data set.
   *
   * @param asked sessions asked for: those to fit (shipped; half as many each to calibrate and
   *     test), all of them (wide); 0 for the plan's default
   */
  List<SessionRef> sessions(int asked) {
    List<SessionRef> refs = new ArrayList<>();
    if (this == WIDE) {
      int count = asked == 0 ? DEFAULT_WIDE : asked;
      for (int i = 0; i < count; i++) {
        refs.add(WidePlan.ref(i));
      }
      return refs;
    }
    int training = asked == 0 ? DEFAULT_TRAINING : asked;
    add(refs, Split.TRAIN, 0, training);
    add(refs, Split.CALIBRATE, FIRST_CALIBRATION, asked == 0 ? DEFAULT_TRAINING : asked / 2);
    add(refs, Split.TEST, FIRST_TEST, asked == 0 ? DEFAULT_TEST : asked / 2);
    return refs;
  }

  private static void add(List<SessionRef> refs, Split split, int first, int count) {
    for (int i = 0; i < count; i++) {
      refs.add(new SessionRef(first + i, first + i, split));
    }
  }

  private static Map<String, String> shippedRanges() {
    Map<String, String> ranges = new LinkedHashMap<>();
    ranges.put("ambient temperature", "-10 to 50 °C, four fifths of it 0 to 45 °C");
    ranges.put("heat transfer", "5 to 60 W/m²K; the twin's own value is off by up to 25 %");
    ranges.put("state of charge", "start 0 to 80 %, end 80 to 95 %");
    ranges.put(
        "current", "0 to 3.3C: constant, steps, ramps, pulses, rests, riding the anode potential");
    ranges.put("cells in series", "1, 2, 4 and 8");
    ranges.put(
        "cell spread (1 sigma)",
        "capacity 1 %, resistance 1 mOhm at 5 A.h, exchange currents and solid diffusivities 4 %,"
            + " state of charge 0.5 %, temperature 0.3 K, heat transfer 3 %");
    ranges.put(
        "mild ageing (a fifth to a third of the sessions)",
        "losses of lithium and of either active material to 2 %, resistance to 3 mOhm, rates and"
            + " diffusivities to -10 %");
    ranges.put("sensor noise (1 sigma)", "1 mV, 0.1 % of current, 0.2 K");
    return ranges;
  }
}
