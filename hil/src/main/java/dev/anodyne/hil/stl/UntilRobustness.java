package dev.anodyne.hil.stl;

import dev.anodyne.hil.stl.Robustness.Judged;
import java.util.List;

/**
 * Until in O(n): φ U[a,b] ψ = F[a,b] ψ ∧ (φ throughout [0,a)) ∧ (φ U ψ at a), after A. Donzé, T.
 * Ferrère and O. Maler, "Efficient robust monitoring for STL" (CAV 2013). The identity holds for
 * truth at every threshold, so it holds for least and greatest values.
 */
final class UntilRobustness {
  private final int n;

  UntilRobustness(int n) {
    this.n = n;
  }

  Judged judge(Formula.Until until, Judged first, Judged second, int[][] window) {
    double[] low = one(first.low(), second.low(), window, Double.NEGATIVE_INFINITY);
    double[] high = one(first.high(), second.high(), window, Double.POSITIVE_INFINITY);
    return new Judged(until, low, high, List.of(first, second), window[0], window[1]);
  }

  private double[] one(double[] first, double[] second, int[][] window, double unknown) {
    double[] held = Robustness.withEnd(first, unknown);
    double[] reached = Robustness.withEnd(second, unknown);
    boolean open = window[1][0] == n - 1 && window[1][n - 1] == n - 1;
    double[] unbounded = new double[n + 1];
    unbounded[n] = open ? Double.NEGATIVE_INFINITY : unknown;
    for (int i = n - 1; i >= 0; i--) {
      unbounded[i] = Math.max(reached[i], Math.min(held[i], unbounded[i + 1]));
    }
    double[] within = Robustness.greatest(reached, window);
    int[] until = new int[n];
    int[] now = new int[n];
    for (int i = 0; i < n; i++) {
      now[i] = i;
      until[i] = window[0][i] - 1;
    }
    double[] before = SlidingExtreme.least(held, now, until, Double.POSITIVE_INFINITY);
    double[] result = new double[n];
    for (int i = 0; i < n; i++) {
      result[i] = Math.min(within[i], Math.min(before[i], unbounded[window[0][i]]));
    }
    return result;
  }
}
