package dev.anodyne.mpc.prediction;

import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dState;

/**
 * Observer of the hottest cell's temperature and of the heat that the model does not know of, for
 * plans that go along a temperature limit without a steady error.
 *
 * <pre>
 * T ← T + (change by the model's own heat, at the ambient raised by r) + e/τ·Δt    e = T_measured − T
 * r ← r + τ_cell/(2τ)²·e·Δt
 * </pre>
 *
 * <p>An offset of the temperature alone is not enough: a cell that makes a fifth more heat, or is
 * cooled a fifth less, than its model drifts away from every prediction, and a controller that
 * looks a minute ahead stays beyond the limit by that drift for ever. Heat that is unknown is
 * written as a warmer ambient, which for a cell of one temperature is the same. Both poles of the
 * pair lie at 1/(2τ); a start is the mean of all measurements so far. 0.2 K of sensor noise once a
 * second leaves 0.02 K. Not thread-safe.
 */
public final class HeatObserver {
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * More unknown heat than this, as a warmer ambient, is a fault that a plan must not follow, K.
   */
  private static final double MOST_RAISED_KELVIN = 15.0;

  /** After a longer gap the measurement counts alone, s. */
  private static final double LONGEST_GAP_SECONDS = 120.0;

  private final CellPredictor predictor;
  private final P2dState last;
  private final double filterSeconds;
  private final double cellSeconds;
  private double kelvin;
  private double raisedKelvin;
  private double lastAmbientKelvin;
  private long lastNanos;
  private int count;

  /**
   * An observer that knows nothing yet.
   *
   * @param filterSeconds time constant τ with which a measurement counts, s; 0 to believe it at
   *     once, and then no heat is found
   */
  public HeatObserver(P2dModel model, double filterSeconds) {
    predictor = new CellPredictor(model);
    last = model.newState(0.5, 298.15);
    this.filterSeconds = filterSeconds;
    cellSeconds =
        model
            .cell()
            .thermal()
            .map(
                t ->
                    t.heatCapacityJPerKelvin() / (t.heatTransferWPerM2Kelvin() * t.coolingAreaM2()))
            .orElse(Double.POSITIVE_INFINITY);
  }

  /**
   * Takes in a belief. One without numbers, or whose time has not gone on, changes nothing.
   *
   * @param ambientKelvin the ambient that the time from now on is planned with, K
   */
  public void update(CellEstimate estimate, double ambientKelvin) {
    double measured = estimate.temperatureKelvin();
    double seconds = (estimate.timeNanos() - lastNanos) / NANOS_PER_SECOND;
    if (!Double.isFinite(measured) || (count > 0 && seconds == 0.0)) {
      return;
    }
    if (count == 0 || seconds < 0.0 || seconds > LONGEST_GAP_SECONDS) {
      kelvin = measured;
      count = 1;
    } else {
      follow(estimate, measured, seconds);
    }
    last.copyFrom(estimate.twinState());
    lastAmbientKelvin = ambientKelvin;
    lastNanos = estimate.timeNanos();
  }

  private void follow(CellEstimate estimate, double measured, double seconds) {
    double ambient = lastAmbientKelvin + raisedKelvin;
    double amps = estimate.chargeCurrentAmps();
    if (predictor.afterCurrent(last, amps, seconds, ambient).isUsable()) {
      kelvin += predictor.outputs().temperatureKelvin - predictor.model().temperatureKelvin(last);
    }
    count++;
    double error = measured - kelvin;
    double share = filterSeconds > 0.0 ? -Math.expm1(-seconds / filterSeconds) : 1.0;
    kelvin += Math.max(share, 1.0 / count) * error;
    if (filterSeconds > 0.0 && Double.isFinite(cellSeconds)) {
      double counted = Math.min(seconds, 0.5 * filterSeconds);
      double gain = cellSeconds * counted / (4.0 * filterSeconds * filterSeconds);
      // A filter shorter than the period would answer each error by more than the error is worth.
      gain = Math.min(gain, cellSeconds / (4.0 * Math.max(seconds, filterSeconds)));
      double next = raisedKelvin + gain * error;
      raisedKelvin = Math.max(-MOST_RAISED_KELVIN, Math.min(MOST_RAISED_KELVIN, next));
    }
  }

  /** The hottest cell's temperature, K. */
  public double kelvin() {
    return kelvin;
  }

  /** How much warmer the ambient would have to be for the model to be right, K. */
  public double raisedKelvin() {
    return raisedKelvin;
  }

  /** Goes on where another one stands. */
  public void takeOver(HeatObserver other) {
    kelvin = other.kelvin;
    raisedKelvin = other.raisedKelvin;
    lastAmbientKelvin = other.lastAmbientKelvin;
    lastNanos = other.lastNanos;
    count = other.count;
    last.copyFrom(other.last);
  }

  /** The next measurement counts alone. What is known of the heat stays: it is the battery's. */
  public void forget() {
    count = 0;
  }

  /** As if nothing had been measured. */
  public void reset() {
    count = 0;
    raisedKelvin = 0.0;
  }
}
