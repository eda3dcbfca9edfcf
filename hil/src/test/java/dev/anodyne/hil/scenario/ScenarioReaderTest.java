package dev.anodyne.hil.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.hil.verdict.Verdict;
import dev.anodyne.hil.yaml.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioReaderTest {
  private static final String SOUND =
      """
      scenario: a
      title: A sentence
      verifies: [R1, R2]
      setup:
        plant: {cell: lgm50, initialSoc: 0.3}
        charge: {to: 70 %, maxTemperature: 40 °C}
      duration: 2 min
      stimuli:
        - {channel: bms.targetCurrent, ramp: {from: 10 A, to: 5 A, over: 10 s}, at: 1 min}
      faults:
        v.bias:
          kind: sensor.bias
          target: sensor.voltage
          severity: 20 mV
          trigger:
            anyOf:
              - [{when: soc > 40 %, edge: rising, delay: 2 s}, {when: current > 1 A}]
              - [time > 60 s]
          ramp: 5 s
          duration: 10 s
          repeat: {times: 3, every: 20 s, jitter: 1 s}
          seed: 7
      checks:
        - name: one
          stl: when fault(v.bias) then within 3 s current < 1 A
        - bounds: {channel: temperature, max: 45 °C, share: 95 %}
      stated: {naive: FAIL}
      """;

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("s.yaml"), text);
  }

  @Test
  void readsEverythingWithItsUnits() throws IOException {
    Scenario scenario = ScenarioReader.read(file(SOUND));
    assertThat(scenario.verifies()).containsExactly("R1", "R2");
    assertThat(scenario.durationSeconds()).isEqualTo(120);
    assertThat(scenario.task().targetSoc()).isCloseTo(0.7, within(1e-15)); // 70 % is 70 times 0.01
    assertThat(scenario.task().maxTemperatureKelvin()).isEqualTo(313.15);
    FaultSpec fault = scenario.faults().get(0);
    assertThat(fault.severity()).isEqualTo(0.02); // the sensor's own unit is V
    assertThat(fault.repeat()).isEqualTo(new FaultSpec.Repeat(3, 20, 1, 7));
    assertThat(fault.trigger().anyOf()).hasSize(2);
    assertThat(fault.trigger().anyOf().get(0).get(0).delaySeconds()).isEqualTo(2);
    assertThat(scenario.stimuli().get(0).course().at(5)).isEqualTo(7.5);
    assertThat(scenario.stated("naive")).isEqualTo(Verdict.FAIL);
    assertThat(scenario.stated("another")).isEqualTo(Verdict.PASS);
  }

  private void refuses(String old, String bad, String... parts) throws IOException {
    assertThat(SOUND).contains(old);
    Path file = file(SOUND.replace(old, bad));
    var thrown =
        assertThatThrownBy(() -> ScenarioReader.read(file)).isInstanceOf(ScenarioException.class);
    for (String part : parts) {
      thrown.hasMessageContaining(part);
    }
  }

  @Test
  void namesFileLineKeyAndWhatIsAllowed() throws IOException {
    refuses("verifies:", "verifys:", "s.yaml, line 3", "unknown key 'verifys'", "Maybe 'verifies'");
    refuses("duration: 2 min", "duration: 2 V", "line 7", "a time in ms, s, min or h");
    refuses("sensor.bias", "sensor.baas", "line 12", "Maybe 'sensor.bias'");
    refuses("current < 1 A\n", "curent < 1 A\n", "line 25", "Maybe 'current'");
    refuses("current < 1 A\n", "current < 1 V\n", "line 25", "compares current with voltage");
    refuses("fault(v.bias)", "fault(v.gain)", "line 25", "fault 'fault(v.gain)' is not known");
    refuses("edge: rising", "edge: up", "allowed: level, rising, falling");
    refuses(
        "{cell: lgm50,", "{cel: lgm50,", "line 5", "unknown key 'setup.plant.cel'", "Maybe 'cell'");
    refuses("initialSoc: 0.3", "initialSoc: 3", "line 5", "initialSoc");
    refuses("every: 20 s", "every: 5 s", "'every' is shorter", "at least 11");
    refuses("target: sensor.voltage", "target: sensor.volts", "line 13", "allowed: sensor.current");
    refuses("max: 45 °C", "max: 45 V", "line 26", "a value in K");
    refuses("- name: one", "- nam: one", "unknown key 'checks[0].nam'");
    refuses("time > 60 s", "always (time > 60 s)", "looks ahead or back");
    refuses("naive: FAIL", "naive: BAD", "allowed: PASS, INCONCLUSIVE, FAIL, INVALID, ERROR");
    refuses("scenario: a\n", "scenario: a\nscenario: b\n", "the key is there twice");
    refuses("at: 1 min", "at: 2 min", "line 9", "'2 min'", "before the scenario's end at 120.0 s");
    refuses(
        "bms.targetCurrent, ramp: {from: 10 A",
        "command.givenCurrent, ramp: {from: 10 A",
        "line 9",
        "stimuli[0]",
        "Channel command.givenCurrent can only be read",
        "not forced");
    refuses("to: 5 A", "to: -5 A", "line 9", "cannot be forced to -5.0 A; allowed: 0.0 to");
  }

  @Test
  void aScenarioWithoutChecksIsNone() throws IOException {
    Path file = file("duration: 10 s\n");
    assertThatThrownBy(() -> ScenarioReader.read(file)).hasMessageContaining("'checks' is missing");
  }

  @Test
  void readsATableAsTestBenchesHaveThem() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("t.csv"),
            """
            # scenario: table
            # duration: 30 s
            Time [s],set bms.targetCurrent [A],fault sensor.bias on sensor.voltage,expect current [A]
            0,5,,
            10,3,0.02,3;0.1;0.1;2
            20,4,,
            """);
    Scenario scenario = ScenarioReader.read(file);
    assertThat(scenario.stimuli().get(0).course().at(9)).isEqualTo(5);
    assertThat(scenario.stimuli().get(0).course().at(10)).isEqualTo(3);
    assertThat(scenario.faults()).hasSize(1);
    assertThat(scenario.faults().get(0).durationSeconds()).isEqualTo(10);
    Check.Temporal check = (Check.Temporal) scenario.checks().get(0);
    assertThat(check.formula())
        .hasToString("always[12,19.999] ((current >= 2.9 A) and (current <= 3.1 A))");
  }

  @Test
  void saysWhatATableLacks() throws IOException {
    Path file = Files.writeString(folder.resolve("t.csv"), "Time [s],set current [A]\n0,1\n");
    assertThatThrownBy(() -> ScenarioReader.read(file))
        .hasMessageContaining("t.csv, line 1")
        .hasMessageContaining("'# duration: 4 min'");
  }

  @Test
  void namesTheLineOfATable() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("t.csv"), "# duration: 30 s\nTime [s],set current [A]\n0,1\n0,2\n");
    assertThatThrownBy(() -> ScenarioReader.read(file))
        .hasMessageContaining("t.csv, line 4")
        .hasMessageContaining("not after the row before");
  }
}
