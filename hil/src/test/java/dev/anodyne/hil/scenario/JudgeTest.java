package dev.anodyne.hil.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.hil.stl.Trace;
import dev.anodyne.hil.verdict.CheckResult;
import dev.anodyne.hil.verdict.Verdict;
import dev.anodyne.hil.yaml.YamlNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Test;

/** Every kind of check on a made-up current, once so that it holds and once so that it does not. */
class JudgeTest {
  private static Trace trace(DoubleUnaryOperator current) {
    double[] times = new double[201];
    Arrays.setAll(times, i -> i * 0.5);
    double[] values = Arrays.stream(times).map(current).toArray();
    return new Trace(times).with("current", "A", values).with("pack.current", "A", values);
  }

  private static CheckResult judge(String check, DoubleUnaryOperator current) {
    String text = "duration: 100 s\nchecks:\n  - " + check + "\n";
    Scenario scenario = ScenarioReader.of(YamlNode.parse(Path.of("t.yaml"), text), null);
    return new Judge(trace(current)).judge(scenario.checks().get(0));
  }

  private static void holds(String check, DoubleUnaryOperator current) {
    assertThat(judge(check, current).verdict()).as(check).isEqualTo(Verdict.PASS);
  }

  private static void fails(String check, DoubleUnaryOperator current, double atSeconds) {
    CheckResult result = judge(check, current);
    assertThat(result.verdict()).as(check).isEqualTo(Verdict.FAIL);
    assertThat(result.timeSeconds()).as(result.detail()).isEqualTo(atSeconds);
  }

  @Test
  void bounds() {
    String check = "bounds: {channel: current, min: 1 A, max: 9000 mA}";
    holds(check, t -> 1 + 0.08 * t);
    fails(check, t -> t == 40 ? 9.5 : 5, 40);
    assertThat(judge(check, t -> t == 40 ? 9.5 : 5).margin()).isEqualTo(-500); // written in mA
  }

  @Test
  void boundsForAShareOfTheTime() {
    String check = "bounds: {channel: current, max: 5 A, during: [0 s, 100 s], share: 90 %}";
    holds(check, t -> t < 8 ? 6 : 4);
    fails(check, t -> t < 12 ? 6 : 4, 0);
  }

  @Test
  void boundsPastTheEndOfTheRunStayOpen() {
    String check = "bounds: {channel: current, max: 5 A, during: [0 s, 200 s]}";
    assertThat(judge(check, t -> 4).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(judge(check, t -> 6).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void boundsForAShareStayOpenAsLongAsTheRestCouldMakeThemGood() {
    String check = "bounds: {channel: current, max: 5 A, during: [0 s, 200 s], share: 60 %}";
    assertThat(judge(check, t -> t < 70 ? 6 : 4).verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(judge(check, t -> t < 90 ? 6 : 4).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void aLostValueIsNoMiss() {
    String check = "bounds: {channel: current, max: 5 A, share: 90 %}";
    assertThat(judge(check, t -> t < 20 ? Double.NaN : 4).verdict())
        .isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(judge(check, t -> t < 20 ? Double.NaN : t < 35 ? 6 : 4).verdict())
        .isEqualTo(Verdict.FAIL);
  }

  @Test
  void aRunThatWasCutFailsOnlyWhatWasSeen() {
    DoubleUnaryOperator five = t -> 5;
    assertThat(cut("stl: eventually (current > 9 A)", five)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(cut("stl: eventually (current > 4 A)", five)).isEqualTo(Verdict.PASS);
    assertThat(cut("stl: always (current > 4 A)", five)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(cut("stl: always (current > 6 A)", five)).isEqualTo(Verdict.FAIL);
    assertThat(cut("stl: current < 6 A until current > 9 A", five)).isEqualTo(Verdict.INCONCLUSIVE);
    String bounds = "bounds: {channel: current, max: 4 A, share: 50 %}";
    assertThat(cut(bounds, five)).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(cut(bounds.replace("50 %", "100 %"), five)).isEqualTo(Verdict.FAIL);
  }

  private static Verdict cut(String check, DoubleUnaryOperator current) {
    String text = "duration: 100 s\nchecks:\n  - {name: c, " + check + "}\n";
    Scenario scenario = ScenarioReader.of(YamlNode.parse(Path.of("t.yaml"), text), null);
    return new Judge(trace(current).cut()).judge(scenario.checks().get(0)).verdict();
  }

  @Test
  void constant() {
    String check = "constant: {channel: current, value: 5 A, tolerance: 0.1 A, during: [10, 90]}";
    holds(check, t -> t < 10 ? 0 : 5.05);
    fails(check, t -> t == 50 ? 5.2 : 5, 50);
  }

  @Test
  void step() {
    String check =
        "step: {channel: current, from: 2 A, to: 8 A, at: 30 s, tolerance: 0.2 A, within: 2 s,"
            + " hold: 10 s}";
    holds(check, t -> t < 31 ? 2 : 8);
    assertThat(judge(check, t -> t < 35 ? 2 : 8).verdict()).isEqualTo(Verdict.FAIL); // late
    assertThat(judge(check, t -> t < 28 ? 2 : 8).verdict()).isEqualTo(Verdict.FAIL); // early
    assertThat(judge(check, t -> t < 31 ? 2 : t < 36 ? 8 : 2).verdict()).isEqualTo(Verdict.FAIL);
  }

  @Test
  void ramp() {
    String check =
        "ramp: {channel: current, from: 0 A, to: 10 A, start: 20 s, over: 50 s, tolerance: 0.1 A,"
            + " timeTolerance: 2 s}";
    holds(check, t -> Math.max(0, Math.min(10, (t - 21.5) / 5)));
    fails(check, t -> t == 45 ? 6 : Math.max(0, Math.min(10, (t - 20) / 5)), 45);
  }

  @Test
  void firstOrder() {
    String check =
        "firstOrder: {channel: current, from: 10 A, to: 0 A, start: 10 s, timeConstant: 8 s,"
            + " tolerance: 0.05 A}";
    holds(check, t -> t < 10 ? 10 : 10 * Math.exp(-(t - 10) / 8));
    assertThat(judge(check, t -> t < 10 ? 10 : 10 * Math.exp(-(t - 10) / 9)).verdict())
        .isEqualTo(Verdict.FAIL);
  }

  @Test
  void followsAReferenceWithinValueAndTime() {
    String check =
        "follow: {channel: current, reference: [[0 s, 0 A], [50 s, 10 A], [100 s, 0 A]], tolerance:"
            + " 0.2 A, timeTolerance: 3 s}";
    DoubleUnaryOperator triangle = t -> t < 50 ? t / 5 : (100 - t) / 5;
    holds(check, triangle);
    holds(check, t -> triangle.applyAsDouble(Math.max(0, t - 2.5)));
    assertThat(judge(check, t -> triangle.applyAsDouble(Math.max(0, t - 6))).verdict())
        .isEqualTo(Verdict.FAIL);
  }

  @Test
  void response() {
    String check = "response: {when: time > 20 s, within: 5 s, for: 10 s, then: current < 1 A}";
    // time is recorded in real runs only
    String written = check.replace("time > 20 s", "current > 9 A");
    holds(written, t -> t < 20 ? 5 : t < 22 ? 10 : 0);
    assertThat(judge(written, t -> t < 20 ? 5 : t < 30 ? 10 : 0).verdict()).isEqualTo(Verdict.FAIL);
    CheckResult never = judge(written, t -> 5);
    assertThat(never.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
    assertThat(never.detail()).isEqualTo("The trigger never came.");
  }
}
