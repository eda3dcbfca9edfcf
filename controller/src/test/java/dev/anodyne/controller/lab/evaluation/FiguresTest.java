package dev.anodyne.controller.lab.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.controller.lab.evaluation.SessionTape.Truth;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dState;
import java.util.List;
import org.junit.jupiter.api.Test;

class FiguresTest {
  private static final P2dState STATE =
      P2dModel.of(CellParameters.load("lgm50"), P2dOptions.CONTROL).newState(0.5, 298.15);

  /** Wilson (1927) for 8 of 10: 0.4901 to 0.9433, as tables of the interval give. */
  @Test
  void sharesCarryWilsonsInterval() {
    Share share = new Share(8, 10);
    assertThat(share.low()).isCloseTo(0.4901, within(1e-4));
    assertThat(share.high()).isCloseTo(0.9433, within(1e-4));
    assertThat(new Share(10, 10).high()).isCloseTo(1, within(1e-12));
    assertThat(new Share(0, 10).low()).isCloseTo(0, within(1e-12));
  }

  @Test
  void quantilesAreOrderStatistics() {
    Values values = new Values();
    for (int i = 100; i >= 1; i--) {
      values.add(i);
    }
    assertThat(values.quantile(0.5)).isEqualTo(50);
    assertThat(values.quantile(0.99)).isEqualTo(99);
    assertThat(values.quantile(0)).isEqualTo(1);
    assertThat(new Values().quantile(0.5)).isNaN();
  }

  /** Two sessions by hand: 3 mV high for 10 samples, 1 mV low for 1000. */
  @Test
  void sessionsWeighTheSameAndSamplesAreCountedOnce() {
    SessionScore high = score(10, 0.020, 0.023, 0.021);
    SessionScore low = score(1000, 0.050, 0.049, 0.045);
    Figures f = Figures.of(List.of(high, low));
    assertThat(f.sessions()).isEqualTo(2);
    // √((3² + 1²)/2) mV
    assertThat(f.rmseVolts()).isCloseTo(Math.sqrt(5) * 1e-3, within(1e-9));
    assertThat(f.largestVolts()).isCloseTo(3e-3, within(1e-9));
    // Only the first session's truth is below 30 mV; single precision keeps 1e-9 V.
    assertThat(f.nearSamples()).isEqualTo(10);
    assertThat(f.optimisticVolts()).isCloseTo(3e-3, within(1e-8));
    assertThat(f.aboveSamples()).isCloseTo(1000.0 / 1010, within(1e-12));
    assertThat(f.aboveSessions()).isEqualTo(new Share(1, 2));
    assertThat(f.gapVolts()).isCloseTo(5e-3, within(1e-8));
    assertThat(f.socErrorWorst()).isCloseTo(0.01, within(1e-12));
  }

  /** What is asked for decides, in its own direction. */
  @Test
  void barsAreMissedInTheirOwnDirection() {
    Figures f = Figures.of(List.of(score(10, 0.020, 0.023, 0.021)));
    EvaluationResult.Row fresh =
        new EvaluationResult.Row("f", "f", Phase.FIRST, Bar.Scope.FRESH, false);
    EvaluationResult.Row grid =
        new EvaluationResult.Row("g", "g", Phase.FIRST, Bar.Scope.GRID, false);
    assertThat(Bar.missed(fresh, f)).contains(Bar.RMSE, Bar.ABOVE).doesNotContain(Bar.SOC);
    assertThat(Bar.missed(grid, f)).contains(Bar.ABOVE).doesNotContain(Bar.RMSE);
  }

  /** Batteries and charges are the same each time, and no two of them alike. */
  @Test
  void theGridIsFixedAndVaried() {
    CellParameters cell = CellParameters.load("lgm50");
    Stratum all =
        Stratum.grid().stream().filter(s -> s.name().equals("all-4s")).findFirst().orElseThrow();
    assertThat(Battery.of(all, 3, cell)).isEqualTo(Battery.of(all, 3, cell));
    assertThat(Battery.of(all, 3, cell).common()).isNotEqualTo(Battery.of(all, 4, cell).common());
    assertThat(Battery.of(all, 3, cell).sensors().voltage().bias()).isNotZero();
    assertThat(Math.abs(Battery.of(all, 4, cell).sensors().voltage().bias())).isEqualTo(5e-3);
    assertThat(Charge.of(all, 3, 0).fromSoc()).isNotEqualTo(Charge.of(all, 3, 1).fromSoc());
  }

  private static SessionScore score(int samples, double truth, double estimate, double bound) {
    SessionScore score = new SessionScore("s", Phase.FIRST, 0, "physics", "", samples);
    for (int i = 0; i < samples; i++) {
      Truth t = new Truth(60 + i, 1, 0.5, truth, 0.3, 0.6, 0.3, 0.6, 298.15);
      score.add(i, t, belief(estimate, bound), 1);
    }
    return score;
  }

  private static CellEstimate belief(double anode, double bound) {
    return new CellEstimate(
        0, true, true, 1, 3.8, 298.15, 0.51, anode, bound, 0.3, 0.3, 0.6, 298.15, 0, STATE);
  }
}
