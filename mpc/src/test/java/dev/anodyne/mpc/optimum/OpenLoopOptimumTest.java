package dev.anodyne.mpc.optimum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.SolveStatus;
import org.junit.jupiter.api.Test;

class OpenLoopOptimumTest {
  private static final double NONE = Double.POSITIVE_INFINITY;

  private static OptimumTask task(double heatTransfer, ChargeLimits limits) {
    CellParameters cell = CellParameters.load("lgm50").withHeatTransfer(heatTransfer);
    return new OptimumTask(P2dModel.of(cell, P2dOptions.CONTROL), limits, 0.1, 1.0, 0.995, 50);
  }

  private static ChargeLimits limits(double kelvin, double margin, double watts, double ramp) {
    return new ChargeLimits(15, 4.2, kelvin, margin, 0.8, watts, ramp, 298.15);
  }

  private static void assertConverged(OpenLoopPlan plan) {
    assertThat(plan.status()).isEqualTo(SolveStatus.OK);
    // No current that keeps the linearised limits charges more by a hundred thousandth.
    assertThat(plan.promisedShare()).isLessThan(1e-5);
    // Within 0.1 mV, 10 mK … of every limit in a simulation of one-second steps.
    assertThat(plan.worstViolation()).isLessThan(0.1);
  }

  @Test
  void everyStartLeadsToTheSameTimeOnTheReferenceCharge() {
    OptimumTask task = task(40, limits(318.15, 0, NONE, NONE));
    double[] meshes = {40, 20};
    OpenLoopPlan ridden = OpenLoopOptimum.find(task, meshes, Double.NaN);
    assertConverged(ridden);
    // PyBaMM's greedy rider takes 32.5 min in continuous time; moves of 20 s cost 0.6 % more.
    assertThat(ridden.seconds() / 60).isBetween(32.5, 33.1);
    for (double amps : new double[] {2.0, 7.0}) {
      OpenLoopPlan other = OpenLoopOptimum.find(task, meshes, amps);
      assertConverged(other);
      assertThat(other.seconds()).isCloseTo(ridden.seconds(), within(1e-3 * ridden.seconds()));
    }
  }

  @Test
  void finerMeshesConvergeLinearly() {
    OptimumTask task = task(40, limits(318.15, 0, NONE, NONE));
    double first = OpenLoopOptimum.find(task, new double[] {40, 20}, Double.NaN).meshChange();
    OpenLoopPlan fine = OpenLoopOptimum.find(task, new double[] {20, 10}, Double.NaN);
    // A piecewise constant current loses what the allowed current falls within a move.
    assertThat(fine.meshChange() / first).isBetween(0.35, 0.65);
    assertThat(fine.meshChange()).isBetween(-0.004, 0.0);
  }

  @Test
  void whereOnlyTheAnodeCountsGreedIsOptimal() {
    OpenLoopPlan plan =
        OpenLoopOptimum.find(
            task(40, limits(318.15, 0, NONE, NONE)), new double[] {20}, Double.NaN);
    assertThat(plan.seconds()).isLessThanOrEqualTo(plan.greedySeconds() + 0.1);
    assertThat(plan.seconds()).isGreaterThan(0.998 * plan.greedySeconds());
  }

  @Test
  void temperaturePowerAndRampAreKept() {
    ChargeLimits tight = limits(305.15, 0.002, 30.0, 0.5);
    OpenLoopPlan plan = OpenLoopOptimum.find(task(15, tight), new double[] {20}, Double.NaN);
    assertConverged(plan);
    double before = 0;
    for (double amps : plan.chargeCurrentAmps()) {
      assertThat(amps).isBetween(0.0, before + 0.5 + 1e-9);
      // 30 W at the 3.4 V and more of this cell.
      assertThat(amps).isLessThan(30 / 3.4);
      before = amps;
    }
    assertThat(plan.seconds()).isLessThanOrEqualTo(plan.greedySeconds() + 0.1);
  }

  @Test
  void whatCannotBeChargedIsSaid() {
    OptimumTask impossible = task(40, limits(318.15, 0.5, NONE, NONE));
    assertThatThrownBy(() -> OpenLoopOptimum.find(impossible))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("target 0.8")
        .hasMessageContaining("Maybe");
    ChargeLimits done = new ChargeLimits(15, 4.2, 318.15, 0, 0.1, NONE, NONE, 298.15);
    assertThatThrownBy(() -> task(40, done)).hasMessageContaining("must lie above the start");
  }

  @Test
  void aPlanIsPlayedBackByTheClock() {
    OpenLoopPlan plan =
        new OpenLoopPlan(
            new double[] {0, 10}, new double[] {8, 4}, 20, 20, 0, 0, 0, 1, SolveStatus.OK);
    assertThat(plan.meanAmps(0, 10)).isEqualTo(8);
    assertThat(plan.meanAmps(5, 15)).isEqualTo(6);
    assertThat(plan.meanAmps(90, 91)).isEqualTo(4);
  }

  @Test
  void meshesGrowFromThePeriodAndResamplingKeepsTheCharge() {
    ChargeMesh fine = ChargeMesh.until(100, 2, 20);
    assertThat(fine.seconds()[0]).isEqualTo(2);
    assertThat(fine.endSeconds()).isBetween(100.0, 120.0);
    for (double seconds : fine.seconds()) {
      assertThat(seconds % 2).isZero();
    }
    ChargeMesh coarse = ChargeMesh.until(fine.endSeconds(), 13, 13);
    double[] amps = new double[coarse.moves()];
    double charge = 0;
    for (int j = 0; j < amps.length; j++) {
      amps[j] = j + 1;
      double end = Math.min(coarse.startSeconds(j + 1), fine.endSeconds());
      charge += amps[j] * (end - coarse.startSeconds(j));
    }
    double[] same = fine.resample(coarse, amps);
    double resampled = 0;
    for (int j = 0; j < same.length; j++) {
      resampled += same[j] * fine.seconds()[j];
    }
    assertThat(resampled).isCloseTo(charge, within(1e-9));
  }
}
