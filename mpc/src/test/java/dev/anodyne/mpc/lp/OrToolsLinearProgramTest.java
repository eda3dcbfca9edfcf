package dev.anodyne.mpc.lp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.p2d.SolveStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OrToolsLinearProgramTest {
  private static final double NONE = Double.POSITIVE_INFINITY;

  /** GLOP's primal and dual tolerance is 1e-7; values here are of order 1–10. */
  private static final double TOLERANCE = 1e-6;

  /** max 3x + 2y, x + y ≤ 4, x + 3y ≤ 6, 0 ≤ x ≤ 3, y ≥ 0: optimum 11 at (3, 1). */
  private static OrToolsLinearProgram textbook() {
    OrToolsLinearProgram lp = new OrToolsLinearProgram(2, 2);
    lp.setVariableBounds(0, 0, 3);
    lp.setVariableBounds(1, 0, NONE);
    lp.setRowBounds(0, -NONE, 4);
    lp.setRowBounds(1, -NONE, 6);
    lp.setCoefficient(0, 0, 1);
    lp.setCoefficient(0, 1, 1);
    lp.setCoefficient(1, 0, 1);
    lp.setCoefficient(1, 1, 3);
    lp.setObjective(0, 3);
    lp.setObjective(1, 2);
    return lp;
  }

  @Test
  void solvesATextbookProblem() {
    try (LinearProgram lp = textbook()) {
      assertThat(lp.solve(0)).isEqualTo(LpStatus.OPTIMAL);
      assertThat(lp.value(0)).isCloseTo(3, within(TOLERANCE));
      assertThat(lp.value(1)).isCloseTo(1, within(TOLERANCE));
      assertThat(lp.objectiveValue()).isCloseTo(11, within(TOLERANCE));
    }
  }

  @Test
  void followsEveryChangeOfNumbers() {
    try (LinearProgram lp = textbook()) {
      lp.solve(0);
      lp.setRowBounds(0, -NONE, 3.5);
      assertThat(lp.solve(0)).isEqualTo(LpStatus.OPTIMAL);
      assertThat(lp.objectiveValue()).isCloseTo(10, within(TOLERANCE)); // (3, 0.5)
      lp.setVariableBounds(0, 0, 1);
      lp.setObjective(1, 4);
      assertThat(lp.solve(0)).isEqualTo(LpStatus.OPTIMAL);
      assertThat(lp.objectiveValue()).isCloseTo(3 + 4 * 5 / 3.0, within(TOLERANCE));
      lp.setCoefficient(1, 1, 2);
      assertThat(lp.solve(0)).isEqualTo(LpStatus.OPTIMAL);
      assertThat(lp.objectiveValue()).isCloseTo(13, within(TOLERANCE)); // (1, 2.5)
    }
  }

  @Test
  void infeasibleProblemIsToldAndDoesNotPoisonTheNextSolve() {
    try (LinearProgram lp = textbook()) {
      lp.setRowBounds(0, 100, NONE);
      assertThat(lp.solve(0)).isEqualTo(LpStatus.INFEASIBLE);
      assertThat(lp.status().toSolveStatus()).isEqualTo(SolveStatus.INFEASIBLE);
      assertThatThrownBy(() -> lp.value(0))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("INFEASIBLE");
      lp.setRowBounds(0, -NONE, 4);
      assertThat(lp.solve(0)).isEqualTo(LpStatus.OPTIMAL);
      assertThat(lp.objectiveValue()).isCloseTo(11, within(TOLERANCE));
    }
  }

  @Test
  void contradictingBoundsAreInfeasible() {
    try (LinearProgram lp = textbook()) {
      lp.setVariableBounds(0, 2, 1);
      LpStatus status = lp.solve(0);
      assertThat(status.hasSolution()).isFalse();
      lp.setVariableBounds(0, 0, 3);
      assertThat(lp.solve(0)).isEqualTo(LpStatus.OPTIMAL);
    }
  }

  @Test
  void unboundedProblemHasNoValues() {
    try (LinearProgram lp = new OrToolsLinearProgram(1, 1)) {
      lp.setVariableBounds(0, 0, NONE);
      lp.setObjective(0, 1);
      LpStatus status = lp.solve(0);
      assertThat(status.hasSolution()).isFalse();
      assertThat(status.toSolveStatus()).isEqualTo(SolveStatus.NUMERICAL_FAILURE);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aNumberThatIsNotFiniteNeverReachesTheSolver(double bad) {
    try (LinearProgram lp = textbook()) {
      lp.solve(0);
      lp.setCoefficient(0, 1, bad);
      assertThat(lp.solve(0)).isEqualTo(LpStatus.NOT_FINITE);
      assertThatThrownBy(() -> lp.value(1)).isInstanceOf(IllegalStateException.class);
      lp.setObjective(0, bad);
      lp.setCoefficient(0, 1, 1);
      assertThat(lp.solve(0)).isEqualTo(LpStatus.NOT_FINITE);
      lp.setObjective(0, 3);
      assertThat(lp.solve(0)).isEqualTo(LpStatus.OPTIMAL);
      assertThat(lp.objectiveValue()).isCloseTo(11, within(TOLERANCE));
    }
  }

  @Test
  void boundsThatAreNotNumbersAreRefused() {
    try (LinearProgram lp = textbook()) {
      lp.setRowBounds(1, -NONE, Double.NaN);
      lp.setVariableBounds(0, Double.NaN, 3);
      assertThat(lp.solve(0)).isEqualTo(LpStatus.NOT_FINITE);
      lp.setRowBounds(1, -NONE, 6);
      assertThat(lp.solve(0)).isEqualTo(LpStatus.NOT_FINITE);
      lp.setVariableBounds(0, 0, 3);
      assertThat(lp.solve(0)).isEqualTo(LpStatus.OPTIMAL);
    }
  }

  @Test
  void readingBeforeSolvingAndUsingAfterClosingAreBugs() {
    OrToolsLinearProgram lp = textbook();
    assertThatThrownBy(() -> lp.value(0)).hasMessageContaining("NOT_SOLVED");
    lp.solve(0);
    lp.close();
    lp.close();
    assertThatThrownBy(() -> lp.value(0)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> lp.solve(0)).hasMessageContaining("closed");
    assertThatThrownBy(() -> lp.setCoefficient(0, 0, 7)).hasMessageContaining("closed");
  }

  @Test
  void aTimeLimitThatIsLongEnoughChangesNothing() {
    try (LinearProgram lp = textbook()) {
      assertThat(lp.solve(5_000_000_000L)).isEqualTo(LpStatus.OPTIMAL);
      assertThat(lp.solve(0)).isEqualTo(LpStatus.OPTIMAL);
    }
  }

  @Test
  void aReusedSolverGivesTheOptimumOfAFreshOneWithFewerPivots() {
    Random random = new Random(7);
    long reusedPivots = 0;
    long freshPivots = 0;
    try (OrToolsLinearProgram reused = new OrToolsLinearProgram(15, 150)) {
      for (int i = 0; i < 50; i++) {
        long seed = random.nextLong();
        fill(reused, i * 1e-3, seed);
        assertThat(reused.solve(0)).isEqualTo(LpStatus.OPTIMAL);
        reusedPivots += reused.iterations();
        try (OrToolsLinearProgram fresh = new OrToolsLinearProgram(15, 150)) {
          fill(fresh, i * 1e-3, seed);
          assertThat(fresh.solve(0)).isEqualTo(LpStatus.OPTIMAL);
          freshPivots += fresh.iterations();
          assertThat(reused.objectiveValue())
              .isCloseTo(fresh.objectiveValue(), within(1e-6 * fresh.objectiveValue()));
          for (int v = 0; v < 15; v++) {
            assertThat(reused.value(v)).isCloseTo(fresh.value(v), within(1e-5));
          }
        }
      }
    }
    assertThat(reusedPivots).isLessThan(freshPivots / 2);
  }

  @Test
  @Tag("slow")
  void memoryStaysFlatOver20000Solves() throws IOException {
    try (OrToolsLinearProgram lp = new OrToolsLinearProgram(15, 150)) {
      for (int i = 0; i < 2_000; i++) {
        fill(lp, i * 1e-5, i);
        lp.solve(0);
      }
      long before = residentKilobytes();
      for (int i = 2_000; i < 22_000; i++) {
        fill(lp, i * 1e-5, i);
        assertThat(lp.solve(0)).isEqualTo(LpStatus.OPTIMAL);
      }
      // Leaked solvers grow the process by 2 GB here; the heap may still grow within its bounds.
      assertThat(residentKilobytes() - before).isLessThan(200_000);
    }
  }

  /** A dense, bounded, feasible problem that changes slowly with {@code drift}. */
  private static void fill(LinearProgram lp, double drift, long seed) {
    Random base = new Random(1);
    Random jitter = new Random(seed);
    for (int v = 0; v < lp.variables(); v++) {
      lp.setVariableBounds(v, 0, 10);
      lp.setObjective(v, 1 + 0.5 * base.nextDouble() + drift);
    }
    for (int r = 0; r < lp.rows(); r++) {
      lp.setRowBounds(r, -NONE, 20 + 5 * base.nextDouble());
      for (int v = 0; v < lp.variables(); v++) {
        lp.setCoefficient(r, v, base.nextDouble() + 1e-4 * jitter.nextDouble());
      }
    }
  }

  private static long residentKilobytes() throws IOException {
    System.gc();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("[^0-9]", ""));
      }
    }
    throw new IOException("no VmRSS");
  }
}
