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
import dev.anodyne.mpc.prediction.RoomSearch;

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

  private final CellPredictor predictor;
  private final AnodeCeiling anodeCeiling;
  private final OutputOffsets offsets;
  private final double periodSeconds;
  private final double risePerAmp;
  private final RoomSearch potentials = new RoomSearch();
  private final RoomSearch warmth = new RoomSearch();
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

  /** Largest current up to a ceiling whose room stays ≥ 0; NaN when there is no answer at all. */
  private double largest(
      CellEstimate estimate, ChargeLimits limits, boolean temperatureOnly, double ceilingAmps) {
    ActiveConstraint before = explanation;
    double amps =
        (temperatureOnly ? warmth : potentials)
            .largest(
                asked -> room(estimate, limits, temperatureOnly, asked), presentAmps, ceilingAmps);
    if (amps == ceilingAmps) { // nothing here holds it back
      explanation = before;
    }
    return amps;
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
        predictor.afterPeriod(
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
    // What binds is what was nearest at the answer: the last look that was allowed, or no current.
    if (room < 0.0 && amps > 0.0) {
      return room;
    }
    if (temperatureOnly) {
      explanation = ActiveConstraint.TEMPERATURE;
    } else {
      explanation = room == anode ? ActiveConstraint.ANODE_POTENTIAL : ActiveConstraint.VOLTAGE;
    }
    return room;
  }
}
