package dev.anodyne.estimators.twin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.estimators.bounds.Quantity;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class FilmBeliefTest {
  private static final int ANODE = Quantity.ANODE_POTENTIAL.ordinal();
  private static final double OHM_AH = 1e-3;

  private final FilmBelief film = new FilmBelief();

  private FilmBelief of(double lithium, double milliOhmAmpHours) {
    film.update(lithium, 0.003, milliOhmAmpHours * OHM_AH, 1 * OHM_AH);
    return film;
  }

  @Test
  void aNewBatteryHasNoFilm() {
    // Production spread: half a per cent of lithium, 2 mΩ·A·h. At 3C within the bar of 1.7 mV.
    assertThat(3 * of(0.005, 2).mean()).isLessThan(1.7 * OHM_AH);
  }

  @Test
  void resistanceWithoutLostLithiumIsElsewhere() {
    // Half of the belief has no film, the rest is half of what 1.2 % of lithium can make.
    assertThat(of(0, 15).mean()).isLessThan(0.5 * 0.5 * 0.012 * 1.15);
    // 8 mΩ·A·h of it are more than wires have; the rest needs lithium.
    double poor = of(0.005, 30).mean();
    assertThat(of(0.08, 30).mean()).isGreaterThan(poor + 3 * OHM_AH);
  }

  @Test
  void whatWiresCannotGainIsFilm() {
    // Of 45 mΩ·A·h wires have 22 at most; the film has 43 at most.
    assertThat(of(0.08, 45).mean()).isBetween(23 * OHM_AH, 43 * OHM_AH);
    assertThat(of(0.08, 45).sigma()).isBetween(3 * OHM_AH, 10 * OHM_AH);
  }

  @Test
  void itGrowsWithResistanceAndStaysBelowIt() {
    double last = 0;
    for (int r = 0; r <= 60; r++) {
      double mean = of(0.08, r).mean();
      assertThat(mean).isGreaterThanOrEqualTo(last);
      // A resistance is known to no better than 3 mΩ·A·h.
      assertThat(mean).isLessThan((r + 3) * OHM_AH);
      last = mean;
    }
  }

  @Test
  void withinReachOfTheWiresBothAreBelieved() {
    assertThat(of(0.08, 18).mean()).isGreaterThan(of(0.08, 18).sigma() / 3);
    assertThat(of(0.08, 18).mean() + 2 * of(0.08, 18).sigma()).isGreaterThan(0.6 * 18 * OHM_AH);
  }

  @Test
  void farOutsideTheBeliefStaysFinite() {
    for (double lithium : new double[] {-0.1, 0, 0.5}) {
      for (double r : new double[] {-30, 0, 300}) {
        assertThat(of(lithium, r).mean()).isBetween(0.0, 0.053);
        assertThat(of(lithium, r).sigma()).isBetween(0.0, 0.03);
      }
    }
  }

  @Test
  void atRestTheFilmDoesNothing() {
    double[] values = new double[Quantity.count()];
    double[] sigmas = new double[Quantity.count()];
    values[ANODE] = 0.02;
    sigmas[ANODE] = 0.0015;
    of(0.06, 45).apply(values, sigmas, 0);
    assertThat(values[ANODE]).isEqualTo(0.02);
    assertThat(sigmas[ANODE]).isEqualTo(0.0015);
    film.apply(values, sigmas, 1);
    assertThat(values[ANODE]).isEqualTo(0.02 - film.mean());
    assertThat(sigmas[ANODE]).isCloseTo(Math.hypot(0.0015, film.sigma()), within(1e-12));
  }

  /**
   * Batteries drawn as the belief supposes, resistance and lithium known exactly: the spread of the
   * film among those that look the same bounds every estimator, at 4.3 mV at 1C. The belief comes
   * near to it and says more than it errs, since its own edges allow for imperfect fits.
   */
  @Test
  void itIsNearTheBestThatCanBeBelieved() {
    RandomGenerator random = SeededRandom.of(5L);
    int n = 200_000;
    int bins = 70;
    int lithiumBins = 10;
    double[] count = new double[bins * lithiumBins];
    double[] sum = new double[count.length];
    double[] sumSquares = new double[count.length];
    double squares = 0;
    double stated = 0;
    for (int i = 0; i < n; i++) {
      double lithium = 0.1 * random.nextDouble();
      double most = Math.min(43 * OHM_AH, 1.15 * lithium);
      double truth = random.nextBoolean() ? 0 : most * random.nextDouble();
      double resistance = truth + 22 * OHM_AH * random.nextDouble();
      int bin = (int) (resistance / OHM_AH) * lithiumBins + (int) (lithium * 10 * lithiumBins);
      count[bin]++;
      sum[bin] += truth;
      sumSquares[bin] += truth * truth;
      film.update(lithium, 0.002, resistance, 0.5 * OHM_AH);
      squares += (film.mean() - truth) * (film.mean() - truth);
      stated += film.sigma() * film.sigma();
    }
    double least = 0;
    for (int b = 0; b < count.length; b++) {
      least += count[b] == 0 ? 0 : sumSquares[b] - sum[b] * sum[b] / count[b];
    }
    double bound = Math.sqrt(least / n);
    double rms = Math.sqrt(squares / n);
    assertThat(bound).isCloseTo(4.3 * OHM_AH, within(0.1 * OHM_AH));
    assertThat(rms).isBetween(bound, 1.15 * bound);
    assertThat(Math.sqrt(stated / n)).isBetween(rms, 1.3 * rms);
  }
}
