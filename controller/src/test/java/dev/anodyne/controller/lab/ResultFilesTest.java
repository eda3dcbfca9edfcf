package dev.anodyne.controller.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.Collision;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.SlackUse;
import dev.anodyne.mpc.spec.PolicySpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResultFilesTest {
  private static final RunLimits LIMITS = new RunLimits(15, 4.2, 318.15, 0);

  @TempDir Path folder;

  @Test
  void traceHasTheContractsColumnsAndEmptyFieldsForWhatIsNotKnown() throws IOException {
    Path file = folder.resolve("trace.csv");
    Trace.write(file, List.of(row(0, Double.NaN), row(1, 0.0123456789012)));
    assertThat(Files.readAllLines(file))
        .containsExactly(
            "Time [s],Current [A],Voltage [V],Temperature [K],State of charge,"
                + "Anode potential [V],Estimated anode potential [V],"
                + "Anode potential lower bound [V],Decision,Active constraint,Solve time [ms]",
            "0,10,4,300,0.5,0.01,,,MPC,ANODE_POTENTIAL,2.5",
            "1,10,4,300,0.5,0.01,0.0123456789,0.0123456789,MPC,ANODE_POTENTIAL,2.5");
  }

  @Test
  void numbersNeverUseExponentsOrLocaleMarks() {
    assertThat(Trace.number(1e-7)).isEqualTo("0.0000001");
    assertThat(Trace.number(1234567)).isEqualTo("1234567");
    assertThat(Trace.number(-0.0)).isEqualTo("0");
    assertThat(Trace.number(Double.POSITIVE_INFINITY)).isEmpty();
  }

  @Test
  void summaryHasTheContractsKeysInOrder() throws IOException {
    JsonNode json = new ObjectMapper().readTree(Json.pretty(run(10).summary().toMap()));
    assertThat(json.fieldNames())
        .toIterable()
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
            "policy_digest");
    assertThat(json.get("policy_name").asText()).isEqualTo("mpc");
    assertThat(json.get("policy_version").asText()).isEqualTo("7");
    assertThat(json.get("policy_digest").asText()).isEqualTo(PolicySpec.named("mpc").digest());
    assertThat(json.get("solve_ms").fieldNames()).toIterable().containsExactly("p50", "p99", "max");
    assertThat(json.get("version").asText()).matches("\\d+\\.\\d+.*");
  }

  /** Ten decisions: two plans pass soft limits, then limits collide, twice in different ways. */
  @Test
  void whatDecisionsToldOfTheirLimitsIsInRowsSummaryAndText() throws IOException {
    RunRecorder recorder = recorder();
    Collision hot =
        new Collision(
            List.of(ActiveConstraint.TEMPERATURE),
            "held at zero: temperature limit 30.0 °C and battery at 34.2 °C");
    Collision full =
        new Collision(List.of(ActiveConstraint.VOLTAGE), "limits collide: voltage and target");
    for (int i = 0; i < 10; i++) {
      SlackUse slack =
          i == 2
              ? new SlackUse(0.0013, 0, 0.2, 0, 0)
              : i == 3 ? new SlackUse(0.0004, 0, 0, 0, 0) : SlackUse.NONE;
      Collision collision = i == 5 || i == 6 ? hot : i == 7 ? full : Collision.NONE;
      recorder.row(row(i, slack, collision));
    }
    RunResult run = recorder.finish(names(), true, LIMITS, 0);
    assertThat(run.trace().get(2).slack().text())
        .isEqualTo("anode potential 1.3 mV; temperature 0.20 K");
    assertThat(run.trace().get(5).collision().text())
        .isEqualTo("held at zero: temperature limit 30.0 °C and battery at 34.2 °C");
    Path file = folder.resolve("trace.csv");
    Trace.write(file, run.trace());
    // Scripts rely on the columns of the trace: what decisions told beside stands elsewhere.
    assertThat(Files.readAllLines(file))
        .allSatisfy(line -> assertThat(line.split(",")).hasSize(11));
    JsonNode json = new ObjectMapper().readTree(Json.pretty(run.summaryMap()));
    JsonNode anode = json.at("/slack_used/anode_potential");
    assertThat(anode.get("share").asDouble()).isEqualTo(0.2);
    assertThat(anode.get("max").asDouble()).isEqualTo(1.3);
    assertThat(anode.get("unit").asText()).isEqualTo("mV");
    assertThat(json.get("slack_used").fieldNames())
        .toIterable()
        .containsExactly("anode_potential", "temperature");
    assertThat(json.get("collisions")).hasSize(2);
    assertThat(json.at("/collisions/0/from_s").asDouble()).isEqualTo(5);
    assertThat(json.at("/collisions/0/text").asText()).isEqualTo(hot.text());
    assertThat(new ToldLimits(run.trace()).lines())
        .containsExactly(
            Map.entry("Slack used", "anode potential in 20.0 % of decisions, at most 1.3 mV"),
            Map.entry("Slack used", "temperature in 10.0 % of decisions, at most 0.2 K"),
            Map.entry("From 5 s", hot.text()),
            Map.entry("From 7 s", full.text()));
    assertThat(new ToldLimits(run(10).trace()).lines()).isEmpty();
  }

  private static TraceRow row(double seconds, SlackUse slack, Collision collision) {
    TraceRow r = row(seconds, 0.012);
    return new TraceRow(
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
        r.solveMillis(),
        slack,
        collision);
  }

  @Test
  void estimatorFiguresLeaveOutTheFirstMinute() {
    RunRecorder recorder = recorder();
    // Wildly wrong for a minute, then 2 mV too high.
    for (int i = 0; i < 120; i++) {
      recorder.row(row(i, i < 60 ? 1.0 : 0.012));
    }
    ChargeSummary summary = recorder.finish(names(), true, LIMITS, 0).summary();
    // Rounding of 0.012 − 0.010 only.
    assertThat(summary.estimatorRmseMillivolts()).isBetween(1.999999, 2.000001);
    assertThat(summary.estimatorP99OptimisticMillivolts()).isBetween(1.999999, 2.000001);
  }

  @Test
  void anUnreachableFigureIsNullInJson() {
    assertThat(run(1).summary().toMap().get("estimator_rmse_mV")).isNull();
  }

  @Test
  void percentileIsTheNearestRank() {
    double[] hundred = new double[100];
    for (int i = 0; i < 100; i++) {
      hundred[i] = i + 1;
    }
    assertThat(RunRecorder.percentile(hundred, 0.99)).isEqualTo(99);
    assertThat(RunRecorder.percentile(hundred, 0.5)).isEqualTo(50);
    assertThat(RunRecorder.percentile(hundred, 1)).isEqualTo(100);
    assertThat(RunRecorder.percentile(new double[0], 0.5)).isNaN();
  }

  @Test
  void everyPassedLimitIsNamed() {
    var extremes = new RunLimits.Extremes(15.1, 4.203, 318.3, -0.001);
    assertThat(LIMITS.violations(extremes))
        .hasSize(4)
        .anySatisfy(v -> assertThat(v).contains("15.100 A", "15.000 A"))
        .anySatisfy(v -> assertThat(v).contains("4.2030 V"))
        .anySatisfy(v -> assertThat(v).contains("45.15 °C"))
        .anySatisfy(v -> assertThat(v).contains("-1.00 mV"));
    assertThat(LIMITS.violations(new RunLimits.Extremes(15, 4.2015, 318.2, 0.0))).isEmpty();
  }

  @Test
  void theReportNeedsNoNetwork() throws IOException {
    String html = report(run(200)).html();
    Pattern outside =
        Pattern.compile(
            "(?:src|href)\\s*=\\s*[\"']?\\s*(?:https?:)?//|@import|url\\(\\s*[\"']?(?:https?:)?//|"
                + "fetch\\(|XMLHttpRequest",
            Pattern.CASE_INSENSITIVE);
    assertThat(outside.matcher(html).results().map(r -> r.group())).isEmpty();
    assertThat(html).doesNotContain("/*@").contains("uPlot").endsWith("</html>\n");
  }

  @Test
  void noTextOfTheReportCanBreakOutOfItsData() throws IOException {
    Report report = report(run(200));
    Report hostile =
        new Report(
            report.kind(),
            "</script><script>alert(1)</script>",
            report.subtitle(),
            report.runs(),
            report.limits(),
            report.targetSoc(),
            "",
            "",
            report.config(),
            report.reproduce(),
            report.created());
    assertThat(hostile.html()).doesNotContain("<script>alert");
  }

  @Test
  void theReportPlotsTheTrace() throws IOException {
    String html = report(run(200)).html();
    var matcher = Pattern.compile("id=\"data\">(.*?)</script>", Pattern.DOTALL).matcher(html);
    assertThat(matcher.find()).isTrue();
    JsonNode data = new ObjectMapper().readTree(matcher.group(1));
    JsonNode curve = data.get("runs").get(0);
    assertThat(curve.get("minutes")).hasSize(200);
    assertThat(curve.get("anodeMv").get(7).asDouble()).isEqualTo(10.0);
    assertThat(curve.get("boundMv").get(7).asDouble()).isEqualTo(12.0);
    assertThat(data.get("solveTimes").get("counts").get(0).asLong()).isEqualTo(200);
  }

  @Test
  void aFileIsCompleteOrAbsent() throws IOException {
    Path file = folder.resolve("deep/file.txt");
    assertThatThrownBy(
            () ->
                OutputFiles.write(
                    file,
                    writer -> {
                      writer.write("half");
                      throw new IOException("disk full");
                    }))
        .hasMessage("disk full");
    try (var left = Files.list(file.getParent())) {
      assertThat(left).isEmpty();
    }
    OutputFiles.write(file, writer -> writer.write("whole"));
    OutputFiles.write(file, writer -> writer.write("again"));
    assertThat(file).hasContent("again");
  }

  private static Report report(RunResult run) {
    return new Report(
        "test report",
        "It went well.",
        "lgm50",
        List.of(run, run.withLabel("CC-CV 1C")),
        LIMITS,
        0.8,
        "",
        "",
        List.of(Map.entry("Cell", "lgm50")),
        "./anodyne charge",
        "today");
  }

  private static RunResult run(int rows) {
    RunRecorder recorder = recorder();
    for (int i = 0; i < rows; i++) {
      recorder.row(row(i, 0.012));
    }
    return recorder.finish(names(), true, LIMITS, 0);
  }

  private static RunRecorder recorder() {
    return new RunRecorder(dev.anodyne.core.charging.PackLayout.SINGLE_CELL);
  }

  private static RunRecorder.Names names() {
    return new RunRecorder.Names(
        "MPC",
        "mpc",
        "physics",
        "lgm50",
        1,
        PolicySpec.named("mpc").withName("mpc", "7").identity());
  }

  private static TraceRow row(double seconds, double estimate) {
    return new TraceRow(
        seconds,
        10,
        4,
        300,
        0.5,
        0.010,
        estimate,
        estimate,
        DecisionSource.MPC,
        ActiveConstraint.ANODE_POTENTIAL,
        2.5);
  }
}
