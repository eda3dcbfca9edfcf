package dev.anodyne.estimators.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.estimators.twin.MeasurementGate.Verdict;
import org.junit.jupiter.api.Test;

class MeasurementGateTest {
  private static final P2dModel MODEL =
      P2dModel.of(CellParameters.load("lgm50"), P2dOptions.CONTROL);
  private final MeasurementGate gate = gate(1.0, PackLayout.SINGLE_CELL);

  private static MeasurementGate gate(double periodSeconds, PackLayout layout) {
    return new MeasurementGate(
        5.0, 4.2, periodSeconds, layout, RestVoltage.of(MODEL), LoadResistance.of(MODEL));
  }

  private static void accept(MeasurementGate gate, Measurement m, Verdict verdict) {
    gate.accept(m, verdict, m.chargeCurrentAmps(), 0.5);
  }

  private static Measurement at(double seconds) {
    return at(seconds, 3.7, 298.15);
  }

  private static Measurement at(double seconds, double volts, double kelvin) {
    return Measurement.ofCell((long) (seconds * 1e9), 1.0, volts, kelvin, Quality.GOOD);
  }

  @Test
  void judgesTheTimeBetweenSamples() {
    assertThat(gate.judge(at(0), 1.0, 0.0)).isEqualTo(Verdict.START);
    accept(gate, at(0), Verdict.START);
    assertThat(gate.judge(at(1), 1.0, 0.0)).isEqualTo(Verdict.NORMAL);
    assertThat(gate.judge(at(5), 1.0, 0.0)).isEqualTo(Verdict.NORMAL);
    assertThat(gate.judge(at(6), 1.0, 0.0)).isEqualTo(Verdict.AFTER_GAP);
    assertThat(gate.judge(at(300), 1.0, 0.0)).isEqualTo(Verdict.AFTER_GAP);
    assertThat(gate.judge(at(301), 1.0, 0.0)).isEqualTo(Verdict.START);
    assertThat(gate.judge(at(0), 1.0, 0.0)).isEqualTo(Verdict.REPEATED);
    assertThat(gate.judge(at(-1), 1.0, 0.0)).isEqualTo(Verdict.UNUSABLE);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThat(gate.judge(at(0, 0.2, 298.15), 1.0, 0.0)).isEqualTo(Verdict.UNUSABLE);
    assertThat(gate.judge(at(0, 5.3, 298.15), 1.0, 0.0)).isEqualTo(Verdict.UNUSABLE);
    assertThat(gate.judge(at(0, 3.7, 25.0), 1.0, 0.0)).isEqualTo(Verdict.UNUSABLE);
    assertThat(gate.judge(at(0), 101.0, 0.0)).isEqualTo(Verdict.UNUSABLE);
    assertThat(gate.judge(at(0).withQuality(Quality.UNCERTAIN), 1.0, 0.0))
        .isEqualTo(Verdict.UNUSABLE);
  }

  @Test
  void slowLoopsMayBeSlow() {
    MeasurementGate slow = gate(10.0, PackLayout.SINGLE_CELL);
    assertThat(slow.judge(at(0), 1.0, 0.0)).isEqualTo(Verdict.START);
    accept(slow, at(0), Verdict.START);
    assertThat(slow.judge(at(30), 1.0, 0.0)).isEqualTo(Verdict.NORMAL);
    assertThat(slow.judge(at(31), 1.0, 0.0)).isEqualTo(Verdict.AFTER_GAP);
  }

  @Test
  void aPeriodThatChangesIsLearned() {
    assertThat(gate.judge(at(0), 1.0, 0.0)).isEqualTo(Verdict.START);
    accept(gate, at(0), Verdict.START);
    Verdict verdict = Verdict.START;
    for (int t = 10; t <= 60; t += 10) {
      verdict = gate.judge(at(t), 1.0, 0.0);
      accept(gate, at(t), verdict);
    }
    assertThat(verdict).isEqualTo(Verdict.NORMAL);
    assertThat(gate.judge(at(100), 1.0, 0.0)).isEqualTo(Verdict.AFTER_GAP);
  }

  @Test
  void aClockSetBackIsBelievedAfterThreeSamplesInOrder() {
    assertThat(gate.judge(at(1000), 1.0, 0.0)).isEqualTo(Verdict.START);
    accept(gate, at(1000), Verdict.START);
    assertThat(gate.judge(at(10), 1.0, 0.0)).isEqualTo(Verdict.UNUSABLE);
    assertThat(gate.judge(at(11), 1.0, 0.0)).isEqualTo(Verdict.UNUSABLE);
    assertThat(gate.judge(at(12), 1.0, 0.0)).isEqualTo(Verdict.AFTER_GAP);
    assertThat(gate.secondsSinceLast(at(12))).isBetween(2.0, 4.0);
  }

  @Test
  void aClockThatStandsStillIsRefused() {
    assertThat(gate.judge(at(0), 1.0, 0.0)).isEqualTo(Verdict.START);
    accept(gate, at(0), Verdict.START);
    for (int i = 0; i < 30; i++) {
      assertThat(gate.judge(at(0), 1.0, 0.0)).isEqualTo(Verdict.REPEATED);
    }
    assertThat(gate.judge(at(0), 1.0, 0.0)).isEqualTo(Verdict.UNUSABLE);
  }

  @Test
  void otherValuesAtTheSameInstantAreRefusedSooner() {
    assertThat(gate.judge(at(0), 1.0, 0.0)).isEqualTo(Verdict.START);
    accept(gate, at(0), Verdict.START);
    gate.judge(at(0, 3.701, 298.15), 1.0, 0.0);
    gate.judge(at(0, 3.702, 298.15), 1.0, 0.0);
    assertThat(gate.judge(at(0, 3.703, 298.15), 1.0, 0.0)).isEqualTo(Verdict.UNUSABLE);
  }

  @Test
  void aLayoutWrongByAFactorIsRefused() {
    MeasurementGate four = gate(1.0, new PackLayout(4, 1));
    assertThat(four.judge(pack(4 * 3.7), 1.0, 0.0)).isEqualTo(Verdict.START);
    assertThat(gate(1.0, new PackLayout(4, 1)).judge(pack(8 * 3.7), 1.0, 0.0))
        .isEqualTo(Verdict.UNUSABLE);
    assertThat(gate(1.0, new PackLayout(8, 1)).judge(pack(4 * 3.7), 1.0, 0.0))
        .isEqualTo(Verdict.UNUSABLE);
  }

  private static Measurement pack(double volts) {
    return new Measurement(0L, 1.0, volts, 298.15, 3.69, 3.71, 298.0, 298.5, Quality.GOOD);
  }

  @Test
  void aGlitchPassesAndAContradictionThatLastsIsRefused() {
    double time = 0;
    for (; time < 60; time++) {
      Verdict v = gate.judge(at(time), 1.0, 0.0);
      accept(gate, at(time), v);
    }
    assertThat(gate.judge(at(time, 3.8, 298.15), 1.0, 0.0)).isEqualTo(Verdict.GLITCH);
    assertThat(gate.judge(at(time + 1), 1.0, 0.0)).isEqualTo(Verdict.NORMAL);
    accept(gate, at(time + 1), Verdict.NORMAL);
    time += 2;
    assertThat(gate.judge(at(time, 3.8, 298.15), 1.0, 0.0)).isEqualTo(Verdict.GLITCH);
    assertThat(gate.judge(at(time + 1, 3.8, 298.15), 1.0, 0.0)).isEqualTo(Verdict.GLITCH);
    assertThat(gate.judge(at(time + 2, 3.8, 298.15), 1.0, 0.0)).isEqualTo(Verdict.UNUSABLE);
    // What such samples taught is thrown away; under load only after five minutes' agreement.
    time += 3;
    for (int t = 0; t < 300; t++) {
      assertThat(gate.judge(at(time + t), 1.0, 0.0)).as("%d s", t).isEqualTo(Verdict.UNUSABLE);
    }
    assertThat(gate.judge(at(time + 300), 1.0, 0.0)).isEqualTo(Verdict.START);
  }

  @Test
  void aBatteryAtRestIsBelievedAgainAfterAMinute() {
    double time = 0;
    for (; time < 60; time++) {
      accept(gate, at(time), gate.judge(at(time), 0.0, 0.0));
    }
    for (; time < 63; time++) {
      gate.judge(at(time, 3.8, 298.15), 0.0, 0.0);
    }
    int seconds = 0;
    while (gate.judge(at(time + seconds), 0.0, 0.0) == Verdict.UNUSABLE && seconds < 300) {
      seconds++;
    }
    assertThat(seconds).isBetween(55, 65);
  }

  @Test
  void chargeThatPassesByRefusedSamplesIsCounted() {
    assertThat(gate.judge(at(0), 0.0, 0.0)).isEqualTo(Verdict.START);
    gate.accept(at(0), Verdict.START, 0.0, 0.5);
    for (int t = 1; t <= 60; t++) {
      // Glitches in temperature refuse the samples; their current is right.
      gate.judge(at(t, 3.7, 320.0), t < 60 ? 1.0 : 0.0, 0.0);
    }
    assertThat(gate.bridgeAmps(at(60))).isCloseTo(59.0 / 60.0, within(0.01));
  }
}
