package dev.anodyne.plantsim.pack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.signal.SeededRandom;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class CellSpreadTest {
  private static final int DRAWS = 20_000;

  private static double[] sample(ToDoubleFunction<CellSpread.Draw> of) {
    var random = SeededRandom.of(11);
    double[] values = new double[DRAWS];
    for (int i = 0; i < DRAWS; i++) {
      values[i] = of.applyAsDouble(CellSpread.PRODUCTION.draw(random));
    }
    return values;
  }

  private static double mean(double[] values) {
    double sum = 0;
    for (double v : values) {
      sum += v;
    }
    return sum / values.length;
  }

  private static double deviation(double[] values) {
    double mean = mean(values);
    double sum = 0;
    for (double v : values) {
      sum += (v - mean) * (v - mean);
    }
    return Math.sqrt(sum / values.length);
  }

  @Test
  void drawsHaveTheStatedSpread() {
    double[] capacity = sample(d -> d.variation().capacityFactor());
    // the cut at 3σ takes 1.3 % off the deviation; sampling adds 2 % (four standard errors)
    assertThat(mean(capacity)).isCloseTo(1.0, within(3e-4));
    assertThat(deviation(capacity)).isCloseTo(0.01, within(0.035 * 0.01));
    double[] exchange = sample(d -> d.variation().anodeExchangeFactor());
    assertThat(deviation(exchange)).isCloseTo(0.04, within(0.035 * 0.04));
    double[] soc = sample(CellSpread.Draw::deltaSoc);
    assertThat(deviation(soc)).isCloseTo(0.005, within(0.035 * 0.005));
  }

  @Test
  void addedResistanceIsHalfNormal() {
    double[] ohm = sample(d -> d.variation().seriesResistanceOhm());
    assertThat(Arrays.stream(ohm).min().orElseThrow()).isGreaterThanOrEqualTo(0);
    assertThat(Arrays.stream(ohm).max().orElseThrow()).isLessThanOrEqualTo(3e-3);
    assertThat(mean(ohm)).isCloseTo(1e-3 * Math.sqrt(2 / Math.PI), within(3e-5));
  }

  @Property(tries = 200)
  void mismatchStaysWithinItsFractionAndLeavesTheCapacity(@ForAll long seed) {
    CellVariation v = CellMismatch.draw(0.2, seed);
    assertThat(
            List.of(
                v.anodeDiffusivityFactor(),
                v.cathodeDiffusivityFactor(),
                v.anodeExchangeFactor(),
                v.cathodeExchangeFactor(),
                v.electrolyteConductivityFactor(),
                v.electrolyteDiffusivityFactor(),
                v.heatTransferFactor()))
        .allMatch(f -> f >= 0.8 && f <= 1.2)
        .doesNotHaveDuplicates();
    assertThat(v.capacityFactor()).isEqualTo(1.0);
    assertThat(v.seriesResistanceOhm()).isBetween(0.0, 2e-3);
    assertThat(CellMismatch.draw(0.2, seed)).isEqualTo(v);
  }

  @Test
  void noMismatchIsTheNominalCell() {
    assertThat(CellMismatch.draw(0.0, 5)).isEqualTo(CellVariation.NONE);
  }

  @Test
  void variationsCombine() {
    CellVariation aged = new CellVariation(1, 0.002, 0.7, 1, 1, 1, 1, 1, 0.1, 0.05, 0, 1);
    CellVariation both = CellMismatch.combine(aged, aged);
    assertThat(both.anodeDiffusivityFactor()).isCloseTo(0.49, within(1e-12));
    assertThat(both.seriesResistanceOhm()).isEqualTo(0.004);
    assertThat(both.lossOfLithiumInventory()).isCloseTo(1 - 0.81, within(1e-12));
    assertThat(CellMismatch.combine(aged, CellVariation.NONE)).isEqualTo(aged);
  }
}
