package dev.anodyne.hil.stl;

/**
 * Least value of moving windows in O(n): a deque keeps the indices that can still become the least,
 * their values ascending (D. Lemire, "Streaming maximum-minimum filter", 2006).
 */
final class SlidingExtreme {
  private SlidingExtreme() {}

  /**
   * Least value of each window.
   *
   * @param values what to look at
   * @param from first index of each window, never descending
   * @param to last index of each window, never descending; below {@code from}: an empty window
   * @param empty what an empty window gives
   */
  static double[] least(double[] values, int[] from, int[] to, double empty) {
    int n = from.length;
    double[] result = new double[n];
    int[] deque = new int[values.length];
    int head = 0;
    int tail = 0;
    int next = 0;
    for (int i = 0; i < n; i++) {
      next = Math.max(next, from[i]);
      for (; next <= to[i]; next++) {
        while (tail > head && values[deque[tail - 1]] >= values[next]) {
          tail--;
        }
        deque[tail++] = next;
      }
      while (head < tail && deque[head] < from[i]) {
        head++;
      }
      result[i] = to[i] < from[i] ? empty : values[deque[head]];
    }
    return result;
  }
}
