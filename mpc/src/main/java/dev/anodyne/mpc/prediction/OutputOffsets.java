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

  private final double oneCAmps;
  private final double anodeRiseSeconds;
  private final double temperatureSeconds;
  private final double risePeriods;
  private final Doubt doubt;
  private double voltageVolts;
  private double anodePotentialVolts;
  private double temperatureKelvin;
  private double amps;
  private boolean known;
  private long timeNanos;

  /**
   * Offsets that nothing is known about yet.
   *
   * @param oneCAmps current of 1C, A
   * @param anodeRiseSeconds time constant with which a rising bound is believed, s
   * @param temperatureSeconds time constant of the temperature's offset, s
   */
  public OutputOffsets(double oneCAmps, double anodeRiseSeconds, double temperatureSeconds) {
    this(oneCAmps, anodeRiseSeconds, temperatureSeconds, DoubtSettings.DEFAULT);
  }

  /**
   * The same with another caution.
   *
   * @param doubt what is kept beyond wide bounds, and how many beliefs a rise takes
   */
  public OutputOffsets(
      double oneCAmps, double anodeRiseSeconds, double temperatureSeconds, DoubtSettings doubt) {
    this.oneCAmps = oneCAmps;
    this.doubt = new Doubt(oneCAmps, doubt);
    risePeriods = doubt.risePeriods();
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
            - doubt.update(estimate, predictor.outputs().anodePotentialVolts)
            - predictor.outputs().anodePotentialVolts;
    double temperature = estimate.temperatureKelvin() - predictor.outputs().temperatureKelvin;
    if (!Double.isFinite(anode)
        || !Double.isFinite(temperature)
        || !Double.isFinite(estimate.voltageBiasVolts())) {
      return SolveStatus.NUMERICAL_FAILURE;
    }
    double elapsed = known ? (estimate.timeNanos() - timeNanos) / NANOS_PER_SECOND : 0.0;
    if (known && elapsed >= 0.0) {
      // Of a bound that jumps, a rise that is believed at once is ridden until the next belief.
      double riseSeconds = Math.max(anodeRiseSeconds, risePeriods * elapsed);
      double rise = anode > anodePotentialVolts ? share(elapsed, riseSeconds) : 1.0;
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
    doubt.takeOver(other.doubt);
    timeNanos = other.timeNanos;
  }

  /** Forgets all offsets: the next belief counts in full. Its time goes on. */
  public void reset() {
    known = false;
    doubt.interrupt();
  }

  /** As if no belief had been taken in: the battery's time of grace begins anew. */
  public void restart() {
    known = false;
    doubt.reset();
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

  /** Believes a temperature at once, from an observer that has filtered it, K above the model's. */
  public void believeTemperature(double offsetKelvin) {
    temperatureKelvin = offsetKelvin;
  }

  /** Share of a difference that a first-order filter takes over in a time. */
  static double share(double elapsedSeconds, double timeConstantSeconds) {
    return timeConstantSeconds <= 0.0 ? 1.0 : -Math.expm1(-elapsedSeconds / timeConstantSeconds);
  }
}
