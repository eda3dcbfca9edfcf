package dev.anodyne.hil.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.hil.stl.StlParser;
import dev.anodyne.hil.stl.Tightened;
import dev.anodyne.hil.stl.Trace;
import dev.anodyne.hil.verdict.ScenarioResult;
import dev.anodyne.hil.verdict.Verdict;
import dev.anodyne.hil.yaml.YamlNode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MutationTest {
  /** 0 to 9 s; the current falls from 9 to 0 A, the voltage stays. */
  private static Trace trace() {
    double[] time = new double[10];
    double[] current = new double[10];
    double[] voltage = new double[10];
    for (int i = 0; i < 10; i++) {
      time[i] = i;
      current[i] = 9 - i;
      voltage[i] = 3.7;
    }
    return new Trace(time)
        .with("pack.current", "A", current)
        .with("current", "A", current)
        .with("pack.voltage", "V", voltage)
        .with("voltage", "V", voltage);
  }

  private static List<Mutation> mutations(String check) {
    Scenario scenario =
        ScenarioReader.of(
            YamlNode.parse(Path.of("m.yaml"), "duration: 9 s\nchecks:\n  - " + check + "\n"), null);
    List<dev.anodyne.hil.verdict.CheckResult> results =
        scenario.checks().stream().map(new Judge(trace())::judge).toList();
    ScenarioResult result =
        new ScenarioResult(
            "m",
            "",
            "",
            List.of(),
            "",
            1,
            Verdict.PASS,
            Verdict.PASS,
            "",
            results,
            List.of(),
            9,
            0,
            trace());
    return Mutation.of(scenario, result);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "stl: always (current < 20 A)",
        "stl: always (|voltage - 3.7 V| < 20 mV)",
        "stl: not (eventually (current > 12 A))",
        "stl: when current < 5 A then within 3 s current < 3 A",
        "stl: (current > 1 A) until[0, 9] (current < 4 A)",
        "stl: eventually[0, 5] historically[0, 2] (current > 4 A)",
        "stl: always (current > 3 A implies voltage > 3 V)",
        "bounds: {channel: voltage, min: 3 V, max: 4.2 V}",
        "bounds: {channel: current, max: 8.5 A, share: 80 %}",
        "constant: {channel: voltage, value: 3.7 V, tolerance: 10 mV}",
        "follow: {channel: current, reference: [[0, 9], [9, 0]], tolerance: 2 A}"
      })
  void aCheckThatPassesFailsWithItsLimitsTightened(String check) {
    Mutation mutation = mutations(check).get(0);
    assertThat(mutation.verdict()).as(check).isEqualTo(Verdict.PASS);
    assertThat(mutation.tightened()).as(check).isEqualTo(Verdict.FAIL);
    assertThat(mutation.canFail()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"stl: always (true)", "stl: when fault(no) then current < 1 A"})
  void aCheckThatCannotFailIsFound(String check) {
    // A constant has no limit to tighten; a trigger that never comes has no response to judge.
    String text = check.contains("fault") ? "stl: when current > 50 A then current < 1 A" : check;
    assertThat(mutations(text).get(0).canFail()).isFalse();
  }

  @Test
  void allMarginsAreLowerByTheSameAmount() {
    for (String text :
        List.of(
            "always (current < 20 A)",
            "eventually[2, 5] (current > 1 A and voltage < 10 V)",
            "not (always (current > 3 A or voltage > 9 V))")) {
      var formula = StlParser.parse(text);
      double before = dev.anodyne.hil.stl.Judgement.robustness(formula, trace())[0];
      double after =
          dev.anodyne.hil.stl.Judgement.robustness(Tightened.of(formula, 0.25), trace())[0];
      assertThat(after).as(text).isEqualTo(before - 0.25);
    }
  }
}
