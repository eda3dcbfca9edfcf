package dev.anodyne.controller.lab.tuning;

import dev.anodyne.controller.lab.ChargeSummary;
import dev.anodyne.controller.lab.RunResult;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a policy did on a set of scenarios, each by its weight.
 *
 * @param charges how many
 * @param meanMinutes weighted mean of the charging time, min; an unfinished charge counts as long
 *     as it lasted
 * @param plated charges with any plating exposure
 * @param lowestMillivolts lowest true anode potential of all, mV
 * @param unreached charges that did not reach their target
 * @param passed charges that passed a limit of current, voltage or temperature
 * @param failed charges that ended with an error
 * @param cost what the search minimises, min: the mean time and the penalties
 */
public record Figures(
    int charges,
    double meanMinutes,
    int plated,
    double lowestMillivolts,
    int unreached,
    int passed,
    int failed,
    double cost) {
  /**
   * Of a charge that plates, min; and for each millivolt below 0, so that the search sees a way.
   */
  private static final double PLATED_MINUTES = 10.0;

  private static final double MINUTES_PER_MILLIVOLT = 2.0;
  private static final double MOST_MILLIVOLTS = 50.0;
  private static final double PASSED_MINUTES = 10.0;
  private static final double UNREACHED_MINUTES = 200.0;

  /**
   * One charge of a set.
   *
   * @param weight how much it counts
   * @param minutes charging time, min
   * @param exposureVoltSeconds plating exposure, V·s
   * @param lowestMillivolts lowest true anode potential, mV
   * @param reached whether the target was reached
   * @param passed whether a limit other than the anode potential's was passed
   * @param failed whether it ended with an error; the other figures mean nothing then
   */
  record Charge(
      double weight,
      double minutes,
      double exposureVoltSeconds,
      double lowestMillivolts,
      boolean reached,
      boolean passed,
      boolean failed) {
    static Charge of(double weight, RunResult run) {
      ChargeSummary s = run.summary();
      return new Charge(
          weight,
          s.minutes(),
          s.platingExposureVoltSeconds(),
          s.minAnodePotentialVolts() * 1e3,
          run.reached(),
          run.violations().stream().anyMatch(v -> !v.startsWith("Anode potential")),
          false);
    }

    static Charge failed(double weight) {
      return new Charge(weight, 0, 0, Double.NaN, false, false, true);
    }

    private double penaltyMinutes() {
      double below = Math.min(MOST_MILLIVOLTS, Math.max(0, -lowestMillivolts));
      return (exposureVoltSeconds > 0 ? PLATED_MINUTES + MINUTES_PER_MILLIVOLT * below : 0)
          + (passed ? PASSED_MINUTES : 0)
          + (reached ? 0 : UNREACHED_MINUTES);
    }
  }

  static Figures of(List<Charge> charges) {
    double weights = 0;
    double minutes = 0;
    double cost = 0;
    double lowest = Double.POSITIVE_INFINITY;
    for (Charge c : charges) {
      weights += c.weight();
      minutes += c.weight() * c.minutes();
      cost += c.weight() * (c.minutes() + c.penaltyMinutes());
      lowest = c.failed() ? lowest : Math.min(lowest, c.lowestMillivolts());
    }
    return new Figures(
        charges.size(),
        minutes / weights,
        count(charges, c -> c.exposureVoltSeconds() > 0),
        lowest,
        count(charges, c -> !c.reached()),
        count(charges, Charge::passed),
        count(charges, Charge::failed),
        cost / weights);
  }

  private static int count(List<Charge> charges, java.util.function.Predicate<Charge> what) {
    return (int) charges.stream().filter(what).count();
  }

  /** Whether every charge reached its target without plating and within every limit. */
  public boolean isClean() {
    return plated == 0 && unreached == 0 && passed == 0 && failed == 0;
  }

  /**
   * The 95 % upper limit of the share of charges that plate, from how many did (Clopper and
   * Pearson, Biometrika 26 (1934) 404, one-sided): "none of 24" is not "never".
   */
  public double platedShareAtMost() {
    if (plated >= charges) {
      return 1.0;
    }
    double low = 0.0;
    double high = 1.0;
    for (int i = 0; i < 60; i++) {
      double p = 0.5 * (low + high);
      if (atMost(plated, charges, p) > 0.05) {
        low = p;
      } else {
        high = p;
      }
    }
    return high;
  }

  /** Probability of at most k successes in n trials. */
  private static double atMost(int k, int n, double p) {
    double term = Math.pow(1 - p, n);
    double sum = term;
    for (int i = 1; i <= k; i++) {
      term *= (double) (n - i + 1) / i * p / (1 - p);
      sum += term;
    }
    return sum;
  }

  /** For {@code --json}. */
  Map<String, Object> toMap() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("charges", charges);
    map.put("mean_minutes", meanMinutes);
    map.put("plated", plated);
    map.put("plated_share_95_upper", platedShareAtMost());
    map.put("min_anode_potential_mV", lowestMillivolts);
    map.put("unreached", unreached);
    map.put("limits_passed", passed);
    map.put("failed", failed);
    return map;
  }

  /** In one line for people. */
  String text() {
    String others =
        unreached + passed + failed == 0
            ? ""
            : String.format(
                Locale.ROOT,
                ", %d not finished, %d beyond a limit, %d failed",
                unreached,
                passed,
                failed);
    return String.format(
        Locale.ROOT,
        "%.2f min on average, %d of %d plated (95 %%: at most %.1f %%), lowest %+.2f mV%s",
        meanMinutes,
        plated,
        charges,
        100 * platedShareAtMost(),
        lowestMillivolts,
        others);
  }
}
