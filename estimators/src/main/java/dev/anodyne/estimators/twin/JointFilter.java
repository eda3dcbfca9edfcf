package dev.anodyne.estimators.twin;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dTracker.Quantity;
import dev.anodyne.estimators.identification.CellIdentifier;
import dev.anodyne.estimators.identification.IdentifiedCell;
import java.util.Optional;

/**
 * Joint state-parameter Kalman filter of reduced rank, run beside the twin: every error of the
 * hidden state is put down to some fifteen causes z (parameters of the battery, its state of charge
 * and lithium at the start, biases of the sensors), whose effects are carried by exact tangents.
 *
 * <pre>
 *   x = s + S z − D,   V_measured = V(s) + h z − D_V + b + noise,   ḃ = −b/τ + w
 * </pre>
 *
 * <p>z does not move (but for a slow walk), so the filter needs no covariance of the full state: S
 * does what the Riccati equation would (singular evolutive filter: Pham, Verron, Roubaud, J. Marine
 * Syst. 16 (1998) 323). b is the model's own lasting error; without it a thousand samples would
 * make the filter sure of what it cannot know. Several {@link FilterScale}s share the tangents;
 * their evidence weighs them, and the answer is the mixture's mean and variance (multiple-model
 * estimation: Bar-Shalom, Li, Kirubarajan, Estimation with Applications to Tracking and Navigation,
 * 2001, ch. 11). From time to time the followed state is moved to where the filter believes the
 * cell to be, so that it is linearised there.
 *
 * <p>Deterministic; an update allocates nothing.
 */
final class JointFilter {
  private static final double SENSOR_VOLTS = 1.2e-3;
  private static final double MODEL_VOLTS = 4e-4;
  private static final double MODEL_VOLTS_AT_1C = 4e-4;
  private static final double MODEL_SECONDS = 120;

  /** Of a start under load, whose profiles are a guess: V at 1C. */
  private static final double LOADED_VOLTS_AT_1C = 0.008;

  /**
   * Beyond what lasts, V at 1C: the shape of the first minute is a guess then, and neither
   * diffusivities nor exchange currents may be read from it. Counts as often as there are samples.
   */
  private static final double LOADED_NOISE_AT_1C = 0.04;

  /** The same after a jump of the current, V per multiple of 1C: discrete steps smear it. */
  private static final double JUMP_NOISE_PER_C = 0.003;

  private static final double UNREST_SECONDS = 30;

  private static final double TEMPER = 0.3;
  private static final double MOST_EVIDENCE = 15;
  private static final double WALK_PER_SQRT_SECOND = 1e-4;
  private static final double MOVE_SECONDS = 20;

  /** Smallest deviations, by quantity: what model and mesh leave at rest. */
  private static final double[] FLOOR = {4e-4, 4e-4, 6e-4, 4e-4, 2e-4, 2e-4, 3e-4, 0.05};

  /** The same growing with current, at 1C. */
  private static final double[] FLOOR_AT_1C = {4e-4, 6e-4, 1e-3, 6e-4, 0, 0, 0, 0.02};

  private static final Quantity[] SOURCE = {
    Quantity.ANODE_POTENTIAL,
    Quantity.ANODE_SURFACE,
    Quantity.ANODE_SURFACE_AT_SEPARATOR,
    Quantity.CATHODE_SURFACE,
    Quantity.ANODE_MEAN,
    Quantity.CATHODE_MEAN,
    Quantity.ANODE_MEAN,
    Quantity.TEMPERATURE
  };

  private final P2dModel model;
  private final P2dState start;
  private final FilterTangents tangents;
  private final FilterPrior prior;
  private final FilterScale[] scales;
  private final double[] weight;
  private final double[] mean = new double[FilterPrior.SIZE];
  private final double[] row = new double[FilterPrior.SIZE];
  private final double ampHours;
  private final FilteredState out;
  private boolean known;
  private boolean running;
  private double secondsSinceMove;
  private double unrestVolts;
  private double lastAmps;

  /**
   * @param own the cell as the twin's model has it
   * @param options resolution; side reactions are all that the cell has data for
   * @param out Modified by every update.
   */
  JointFilter(
      CellParameters own, P2dOptions options, Optional<IdentifiedCell> battery, FilteredState out) {
    this.out = out;
    model = P2dModel.of(own, CellIdentifier.physicsOf(own, options));
    start = model.newState(0.5, 298.15);
    tangents = new FilterTangents(model);
    prior = FilterPrior.of(battery);
    scales = new FilterScale[prior.weights.length];
    for (int k = 0; k < scales.length; k++) {
      scales[k] = new FilterScale(FilterPrior.SIZE);
    }
    weight = new double[scales.length];
    ampHours = own.nominalCapacityAmpHours();
  }

  /**
   * Begins at a state of charge that the twin has found. What has been learnt about battery and
   * sensors before stays.
   *
   * @param loaded whether the cell was not at rest, so that its profiles are a guess
   */
  void begin(double soc, double kelvin, double amps, boolean loaded) {
    double x = model.cell().anodeStoichiometry(soc);
    double y = model.cell().cathodeStoichiometry(soc);
    model.initialiseStoichiometries(start, x, y, kelvin);
    tangents.begin(x, y);
    tangents.tracker.begin(start);
    secondsSinceMove = 0;
    for (int k = 0; k < scales.length; k++) {
      if (!known) {
        scales[k].begin(prior.means[k], prior.covariances[k]);
        weight[k] = prior.weights[k];
      }
      scales[k].replace(
          FilterPrior.START, prior.covariances[k][FilterPrior.START][FilterPrior.START]);
      double guess = loaded ? LOADED_VOLTS_AT_1C * amps / ampHours : 0;
      scales[k].replace(
          FilterPrior.MODEL, FilterPrior.square(guess) + FilterPrior.square(modelVolts(amps)));
    }
    known = true;
    lastAmps = amps;
    unrestVolts = loaded ? LOADED_NOISE_AT_1C * Math.abs(amps) / ampHours : 0;
    out.usable = false;
    step(StateFinder.FIRST_STEP_SECONDS, amps, kelvin);
  }

  private double modelVolts(double amps) {
    return Math.hypot(MODEL_VOLTS, MODEL_VOLTS_AT_1C * amps / ampHours);
  }

  /** Nothing learnt so far counts. */
  void forget() {
    known = false;
    running = false;
    out.usable = false;
  }

  /** False when the filter must begin anew. */
  boolean running() {
    return running;
  }

  /**
   * The model's way to the next sample, or a part of it.
   *
   * @return false when it has none; {@link #begin} is needed then
   */
  boolean step(double seconds, double amps, double ambientKelvin) {
    running = tangents.tracker.step(seconds, amps, ambientKelvin).isUsable();
    secondsSinceMove += seconds;
    double jump = JUMP_NOISE_PER_C * Math.abs(amps - lastAmps) / ampHours;
    lastAmps = amps;
    unrestVolts = Math.max(unrestVolts * Math.exp(-seconds / UNREST_SECONDS), jump);
    double share = Math.exp(-seconds / MODEL_SECONDS);
    double driven = FilterPrior.square(modelVolts(amps)) * (1 - share * share);
    double walk = FilterPrior.square(WALK_PER_SQRT_SECOND) * seconds;
    for (FilterScale scale : scales) {
      scale.decay(FilterPrior.MODEL, share, driven);
      for (int i = 0; i < FilterPrior.START; i++) {
        // In proportion to what was unknown: what cannot change does not walk.
        scale.addVariance(i, walk * WALK_SHARE[i]);
      }
    }
    return running;
  }

  /** Walk of each parameter relative to a rate's: variance. */
  private static final double[] WALK_SHARE = {1e-3, 1e-3, 1e-3, 1e-3, 1, 1, 1, 1, 1, 1};

  /** Charge that nobody has seen, as a share of the capacity. */
  void unseen(double soc) {
    for (FilterScale scale : scales) {
      scale.addVariance(FilterPrior.START, FilterPrior.square(soc * tangents.anodeWindow()));
    }
  }

  /**
   * Takes in a sample after the {@link #step}s that lead to it.
   *
   * @param kelvin filtered temperature
   */
  void correct(double volts, double amps, double kelvin) {
    if (!running) {
      forget();
      return;
    }
    tangents.voltageRow(amps, row);
    double nu = volts - tangents.outputs().voltageVolts + tangents.moved(Quantity.VOLTAGE);
    double noise = FilterPrior.square(SENSOR_VOLTS) + FilterPrior.square(unrestVolts);
    double best = Double.NEGATIVE_INFINITY;
    for (FilterScale scale : scales) {
      scale.correct(row, nu, noise, TEMPER);
      best = Math.max(best, scale.logLikelihood());
    }
    weigh(best);
    mix();
    read(amps, kelvin);
    tangents.tracker.imposeTemperature(kelvin);
    if (secondsSinceMove >= MOVE_SECONDS) {
      secondsSinceMove = 0;
      tangents.move(mean);
    }
    if (!out.usable) {
      forget();
    }
  }

  private void weigh(double best) {
    double sum = 0;
    for (int k = 0; k < scales.length; k++) {
      scales[k].keepWithin(best, MOST_EVIDENCE);
      weight[k] = prior.weights[k] * Math.exp(scales[k].logLikelihood());
      sum += weight[k];
    }
    for (int k = 0; k < scales.length; k++) {
      weight[k] /= sum;
    }
    out.unknownWeight = weight[scales.length - 1];
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
      variance +=
          weight[k]
              * (scales[k].innovationVariance()
                  + FilterPrior.square(scales[k].innovation() - innovation));
    }
    out.innovationVolts = innovation;
    out.innovationSigma = Math.sqrt(variance);
    for (int i = 0; i < FilterPrior.START; i++) {
      out.deviation[i] = mean[i];
      out.deviationSigma[i] = sigma(i);
    }
    out.voltageBiasVolts = mean[FilterPrior.VOLTAGE_BIAS];
    out.voltageBiasSigma = sigma(FilterPrior.VOLTAGE_BIAS);
  }

  private double sigma(int entry) {
    double variance = 0;
    for (int k = 0; k < scales.length; k++) {
      variance +=
          weight[k]
              * (scales[k].covariance[entry][entry]
                  + FilterPrior.square(scales[k].mean[entry] - mean[entry]));
    }
    return Math.sqrt(Math.max(variance, 0));
  }

  /** Every quantity's mean and variance over the mixture. */
  private void read(double amps, double kelvin) {
    P2dOutputs o = tangents.outputs();
    out.usable = true;
    for (dev.anodyne.estimators.bounds.Quantity q : FilteredState.QUANTITIES) {
      int i = q.ordinal();
      double followed = followed(q, o, kelvin);
      row(q, o.soc);
      double deviation = 0;
      double variance = 0;
      for (int k = 0; k < scales.length; k++) {
        double d = scales[k].value(row);
        deviation += weight[k] * d;
        variance += weight[k] * (scales[k].variance(row) + d * d);
      }
      double floor = Math.hypot(FLOOR[i], FLOOR_AT_1C[i] * amps / ampHours);
      out.value[i] = limited(q, followed + deviation);
      out.sigma[i] = Math.sqrt(Math.max(variance - deviation * deviation, 0) + floor * floor);
      out.usable &= Double.isFinite(out.value[i]) && Double.isFinite(out.sigma[i]);
    }
  }

  private void row(dev.anodyne.estimators.bounds.Quantity q, double soc) {
    tangents.row(SOURCE[q.ordinal()], row);
    if (q == dev.anodyne.estimators.bounds.Quantity.SOC) {
      tangents.socRow(soc, row);
    } else if (q == dev.anodyne.estimators.bounds.Quantity.CORE_TEMPERATURE) {
      java.util.Arrays.fill(row, 0);
      row[FilterPrior.TEMPERATURE_BIAS] = -1;
    }
  }

  private double followed(dev.anodyne.estimators.bounds.Quantity q, P2dOutputs o, double kelvin) {
    double at =
        switch (q) {
          case ANODE_POTENTIAL -> o.anodePotentialVolts;
          case ANODE_SURFACE -> o.anodeSurfaceStoichiometry;
          case ANODE_SURFACE_AT_SEPARATOR -> o.anodeSurfaceStoichiometryAtSeparator;
          case CATHODE_SURFACE -> o.cathodeSurfaceStoichiometry;
          case ANODE_MEAN -> o.anodeStoichiometry;
          case CATHODE_MEAN -> o.cathodeStoichiometry;
          case SOC -> o.soc;
          case CORE_TEMPERATURE -> kelvin;
        };
    return switch (q) {
      case CORE_TEMPERATURE -> at;
      case SOC -> at - tangents.moved(Quantity.ANODE_MEAN) / tangents.anodeWindow();
      default -> at - tangents.moved(SOURCE[q.ordinal()]);
    };
  }

  private static double limited(dev.anodyne.estimators.bounds.Quantity q, double value) {
    return switch (q) {
      case ANODE_POTENTIAL, CORE_TEMPERATURE -> value;
      default -> Math.min(Math.max(value, 0), 1);
    };
  }
}
