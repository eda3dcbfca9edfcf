package dev.anodyne.controller.station.sharing;

import java.util.Arrays;
import java.util.Collection;
import java.util.TreeSet;

/**
 * How much may be given to whom, now and at every moment until the last budget has run out: at none
 * of them may the sum of what the chargers could be drawing pass the capacity, or, where it does so
 * already since the capacity has fallen, become any higher.
 *
 * <p>To look at this moment alone would not do. While more could be drawn than there is, budgets
 * below what is counted anyway seem to cost nothing; but they last longer than what they hide
 * behind.
 */
final class Room {
  private static final int HALVINGS = 30;

  private final long[] begins;
  private final double[] left;
  private final double[][] drawn;

  /**
   * @param draws of those that are to be given something
   * @param gone of those that have left
   */
  Room(double capacityWatts, PossibleDraw[] draws, Collection<PossibleDraw> gone, long nowNanos) {
    TreeSet<Long> times = new TreeSet<>();
    times.add(0L);
    for (PossibleDraw draw : draws) {
      draw.ends(nowNanos, end -> times.add(end - nowNanos));
    }
    gone.forEach(draw -> draw.ends(nowNanos, end -> times.add(end - nowNanos)));
    begins = times.stream().mapToLong(Long::longValue).toArray();
    left = new double[begins.length];
    drawn = new double[draws.length][begins.length];
    for (int k = 0; k < begins.length; k++) {
      double sum = 0;
      for (int i = 0; i < draws.length; i++) {
        drawn[i][k] = draws[i].promisedWattsAt(nowNanos + begins[k]);
        sum += drawn[i][k] + draws[i].excessWatts();
      }
      for (PossibleDraw draw : gone) {
        sum += draw.promisedWattsAt(nowNanos + begins[k]) + draw.excessWatts();
      }
      left[k] = Math.max(0, capacityWatts - sum);
    }
  }

  /** The most that one may be given for a time from now, W. */
  double most(int i, long forNanos) {
    double most = Double.POSITIVE_INFINITY;
    for (int k = 0; k < begins.length && begins[k] < forNanos; k++) {
      most = Math.min(most, drawn[i][k] + left[k]);
    }
    return most;
  }

  /** One is given a power for a time from now; no more than {@link #most}. */
  void take(int i, double watts, long forNanos) {
    for (int k = 0; k < begins.length && begins[k] < forNanos; k++) {
      left[k] = Math.max(0, left[k] - Math.max(0, watts - drawn[i][k]));
      drawn[i][k] = Math.max(drawn[i][k], watts);
    }
  }

  /**
   * The largest part, 0–1, of what each still lacks that can be given to all at once.
   *
   * @param has what each has been given, W
   * @param lacks what each lacks beyond it, W
   */
  double part(double[] has, double[] lacks, long[] forNanos) {
    if (Arrays.stream(lacks).noneMatch(l -> l > 0)) {
      return 0;
    }
    if (fits(1, has, lacks, forNanos)) {
      return 1;
    }
    double low = 0;
    double high = 1;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (fits(middle, has, lacks, forNanos)) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private boolean fits(double part, double[] has, double[] lacks, long[] forNanos) {
    for (int k = 0; k < begins.length; k++) {
      double more = 0;
      for (int i = 0; i < has.length; i++) {
        if (begins[k] < forNanos[i]) {
          more += Math.max(0, has[i] + part * lacks[i] - drawn[i][k]);
        }
      }
      if (more > left[k]) {
        return false;
      }
    }
    return true;
  }
}
