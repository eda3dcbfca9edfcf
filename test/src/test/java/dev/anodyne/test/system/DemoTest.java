package dev.anodyne.test.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.controller.lab.Baselines;
import dev.anodyne.controller.lab.ChargeSetup;
import dev.anodyne.controller.lab.Comparison;
import dev.anodyne.controller.lab.Demo;
import dev.anodyne.controller.lab.Progress;
import dev.anodyne.controller.lab.RunResult;
import dev.anodyne.controller.lab.TraceRow;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.plantsim.PlantConfig;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo as the command runs it, in one process over OPC UA: the pack is charged within its
 * limits and without plating, and its files are complete.
 */
class DemoTest {
  private static final double MAX_VOLTS = 4.2;
  private static final double MAX_KELVIN = 318.15;
  private static final double MAX_C_RATE = 3;

  /** Faster than any machine: the plant waits for the controller. */
  private static final double UNBRAKED = 10_000;

  @TempDir Path out;

  @Test
  @Timeout(240)
  void aShortChargeKeepsItsLimitsAndWritesItsFiles() throws Exception {
    Comparison comparison = demo(0.10, 0.16);
    assertWithinLimits(comparison);
    assertFiles(comparison);
    // Near the start nearly everything is possible; even so the charge must not be slower.
    assertThat(lessTime(comparison)).isPositive();
    report(comparison);
  }

  @Test
  @Tag("slow")
  @Timeout(1200)
  void theReferenceChargeTakesThirtyPercentLessTimeThanTheFastestPlatingFreeCcCv()
      throws Exception {
    Comparison comparison = demo(0.10, 0.80);
    report(comparison);
    assertWithinLimits(comparison);
    assertFiles(comparison);
    RunResult fastest = comparison.baselines().get(1);
    assertThat(fastest.reached()).isTrue();
    // The comparison is with the best that exists: it must not plate, and be close to plating.
    assertThat(fastest.summary().minAnodePotentialVolts()).isBetween(0.0, 2e-3);
    assertThat(lessTime(comparison)).isGreaterThanOrEqualTo(0.30);
  }

  private Comparison demo(double from, double to) throws IOException, InterruptedException {
    CellParameters cell = CellParameters.load("lgm50").withHeatTransfer(40);
    ChargeSetup setup =
        new ChargeSetup(
            cell,
            new PackLayout(4, 1),
            "mpc",
            Estimators.defaultFor(cell),
            from,
            to,
            298.15,
            40,
            MAX_VOLTS,
            MAX_KELVIN,
            MAX_C_RATE,
            1,
            1);
    PlantConfig plant = Demo.plant(setup);
    try (Demo demo = Demo.start(setup, plant, UNBRAKED, 0);
        Baselines baselines = new Baselines(setup, plant, 1)) {
      assertThat(demo.chargerUrl()).startsWith("opc.tcp://");
      RunResult run = demo.awaitCharge(Progress.NONE);
      baselines.widen(2);
      Comparison comparison = new Comparison(setup, run, baselines.await());
      comparison.write(out, UNBRAKED);
      return comparison;
    }
  }

  /** True values over every step of the plant, and again from the rows. */
  private static void assertWithinLimits(Comparison comparison) {
    RunResult run = comparison.main();
    assertThat(run.reached()).isTrue();
    assertThat(run.violations()).isEmpty();
    assertThat(comparison.isGood()).isTrue();
    assertThat(run.summary().minAnodePotentialVolts()).isGreaterThanOrEqualTo(0);
    assertThat(run.summary().platingExposureVoltSeconds()).isZero();
    assertThat(run.summary().maxVoltageVolts()).isLessThanOrEqualTo(MAX_VOLTS + 2e-3);
    assertThat(run.summary().maxTemperatureCelsius())
        .isLessThanOrEqualTo(MAX_KELVIN - 273.15 + 0.1);
    double maxAmps = comparison.setup().maxCellCurrentAmps();
    assertThat(run.trace())
        .allSatisfy(
            row -> {
              assertThat(row.chargeCurrentAmps()).isBetween(0.0, maxAmps * 1.001);
              assertThat(row.anodePotentialVolts())
                  .isBetween(run.summary().minAnodePotentialVolts() - 1e-12, 1.5);
              assertThat(row.voltageVolts())
                  .isBetween(2.5, run.summary().maxVoltageVolts() + 1e-12);
              assertThat(row.temperatureKelvin()).isBetween(290.0, MAX_KELVIN + 0.1);
            });
    assertThat(run.summary().fallbackShare()).isLessThan(0.01);
  }

  private void assertFiles(Comparison comparison) throws IOException {
    List<String> trace = Files.readAllLines(out.resolve("trace.csv"));
    assertThat(trace.get(0))
        .isEqualTo(
            "Time [s],Current [A],Voltage [V],Temperature [K],State of charge,"
                + "Anode potential [V],Estimated anode potential [V],"
                + "Anode potential lower bound [V],Decision,Active constraint,Solve time [ms]");
    List<TraceRow> rows = comparison.main().trace();
    assertThat(trace).hasSize(rows.size() + 1);
    for (int i = 0; i < rows.size(); i++) {
      String[] fields = trace.get(i + 1).split(",", -1);
      assertThat(fields).hasSize(11);
      assertThat(Double.parseDouble(fields[0])).isEqualTo(i);
      // Nine digits are written.
      assertThat(Double.parseDouble(fields[5]))
          .isCloseTo(rows.get(i).anodePotentialVolts(), within(1e-8));
    }
    JsonObject summary = new JsonObject(Files.readString(out.resolve("summary.json")));
    assertThat(summary.fieldNames())
        .containsExactly(
            "minutes",
            "reached_soc",
            "min_anode_potential_V",
            "plating_exposure_Vs",
            "max_voltage_V",
            "max_temperature_C",
            "estimator_rmse_mV",
            "estimator_p99_optimistic_mV",
            "solve_ms",
            "deadline_misses",
            "fallback_share",
            "policy",
            "estimator",
            "cell",
            "seed",
            "version",
            "policy_name",
            "policy_version",
            "policy_digest",
            "slack_used",
            "collisions");
    assertThat(summary.getDouble("minutes")).isEqualTo(comparison.main().summary().minutes());
    String report = Files.readString(out.resolve("report.html"));
    assertThat(report)
        .startsWith("<!doctype html>")
        .contains("</html>", "CC-CV 1C", "Fastest CC-CV without plating")
        .doesNotContain("src=\"http", "href=\"http", "/*@");
    assertThat(out).isDirectoryNotContaining(file -> file.toString().endsWith(".tmp"));
  }

  /** Share of time saved against the fastest CC-CV that does not plate. */
  private static double lessTime(Comparison comparison) {
    return 1
        - comparison.main().summary().minutes() / comparison.baselines().get(1).summary().minutes();
  }

  private static void report(Comparison comparison) {
    System.out.println("DemoTest " + comparison.text());
    System.out.printf(
        Locale.ROOT,
        "DemoTest peak %.4f V, solve p50 %.0f ms, p99 %.0f ms, estimator RMSE %.2f mV%n",
        comparison.main().summary().maxVoltageVolts(),
        comparison.main().summary().solveP50Millis(),
        comparison.main().summary().solveP99Millis(),
        comparison.main().summary().estimatorRmseMillivolts());
  }
}
