package dev.anodyne.estimators.bounds;

import dev.anodyne.core.charging.EstimateIntervals;
import dev.anodyne.core.charging.Interval;
import java.util.EnumMap;
import java.util.Map;

/**
 * The calibrated bounds of an estimator: for each group of batteries the factors κ that turn its
 * standard deviations into a lower bound of the anode potential and into intervals.
 *
 * <pre>
 *   bound = value − κ (σ + s g) (1 + a u) (1 + w d)
 * </pre>
 *
 * with σ the estimator's own deviation at this moment, s g what it knows nothing of, u its doubt (0
 * to 1) whether the battery is what it should be, d ≥ 0 how far the moment lies outside the range
 * of the calibration ({@link TrainedRange}) and w how much a bound must widen there. The bound thus
 * widens steadily with every doubt and on the way out, and is never narrower than inside.
 *
 * <p>An estimator without a doubt of its own gives 0, in calibration and afterwards; its bounds
 * then have no a.
 *
 * @param coverage share of sessions whose lower bound holds from beginning to end
 * @param intervalCoverage share of instants at which a two-sided interval holds
 * @param groups by what is known about the battery
 * @param range conditions of the calibration
 * @param widening w
 * @param calibrated false for the cautious defaults of a cell that nobody has calibrated
 */
public record BoundTable(
    double coverage,
    double intervalCoverage,
    Map<BatteryGroup, GroupBounds> groups,
    TrainedRange range,
    double widening,
    boolean calibrated) {

  private static final double NORMAL_99_LOWER = 2.326;
  private static final double NORMAL_95 = 1.960;
  private static final double INFLATION = 1.5;
  private static final double OTHER_CELL_VOLTS = 0.002;

  /** Share of sessions that the lower bound is calibrated for. */
  public static final double COVERAGE = 0.99;

  /**
   * For cells that nobody has calibrated: a normal distribution's factors (2.33 for 99 % to one
   * side, 1.96 for 95 % to both), made half as large again since the deviations were never checked
   * on this cell, and of several cells in series 2 mV at 1C for the one that is not followed.
   */
  public static final BoundTable CAUTIOUS = cautious();

  /** Beyond this distance nothing is gained by widening: the bound is already far away. */
  private static final double FARTHEST = 20.0;

  public BoundTable {
    if (!(coverage > 0.5 && coverage < 1.0)
        || !(intervalCoverage > 0.5 && intervalCoverage < 1.0)) {
      throw new IllegalArgumentException(
          "Coverages of "
              + coverage
              + " and "
              + intervalCoverage
              + " are not usable: allowed is above 0.5 and below 1.");
    }
    if (!(widening >= 0.0) || !Double.isFinite(widening)) {
      throw new IllegalArgumentException(
          "A widening of " + widening + " is not usable: it must be finite and not negative.");
    }
    groups = Map.copyOf(new EnumMap<>(groups));
    if (groups.size() != BatteryGroup.values().length) {
      throw new IllegalArgumentException(
          "Bounds of "
              + groups.size()
              + " groups are not complete: "
              + BatteryGroup.values().length
              + " are needed.");
    }
  }

  private static BoundTable cautious() {
    Map<BatteryGroup, GroupBounds> groups = new EnumMap<>(BatteryGroup.class);
    for (BatteryGroup g : BatteryGroup.values()) {
      Map<Quantity, QuantityBounds> quantities = new EnumMap<>(Quantity.class);
      for (Quantity q : Quantity.values()) {
        double unseen = q == Quantity.ANODE_POTENTIAL && g.series() ? OTHER_CELL_VOLTS : 0.0;
        quantities.put(q, new QuantityBounds(unseen, INFLATION * NORMAL_95));
      }
      double offset = g.series() ? OTHER_CELL_VOLTS : 0.0;
      groups.put(g, new GroupBounds(offset, INFLATION * NORMAL_99_LOWER, quantities, 0, true));
    }
    return new BoundTable(
        COVERAGE, EstimateIntervals.COVERAGE, groups, TrainedRange.USUAL, 1.0, false);
  }

  /** Bounds of one group. */
  public GroupBounds of(BatteryGroup g) {
    return java.util.Objects.requireNonNull(groups.get(g));
  }

  /** Estimate of the anode potential with the group's mean error taken off, V. */
  public double anodePotential(BatteryGroup g, double valueVolts, double growth) {
    return valueVolts - of(g).offsetVolts() * growth;
  }

  /**
   * Lower bound of the anode potential, V.
   *
   * @param valueVolts estimate, the mean error taken off
   * @param sigmaVolts its own standard deviation, V
   * @param growth of errors at this current and temperature
   * @param doubt whether the battery is what it should be, 0–1
   * @param distance outside the range, 0 inside
   */
  public double lowerBound(
      BatteryGroup g,
      double valueVolts,
      double sigmaVolts,
      double growth,
      double doubt,
      double distance) {
    GroupBounds group = of(g);
    double sigma = group.of(Quantity.ANODE_POTENTIAL).sigma(sigmaVolts, growth, doubt);
    return valueVolts - group.lowerKappa() * sigma * factor(distance);
  }

  /** Lower bound of an estimator that has no doubt of its own, V. */
  public double lowerBound(
      BatteryGroup g, double valueVolts, double sigmaVolts, double growth, double distance) {
    return lowerBound(g, valueVolts, sigmaVolts, growth, 0.0, distance);
  }

  /** Half the width of a quantity's interval, in its unit. */
  public double halfWidth(
      BatteryGroup g, Quantity q, double ownSigma, double growth, double doubt, double distance) {
    QuantityBounds bounds = of(g).of(q);
    double unseenGrowth = q == Quantity.ANODE_POTENTIAL ? growth : 1.0;
    return bounds.kappa() * bounds.sigma(ownSigma, unseenGrowth, doubt) * factor(distance);
  }

  /** Half the width for an estimator that has no doubt of its own. */
  public double halfWidth(
      BatteryGroup g, Quantity q, double ownSigma, double growth, double distance) {
    return halfWidth(g, q, ownSigma, growth, 0.0, distance);
  }

  /**
   * Intervals of all quantities.
   *
   * @param values by {@link Quantity#ordinal()}, the anode potential's mean error taken off. Not
   *     modified.
   * @param sigmas their standard deviations. Not modified.
   */
  public EstimateIntervals intervals(
      BatteryGroup g,
      double[] values,
      double[] sigmas,
      double growth,
      double doubt,
      double distance) {
    Widths w = new Widths(g, values, sigmas, growth, doubt, distance);
    return new EstimateIntervals(
        intervalCoverage,
        w.around(Quantity.ANODE_POTENTIAL),
        w.share(Quantity.ANODE_SURFACE),
        w.share(Quantity.CATHODE_SURFACE),
        w.share(Quantity.ANODE_MEAN),
        w.share(Quantity.CATHODE_MEAN),
        w.share(Quantity.SOC),
        w.around(Quantity.CORE_TEMPERATURE));
  }

  /** Intervals of an estimator that has no doubt of its own. */
  public EstimateIntervals intervals(
      BatteryGroup g, double[] values, double[] sigmas, double growth, double distance) {
    return intervals(g, values, sigmas, growth, 0.0, distance);
  }

  /** All that the widths of one moment come from. */
  private final class Widths {
    private final BatteryGroup group;
    private final double[] values;
    private final double[] sigmas;
    private final double growth;
    private final double doubt;
    private final double distance;

    Widths(
        BatteryGroup group,
        double[] values,
        double[] sigmas,
        double growth,
        double doubt,
        double distance) {
      this.group = group;
      this.values = values;
      this.sigmas = sigmas;
      this.growth = growth;
      this.doubt = doubt;
      this.distance = distance;
    }

    Interval around(Quantity q) {
      return Interval.around(values[q.ordinal()], half(q));
    }

    Interval share(Quantity q) {
      return Interval.share(values[q.ordinal()], half(q));
    }

    private double half(Quantity q) {
      return halfWidth(group, q, sigmas[q.ordinal()], growth, doubt, distance);
    }
  }

  /** 1 inside the range, growing steadily with the distance. */
  private double factor(double distance) {
    return 1.0 + widening * Math.min(Math.max(distance, 0.0), FARTHEST);
  }
}
