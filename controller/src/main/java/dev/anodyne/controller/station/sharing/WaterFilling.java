package dev.anodyne.controller.station.sharing;

import java.util.Arrays;

/**
 * Weighted max-min fairness under one common limit: nobody gets more, in proportion to its weight,
 * while somebody who could use it has less (Bertsekas and Gallager, Data Networks, 2nd ed., 6.5.2).
 */
public final class WaterFilling {
  private WaterFilling() {}

  /**
   * Shares a capacity: {@code x[i] = clamp(level · weight[i], floor[i], cap[i])} with the highest
   * level at which the sum does not pass the capacity.
   *
   * @param capacity to be shared; less than the floors together leaves everybody the floor
   * @param floor least of each, at least 0
   * @param cap most of each; one below the floor counts as the floor
   * @param weight above 0
   */
  public static double[] share(double capacity, double[] floor, double[] cap, double[] weight) {
    int n = floor.length;
    double[] levels = new double[2 * n];
    for (int i = 0; i < n; i++) {
      levels[i] = floor[i] / weight[i];
      levels[n + i] = Math.max(floor[i], cap[i]) / weight[i];
    }
    double level = level(capacity, floor, cap, weight, levels);
    double[] share = new double[n];
    for (int i = 0; i < n; i++) {
      share[i] = at(level, floor[i], cap[i], weight[i]);
    }
    return share;
  }

  /** Between two neighbouring break points the sum is a straight line. */
  private static double level(
      double capacity, double[] floor, double[] cap, double[] weight, double[] levels) {
    Arrays.sort(levels);
    double low = 0;
    for (double high : levels) {
      if (high <= low) {
        continue;
      }
      double above = sum(high, floor, cap, weight);
      if (above > capacity) {
        double below = sum(low, floor, cap, weight);
        if (below >= capacity) {
          return low;
        }
        if (Double.isInfinite(high)) {
          double slope = 0;
          for (int i = 0; i < floor.length; i++) {
            boolean grows = floor[i] <= low * weight[i] && cap[i] > low * weight[i];
            slope += grows ? weight[i] : 0;
          }
          return low + (capacity - below) / slope;
        }
        return low + (high - low) * ((capacity - below) / (above - below));
      }
      low = high;
    }
    return low;
  }

  private static double sum(double level, double[] floor, double[] cap, double[] weight) {
    double sum = 0;
    for (int i = 0; i < floor.length; i++) {
      sum += at(level, floor[i], cap[i], weight[i]);
    }
    return sum;
  }

  private static double at(double level, double floor, double cap, double weight) {
    return Math.max(floor, Math.min(Math.max(floor, cap), level * weight));
  }
}
