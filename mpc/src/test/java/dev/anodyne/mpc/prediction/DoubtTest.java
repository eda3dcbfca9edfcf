package dev.anodyne.mpc.prediction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dState;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DoubtTest {
  private static final double AMPS = 5.0;
  private static final double WARM = 298.15;
  private static final double WIDE = 0.0075;
  private static final double SURE = 0.004;

  private final P2dState twin =
      P2dModel.of(CellParameters.load("lgm50"), P2dOptions.CONTROL).newState(0.5, WARM);
  private final Doubt doubt = new Doubt(AMPS, DoubtSettings.DEFAULT);

  /** A bound at 0 V with its estimate above it, at 1C. */
  private CellEstimate belief(double seconds, double gapVolts, double kelvin) {
    return new CellEstimate(
        Math.round(seconds * 1e9),
        true,
        true,
        AMPS,
        3.8,
        kelvin,
        0.5,
        gapVolts,
        0.0,
        0.5,
        0.5,
        0.5,
        kelvin,
        0.0,
        twin);
  }

  private double volts(double gapVolts, double kelvin) {
    return doubt.volts(belief(0, gapVolts, kelvin));
  }

  /** Decisions every {@code period} with one width; the last one's doubt. */
  private double hold(double from, double to, double period, double gapVolts) {
    double last = Double.NaN;
    for (double t = from; t <= to; t += period) {
      last = doubt.update(belief(t, gapVolts, WARM), 0.0);
    }
    return last;
  }

  /** Caution beyond the bound goes with the bound's width alone: it decays as evidence comes. */
  @Test
  void aWideBoundIsKeptFurtherAwayAndANarrowOneIsNot() {
    assertThat(volts(0.0045, WARM)).isZero();
    double last = 0.0;
    for (double gap = 0.0; gap < 0.1; gap += 0.001) {
      assertThat(volts(gap, WARM)).isGreaterThanOrEqualTo(last);
      last = volts(gap, WARM);
    }
    assertThat(last).isCloseTo(0.006, within(1e-12));
    // In the cold, where all errors grow, the most that is kept grows as well.
    assertThat(volts(0.008, 273.15)).isCloseTo(0.007, within(1e-12));
    assertThat(volts(0.1, 273.15)).isCloseTo(0.006 * Math.E, within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 10})
  void everyBoundMayBeWideForTwoMinutesAndANarrowOneIsNeverDoubted(double period) {
    assertThat(hold(0, 120, period, WIDE)).isZero();
    assertThat(hold(120 + period, 400, period, WIDE)).isCloseTo(0.006, within(1e-12));
    Doubt other = new Doubt(AMPS, DoubtSettings.DEFAULT);
    for (double t = 0; t < 600; t += period) {
      assertThat(other.update(belief(t, SURE, WARM), 0.0)).isZero();
    }
  }

  /** Sixty decisions on, a third of the width still counts: (7.5 − 4) mV/e − 0.5 mV, twice. */
  @ParameterizedTest
  @ValueSource(doubles = {1, 10})
  void aBoundThatNarrowsIsDoubtedForAWhileCountedInDecisions(double period) {
    hold(0, 600, period, WIDE);
    double first = hold(600 + period, 600 + period, period, SURE);
    assertThat(first).isBetween(0.005, 0.006);
    double later = hold(600 + 2 * period, 600 + 60 * period, period, SURE);
    assertThat(later).isCloseTo(2 * (0.0035 / Math.E - 0.0005), within(1e-9));
    assertThat(hold(2000, 2000 + 120 * period, period, SURE)).isZero();
  }

  /** One wild sample counts as much as the widest bound that makes a difference, and no more. */
  @Test
  void oneWildSampleIsForgotten() {
    hold(0, 600, 10, SURE);
    assertThat(doubt.update(belief(610, 0.5, WARM), 0.0)).isCloseTo(0.006, within(1e-12));
    assertThat(hold(620, 620 + 10 * 130, 10, SURE)).isZero();
  }

  /** Who falls by 5 mV while the model stays was wrong before: no grace for the rest. */
  @Test
  void aBoundThatFallsByMoreThanTheModelHasNoGrace() {
    hold(0, 50, 10, SURE);
    assertThat(doubt.update(belief(60, SURE, WARM), 0.002)).isZero();
    assertThat(doubt.update(belief(70, SURE, WARM), 0.007)).isCloseTo(0.006, within(1e-12));
    assertThat(doubt.update(belief(80, SURE, WARM), 0.007)).isBetween(0.005, 0.006);
  }

  /** A load that lowers model and bound alike surprises nobody. */
  @Test
  void aBoundThatFallsWithTheModelIsBelieved() {
    hold(0, 50, 10, SURE);
    CellEstimate lower =
        new CellEstimate(
            60_000_000_000L,
            true,
            true,
            AMPS,
            3.8,
            WARM,
            0.5,
            SURE - 0.05,
            -0.05,
            0.5,
            0.5,
            0.5,
            WARM,
            0.0,
            twin);
    assertThat(doubt.update(lower, -0.05)).isZero();
  }

  @Test
  void aBeliefThatIsNoNumberIsNotRemembered() {
    hold(0, 600, 10, SURE);
    assertThat(doubt.update(belief(610, Double.NaN, WARM), 0.0)).isNaN();
    assertThat(doubt.update(belief(620, SURE, WARM), Double.NaN)).isNaN();
    assertThat(hold(630, 630, 10, SURE)).isZero();
  }

  @Test
  void whatIsRememberedIsTakenOver() {
    hold(0, 600, 10, WIDE);
    Doubt next = new Doubt(AMPS, DoubtSettings.DEFAULT);
    next.takeOver(doubt);
    assertThat(next.update(belief(610, SURE, WARM), 0.0))
        .isEqualTo(doubt.update(belief(610, SURE, WARM), 0.0))
        .isPositive();
  }

  @Test
  void refusesValuesOutOfRangeByName() {
    assertThatThrownBy(() -> new DoubtSettings(0.004, 2, 0.006, 0.04, 120, 30, 0.002, 1, 0))
        .hasMessageContaining("doubt.provenShare is 0.0");
    assertThatThrownBy(() -> new DoubtSettings(Double.NaN, 2, 0.006, 0.04, 120, 30, 0.002, 1, 1))
        .hasMessageContaining("doubt.sureGapVolts is NaN");
  }

  /** What a warm-up has seen, at other times, is no evidence against the battery that comes. */
  @Test
  void afterAResetTheTimeOfGraceBeginsAnew() {
    hold(0, 600, 10, WIDE);
    doubt.reset();
    assertThat(hold(1e6, 1e6 + 120, 10, WIDE)).isZero();
    assertThat(hold(1e6 + 130, 1e6 + 400, 10, WIDE)).isCloseTo(0.006, within(1e-12));
  }

  @Test
  void aClockThatBeginsAgainBeginsAnew() {
    hold(1e6, 1e6 + 600, 10, WIDE);
    assertThat(hold(-500, -380, 10, WIDE)).isZero();
    assertThat(hold(-370, -100, 10, WIDE)).isCloseTo(0.006, within(1e-12));
  }

  /** A decision on a sample that was decided on before lets no width fade. */
  @Test
  void theSameBeliefCountsOnce() {
    hold(0, 600, 10, WIDE);
    double first = doubt.update(belief(610, SURE, WARM), 0.0);
    for (int again = 0; again < 200; again++) {
      assertThat(doubt.update(belief(610, SURE, WARM), 0.0)).isEqualTo(first);
    }
  }

  @Test
  void afterABreakAFallSurprisesNobody() {
    hold(0, 50, 10, SURE);
    doubt.interrupt();
    assertThat(doubt.update(belief(60, SURE, WARM), 0.005)).isZero();
    assertThat(doubt.update(belief(70, SURE, WARM), 0.010)).isPositive();
  }
}
