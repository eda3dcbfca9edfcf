package dev.anodyne.mpc.baseline;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.mpc.prediction.AnodeCeiling;
import dev.anodyne.mpc.prediction.CellPredictor;
import dev.anodyne.mpc.prediction.DoubtSettings;
import dev.anodyne.mpc.prediction.OutputOffsets;

/**
 * Rides the limits: the largest current with which the anode potential's lower bound, the voltage
 * and the temperature are still allowed a moment ahead.
 *
 * <p>The cell model, started from the estimator's twin, gives slope and drift (feed-forward); the
 * offsets between its outputs and the belief, taken anew every period, are the feedback and leave
 * no steady error. Anode potential and voltage are looked at one period ahead, the temperature,
 * which is slow, half a minute ahead. Fast and nearly optimal, but blind to everything later than
 * that.
 */
public final class RiderLaw implements CurrentLaw {
  private static final double VOLTAGE_BACKOFF_VOLTS = 0.002;

  /** Anode potential kept for each C of rising current, whose effect nothing has shown yet, V. */
  private static final double RISE_VOLTS_PER_C = 0.010;

  private static final double TEMPERATURE_LOOKAHEAD_SECONDS = 30.0;

  /** A cell this far below its temperature limit cannot reach it within the look-ahead, K. */
  private static final double TEMPERATURE_NEAR_KELVIN = 8.0;

  private static final double TEMPERATURE_BACKOFF_KELVIN = 0.1;
  private static final double ANODE_RISE_SECONDS = 5.0;
  private static final double TEMPERATURE_FILTER_SECONDS = 20.0;

  /** The search ends when the current is known to this, A; 1 mA moves the anode potential by µV. */
  private static final double RESOLUTION_AMPS = 1e-3;

  private static final int MOST_EVALUATIONS = 30;

  private final CellPredictor predictor;
  private final AnodeCeiling anodeCeiling;
  private final OutputOffsets offsets;
  private final double periodSeconds;
  private final double risePerAmp;
  private double presentAmps;
  private ActiveConstraint explanation = ActiveConstraint.NONE;

  /** A rider on a cell's model that decides every {@code periodSeconds}. */
  public RiderLaw(P2dModel model, double periodSeconds) {
    this(model, periodSeconds, DoubtSettings.DEFAULT);
  }

  /**
   * The same with another caution.
   *
   * @param doubt what is kept beyond wide bounds
   */
  public RiderLaw(P2dModel model, double periodSeconds, DoubtSettings doubt) {
    this.predictor = new CellPredictor(model);
    anodeCeiling = new AnodeCeiling(model, periodSeconds);
    this.periodSeconds = periodSeconds;
    double oneCAmps = model.cell().nominalCapacityAmpHours();
    offsets = new OutputOffsets(oneCAmps, ANODE_RISE_SECONDS, TEMPERATURE_FILTER_SECONDS, doubt);
    risePerAmp = RISE_VOLTS_PER_C / oneCAmps;
  }

  @Override
  public double wantedAmps(CellEstimate estimate, ChargeLimits limits, double flowingAmps) {
    presentAmps = flowingAmps;
    explanation = ActiveConstraint.CURRENT;
    SolveStatus status = offsets.update(estimate, predictor);
    if (!status.isUsable()) {
      return Double.NaN;
    }
    double amps = largest(estimate, limits, false, limits.maxChargeCurrentAmps());
    // What the model has not shown yet is taken in halves, as the optimising controller does.
    double ceiling = anodeCeiling.amps(estimate, limits, offsets, flowingAmps, amps);
    if (ceiling < amps) {
      amps = ceiling;
      explanation = ActiveConstraint.ANODE_POTENTIAL;
    }
    boolean warm =
        estimate.temperatureKelvin() > limits.maxTemperatureKelvin() - TEMPERATURE_NEAR_KELVIN;
    if (warm && amps > 0.0) {
      amps = largest(estimate, limits, true, amps);
    }
    return amps;
  }

  @Override
  public ActiveConstraint explanation() {
    return explanation;
  }

  /**
   * Largest current up to a ceiling whose room stays ≥ 0, by bracketing (Illinois): the room falls
   * with the current.
   *
   * @return NaN when the model cannot be evaluated anywhere
   */
  private double largest(
      CellEstimate estimate, ChargeLimits limits, boolean temperatureOnly, double ceilingAmps) {
    ActiveConstraint before = explanation;
    double high = ceilingAmps;
    double roomHigh = room(estimate, limits, temperatureOnly, high);
    if (roomHigh >= 0.0) {
      explanation = before;
      return high;
    }
    double low = 0.0;
    double roomLow = room(estimate, limits, temperatureOnly, low);
    if (Double.isNaN(roomLow)) {
      return Double.NaN;
    }
    int lastSide = 0;
    for (int i = 0; i < MOST_EVALUATIONS && roomLow > 0.0 && high - low > RESOLUTION_AMPS; i++) {
      double middle =
          Double.isNaN(roomHigh)
              ? 0.5 * (low + high)
              : (low * roomHigh - high * roomLow) / (roomHigh - roomLow);
      double room = room(estimate, limits, temperatureOnly, middle);
      if (room >= 0.0) {
        low = middle;
        roomLow = room;
        if (lastSide > 0) {
          roomHigh *= 0.5;
        }
        lastSide = 1;
        if (room < 1e-5) {
          break; // Ten microvolts (or their like): close enough, on the safe side.
        }
      } else {
        high = middle;
        roomHigh = room;
        if (lastSide < 0) {
          roomLow *= 0.5;
        }
        lastSide = -1;
      }
    }
    room(estimate, limits, temperatureOnly, low);
    return low;
  }

  /**
   * Distance to the nearest limit after holding a current: volts, and tenths of a kelvin counted as
   * millivolts. NaN when the model has no answer, which a bracket treats as "too much".
   */
  private double room(
      CellEstimate estimate, ChargeLimits limits, boolean temperatureOnly, double amps) {
    double seconds =
        temperatureOnly ? Math.max(periodSeconds, TEMPERATURE_LOOKAHEAD_SECONDS) : periodSeconds;
    SolveStatus status =
        predictor.afterCurrent(
            estimate.twinState(), amps, seconds, limits.ambientTemperatureKelvin());
    if (!status.isUsable()) {
      return Double.NaN;
    }
    double anode =
        predictor.outputs().anodePotentialVolts
            + offsets.anodePotentialVolts()
            - risePerAmp * Math.max(0.0, amps - presentAmps)
            - limits.minAnodePotentialVolts();
    double voltage =
        limits.maxVoltageVolts()
            - VOLTAGE_BACKOFF_VOLTS
            - predictor.outputs().voltageVolts
            - offsets.voltageVolts();
    double temperature =
        0.01
            * (limits.maxTemperatureKelvin()
                - TEMPERATURE_BACKOFF_KELVIN
                - predictor.outputs().temperatureKelvin
                - offsets.temperatureKelvin());
    double room = temperatureOnly ? temperature : Math.min(anode, voltage);
    if (temperatureOnly) {
      explanation = ActiveConstraint.TEMPERATURE;
    } else {
      explanation = room == anode ? ActiveConstraint.ANODE_POTENTIAL : ActiveConstraint.VOLTAGE;
    }
    return room;
  }
}
