package dev.anodyne.estimators.twin;

import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dTracker;
import dev.anodyne.estimators.bounds.Quantity;

/**
 * The scales with their weights, and what they together say: the mixture's mean and variance of
 * every quantity (moment matching).
 */
final class FilterMixture {
  /**
   * Exponent of the evidence. Innovations a second apart share what is left of the model's error,
   * so a sample counts as a third of one.
   */
  private static final double TEMPER = 0.3;

  /** Evidence that may pile up against a scale: it can come back within minutes. */
  private static final double MOST_EVIDENCE = 15;

  /** Smallest deviations, by quantity: what model and mesh leave at rest. */
  private static final double[] FLOOR = {4e-4, 4e-4, 6e-4, 4e-4, 2e-4, 2e-4, 3e-4, 0.2};

  /** The same growing with current, at 1C. */
  private static final double[] FLOOR_AT_1C = {4e-4, 6e-4, 1e-3, 6e-4, 0, 0, 0, 0.02};

  /**
   * By how much more the battery, or the cell of several in series that plates first, may differ
   * from the cell with the highest voltage: spread of production in charge, capacity, rates and
   * temperature.
   */
  private static final double[] OTHER_CELLS = {0.001, 5e-3, 5e-3, 5e-3, 5e-3, 4e-3, 9e-3, 0.4};

  /** The same growing with current, at 1C. */
  private static final double[] OTHER_CELLS_AT_1C = {2e-3, 0, 0, 0, 0, 0, 0, 0};

  /** What linearisation may leave of a correction. */
  private static final double LINEAR_SHARE = 0.1;

  private static final P2dTracker.Quantity[] SOURCE = {
    P2dTracker.Quantity.ANODE_POTENTIAL,
    P2dTracker.Quantity.ANODE_SURFACE,
    P2dTracker.Quantity.ANODE_SURFACE_AT_SEPARATOR,
    P2dTracker.Quantity.CATHODE_SURFACE,
    P2dTracker.Quantity.ANODE_MEAN,
    P2dTracker.Quantity.CATHODE_MEAN,
    P2dTracker.Quantity.ANODE_MEAN,
    P2dTracker.Quantity.TEMPERATURE
  };

  private final FilterPrior prior;
  private final FilterTangents tangents;
  private final double ampHours;
  private final boolean series;
  private final FilteredState out;
  final FilterScale[] scales;
  private final double[] weight;
  private final double[] mean = new double[FilterPrior.SIZE];
  private final double[] row = new double[FilterPrior.SIZE];

  FilterMixture(
      FilterPrior prior,
      FilterTangents tangents,
      double ampHours,
      boolean series,
      FilteredState out) {
    this.prior = prior;
    this.tangents = tangents;
    this.ampHours = ampHours;
    this.series = series;
    this.out = out;
    scales = new FilterScale[prior.weights.length];
    for (int k = 0; k < scales.length; k++) {
      scales[k] = new FilterScale(FilterPrior.SIZE);
    }
    weight = new double[scales.length];
  }

  /** Nothing seen yet. */
  void begin() {
    for (int k = 0; k < scales.length; k++) {
      scales[k].begin(prior.means[k], prior.covariances[k]);
      weight[k] = prior.weights[k];
    }
    mix();
  }

  /** Makes the start's stoichiometry unknown again, and the model's error what is given. */
  void restart(double modelVariance) {
    for (int k = 0; k < scales.length; k++) {
      double start = prior.covariances[k][FilterPrior.START][FilterPrior.START];
      scales[k].replace(FilterPrior.START, start);
      scales[k].replace(FilterPrior.MODEL, modelVariance);
    }
  }

  /** The mixture's mean of z. Not to be modified. */
  double[] mean() {
    return mean;
  }

  /**
   * Takes in a voltage.
   *
   * @param nu measured minus the model's at z = 0, V
   * @param noise variance of what does not last, V²
   */
  void correct(double nu, double noise, double amps) {
    tangents.voltageRow(amps, row);
    double best = Double.NEGATIVE_INFINITY;
    for (FilterScale scale : scales) {
      scale.correct(row, nu, noise, TEMPER);
      best = Math.max(best, scale.logLikelihood());
    }
    double sum = 0;
    for (int k = 0; k < scales.length; k++) {
      scales[k].keepWithin(best, MOST_EVIDENCE);
      weight[k] = prior.weights[k] * Math.exp(scales[k].logLikelihood());
      sum += weight[k];
    }
    for (int k = 0; k < scales.length; k++) {
      weight[k] /= sum;
    }
    mix();
  }

  private void mix() {
    java.util.Arrays.fill(mean, 0);
    double innovation = 0;
    for (int k = 0; k < scales.length; k++) {
      innovation += weight[k] * scales[k].innovation();
      for (int i = 0; i < mean.length; i++) {
        mean[i] += weight[k] * scales[k].mean[i];
      }
    }
    double variance = 0;
    for (int k = 0; k < scales.length; k++) {
      double apart = scales[k].innovation() - innovation;
      variance += weight[k] * (scales[k].innovationVariance() + apart * apart);
    }
    out.unknownWeight = weight[scales.length - 1];
    out.innovationVolts = innovation;
    out.innovationSigma = Math.sqrt(variance);
    for (int i = 0; i < FilterPrior.START; i++) {
      out.deviation[i] = mean[i];
      out.deviationSigma[i] = sigma(i);
    }
    out.voltageBiasVolts = mean[FilterPrior.VOLTAGE_BIAS];
    out.voltageBiasSigma = sigma(FilterPrior.VOLTAGE_BIAS);
  }

  /** What the mixture's mean explains of the voltage last taken in, V. */
  double explained() {
    double sum = 0;
    for (int i = 0; i < mean.length; i++) {
      sum += row[i] * mean[i];
    }
    return sum;
  }

  private double sigma(int entry) {
    double variance = 0;
    for (int k = 0; k < scales.length; k++) {
      double apart = scales[k].mean[entry] - mean[entry];
      variance += weight[k] * (scales[k].covariance[entry][entry] + apart * apart);
    }
    return Math.sqrt(Math.max(variance, 0));
  }

  /**
   * Every quantity's mean and deviation.
   *
   * @param doubt factor, 1 or more, by which deviations are larger than the filter's own
   */
  void read(double amps, double kelvin, double doubt) {
    P2dOutputs o = tangents.outputs();
    boolean usable = true;
    for (Quantity q : FilteredState.QUANTITIES) {
      int i = q.ordinal();
      row(q, o.soc);
      double deviation = 0;
      double variance = 0;
      for (int k = 0; k < scales.length; k++) {
        double d = scales[k].value(row);
        deviation += weight[k] * d;
        variance += weight[k] * (scales[k].variance(row) + d * d);
      }
      double rate = amps / ampHours;
      double floor = Math.hypot(FLOOR[i], FLOOR_AT_1C[i] * rate);
      if (series) {
        floor = Math.hypot(floor, otherCells(i, rate));
      }
      double correction = deviation - moved(q);
      double value = of(q, o, kelvin) + correction;
      double left = LINEAR_SHARE * correction;
      variance = Math.max(variance - deviation * deviation, 0);
      out.value[i] = FilteredState.limited(q, value);
      out.sigma[i] = doubt * Math.sqrt(variance + left * left + floor * floor);
      usable &= Double.isFinite(value) && Double.isFinite(out.sigma[i]);
    }
    out.usable = usable;
  }

  /** The part of a pack's deviation that stands for the cells that are not followed. */
  static double otherCells(int quantity, double cRate) {
    return Math.hypot(OTHER_CELLS[quantity], OTHER_CELLS_AT_1C[quantity] * cRate);
  }

  private void row(Quantity q, double soc) {
    if (q == Quantity.CORE_TEMPERATURE) {
      java.util.Arrays.fill(row, 0);
      row[FilterPrior.TEMPERATURE_BIAS] = -1;
      return;
    }
    tangents.row(SOURCE[q.ordinal()], row);
    if (q == Quantity.SOC) {
      tangents.socRow(soc, row);
    }
  }

  /** The model's own value; the temperature is the measured one. */
  static double of(Quantity q, P2dOutputs o, double kelvin) {
    return switch (q) {
      case ANODE_POTENTIAL -> o.anodePotentialVolts;
      case ANODE_SURFACE -> o.anodeSurfaceStoichiometry;
      case ANODE_SURFACE_AT_SEPARATOR -> o.anodeSurfaceStoichiometryAtSeparator;
      case CATHODE_SURFACE -> o.cathodeSurfaceStoichiometry;
      case ANODE_MEAN -> o.anodeStoichiometry;
      case CATHODE_MEAN -> o.cathodeStoichiometry;
      case SOC -> o.soc;
      case CORE_TEMPERATURE -> kelvin;
    };
  }

  private double moved(Quantity q) {
    return switch (q) {
      case CORE_TEMPERATURE -> 0;
      case SOC -> tangents.moved(P2dTracker.Quantity.ANODE_MEAN) / tangents.anodeWindow();
      default -> tangents.moved(SOURCE[q.ordinal()]);
    };
  }
}
