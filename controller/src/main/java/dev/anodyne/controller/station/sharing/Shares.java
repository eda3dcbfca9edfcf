package dev.anodyne.controller.station.sharing;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What each connector is to have of a capacity, regardless of what chargers could still be drawing.
 * In this order: the fall-backs; the least power of those that charge; what is due so that
 * departures are met, by priority; the rest by weighted max-min fairness, up to what each can use.
 * Stateless and deterministic.
 */
final class Shares {
  private Shares() {}

  /**
   * Shares a capacity.
   *
   * @param capacity to be shared, W
   * @param admitted who may charge
   * @return for each connector, W; never above what it can use unless its fall-back is
   */
  static double[] of(double capacity, Bay[] bays, Demand[] demands, boolean[] admitted) {
    int n = bays.length;
    double[] share = new double[n];
    double[] useful = new double[n];
    double[] weight = new double[n];
    double left = capacity;
    for (int i = 0; i < n; i++) {
      Bay bay = bays[i];
      useful[i] = admitted[i] ? Math.min(bay.ratingWatts(), demands[i].usefulWatts()) : 0;
      weight[i] = bay.weight();
      double least = Math.min(bay.minWatts(), useful[i]);
      share[i] = Math.max(bay.fallbackWatts(), least);
      left -= share[i];
    }
    if (left <= 0) {
      return share;
    }
    due(left, bays, demands, useful, share);
    return WaterFilling.share(capacity, share, useful, weight);
  }

  /** One priority after the other; within one, everybody the same part of what it still needs. */
  private static void due(
      double capacity, Bay[] bays, Demand[] demands, double[] useful, double[] share) {
    double left = capacity;
    int[] priorities = Arrays.stream(bays).mapToInt(Bay::priority).distinct().toArray();
    int[] falling =
        IntStream.of(priorities)
            .boxed()
            .sorted(Comparator.reverseOrder())
            .mapToInt(Integer::intValue)
            .toArray();
    for (int priority : falling) {
      double needed = 0;
      for (int i = 0; i < bays.length; i++) {
        needed += bays[i].priority() == priority ? missing(i, demands, useful, share) : 0;
      }
      if (needed > 0) {
        double part = Math.min(1, Math.max(0, left) / needed);
        for (int i = 0; i < bays.length; i++) {
          if (bays[i].priority() == priority) {
            share[i] += part * missing(i, demands, useful, share);
          }
        }
        left -= part * needed;
      }
    }
  }

  private static double missing(int i, Demand[] demands, double[] useful, double[] share) {
    return Math.max(0, Math.min(demands[i].dueWatts(), useful[i]) - share[i]);
  }
}
