package dev.anodyne.controller.station.sharing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Max-min fairness, against a search through all whole numbers of watts. */
class WaterFillingTest {
  /** Sums of a few powers of up to some kW in doubles. */
  private static final double ROUNDING = 1e-9;

  @Test
  void thoseWhoNeedLittleHaveItAndTheOthersShareTheRest() {
    assertThat(share(90, new double[] {0, 0, 0}, new double[] {10, 60, 60}, new double[] {1, 1, 1}))
        .containsExactly(10, 40, 40);
  }

  @Test
  void twiceTheWeightHasTwiceThePower() {
    assertThat(share(90, new double[] {0, 0}, new double[] {100, 100}, new double[] {1, 2}))
        .containsExactly(new double[] {30, 60}, within(ROUNDING));
  }

  @Test
  void floorsAreKeptEvenWhenTheyDoNotFit() {
    assertThat(share(5, new double[] {4, 4}, new double[] {9, 9}, new double[] {1, 1}))
        .containsExactly(4, 4);
  }

  @Test
  void withoutACapTheCapacityIsTheLimit() {
    double none = Double.POSITIVE_INFINITY;
    assertThat(share(12, new double[] {0, 3}, new double[] {none, none}, new double[] {1, 1}))
        .containsExactly(new double[] {6, 6}, within(ROUNDING));
  }

  @Property(tries = 400)
  void nobodyCouldHaveMoreWithoutTakingFromOneWhoHasLess(@ForAll long seed) {
    Random random = new Random(seed);
    int n = 1 + random.nextInt(3);
    double[] floor = whole(random, n, 4);
    double[] cap = whole(random, n, 12);
    double[] weight = new double[n];
    Arrays.fill(weight, 1);
    double capacity = random.nextInt(25);
    double[] share = share(capacity, floor, cap, weight);
    double[] best = sorted(bruteForce((int) capacity, floor, cap));
    double[] own = sorted(share);
    // Whole watts are a coarser choice: the best of them is no better than the real optimum, and
    // the optimum's smallest shares are no better than a watt above the best of them.
    for (int i = 0; i < n; i++) {
      if (Math.abs(own[i] - best[i]) > 1e-6) {
        assertThat(own[i]).isGreaterThan(best[i] - ROUNDING).isLessThan(best[i] + 1);
        break;
      }
    }
  }

  @Property(tries = 400)
  void sharesFitAndNobodyLosesWhenThereIsMore(@ForAll long seed) {
    Random random = new Random(seed);
    int n = 1 + random.nextInt(30);
    double[] floor = new double[n];
    double[] cap = new double[n];
    double[] weight = new double[n];
    double floors = 0;
    for (int i = 0; i < n; i++) {
      floor[i] = random.nextInt(2) * 3000 * random.nextDouble();
      cap[i] = 50_000 * random.nextDouble();
      weight[i] = 0.1 + 3 * random.nextDouble();
      floors += floor[i];
    }
    double capacity = floors + 200_000 * random.nextDouble();
    double[] little = share(capacity, floor, cap, weight);
    double[] more = share(capacity + 10_000, floor, cap, weight);
    double sum = 0;
    double most = 0;
    for (int i = 0; i < n; i++) {
      double top = Math.max(floor[i], cap[i]);
      assertThat(little[i]).isBetween(floor[i], top);
      assertThat(more[i]).isGreaterThanOrEqualTo(little[i] - ROUNDING * 1e4);
      sum += little[i];
      most += top;
    }
    assertThat(sum).isLessThanOrEqualTo(Math.max(floors, capacity) + 1e-6);
    // Nothing is left over that somebody could use.
    assertThat(sum).isGreaterThanOrEqualTo(Math.min(most, capacity) - 1e-6);
  }

  private static double[] share(double capacity, double[] floor, double[] cap, double[] weight) {
    return WaterFilling.share(capacity, floor, cap, weight);
  }

  private static double[] whole(Random random, int n, int below) {
    double[] values = new double[n];
    for (int i = 0; i < n; i++) {
      values[i] = random.nextInt(below);
    }
    return values;
  }

  private static double[] sorted(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  /** Of all whole shares that fit, the one whose smallest is largest, then the next, and so on. */
  private static double[] bruteForce(int capacity, double[] floor, double[] cap) {
    double floors = Arrays.stream(floor).sum();
    return search(Math.max(capacity, floors), floor, cap, new double[floor.length], 0, floor);
  }

  private static double[] search(
      double left, double[] floor, double[] cap, double[] x, int i, double[] best) {
    if (i == x.length) {
      return better(sorted(x), sorted(best)) ? x.clone() : best;
    }
    double[] found = best;
    double rest = 0;
    for (int j = i + 1; j < x.length; j++) {
      rest += floor[j];
    }
    double top = Math.max(floor[i], cap[i]);
    for (double v = floor[i]; v <= top && v + rest <= left; v++) {
      x[i] = v;
      found = search(left - v, floor, cap, x, i + 1, found);
    }
    return found;
  }

  private static boolean better(double[] a, double[] b) {
    for (int i = 0; i < a.length; i++) {
      if (a[i] != b[i]) {
        return a[i] > b[i];
      }
    }
    return false;
  }
}
