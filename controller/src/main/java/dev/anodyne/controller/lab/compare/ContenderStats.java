package dev.anodyne.controller.lab.compare;

import dev.anodyne.controller.lab.ChargeSummary;
import dev.anodyne.controller.lab.compare.CompareRow.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A contender's charges in figures. Times are of the charges that reached their target; everything
 * else is of all charges that have a result.
 *
 * @param label what tables call it
 * @param charges how many have a result
 * @param failed how many ended with an error
 * @param reached share that reached the target
 * @param medianMinutes of those
 * @param meanMinutes of those
 * @param againstFirst mean of the difference to the first contender in the same scenarios (common
 *     random numbers), as a share of the first one's time; none for the first
 * @param plated share with any plating
 * @param lowestVolts lowest true anode potential of all charges, V
 * @param lowestPercentVolts one charge in a hundred goes below this, V
 * @param lowestMedianVolts half of the charges go below this, V
 * @param worstExposureVoltSeconds largest plating exposure, V·s
 * @param limitsPassed share of charges that passed a limit of voltage, temperature or current
 * @param estimatorRmseMillivolts root of the mean square over charges, mV
 * @param estimatorP99OptimisticMillivolts median over charges of each one's 99th percentile, mV
 * @param estimatorWorstP99Millivolts largest over charges, mV
 * @param solveP50Millis median over charges, ms
 * @param solveP99Millis median over charges of each one's 99th percentile, ms
 * @param fallbackShare mean over charges
 * @param stay means over charges with a departure; empty where there is none
 */
public record ContenderStats(
    String label,
    int charges,
    int failed,
    Interval reached,
    Interval medianMinutes,
    Interval meanMinutes,
    Interval againstFirst,
    Interval plated,
    double lowestVolts,
    double lowestPercentVolts,
    double lowestMedianVolts,
    double worstExposureVoltSeconds,
    Interval limitsPassed,
    double estimatorRmseMillivolts,
    double estimatorP99OptimisticMillivolts,
    double estimatorWorstP99Millivolts,
    double solveP50Millis,
    double solveP99Millis,
    double fallbackShare,
    Optional<StayFigures> stay) {

  /**
   * Sums up the rows of one contender.
   *
   * @param first rows of the contender that differences count against; null for that one
   */
  static ContenderStats of(String label, List<CompareRow> rows, @Nullable List<CompareRow> first) {
    List<Outcome> all = rows.stream().map(CompareRow::outcome).filter(Objects::nonNull).toList();
    double[] minutes =
        all.stream().filter(Outcome::reached).mapToDouble(o -> o.summary().minutes()).toArray();
    double[] lowest = sorted(all, ChargeSummary::minAnodePotentialVolts);
    double[] rmse = sorted(all, ChargeSummary::estimatorRmseMillivolts);
    double[] p99 = sorted(all, ChargeSummary::estimatorP99OptimisticMillivolts);
    int plated = count(all, o -> o.summary().platingExposureVoltSeconds() > 0);
    int passed = count(all, o -> o.violations().stream().anyMatch(v -> !v.startsWith("Anode")));
    return new ContenderStats(
        label,
        all.size(),
        rows.size() - all.size(),
        Interval.share(minutes.length, all.size()),
        Interval.median(minutes),
        Interval.mean(minutes),
        first == null ? Interval.NONE : Interval.mean(differences(rows, first)),
        Interval.share(plated, all.size()),
        rank(lowest, 0),
        rank(lowest, 0.01),
        rank(lowest, 0.5),
        all.stream().mapToDouble(o -> o.summary().platingExposureVoltSeconds()).max().orElse(0),
        Interval.share(passed, all.size()),
        Math.sqrt(Arrays.stream(rmse).map(e -> e * e).average().orElse(Double.NaN)),
        rank(p99, 0.5),
        rank(p99, 1),
        rank(sorted(all, ChargeSummary::solveP50Millis), 0.5),
        rank(sorted(all, ChargeSummary::solveP99Millis), 0.5),
        all.stream().mapToDouble(o -> o.summary().fallbackShare()).average().orElse(Double.NaN),
        StayFigures.mean(all.stream().map(Outcome::stay).filter(Objects::nonNull).toList()));
  }

  /** Relative differences in time, where both reached the target of the same scenario. */
  private static double[] differences(List<CompareRow> rows, List<CompareRow> first) {
    Map<String, Double> base = new HashMap<>();
    for (CompareRow row : first) {
      Outcome outcome = row.outcome();
      if (outcome != null && outcome.reached()) {
        base.put(row.scenario().name(), outcome.summary().minutes());
      }
    }
    List<Double> differences = new ArrayList<>();
    for (CompareRow row : rows) {
      Outcome outcome = row.outcome();
      Double before = base.get(row.scenario().name());
      if (outcome != null && outcome.reached() && before != null) {
        differences.add(outcome.summary().minutes() / before - 1);
      }
    }
    return differences.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double[] sorted(List<Outcome> all, ToDoubleFunction<ChargeSummary> value) {
    return all.stream()
        .mapToDouble(o -> value.applyAsDouble(o.summary()))
        .filter(Double::isFinite)
        .sorted()
        .toArray();
  }

  private static int count(List<Outcome> all, java.util.function.Predicate<Outcome> test) {
    return (int) all.stream().filter(test).count();
  }

  /** Nearest rank. */
  private static double rank(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(share * sorted.length);
    return sorted[Math.max(0, Math.min(sorted.length, rank) - 1)];
  }

  /** For {@code --json}: figures that do not exist are null. */
  Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("charges", charges);
    map.put("failed", failed);
    map.put("reached", interval(reached));
    map.put("median_minutes", interval(medianMinutes));
    map.put("mean_minutes", interval(meanMinutes));
    map.put("time_against_first", interval(againstFirst));
    map.put("plated", interval(plated));
    Map<String, @Nullable Object> lowest = new LinkedHashMap<>();
    lowest.put("min", figure(lowestVolts));
    lowest.put("p1", figure(lowestPercentVolts));
    lowest.put("median", figure(lowestMedianVolts));
    map.put("min_anode_potential_V", lowest);
    map.put("max_plating_exposure_Vs", figure(worstExposureVoltSeconds));
    map.put("limits_passed", interval(limitsPassed));
    map.put("estimator_rmse_mV", figure(estimatorRmseMillivolts));
    map.put("estimator_p99_optimistic_mV", figure(estimatorP99OptimisticMillivolts));
    map.put("estimator_worst_p99_optimistic_mV", figure(estimatorWorstP99Millivolts));
    map.put("solve_p50_ms", figure(solveP50Millis));
    map.put("solve_p99_ms", figure(solveP99Millis));
    map.put("fallback_share", figure(fallbackShare));
    stay.ifPresent(figures -> map.put("stay", figures.toMap()));
    return map;
  }

  private static @Nullable Map<String, @Nullable Object> interval(Interval i) {
    if (!Double.isFinite(i.value())) {
      return null;
    }
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("value", figure(i.value()));
    map.put("low", figure(i.low()));
    map.put("high", figure(i.high()));
    return map;
  }

  private static @Nullable Double figure(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
