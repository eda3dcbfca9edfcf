package dev.anodyne.mpc.lp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** A decision under a deadline can be had again from what it took from outside. */
class DecisionTapeTest {
  /** Far longer than a solve takes on the busiest machine; only the program says who is cut off. */
  private static final long MINUTE = 60_000_000_000L;

  @Test
  void timesAreGivenBackInTheirOrder() {
    AtomicLong clock = new AtomicLong(5);
    DecisionTape written = DecisionTape.writing(() -> clock.getAndAdd(7));
    assertThat(written.nanoTime()).isEqualTo(5);
    assertThat(written.nanoTime()).isEqualTo(12);
    DecisionTape.Outcomes taken = written.take();
    assertThat(written.take().nanos()).isEmpty();
    DecisionTape again = DecisionTape.reading();
    again.give(taken);
    assertThat(again.nanoTime()).isEqualTo(5);
    assertThat(again.nanoTime()).isEqualTo(12);
    // More was never read: time stands still.
    assertThat(again.nanoTime()).isEqualTo(12);
  }

  /** max x, x ≤ 3: the second solve is cut off, the first and the third are not. */
  @Test
  void aSolveThatWasCutOffIsCutOffAgain() {
    int[] number = {0};
    DecisionTape written =
        DecisionTape.writing(() -> 0, (variables, rows) -> new CutProgram(variables, rows, number));
    DecisionTape again = DecisionTape.reading();
    try (LinearProgram first = filled(written.program(1, 1));
        LinearProgram second = filled(again.program(1, 1))) {
      LpStatus[] statuses = {first.solve(MINUTE), first.solve(MINUTE), first.solve(MINUTE)};
      assertThat(statuses).containsExactly(LpStatus.OPTIMAL, LpStatus.FEASIBLE, LpStatus.OPTIMAL);
      again.give(written.take());
      assertThat(second.solve(MINUTE)).isEqualTo(LpStatus.OPTIMAL);
      assertThat(second.value(0)).isEqualTo(3);
      assertThat(second.solve(MINUTE)).isEqualTo(LpStatus.FEASIBLE);
      assertThat(second.status()).isEqualTo(LpStatus.FEASIBLE);
      assertThat(second.value(0)).isEqualTo(1.5);
      assertThat(second.objectiveValue()).isEqualTo(1.25);
      assertThat(second.solve(MINUTE)).isEqualTo(LpStatus.OPTIMAL);
      assertThat(second.value(0)).isEqualTo(3);
    }
  }

  private static LinearProgram filled(LinearProgram program) {
    program.setVariableBounds(0, 0, 10);
    program.setObjective(0, 1);
    program.setCoefficient(0, 0, 1);
    program.setRowBounds(0, Double.NEGATIVE_INFINITY, 3);
    return program;
  }

  /** GLOP, but the second solve comes back half done. */
  private static final class CutProgram extends ForwardingLinearProgram {
    private final int[] number;
    private boolean isCut;

    CutProgram(int variables, int rows, int[] number) {
      super(new OrToolsLinearProgram(variables, rows));
      this.number = number;
    }

    @Override
    public LpStatus solve(long timeLimitNanos) {
      isCut = ++number[0] == 2;
      return isCut ? LpStatus.FEASIBLE : super.solve(timeLimitNanos);
    }

    @Override
    public LpStatus status() {
      return isCut ? LpStatus.FEASIBLE : super.status();
    }

    @Override
    public double value(int variable) {
      return isCut ? 1.5 : super.value(variable);
    }

    @Override
    public double objectiveValue() {
      return isCut ? 1.25 : super.objectiveValue();
    }
  }
}
