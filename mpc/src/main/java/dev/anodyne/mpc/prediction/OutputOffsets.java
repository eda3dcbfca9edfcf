package dev.anodyne.mpc.prediction;

import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.p2d.SolveStatus;

/**
 * How far the cell model's outputs are from what the estimator believes, so that a prediction
 * starts from the belief and keeps no steady error (offset-free control).
 *
 * <p>The anode potential is not measured. Its offset is the estimator's lower bound minus the
 * model's own value: the bound, not the mean, is what the controller constrains. The bound is
 * trusted at once when it falls and with a delay when it rises, so that its noise does not turn
 * into current noise upwards. The temperature's offset is filtered because one noisy sensor stands
 * behind it.
 */
public final class OutputOffsets {
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * A bound this far below its estimate, V at 1C, is that of a battery which the data agree with.
   * Nothing is kept beyond it.
   */
  private static final double SURE_GAP_VOLTS = 4.5e-3;

  /** So many times what a bound is wider than that is kept on top. */
  private static final double DOUBT_FACTOR = 2.0;

  /** The most that is kept on top, V at 1C and 25 °C. */
  private static final double MOST_DOUBT_VOLTS = 6e-3;

  /**
   * Every bound is wide before current has told of the battery: nothing is held against it for so
   * long from the first belief on, s. Rates show within a minute or two of current.
   */
  private static final double GRACE_SECONDS = 120.0;

  /** Then doubt grows to its full size within this, s. */
  private static final double DOUBT_GROWS_SECONDS = 60.0;

  private static final double COLD_PER_KELVIN = 0.04;
  private static final double WARM_KELVIN = 298.15;

  private final double oneCAmps;
  private final double anodeRiseSeconds;
  private final double temperatureSeconds;
  private double voltageVolts;
  private double anodePotentialVolts;
  private double temperatureKelvin;
  private double amps;
  private boolean known;
  private long firstNanos = Long.MIN_VALUE;
  private long timeNanos;

  /**
   * Offsets that nothing is known about yet.
   *
   * @param oneCAmps current of 1C, A
   * @param anodeRiseSeconds time constant with which a rising bound is believed, s
   * @param temperatureSeconds time constant of the temperature's offset, s
   */
  public OutputOffsets(double oneCAmps, double anodeRiseSeconds, double temperatureSeconds) {
    this.oneCAmps = oneCAmps;
    this.anodeRiseSeconds = anodeRiseSeconds;
    this.temperatureSeconds = temperatureSeconds;
  }

  /**
   * Takes in a belief.
   *
   * @return not usable when the model cannot be evaluated or the belief is not finite; the offsets
   *     are unchanged then
   */
  public SolveStatus update(CellEstimate estimate, CellPredictor predictor) {
    SolveStatus status = predictor.now(estimate.twinState(), estimate.chargeCurrentAmps());
    if (!status.isUsable()) {
      return status;
    }
    double anode =
        estimate.anodePotentialLowerBoundVolts()
            - evidence(estimate.timeNanos()) * doubtVolts(estimate)
            - predictor.outputs().anodePotentialVolts;
    double temperature = estimate.temperatureKelvin() - predictor.outputs().temperatureKelvin;
    if (!Double.isFinite(anode)
        || !Double.isFinite(temperature)
        || !Double.isFinite(estimate.voltageBiasVolts())) {
      return SolveStatus.NUMERICAL_FAILURE;
    }
    firstNanos = firstNanos == Long.MIN_VALUE ? estimate.timeNanos() : firstNanos;
    double elapsed = known ? (estimate.timeNanos() - timeNanos) / NANOS_PER_SECOND : 0.0;
    if (known && elapsed >= 0.0) {
      double rise = anode > anodePotentialVolts ? share(elapsed, anodeRiseSeconds) : 1.0;
      anodePotentialVolts += rise * (anode - anodePotentialVolts);
      temperatureKelvin += share(elapsed, temperatureSeconds) * (temperature - temperatureKelvin);
    } else {
      anodePotentialVolts = anode;
      temperatureKelvin = temperature;
    }
    voltageVolts = estimate.voltageBiasVolts();
    amps = estimate.chargeCurrentAmps();
    known = true;
    timeNanos = estimate.timeNanos();
    return SolveStatus.OK;
  }

  /** Goes on where another's filters stand. */
  public void takeOver(OutputOffsets other) {
    voltageVolts = other.voltageVolts;
    anodePotentialVolts = other.anodePotentialVolts;
    temperatureKelvin = other.temperatureKelvin;
    amps = other.amps;
    known = other.known;
    firstNanos = other.firstNanos;
    timeNanos = other.timeNanos;
  }

  /**
   * What is kept beyond the bound of a battery that is not well known, V. A bound is made to hold
   * for 99 % of the time, with sensors off by up to 5 mV. A charge that rides on it for an hour
   * goes wherever it is most wrong, and where it is wide it is wrong by more: batteries of unknown
   * rates with sensors off by 10 mV are. The width is the evidence: as it comes, bounds narrow and
   * this goes to 0. Figures: {@code anodyne study}, seed 1.
   */
  double doubtVolts(CellEstimate estimate) {
    double growth = 0.5 * (1.0 + Math.abs(estimate.chargeCurrentAmps()) / oneCAmps);
    double cold = Math.exp(COLD_PER_KELVIN * (WARM_KELVIN - estimate.coreTemperatureKelvin()));
    double gap = estimate.anodePotentialVolts() - estimate.anodePotentialLowerBoundVolts();
    double doubt = DOUBT_FACTOR * (gap - SURE_GAP_VOLTS * growth);
    return Math.min(
        Math.max(doubt, 0.0), MOST_DOUBT_VOLTS * growth * Math.min(Math.max(cold, 1.0), 6.0));
  }

  /** How much a wide bound says against a battery by now, 0–1. */
  private double evidence(long nowNanos) {
    double seconds =
        firstNanos == Long.MIN_VALUE ? 0.0 : (nowNanos - firstNanos) / NANOS_PER_SECOND;
    return Math.min(1.0, Math.max(0.0, (seconds - GRACE_SECONDS) / DOUBT_GROWS_SECONDS));
  }

  /** Forgets all offsets: the next belief counts in full. Its time goes on. */
  public void reset() {
    known = false;
  }

  /** To add to the model's voltage, V. */
  public double voltageVolts() {
    return voltageVolts;
  }

  /** To add to the model's anode potential to get its lower bound, V. */
  public double anodePotentialVolts() {
    return anodePotentialVolts;
  }

  /**
   * The same at another current, V. A bound below the model's value is taken to move away from it
   * with 1 + C-rate, as errors of rates and resistances do; one above it to stay.
   *
   * @param otherAmps A
   */
  public double anodePotentialVolts(double otherAmps) {
    double ratio = (oneCAmps + Math.abs(otherAmps)) / (oneCAmps + Math.abs(amps));
    return anodePotentialVolts < 0.0 ? ratio * anodePotentialVolts : anodePotentialVolts;
  }

  /** To add to the model's temperature, K. */
  public double temperatureKelvin() {
    return temperatureKelvin;
  }

  /** Share of a difference that a first-order filter takes over in a time. */
  private static double share(double elapsedSeconds, double timeConstantSeconds) {
    return timeConstantSeconds <= 0.0 ? 1.0 : -Math.expm1(-elapsedSeconds / timeConstantSeconds);
  }
}
