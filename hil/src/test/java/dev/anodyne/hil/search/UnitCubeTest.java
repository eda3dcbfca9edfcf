package dev.anodyne.hil.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

class UnitCubeTest {
  @Property(tries = 50)
  void aLatinHypercubeHasOnePointInEachSliceOfEachAxis(
      @ForAll @IntRange(min = 1, max = 200) int count,
      @ForAll @IntRange(min = 1, max = 8) int dimension,
      @ForAll @LongRange(min = 0, max = 1000) long seed) {
    double[][] points = UnitCube.points(SearchPlan.Method.LHS, count, dimension, seed);
    for (int d = 0; d < dimension; d++) {
      int axis = d;
      int[] slices =
          Arrays.stream(points).mapToInt(p -> (int) (p[axis] * count)).sorted().toArray();
      for (int i = 0; i < count; i++) {
        assertThat(slices[i]).isEqualTo(i);
      }
    }
  }

  @Property(tries = 30)
  void sobolPointsFillEveryHalfOfEveryAxisEvenly(
      @ForAll @IntRange(min = 1, max = 8) int dimension,
      @ForAll @LongRange(min = 0, max = 1000) long seed) {
    int count = 256;
    double[][] points = UnitCube.points(SearchPlan.Method.SOBOL, count, dimension, seed);
    for (int d = 0; d < dimension; d++) {
      int axis = d;
      assertThat(Arrays.stream(points).allMatch(p -> p[axis] >= 0 && p[axis] < 1)).isTrue();
      long low = Arrays.stream(points).filter(p -> p[axis] < 0.5).count();
      // 2^8 points of the sequence halve evenly; the shift moves at most one over each edge.
      assertThat(low).isBetween(127L, 129L);
    }
  }
}
