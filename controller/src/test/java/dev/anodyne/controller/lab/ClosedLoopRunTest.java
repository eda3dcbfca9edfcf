package dev.anodyne.controller.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.plantsim.PlantConfig;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Short charges, end to end, on the real parts. */
class ClosedLoopRunTest {
  private static final CellParameters CELL = CellParameters.load("lgm50").withHeatTransfer(40);

  @Test
  void theModelPredictiveControllerReachesTheTargetWithoutPlating() throws InterruptedException {
    RunResult run = run(setup("mpc", "physics", 0.1, 0.15, 1), "nominal");
    assertThat(run.reached()).isTrue();
    assertThat(run.violations()).isEmpty();
    // A step of half a second at 3C is 0.04 %: the charge ends with the step that reaches it.
    assertThat(run.summary().reachedSoc()).isBetween(0.15, 0.1505);
    // 5 % take 1 min at 3C; twice that leaves room for the ramp, a cautious bound and its margin.
    assertThat(run.summary().minutes()).isBetween(1.0, 2.0);
    assertThat(run.summary().fallbackShare()).isZero();
    assertThat(run.trace().get(0).timeSeconds()).isZero();
    assertThat(run.trace().get(run.trace().size() - 1).soc()).isEqualTo(run.summary().reachedSoc());
  }

  @Test
  void theSummaryTellsTheTruthOfEveryStep() throws InterruptedException {
    RunResult run = run(setup("cccv:3", "truth", 0.1, 0.17, 1), "nominal");
    double worstOfTrace =
        run.trace().stream().mapToDouble(TraceRow::anodePotentialVolts).min().orElseThrow();
    // 3C plates within a minute; steps between two decisions are judged too.
    assertThat(run.summary().minAnodePotentialVolts())
        .isNegative()
        .isLessThanOrEqualTo(worstOfTrace);
    assertThat(run.summary().platingExposureVoltSeconds()).isPositive();
    assertThat(run.violations()).singleElement().asString().contains("Anode potential");
    // The oracle is right by definition.
    assertThat(run.summary().estimatorP99OptimisticMillivolts()).isZero();
  }

  @Test
  void theSameSeedGivesTheSameCharge() throws InterruptedException {
    List<TraceRow> first = timeless(run(setup("mpc", "physics", 0.1, 0.13, 7), "mismatch"));
    List<TraceRow> again = timeless(run(setup("mpc", "physics", 0.1, 0.13, 7), "mismatch"));
    List<TraceRow> other = timeless(run(setup("mpc", "physics", 0.1, 0.13, 8), "mismatch"));
    assertThat(again).isEqualTo(first);
    assertThat(other).isNotEqualTo(first);
  }

  @Test
  void limitsThatNoCurrentReconcilesAreRefusedBeforeTheRun() {
    ChargeSetup low = limited(3.5, 318.15);
    assertThatThrownBy(
            () -> ClosedLoopRun.run(low, PlantChoice.of("nominal", low), "low", Progress.NONE))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("voltage limit of 3.500 V")
        .hasMessageContaining("target state of charge 0.900");
  }

  @Test
  void aTargetOutOfReachEndsTheRun() throws InterruptedException {
    // A battery that nothing cools below its limit: a heater or cooler could help, so nobody
    // refuses it, but this plant has none.
    ChargeSetup hot = limited(4.2, 297.15);
    RunResult run = ClosedLoopRun.run(hot, PlantChoice.of("nominal", hot), "hot", Progress.NONE);
    assertThat(run.reached()).isFalse();
    assertThat(run.summary().reachedSoc()).isLessThan(0.9);
    // At rest at its ambient of 25 °C and not charged warmer: 0.1 K is the contract's tolerance.
    assertThat(run.summary().maxTemperatureCelsius()).isLessThan(25.1);
  }

  private static ChargeSetup limited(double maxVoltageVolts, double maxTemperatureKelvin) {
    return new ChargeSetup(
        CELL,
        PackLayout.SINGLE_CELL,
        "cccv:1",
        "truth",
        0.1,
        0.9,
        298.15,
        40,
        maxVoltageVolts,
        maxTemperatureKelvin,
        3,
        1,
        1);
  }

  @Test
  void theFastestPlatingFreeChargeIsAtTheEdge() throws InterruptedException {
    // The last stretch is where the nominal cell plates first: a short window finds the same edge.
    ChargeSetup setup = setup("mpc", "physics", 0.55, 0.8, 1);
    PlantConfig plant =
        PlantChoice.withPerfectSensors(PlantChoice.nominal(setup)).withInnerStepSeconds(1);
    RunResult fastest = FastestPlatingFree.find(setup, plant);
    assertThat(fastest.reached()).isTrue();
    assertThat(fastest.summary().platingExposureVoltSeconds()).isZero();
    double rate = Double.parseDouble(fastest.summary().policy().substring("cccv:".length()));
    RunResult faster =
        ClosedLoopRun.run(
            setup.with("cccv:" + Trace.number(rate * 1.04), "truth"), plant, "", Progress.NONE);
    assertThat(faster.summary().platingExposureVoltSeconds()).isPositive();
  }

  private static RunResult run(ChargeSetup setup, String plant) throws InterruptedException {
    return ClosedLoopRun.run(setup, PlantChoice.of(plant, setup), "test", Progress.NONE);
  }

  private static ChargeSetup setup(
      String policy, String estimator, double from, double to, long seed) {
    return new ChargeSetup(
        CELL,
        PackLayout.SINGLE_CELL,
        policy,
        estimator,
        from,
        to,
        298.15,
        40,
        4.2,
        318.15,
        3,
        1,
        seed);
  }

  /** Solve times are the machine's. */
  private static List<TraceRow> timeless(RunResult run) {
    return run.trace().stream()
        .map(
            r ->
                new TraceRow(
                    r.timeSeconds(),
                    r.chargeCurrentAmps(),
                    r.voltageVolts(),
                    r.temperatureKelvin(),
                    r.soc(),
                    r.anodePotentialVolts(),
                    r.estimatedAnodePotentialVolts(),
                    r.anodePotentialLowerBoundVolts(),
                    r.decision(),
                    r.activeConstraint(),
                    0))
        .toList();
  }
}
