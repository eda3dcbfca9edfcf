package dev.anodyne.mpc.prediction;

import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.p2d.P2dState;

/**
 * The largest current that may be held for {@value #HOLD_SECONDS} s without passing the temperature
 * limit: a limit of the first move beside the plan's own.
 *
 * <p>A plan that must be within the limit one second ahead answers a hundredth of a kelvin of
 * sensor noise with tenths of a watt, and current that goes up and down heats without charging.
 * Looked at this far ahead the same noise is worth milliwatts, and a cell that is at its limit
 * stays there. Owns nothing but its predictor; not thread-safe.
 */
public final class TemperatureCeiling {
  /** How long the current is thought to be held, s. */
  public static final double HOLD_SECONDS = 60.0;

  /** A cell this far below its limit cannot reach it in that time at any current it can take, K. */
  private static final double NEAR_KELVIN = 12.0;

  private static final double RESOLUTION_KELVIN = 1e-3;
  private static final double RESOLUTION_AMPS = 1e-3;
  private static final int MOST_EVALUATIONS = 20;

  private final CellPredictor predictor;
  private final double marginKelvin;

  /**
   * A ceiling that keeps a distance from the limit.
   *
   * @param predictor asked again and again; nobody else's answers survive that
   */
  public TemperatureCeiling(CellPredictor predictor, double marginKelvin) {
    this.predictor = predictor;
    this.marginKelvin = marginKelvin;
  }

  /**
   * The ceiling.
   *
   * @param start Not modified.
   * @param beliefKelvin what the temperature is believed to be, K
   * @param highestAmps ceiling by everything else, A
   * @return A, at most {@code highestAmps}; 0 where the cell is too hot for any current
   */
  public double amps(
      P2dState start,
      double beliefKelvin,
      ChargeLimits limits,
      OutputOffsets offsets,
      double highestAmps) {
    if (beliefKelvin < limits.maxTemperatureKelvin() - NEAR_KELVIN) {
      return highestAmps;
    }
    double high = highestAmps;
    double roomHigh = room(start, limits, offsets, high);
    if (roomHigh >= 0.0) {
      return high;
    }
    double low = 0.0;
    double roomLow = room(start, limits, offsets, low);
    if (!(roomLow > 0.0)) {
      return 0.0;
    }
    int side = 0;
    for (int i = 0;
        i < MOST_EVALUATIONS && high - low > RESOLUTION_AMPS && roomLow > RESOLUTION_KELVIN;
        i++) {
      // Illinois; halving where the model has no answer.
      double middle =
          Double.isNaN(roomHigh)
              ? 0.5 * (low + high)
              : (low * roomHigh - high * roomLow) / (roomHigh - roomLow);
      double room = room(start, limits, offsets, middle);
      if (room >= 0.0) {
        low = middle;
        roomLow = room;
        roomHigh *= side > 0 ? 0.5 : 1.0;
        side = 1;
      } else {
        high = middle;
        roomHigh = room;
        roomLow *= side < 0 ? 0.5 : 1.0;
        side = -1;
      }
    }
    return low;
  }

  /** Room below the limit after holding a current, K; NaN when the model has no answer. */
  private double room(P2dState start, ChargeLimits limits, OutputOffsets offsets, double amps) {
    boolean usable =
        predictor
            .afterCurrent(start, amps, HOLD_SECONDS, limits.ambientTemperatureKelvin())
            .isUsable();
    return usable
        ? limits.maxTemperatureKelvin()
            - marginKelvin
            - predictor.outputs().temperatureKelvin
            - offsets.temperatureKelvin()
        : Double.NaN;
  }
}
