package dev.anodyne.estimators.twin;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.signal.SeededRandom;
import java.util.random.RandomGenerator;

/** Simulated cells in series that scatter as those of one lot do. */
public final class SimulatedPack {
  public final PackLayout layout;
  private final SimulatedCell[] cells;

  public SimulatedPack(
      CellParameters kind, int series, double soc, double ambientKelvin, long seed) {
    layout = new PackLayout(series, 1);
    cells = new SimulatedCell[series];
    RandomGenerator random = SeededRandom.of(seed);
    for (int i = 0; i < series; i++) {
      CellVariation v =
          new CellVariation(
              near(random, 0.01),
              1e-3 * random.nextDouble(),
              near(random, 0.04),
              near(random, 0.04),
              near(random, 0.04),
              near(random, 0.04),
              1,
              1,
              0,
              0,
              0,
              near(random, 0.03));
      double own = soc + 0.005 * SeededRandom.gaussianWithinThreeSigma(random);
      cells[i] = new SimulatedCell(kind.with(v), own, ambientKelvin, seed * 100 + i);
    }
  }

  private static double near(RandomGenerator random, double sigma) {
    return 1 + sigma * SeededRandom.gaussianWithinThreeSigma(random);
  }

  /** Advances and reads: totals and extremes. */
  public Measurement step(double amps, double seconds) {
    double volts = 0;
    double kelvin = 0;
    double lowVolts = Double.POSITIVE_INFINITY;
    double highVolts = Double.NEGATIVE_INFINITY;
    double lowKelvin = Double.POSITIVE_INFINITY;
    double highKelvin = Double.NEGATIVE_INFINITY;
    long nanos = 0;
    double measuredAmps = 0;
    for (SimulatedCell cell : cells) {
      Measurement m = cell.step(amps, seconds);
      nanos = m.timeNanos();
      measuredAmps = m.chargeCurrentAmps();
      volts += m.voltageVolts();
      kelvin += m.surfaceTemperatureKelvin() / cells.length;
      lowVolts = Math.min(lowVolts, m.voltageVolts());
      highVolts = Math.max(highVolts, m.voltageVolts());
      lowKelvin = Math.min(lowKelvin, m.surfaceTemperatureKelvin());
      highKelvin = Math.max(highKelvin, m.surfaceTemperatureKelvin());
    }
    return new Measurement(
        nanos,
        measuredAmps,
        volts,
        kelvin,
        lowVolts,
        highVolts,
        lowKelvin,
        highKelvin,
        Quality.GOOD);
  }

  /** The lowest cell's, V. */
  public double anodePotentialVolts() {
    double lowest = Double.POSITIVE_INFINITY;
    for (SimulatedCell cell : cells) {
      lowest = Math.min(lowest, cell.truth.anodePotentialVolts);
    }
    return lowest;
  }

  /** The highest cell's, V. */
  public double highestVolts() {
    double highest = 0;
    for (SimulatedCell cell : cells) {
      highest = Math.max(highest, cell.truth.voltageVolts);
    }
    return highest;
  }

  /** Mean of the cells', 0–1. */
  public double soc() {
    double sum = 0;
    for (SimulatedCell cell : cells) {
      sum += cell.truth.soc / cells.length;
    }
    return sum;
  }
}
