package dev.anodyne.hil.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.hil.report.HtmlReport;
import dev.anodyne.hil.report.JUnitXml;
import dev.anodyne.hil.stl.Trace;
import dev.anodyne.hil.sut.NaiveCcCv;
import dev.anodyne.hil.sut.SutFactory;
import dev.anodyne.hil.sut.SystemUnderTest;
import dev.anodyne.hil.verdict.ScenarioResult;
import dev.anodyne.hil.verdict.Verdict;
import dev.anodyne.hil.yaml.YamlNode;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;

/** Whole runs of a small plant with the naive controller, and with controllers that misbehave. */
class ScenarioRunTest {
  private static final SutFactory NAIVE = task -> new NaiveCcCv(task, 1.5);

  private static final String FAULTY =
      """
      duration: 40 s
      setup: {plant: {initialSoc: 0.3}}
      faults:
        noise: {kind: sensor.noise, target: sensor.voltage, severity: 5 mV, at: 5 s}
        link:
          kind: opcua.serverDown
          at: 10 s
          duration: 5 s
          repeat: {times: 2, every: 12 s, jitter: 3 s}
      checks:
        - name: it stops
          stl: when fault(link) then within 2 s current < 0.1 A
        - name: it charges
          stl: eventually[0, 10 s] current > 5 A
      stated: {naive: FAIL}
      """;

  private static Scenario scenario(String text) {
    return ScenarioReader.of(YamlNode.parse(Path.of("test.yaml"), text), null);
  }

  private static ScenarioResult run(Scenario scenario, SutFactory sut) {
    return ScenarioRun.run(scenario, "naive", sut, Double.POSITIVE_INFINITY, (at, of) -> {});
  }

  @Test
  void theNaiveControllerFailsAsStatedAndTheResultTellsWhere() {
    ScenarioResult result = run(scenario(FAULTY), NAIVE);
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.isAsStated()).isTrue();
    assertThat(result.checks().get(1).verdict()).isEqualTo(Verdict.PASS);
    // 1.5C of 5 A·h flow on: the limit of 0.1 A is missed by 7.4 A.
    assertThat(result.checks().get(0).margin()).isBetween(-7.5, -7.3);
    assertThat(result.faults())
        .extracting(ScenarioResult.FaultSpan::fault)
        .contains("link", "noise");
    assertThat(result.faults().stream().filter(s -> s.fault().equals("link"))).hasSize(2);
  }

  @Test
  void theSameSeedGivesTheSameTraceBitForBitAndAnotherDoesNot() {
    Scenario scenario = scenario(FAULTY);
    Trace one = trace(run(scenario, NAIVE));
    Trace again = trace(run(scenario, NAIVE));
    assertThat(again.times()).isEqualTo(one.times());
    for (String name : one.names()) {
      assertThat(again.values(name)).as(name).isEqualTo(one.values(name));
    }
    Trace other = trace(run(scenario.withSeed(2), NAIVE));
    assertThat(other.values("sensor.voltage")).isNotEqualTo(one.values("sensor.voltage"));
    assertThat(other.values("fault(link)")).isNotEqualTo(one.values("fault(link)"));
  }

  private static Trace trace(ScenarioResult result) {
    return java.util.Objects.requireNonNull(result.trace());
  }

  @Test
  void stimuliDriveTheirChannelAndAreReleased() {
    ScenarioResult result =
        run(
            scenario(
                """
                duration: 40 s
                stimuli:
                  - {channel: ambient, ramp: {from: 25 °C, to: 35 °C, over: 10 s}, at: 10 s, for: 20 s}
                checks:
                  - follow:
                      channel: ambient
                      reference: [[0, 25 °C], [10, 25 °C], [20, 35 °C], [29.5, 35 °C], [30, 25 °C]]
                      tolerance: 0.01 K
                      timeTolerance: 0.5 s
                """),
            NAIVE);
    assertThat(result.verdict()).as(result.checks().toString()).isEqualTo(Verdict.PASS);
  }

  @Test
  void aControllerThatThrowsIsAnErrorWithWhatWasRecorded() {
    ScenarioResult result = run(scenario(FAULTY), task -> new Breaking(20));
    assertThat(result.verdict()).isEqualTo(Verdict.ERROR);
    assertThat(result.reason()).contains("failed at 20.0 s").contains("out of ideas");
    assertThat(trace(result).time(trace(result).length() - 1)).isEqualTo(20);
  }

  /** Asks for nothing, and breaks. */
  private record Breaking(double seconds) implements SystemUnderTest {
    @Override
    public CurrentCommand decide(ChargerStatus status, long nowNanos) {
      if (nowNanos >= seconds * 1e9) {
        throw new IllegalStateException("out of ideas");
      }
      return CurrentCommand.zero(nowNanos + 1);
    }

    @Override
    public void close() {}
  }

  @Test
  void aRunThatIsCutShortIsJudgedByWhatItSaw() {
    Scenario scenario = scenario(FAULTY);
    Thread.currentThread().interrupt();
    ScenarioResult result;
    try {
      result = run(scenario, NAIVE);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertThat(result.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(result.reason()).startsWith("Ended by hand");
  }

  @Test
  void aBenchThatCannotKeepItsPaceIsInvalid() {
    // A hundred thousand plant seconds a second: no machine keeps that.
    for (String scenario : List.of(FAULTY.replace("current < 0.1 A", "current < 100 A"), FAULTY)) {
      ScenarioResult result =
          ScenarioRun.run(scenario(scenario), "naive", NAIVE, 1e5, (at, of) -> {});
      assertThat(result.verdict()).as("also where a check is violated").isEqualTo(Verdict.INVALID);
      assertThat(result.reason()).startsWith("The bench was late");
    }
  }

  @Test
  void teardownWatchesTheBatteryRest() {
    ScenarioResult result =
        run(
            scenario(
                """
                duration: 20 s
                teardown: {rest: 20 s}
                checks:
                  - {name: charges, stl: "always[5, 19] current > 5 A"}
                  - {name: rests, stl: "always[25, 40] current < 0.01 A"}
                """),
            NAIVE);
    assertThat(result.verdict()).as(result.checks().toString()).isEqualTo(Verdict.PASS);
    assertThat(result.simulatedSeconds()).isEqualTo(40);
  }

  @Test
  void reportsAreWellFormedAndNameEveryCheck() throws Exception {
    ScenarioResult result = run(scenario(FAULTY), NAIVE);
    String xml = JUnitXml.of(List.of(result));
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(xml.getBytes(StandardCharsets.UTF_8)));
    assertThat(document.getElementsByTagName("testcase").getLength()).isEqualTo(2);
    assertThat(document.getElementsByTagName("failure").getLength()).isEqualTo(1);
    assertThat(document.getDocumentElement().getAttribute("failures")).isEqualTo("1");
    String page = HtmlReport.of(List.of(result), "anodyne hil run x", "test");
    assertThat(page).contains("it stops", "<svg", "around “it stops”", "1 of 1 as stated");
  }
}
