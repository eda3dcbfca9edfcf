package dev.anodyne.estimators.twin;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dTracker;
import dev.anodyne.estimators.SensorClass;
import dev.anodyne.estimators.bounds.Quantity;
import dev.anodyne.estimators.identification.CellIdentifier;
import dev.anodyne.estimators.identification.IdentifiedCell;
import dev.anodyne.estimators.identification.IdentifiedParameter;
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

  /** Share of a film's drop: it fills pores, is not even, and so is no plain resistance. */
  private static final double FILM_SHARE = 0.1;

  /**
   * Of a start at rest, which may have lasted for a minute only: what is left of profiles decays as
   * fast as {@link #MODEL_SECONDS}.
   */
  private static final double RESTING_VOLTS = 0.005;

  /**
   * Of a start under load, whose profiles are a guess: V at 1C, beyond what is there at rest. Grown
   * resistance reads as charge there.
   */
  private static final double LOADED_VOLTS_AT_1C = 0.02;

  private static final double LOADED_VOLTS = 0.002;

  /**
   * Beyond what lasts, V at 1C: the shape of the first minute is a guess then, and neither
   * diffusivities nor exchange currents may be read from it. Counts as often as there are samples.
   */
  private static final double LOADED_NOISE_AT_1C = 0.04;

  /** The same after a jump of the current, V per multiple of 1C: discrete steps smear it. */
  private static final double JUMP_NOISE_PER_C = 0.003;

  /** Currents that differ by less than this multiple of 1C are the same current. */
  private static final double STEADY_SHARE = 0.05;

  private static final double UNREST_SECONDS = 30;
  private static final double MOVE_SECONDS = 20;
  private static final double WALK_PER_SQRT_SECOND = 1e-4;

  /** Walk of each parameter relative to a rate's: variance. Material does not come and go. */
  private static final double[] WALK_SHARE = {1e-3, 1e-3, 1e-3, 1e-3, 1, 1, 1, 1, 1, 1};

  /** Deviations while pasts are told apart: by quantity, and growing with current at 1C. */
  private static final double[] GUESS = {0.008, 0.015, 0.015, 0.01, 0.015, 0.01, 0.02, 0.6};

  private static final double[] GUESS_AT_1C = {0.012, 0.04, 0.04, 0.02, 0.04, 0.02, 0.04, 0};

  /** Squared innovations over their variance are averaged over this time, s. */
  private static final double SURPRISE_SECONDS = 60;

  /** Chance alone stays below this. */
  private static final double USUAL_SURPRISE = 1.5;

  private static final double MOST_SURPRISE = 25;
  private static final double MOST_OUTLYING = 50;

  private final P2dModel model;
  private final P2dState start;
  private final FilterTangents tangents;
  private final FilterMixture mixture;
  private final LoadedStart pasts;
  private final double ampHours;
  private final FilteredState out;
  private final FilmBelief film = new FilmBelief();
  private final double lithiumLoss;
  private final double resistanceOhmAmpHours;
  private boolean known;
  private boolean running;
  private boolean guessing;
  private boolean joined;
  private double secondsSinceMove;
  private double unrestVolts;
  private double lastAmps;
  private double surpriseMean = 1;
  private double surprise = 1;
  private double secondsSinceSample;
  private final VoltageNoise noise = new VoltageNoise(SENSOR_VOLTS);
  private double lastResidual = Double.NaN;
  private double lastSampleAmps;

  /**
   * @param own the cell as the twin's model has it
   * @param options resolution; side reactions are all that the cell has data for
   * @param series whether the voltage is that of the highest of several cells
   * @param sensors how far they may be off
   * @param out Modified by every update.
   */
  JointFilter(
      CellParameters own,
      P2dOptions options,
      Optional<IdentifiedCell> battery,
      boolean series,
      SensorClass sensors,
      FilteredState out) {
    this.out = out;
    model = P2dModel.of(own, CellIdentifier.physicsOf(own, options));
    start = model.newState(0.5, 298.15);
    tangents = new FilterTangents(model);
    ampHours = own.nominalCapacityAmpHours();
    mixture =
        new FilterMixture(
            FilterPrior.of(battery, series, sensors), tangents, ampHours, series, out);
    pasts = new LoadedStart(model, RestVoltage.of(model), ampHours);
    double[] mean =
        battery
            .filter(b -> b.sessions() > 0)
            .map(IdentifiedCell::mean)
            .orElseGet(() -> new double[IdentifiedParameter.values().length]);
    lithiumLoss = mean[IdentifiedParameter.LITHIUM_LOSS.ordinal()];
    resistanceOhmAmpHours = mean[IdentifiedParameter.SERIES_RESISTANCE.ordinal()];
    mixture.begin();
    weighFilm();
  }

  /** How much of the resistance is taken to be in the anode's film. */
  FilmBelief film() {
    return film;
  }

  /** What the film takes of the resistance that the filter has found by now. */
  private void weighFilm() {
    film.update(
        lithiumLoss + out.deviation(IdentifiedParameter.LITHIUM_LOSS),
        out.deviationSigma(IdentifiedParameter.LITHIUM_LOSS),
        resistanceOhmAmpHours + out.deviation(IdentifiedParameter.SERIES_RESISTANCE),
        out.deviationSigma(IdentifiedParameter.SERIES_RESISTANCE));
  }

  /** Begins at rest, or with a load just put on, at a state of charge that is known. */
  void begin(double soc, double kelvin, double amps) {
    model.initialise(start, soc, kelvin);
    guessing = false;
    joined = false;
    beginFrom(amps, Math.abs(amps) / ampHours > 0.02);
    step(StateFinder.FIRST_STEP_SECONDS, amps, kelvin);
  }

  /** Begins under a load that may have been on for long, at a state of charge that is not known. */
  void beginLoaded(double volts, double kelvin, double amps) {
    out.usable = false;
    joined = false;
    guessing = pasts.begin(volts, amps, kelvin);
    running = guessing;
    lastAmps = amps;
    if (guessing) {
      guess(amps, kelvin);
    }
  }

  /** Begins with {@link #start}; what has been learnt about battery and sensors stays. */
  private void beginFrom(double amps, boolean loaded) {
    tangents.begin(model.anodeStoichiometry(start), model.cathodeStoichiometry(start));
    tangents.tracker.begin(start);
    secondsSinceMove = 0;
    surpriseMean = 1;
    surprise = 1;
    if (!known) {
      mixture.begin();
    }
    double guess =
        loaded ? Math.hypot(LOADED_VOLTS, LOADED_VOLTS_AT_1C * amps / ampHours) : RESTING_VOLTS;
    mixture.restart(guess * guess + FilterPrior.square(modelVolts(amps)));
    known = true;
    running = true;
    lastAmps = amps;
    lastResidual = Double.NaN;
    unrestVolts = loaded ? LOADED_NOISE_AT_1C * Math.abs(amps) / ampHours : 0;
    out.usable = false;
  }

  private double modelVolts(double amps) {
    double atOneC = Math.hypot(MODEL_VOLTS_AT_1C, FILM_SHARE * film.mean());
    return Math.hypot(MODEL_VOLTS, atOneC * amps / ampHours);
  }

  /** Everything, what has been learnt about battery and sensors included. */
  void forget() {
    known = false;
    noise.start();
    running = false;
    guessing = false;
    out.usable = false;
  }

  /** False when the filter must begin anew. */
  boolean running() {
    return running;
  }

  /**
   * True once after a start under load has found an older past than the twin's: {@link #start()} is
   * the cell's state at this sample.
   */
  boolean joined() {
    boolean now = joined;
    joined = false;
    return now;
  }

  /** The state that the filter has begun from. Not to be modified. */
  P2dState start() {
    return start;
  }

  /** The model's way to the next sample, or a part of it. */
  void step(double seconds, double amps, double ambientKelvin) {
    if (guessing) {
      running = pasts.step(seconds, amps, ambientKelvin);
      guessing = running;
      return;
    }
    running = tangents.tracker.step(seconds, amps, ambientKelvin).isUsable();
    secondsSinceMove += seconds;
    secondsSinceSample += seconds;
    double jump = JUMP_NOISE_PER_C * Math.abs(amps - lastAmps) / ampHours;
    lastAmps = amps;
    unrestVolts = Math.max(unrestVolts * Math.exp(-seconds / UNREST_SECONDS), jump);
    double share = Math.exp(-seconds / MODEL_SECONDS);
    double driven = FilterPrior.square(modelVolts(amps)) * (1 - share * share);
    double walk = FilterPrior.square(WALK_PER_SQRT_SECOND) * seconds;
    for (FilterScale scale : mixture.scales) {
      scale.decay(FilterPrior.MODEL, share, driven);
      for (int i = 0; i < FilterPrior.START; i++) {
        scale.addVariance(i, walk * WALK_SHARE[i]);
      }
    }
  }

  /** Charge that nobody has seen, as a share of the capacity. */
  void unseen(double soc) {
    for (FilterScale scale : mixture.scales) {
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
    if (guessing) {
      pasts.correct(volts, amps, kelvin);
      guess(amps, kelvin);
      if (pasts.decided()) {
        guessing = false;
        boolean usable = out.usable;
        start.copyFrom(pasts.state(pasts.best()));
        joined = pasts.best() > 0;
        beginFrom(amps, true);
        out.usable = usable;
      }
      return;
    }
    double nu =
        volts - tangents.outputs().voltageVolts + tangents.moved(P2dTracker.Quantity.VOLTAGE);
    double sensor = noise.variance() * surprise;
    mixture.correct(nu, sensor + FilterPrior.square(unrestVolts), amps);
    listen(nu, amps);
    watch();
    mixture.read(amps, kelvin, Math.sqrt(surprise));
    weighFilm();
    film.apply(out.value, out.sigma, amps / ampHours);
    tangents.tracker.imposeTemperature(kelvin);
    if (secondsSinceMove >= MOVE_SECONDS) {
      secondsSinceMove = 0;
      tangents.move(mixture.mean());
    }
    if (!out.usable) {
      forget();
    }
  }

  /**
   * Learns how noisy the voltage is, from samples between which the current stayed: after a jump
   * the shape of the answer would count as noise.
   */
  private void listen(double nu, double amps) {
    if (Math.abs(amps - lastSampleAmps) < STEADY_SHARE * ampHours && unrestVolts < SENSOR_VOLTS) {
      noise.update(out.innovationVolts - lastResidual);
    }
    lastResidual = nu - mixture.explained();
    lastSampleAmps = amps;
  }

  /**
   * What lasts in the innovations beyond their predicted deviation was not foreseen (sensors that
   * lag, causes that z does not have): noise and stated deviations grow with it. Single outliers
   * count little.
   */
  private void watch() {
    double ratio = out.innovationVolts / out.innovationSigma;
    double share = 1 - Math.exp(-secondsSinceSample / SURPRISE_SECONDS);
    secondsSinceSample = 0;
    surpriseMean += share * (Math.min(ratio * ratio * surprise, MOST_OUTLYING) - surpriseMean);
    surprise = Math.min(Math.max(surpriseMean / USUAL_SURPRISE, 1), MOST_SURPRISE);
  }

  /** While pasts are told apart: their mean and spread. */
  private void guess(double amps, double kelvin) {
    for (Quantity q : FilteredState.QUANTITIES) {
      int i = q.ordinal();
      double mean = 0;
      for (int k = 0; k < pasts.pasts(); k++) {
        mean += pasts.weight(k) * FilterMixture.of(q, pasts.outputs(k), kelvin);
      }
      double variance = 0;
      for (int k = 0; k < pasts.pasts(); k++) {
        double apart = FilterMixture.of(q, pasts.outputs(k), kelvin) - mean;
        variance += pasts.weight(k) * apart * apart;
      }
      double own = Math.hypot(GUESS[i], GUESS_AT_1C[i] * amps / ampHours);
      out.value[i] = FilteredState.limited(q, mean);
      out.sigma[i] = Math.sqrt(variance + own * own);
    }
    film.apply(out.value, out.sigma, amps / ampHours);
    out.usable = Double.isFinite(out.value[0]);
  }
}
