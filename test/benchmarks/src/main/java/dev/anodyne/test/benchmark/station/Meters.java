package dev.anodyne.test.benchmark.station;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The counts of {@code /metrics} at one moment, as far as they are counted by bounds.
 *
 * @param buckets by the metric's name, then by upper bound, s: how often it was at most that
 */
record Meters(Map<String, TreeMap<Double, Double>> buckets) {
  private static final Pattern BUCKET =
      Pattern.compile("(\\w+)_seconds_bucket\\{[^}]*le=\"([^\"]+)\"[^}]*} (\\S+)");

  static Meters parse(String text) {
    Map<String, TreeMap<Double, Double>> all = new TreeMap<>();
    for (String line : text.lines().toList()) {
      Matcher bucket = BUCKET.matcher(line);
      if (bucket.find()) {
        String bound = bucket.group(2);
        all.computeIfAbsent(bucket.group(1), unused -> new TreeMap<>())
            .put(
                bound.equals("+Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(bound),
                Double.parseDouble(bucket.group(3)));
      }
    }
    return new Meters(all);
  }

  /** How often it was counted since. */
  double count(String name, Meters before) {
    return within(name, before, Double.POSITIVE_INFINITY);
  }

  private double within(String name, Meters before, double bound) {
    TreeMap<Double, Double> now = buckets.get(name);
    TreeMap<Double, Double> then = before.buckets.get(name);
    if (now == null) {
      return Double.NaN;
    }
    return now.getOrDefault(bound, Double.NaN) - (then == null ? 0 : then.getOrDefault(bound, 0.0));
  }

  /** The smallest bound that a share of all since has not passed, ms; NaN when nothing is known. */
  double millisWithin(String name, Meters before, double share) {
    TreeMap<Double, Double> now = buckets.get(name);
    double all = count(name, before);
    if (now == null || !(all > 0)) {
      return Double.NaN;
    }
    for (double bound : now.keySet()) {
      if (within(name, before, bound) >= share * all) {
        return 1e3 * bound;
      }
    }
    return Double.POSITIVE_INFINITY;
  }
}
