package dev.anodyne.estimators.twin;

import dev.anodyne.core.charging.EstimateIntervals;
import dev.anodyne.core.charging.Interval;
import dev.anodyne.estimators.bounds.BatteryGroup;
import dev.anodyne.estimators.bounds.BoundTable;
import dev.anodyne.estimators.bounds.GroupBounds;
import dev.anodyne.estimators.bounds.Growth;
import dev.anodyne.estimators.bounds.Quantity;
import dev.anodyne.estimators.bounds.QuantityBounds;
import dev.anodyne.estimators.bounds.Signal;
import dev.anodyne.estimators.bounds.TrainedRange;
import java.util.EnumMap;
import java.util.Map;

/**
 * How far the twin's own anode potential is from the weakest cell's, and how far below it the truth
 * may lie: two numbers each for a single cell and for cells in series, found on simulated packs
 * that differ from the model.
 *
 * <p>Errors of rates and resistances grow with current and, by Arrhenius, towards the cold, so both
 * numbers are scaled with g = ½ (1 + |I|/I₁C) · exp(0.04 (298.15 − T)), which is 1 at 1C and 25 °C.
 *
 * @param offsetSingleVolts mean of twin minus truth at g = 1, a single cell, V
 * @param offsetSeriesVolts the same for the lowest of several cells in series, V
 * @param marginSingleVolts estimate minus bound at g = 1, a single cell, V
 * @param marginSeriesVolts the same for cells in series, V
 * @param minKelvin coldest temperature that the numbers were found at, K
 * @param maxKelvin hottest, K
 * @param maxCRate highest charge rate, multiples of the nominal capacity an hour
 * @param calibrated false for the cautious defaults of a cell nobody has calibrated
 */
public record BackOff(
    double offsetSingleVolts,
    double offsetSeriesVolts,
    double marginSingleVolts,
    double marginSeriesVolts,
    double minKelvin,
    double maxKelvin,
    double maxCRate,
    boolean calibrated) {

  /** For cells without calibration: wide enough for ±5 % in rates and 1 % in capacity. */
  public static final BackOff UNCALIBRATED =
      new BackOff(0.002, 0.004, 0.012, 0.014, 263.15, 323.15, 3.5, false);

  /**
   * Volts of anode potential that one unit of state of charge may cost: covers the twin's own
   * uncertainty of the state of charge while it is still being found.
   */
  private static final double VOLTS_PER_SOC = 0.35;

  /** Settled uncertainty that the calibrated margin already contains. */
  private static final double SETTLED_SOC_SIGMA = 0.004;

  /** 99 % of a normal distribution lie above −2.33 σ. */
  private static final double NORMAL_99 = 2.33;

  /** The growth of errors with current and cold; 1 at 1C and 25 °C. */
  public static double growth(double cRate, double kelvin) {
    return Growth.of(cRate, kelvin);
  }

  /**
   * The same as bounds that follow the filter's deviations: the constant margin beside them, and
   * cautious factors for what these numbers say nothing about.
   */
  public BoundTable table() {
    Map<BatteryGroup, GroupBounds> groups = new EnumMap<>(BatteryGroup.class);
    for (BatteryGroup g : BatteryGroup.values()) {
      Map<Quantity, QuantityBounds> quantities =
          new EnumMap<>(BoundTable.CAUTIOUS.of(g).quantities());
      double margin = g.series() ? marginSeriesVolts : marginSingleVolts;
      quantities.put(Quantity.ANODE_POTENTIAL, new QuantityBounds(margin, 1.0));
      // The filter leaves no mean error of its own cell; what is left is that another is weaker.
      double offset = g.series() ? Math.max(offsetSeriesVolts - offsetSingleVolts, 0.0) : 0.0;
      groups.put(g, new GroupBounds(offset, 1.0, quantities, 0, true));
    }
    TrainedRange range =
        new TrainedRange(
            Map.of(
                Signal.TEMPERATURE,
                new Interval(minKelvin, maxKelvin),
                Signal.C_RATE,
                new Interval(-maxCRate, maxCRate),
                Signal.INNOVATION,
                new Interval(0.0, 3.0)));
    return new BoundTable(
        BoundTable.COVERAGE, EstimateIntervals.COVERAGE, groups, range, 1.0, calibrated);
  }

  /** What must be added to any bound while the state of charge is still being found, V. */
  public static double findingVolts(TwinSignals s) {
    return NORMAL_99 * VOLTS_PER_SOC * Math.max(s.socSigma - SETTLED_SOC_SIGMA, 0.0);
  }
}
