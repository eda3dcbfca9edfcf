package dev.anodyne.estimators.twin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.estimators.twin.MeasurementGate.Verdict;
import org.junit.jupiter.api.Test;

class MeasurementGateTest {
  private final MeasurementGate gate = new MeasurementGate(5.0, 4.2, 1.0);

  private static Measurement at(double seconds) {
    return at(seconds, 3.7, 298.15);
  }

  private static Measurement at(double seconds, double volts, double kelvin) {
    return Measurement.ofCell((long) (seconds * 1e9), 1.0, volts, kelvin, Quality.GOOD);
  }

  @Test
  void judgesTheTimeBetweenSamples() {
    assertThat(gate.judge(at(0), 1.0)).isEqualTo(Verdict.START);
    gate.accept(at(0));
    assertThat(gate.judge(at(1), 1.0)).isEqualTo(Verdict.NORMAL);
    assertThat(gate.judge(at(5), 1.0)).isEqualTo(Verdict.NORMAL);
    assertThat(gate.judge(at(6), 1.0)).isEqualTo(Verdict.AFTER_GAP);
    assertThat(gate.judge(at(300), 1.0)).isEqualTo(Verdict.AFTER_GAP);
    assertThat(gate.judge(at(301), 1.0)).isEqualTo(Verdict.START);
    assertThat(gate.judge(at(0), 1.0)).isEqualTo(Verdict.REPEATED);
    assertThat(gate.judge(at(-1), 1.0)).isEqualTo(Verdict.UNUSABLE);
  }

  @Test
  void refusesWhatCannotBe() {
    assertThat(gate.judge(at(0, 0.2, 298.15), 1.0)).isEqualTo(Verdict.UNUSABLE);
    assertThat(gate.judge(at(0, 5.3, 298.15), 1.0)).isEqualTo(Verdict.UNUSABLE);
    assertThat(gate.judge(at(0, 3.7, 25.0), 1.0)).isEqualTo(Verdict.UNUSABLE);
    assertThat(gate.judge(at(0), 101.0)).isEqualTo(Verdict.UNUSABLE);
    assertThat(gate.judge(at(0).withQuality(Quality.UNCERTAIN), 1.0)).isEqualTo(Verdict.UNUSABLE);
  }

  @Test
  void slowLoopsMayBeSlow() {
    MeasurementGate slow = new MeasurementGate(5.0, 4.2, 10.0);
    slow.accept(at(0));
    assertThat(slow.judge(at(30), 1.0)).isEqualTo(Verdict.NORMAL);
    assertThat(slow.judge(at(31), 1.0)).isEqualTo(Verdict.AFTER_GAP);
  }
}
