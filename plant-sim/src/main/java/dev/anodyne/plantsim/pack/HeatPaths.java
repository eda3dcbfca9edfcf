package dev.anodyne.plantsim.pack;

import dev.anodyne.core.p2d.P2dOptions;

/**
 * Heat between the cells and from the coolant's way along them. Cells stand in a row in the order
 * of their numbers; between two neighbours flows
 *
 * <pre>Q = G (T_i − T_{i+1})</pre>
 *
 * taken out of one and given to the other after each step, so that no heat is lost.
 */
final class HeatPaths {
  /** Largest share of a difference that may flow at once; the explicit sum is stable below ½. */
  private static final double LARGEST_SHARE = 0.2;

  private final PackCell[] cells;
  private final double wattsPerKelvin;
  private final double[] offsetKelvin;
  private final double[] joules;

  HeatPaths(PackCell[] cells, PackBuild build, P2dOptions options, double[] offsetKelvin) {
    this.cells = cells;
    this.offsetKelvin = offsetKelvin;
    boolean balanced = options.thermal() == P2dOptions.Thermal.LUMPED;
    wattsPerKelvin = balanced ? build.neighbourWattsPerKelvin() : 0;
    joules = new double[cells.length + 1];
    for (int i = 0; i < cells.length; i++) {
      cells[i].setAmbientOffset(offsetKelvin[i]);
    }
  }

  /** Offsets of the surroundings along a string of groups. */
  static double[] offsets(int series, int parallel, double gradientKelvin) {
    double[] offsets = new double[series * parallel];
    for (int i = 0; i < offsets.length; i++) {
      int group = i / parallel;
      offsets[i] = series > 1 ? gradientKelvin * group / (series - 1) : 0;
    }
    return offsets;
  }

  double offsetKelvin(int cell) {
    return offsetKelvin[cell];
  }

  /** Lets the heat of a step flow. */
  void exchange(double dtSeconds) {
    if (wattsPerKelvin == 0 || cells.length == 1) {
      return;
    }
    double least = Double.POSITIVE_INFINITY;
    for (PackCell cell : cells) {
      least = Math.min(least, cell.heatCapacityJoulesPerKelvin());
    }
    int pieces = (int) Math.ceil(dtSeconds * wattsPerKelvin / (LARGEST_SHARE * least));
    for (int p = 0; p < pieces; p++) {
      exchangeOnce(dtSeconds / pieces);
    }
  }

  private void exchangeOnce(double seconds) {
    for (int i = 1; i < cells.length; i++) {
      double difference = cells[i - 1].temperatureKelvin() - cells[i].temperatureKelvin();
      joules[i] = wattsPerKelvin * seconds * difference;
    }
    for (int i = 0; i < cells.length; i++) {
      cells[i].heat(joules[i] - joules[i + 1]);
    }
  }
}
