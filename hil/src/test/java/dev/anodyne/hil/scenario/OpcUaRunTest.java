package dev.anodyne.hil.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.hil.stl.Trace;
import dev.anodyne.hil.sut.SutFile;
import dev.anodyne.hil.verdict.ScenarioResult;
import dev.anodyne.hil.verdict.Verdict;
import dev.anodyne.hil.yaml.YamlNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** A controller that is started as a process, logs in over OPC UA, and is judged. */
class OpcUaRunTest {
  private static final String SCENARIO =
      """
      duration: 30 s
      setup: {plant: {initialSoc: 0.3}}
      faults:
        bad: {kind: sensor.dropOut, target: sensor.voltage, severity: 1, at: 15 s}
      checks:
        - {name: charges, stl: "always[5, 14] (|current - 5 A| < 0.2 A)"}
        - {name: stops, stl: when fault(bad) then within 3 s current < 0.1 A}
      """;

  private static Scenario scenario(String text) {
    return ScenarioReader.of(YamlNode.parse(Path.of("test.yaml"), text), null);
  }

  private static SutFile client(String mainClass) {
    return new SutFile(
        "client",
        "",
        Map.of(),
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            mainClass,
            "${endpoint}",
            "${user}",
            "${password}"),
        Map.of(),
        Map.of(),
        "pki/trusted/certs/bench.der",
        "pki/own/certs/own.der",
        60,
        5);
  }

  private static ScenarioResult run(String text, String mainClass) {
    return OpcUaRun.run(
        scenario(text), client(mainClass), Double.POSITIVE_INFINITY, (at, of) -> {});
  }

  @Test
  void aProcessIsStartedTrustedJudgedAndTwoRunsAreAlike() {
    String main = "dev.anodyne.hil.sut.NaiveClient";
    ScenarioResult result = run(SCENARIO, main);
    assertThat(result.reason()).isEmpty();
    assertThat(result.checks().get(0).verdict()).as(result.toString()).isEqualTo(Verdict.PASS);
    // It never looks: 5 A flow on.
    assertThat(result.checks().get(1).verdict()).isEqualTo(Verdict.FAIL);
    assertThat(result.verdict()).isEqualTo(Verdict.FAIL);
    Trace one = Objects.requireNonNull(result.trace());
    Trace again = Objects.requireNonNull(run(SCENARIO, main).trace());
    for (String name : one.names()) {
      assertThat(again.values(name)).as(name).isEqualTo(one.values(name));
    }
  }

  @Test
  void aProcessThatEndsAtOnceIsAnErrorWithItsLastWords() {
    ScenarioResult result = run(SCENARIO, "no.such.Main");
    assertThat(result.verdict()).isEqualTo(Verdict.ERROR);
    assertThat(result.reason()).contains("ended before it logged in").contains("no.such.Main");
  }

  @Test
  void aFaultThatNeedsAClockIsInvalidInLockstep() {
    ScenarioResult result =
        run(
            SCENARIO.replace(
                "{kind: sensor.dropOut, target: sensor.voltage, severity: 1, at: 15 s}",
                "{kind: opcua.serverDown, at: 15 s}"),
            "dev.anodyne.hil.sut.NaiveClient");
    assertThat(result.verdict()).isEqualTo(Verdict.INVALID);
    assertThat(result.reason()).contains("needs a clock").contains("Maybe --pace realtime");
  }
}
