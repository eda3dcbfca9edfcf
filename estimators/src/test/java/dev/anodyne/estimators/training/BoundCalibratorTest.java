package dev.anodyne.estimators.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.estimators.bounds.BatteryGroup;
import dev.anodyne.estimators.bounds.BoundTable;
import dev.anodyne.estimators.bounds.Quantity;
import dev.anodyne.estimators.bounds.Signal;
import dev.anodyne.estimators.bounds.TrainedRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BoundCalibratorTest {
  /** Batteries that are seen from their rest on; there are no sessions of others. */
  private static final List<BatteryGroup> GROUPS =
      List.of(
          BatteryGroup.NEW_SINGLE,
          BatteryGroup.NEW_SERIES,
          BatteryGroup.IDENTIFIED_SINGLE,
          BatteryGroup.IDENTIFIED_SERIES);

  private final RandomGenerator random = SeededRandom.of(21L);

  /** A session whose error stays for its whole length: hard ones have four times the deviation. */
  private ScoredSession session(BatteryGroup group, boolean hard, double distance, double scale) {
    ScoredSession s = new ScoredSession(group, hard ? "hard" : "easy", !hard);
    double sigma = hard ? 0.004 : 0.001;
    double lasting = random.nextGaussian();
    double[] values = new double[Quantity.count()];
    double[] sigmas = new double[Quantity.count()];
    double[] truths = new double[Quantity.count()];
    for (int r = 0; r < 20; r++) {
      double z = 0.9 * lasting + Math.sqrt(1 - 0.81) * random.nextGaussian();
      Arrays.fill(values, z * sigma * scale);
      Arrays.fill(sigmas, sigma);
      s.add(1.0, values, sigmas, truths, signals(distance));
    }
    return s;
  }

  /** A moment so far beyond the usual temperatures, in their unit of 10 K. */
  private static double[] signals(double distance) {
    double[] signals = new double[Signal.count()];
    signals[Signal.TEMPERATURE.ordinal()] = 323.15 + 10 * distance;
    return signals;
  }

  private List<ScoredSession> sessions(int each) {
    List<ScoredSession> all = new ArrayList<>();
    for (int i = 0; i < each; i++) {
      for (BatteryGroup g : GROUPS) {
        all.add(session(g, i % 2 == 0, 0, 1));
      }
    }
    return all;
  }

  @Test
  void easyAndHardPopulationsAreBothCoveredAndEachByItsOwnWidth() {
    BoundTable table = new BoundCalibrator(sessions(800)).table(TrainedRange.USUAL, List.of());
    for (boolean hard : new boolean[] {false, true}) {
      int broken = 0;
      int out = 0;
      int sessions = 3000;
      for (int i = 0; i < sessions; i++) {
        ScoredSession s = session(BatteryGroup.NEW_SINGLE, hard, 0, 1);
        boolean isBroken = false;
        for (int r = 0; r < s.rows(); r++) {
          double sigma = s.sigma(r, Quantity.ANODE_POTENTIAL);
          double error = s.error(r, Quantity.ANODE_POTENTIAL);
          isBroken |= table.lowerBound(BatteryGroup.NEW_SINGLE, error, sigma, 1, 0) > 0;
          double half =
              table.halfWidth(BatteryGroup.NEW_SINGLE, Quantity.ANODE_POTENTIAL, sigma, 1, 0);
          out += Math.abs(error) > half ? 1 : 0;
        }
        broken += isBroken ? 1 : 0;
      }
      // Made for 1 %; the quantile of 400 scores scatters by half a per cent itself (1 σ), the
      // count by 0.2 %.
      assertThat(broken / (double) sessions).as("hard: " + hard).isLessThan(0.025);
      // Made for 5 % of the instants of both; the errors of one session are nearly one, so that the
      // 200 sessions a quantile rests on leave it a scatter of 1.5 % (1 σ).
      assertThat(out / (20.0 * sessions)).isLessThan(0.08);
    }
    double easy = -table.lowerBound(BatteryGroup.NEW_SINGLE, 0, 0.001, 1, 0);
    double difficult = -table.lowerBound(BatteryGroup.NEW_SINGLE, 0, 0.004, 1, 0);
    // The normal 99.5 % of a session's largest of 20 nearly equal errors is at about 2.9 σ, a tenth
    // is added for charges that ride on the bound: 3.2 σ; an easy battery does not pay for the hard
    // ones (0.25 mV is the step of the shape), and the quantiles scatter by 10 %.
    assertThat(easy).isBetween(0.0026, 0.0046);
    assertThat(difficult).isBetween(0.0090, 0.0150);
  }

  @Test
  void tooFewSessionsOfAGroupUseThoseOfAllAndSaySo() {
    List<ScoredSession> all = new ArrayList<>(sessions(400));
    all.removeIf(s -> s.group == BatteryGroup.IDENTIFIED_SERIES);
    all.add(session(BatteryGroup.IDENTIFIED_SERIES, true, 0, 1));
    BoundTable table = new BoundCalibrator(all).table(TrainedRange.USUAL, List.of());
    assertThat(table.of(BatteryGroup.IDENTIFIED_SERIES).pooled()).isTrue();
    assertThat(table.of(BatteryGroup.JOINED_SINGLE).pooled()).isTrue();
    assertThat(table.of(BatteryGroup.NEW_SINGLE).pooled()).isFalse();
    assertThat(table.of(BatteryGroup.IDENTIFIED_SERIES).lowerKappa())
        .isCloseTo(table.of(BatteryGroup.NEW_SINGLE).lowerKappa(), within(1.0));
  }

  @Test
  void sessionsBeyondTheRangeSayHowFastABoundMustWiden() {
    List<ScoredSession> beyond = new ArrayList<>();
    for (int i = 0; i < 400; i++) {
      beyond.add(session(BatteryGroup.NEW_SINGLE, true, 2.0, 4));
    }
    BoundTable table = new BoundCalibrator(sessions(400)).table(TrainedRange.USUAL, beyond);
    // Errors four times as large at a distance of 2: three times more, 1.5 a unit.
    assertThat(table.widening()).isBetween(0.9, 2.2);
  }

  @Test
  void aMeanErrorOfNominalPacksIsTakenOff() {
    List<ScoredSession> all = new ArrayList<>();
    for (int i = 0; i < 800; i++) {
      for (BatteryGroup g : GROUPS) {
        ScoredSession s = new ScoredSession(g, "easy", true);
        double[] values = new double[Quantity.count()];
        double[] sigmas = new double[Quantity.count()];
        Arrays.fill(values, 0.003 + 0.001 * random.nextGaussian());
        Arrays.fill(sigmas, 0.001);
        s.add(1.0, values, sigmas, new double[Quantity.count()], signals(0));
        all.add(s);
      }
    }
    BoundTable table = new BoundCalibrator(all).table(TrainedRange.USUAL, List.of());
    // The mean of 400 errors of 1 mV: 0.05 mV.
    assertThat(table.of(BatteryGroup.NEW_SERIES).offsetVolts()).isCloseTo(0.003, within(2e-4));
    assertThat(table.of(BatteryGroup.NEW_SINGLE).offsetVolts()).isZero();
  }

  @Test
  void batteriesAsExpectedDoNotPayForThoseInDoubt() {
    List<ScoredSession> all = new ArrayList<>();
    for (int i = 0; i < 800; i++) {
      for (BatteryGroup g : GROUPS) {
        boolean odd = i % 2 == 0;
        ScoredSession s = new ScoredSession(g, odd ? "odd" : "expected", !odd);
        double[] values = new double[Quantity.count()];
        double[] sigmas = new double[Quantity.count()];
        // The same deviation is stated of both; the doubt alone tells the larger errors.
        Arrays.fill(values, (odd ? 0.003 : 0.001) * random.nextGaussian());
        Arrays.fill(sigmas, 0.001);
        double[] truths = new double[Quantity.count()];
        s.add(1.0, odd ? 1.0 : 0.0, 1.0, values, sigmas, truths, signals(0));
        all.add(s);
      }
    }
    BoundTable table = new BoundCalibrator(all).table(TrainedRange.USUAL, List.of());
    BatteryGroup g = BatteryGroup.NEW_SINGLE;
    double sure = -table.lowerBound(g, 0, 0.001, 1, 0, 0);
    double doubting = -table.lowerBound(g, 0, 0.001, 1, 1, 0);
    // Normal 99 % of 3 mV: 7 mV, the quantile of 200 scores scattering by 0.8 (1 σ).
    assertThat(doubting).isBetween(0.0055, 0.0110);
    // A third of it but for the steps of the share: 1 + a = 3 fits exactly.
    assertThat(sure).isBetween(doubting / 5, doubting / 2);
  }

  @Test
  void anInstantCountsAsLongAsItStandsFor() {
    ScoredSession s = new ScoredSession(BatteryGroup.NEW_SINGLE, "one", true);
    double[] none = new double[Quantity.count()];
    for (int i = 1; i <= 4; i++) {
      s.add(i, 0.0, i == 4 ? 3.0 : 1.0, none, none, none, signals(0));
    }
    // 1, 2, 3 a second each and 4 for three: half of six seconds are over with the third.
    assertThat(Instants.median(List.of(s), ScoredSession::growth)).isEqualTo(4.0);
    assertThat(Instants.quantile(List.of(s), 0.4, ScoredSession::growth)).isEqualTo(3.0);
    assertThat(Instants.median(List.of(s), (x, r) -> Double.NaN)).isNaN();
  }
}
