package dev.anodyne.estimators.identification;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.signal.SeededRandom;
import java.util.random.RandomGenerator;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;

/** The step within bounds is the best one: it meets the conditions of Karush, Kuhn and Tucker. */
class BoundedStepProperties {
  @Property(tries = 300)
  void noFeasibleDirectionLeadsDownhill(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 17) int n) {
    RandomGenerator r = SeededRandom.of(seed);
    RealMatrix root = new Array2DRowRealMatrix(n, n);
    double[] g = new double[n];
    double[] low = new double[n];
    double[] high = new double[n];
    for (int i = 0; i < n; i++) {
      g[i] = 10 * r.nextGaussian();
      low[i] = r.nextInt(4) == 0 ? 0 : -r.nextDouble();
      high[i] =
          r.nextInt(4) == 0 ? 0 : r.nextInt(4) == 0 ? Double.POSITIVE_INFINITY : r.nextDouble();
      for (int j = 0; j < n; j++) {
        root.setEntry(i, j, r.nextGaussian());
      }
      root.addToEntry(i, i, 0.5);
    }
    // Nearly dependent unknowns, as resistance and exchange currents are.
    RealMatrix h = root.multiplyTransposed(root);
    for (int i = 0; i < n; i++) {
      h.addToEntry(i, i, 1e-3);
    }
    double[] step = BoundedStep.solve(h, g, low, high);
    double[] slope = new ArrayRealVector(h.operate(step)).add(new ArrayRealVector(g)).toArray();
    for (int i = 0; i < n; i++) {
      assertThat(step[i]).isBetween(low[i], high[i]);
      // Solving a system of condition 1e6 leaves 1e-10 of what is solved for.
      double small = 1e-7 * (1 + h.getFrobeniusNorm() * new ArrayRealVector(step).getNorm());
      if (step[i] > low[i]) {
        assertThat(slope[i]).as("downwards %d", i).isLessThan(small);
      }
      if (step[i] < high[i]) {
        assertThat(slope[i]).as("upwards %d", i).isGreaterThan(-small);
      }
    }
    assertThat(BoundedStep.gain(h, g, step)).isGreaterThanOrEqualTo(0);
  }
}
