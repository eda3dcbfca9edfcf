package dev.anodyne.mpc;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.mpc.baseline.CurrentLaw;
import dev.anodyne.mpc.prediction.MovePlan;
import java.util.function.DoubleBinaryOperator;

/**
 * What to do when there is no fresh plan: the rest of the last one, then the anode-potential rider,
 * then the current map, then a low constant current, then nothing. Each rung is taken only while
 * what it rests on can be trusted, and each needs a valid belief.
 *
 * <ul>
 *   <li>shifted plan: not too old, and no limit is exceeded at this moment;
 *   <li>rider: the model can be evaluated from the belief;
 *   <li>map: state of charge and temperature are known. It cannot see the anode, so it may lower
 *       the current but raises it no further than the low current;
 *   <li>low current: voltage and temperature are known and clearly within their limits.
 * </ul>
 */
final class FallbackLadder {
  /** The last rung but one charges at this rate, 1/h. */
  private static final double LOW_RATE = 0.1;

  /** Room to the voltage limit that the low current needs, V. */
  private static final double LOW_RATE_ROOM_VOLTS = 0.02;

  /** Below freezing nothing is charged blindly, K. */
  private static final double FREEZING_KELVIN = 273.15;

  private final CurrentLaw rider;
  private final DoubleBinaryOperator map;
  private final double lowAmps;
  private final double periodSeconds;
  private final double maxPlanAgeSeconds;

  /**
   * A ladder.
   *
   * @param rider the anode-potential rider
   * @param map largest current of a state of charge and a temperature in K, A
   * @param nominalCapacityAmpHours sets the low current, A·h
   * @param periodSeconds control period, s
   * @param maxPlanAgeSeconds how long the rest of a plan may be used, s
   */
  FallbackLadder(
      CurrentLaw rider,
      DoubleBinaryOperator map,
      double nominalCapacityAmpHours,
      double periodSeconds,
      double maxPlanAgeSeconds) {
    this.rider = rider;
    this.map = map;
    this.lowAmps = LOW_RATE * nominalCapacityAmpHours;
    this.periodSeconds = periodSeconds;
    this.maxPlanAgeSeconds = maxPlanAgeSeconds;
  }

  /**
   * What a rung answers.
   *
   * @param chargeCurrentAmps before the hard limits, A
   * @param source the rung
   * @param constraint what explains the current
   */
  record Choice(double chargeCurrentAmps, DecisionSource source, ActiveConstraint constraint) {}

  private static final Choice NOTHING = new Choice(0.0, DecisionSource.ZERO, ActiveConstraint.NONE);

  /**
   * The highest rung that holds. A belief that says nothing about the anode, the charge or the
   * temperature may lower the present current, but never raises it.
   */
  Choice choose(CellEstimate estimate, ChargeLimits limits, MovePlan plan, double presentAmps) {
    if (!estimate.valid()) {
      return NOTHING;
    }
    Choice choice = highest(estimate, limits, plan, presentAmps);
    return isFinite(estimate) || choice.chargeCurrentAmps() <= presentAmps
        ? choice
        : new Choice(presentAmps, choice.source(), choice.constraint());
  }

  private static boolean isFinite(CellEstimate estimate) {
    return Double.isFinite(estimate.anodePotentialLowerBoundVolts())
        && Double.isFinite(estimate.soc())
        && Double.isFinite(estimate.temperatureKelvin())
        && Double.isFinite(estimate.voltageVolts());
  }

  private Choice highest(
      CellEstimate estimate, ChargeLimits limits, MovePlan plan, double presentAmps) {
    if (estimate.soc() >= limits.targetSoc()) {
      return new Choice(0.0, DecisionSource.ZERO, ActiveConstraint.TARGET_SOC);
    }
    double age = plan.isKnown() ? plan.ageSeconds(estimate.timeNanos()) : -1.0;
    if (age >= 0.0 && age <= maxPlanAgeSeconds && withinLimits(estimate, limits)) {
      double amps = plan.meanAmps(age, age + periodSeconds);
      return new Choice(amps, DecisionSource.SHIFTED_PLAN, ActiveConstraint.NONE);
    }
    double riding = rider.wantedAmps(estimate, limits, presentAmps);
    if (Double.isFinite(riding)) {
      return new Choice(riding, DecisionSource.RIDER, rider.explanation());
    }
    if (!measuredWithinLimits(estimate, limits)) {
      return NOTHING;
    }
    double mapped = map.applyAsDouble(estimate.soc(), estimate.temperatureKelvin());
    if (Double.isFinite(mapped)) {
      double amps = Math.min(mapped, Math.max(presentAmps, lowAmps));
      return new Choice(amps, DecisionSource.MAP, ActiveConstraint.ANODE_POTENTIAL);
    }
    return allowsLowCurrent(estimate, limits)
        ? new Choice(lowAmps, DecisionSource.LOW_CC, ActiveConstraint.NONE)
        : NOTHING;
  }

  /** Current of the last rung but one, A. */
  double lowAmps() {
    return lowAmps;
  }

  /**
   * True where the low current needs no belief about the anode: what is measured is clearly within
   * its limits and the cell is not frozen.
   */
  static boolean allowsLowCurrent(CellEstimate estimate, ChargeLimits limits) {
    return measuredWithinLimits(estimate, limits)
        && estimate.voltageVolts() < limits.maxVoltageVolts() - LOW_RATE_ROOM_VOLTS
        && estimate.temperatureKelvin() > FREEZING_KELVIN;
  }

  private static boolean withinLimits(CellEstimate estimate, ChargeLimits limits) {
    return estimate.anodePotentialLowerBoundVolts() >= limits.minAnodePotentialVolts()
        && isFinite(estimate)
        && measuredWithinLimits(estimate, limits);
  }

  /** False also when a measured value is not a number. */
  private static boolean measuredWithinLimits(CellEstimate estimate, ChargeLimits limits) {
    return estimate.voltageVolts() <= limits.maxVoltageVolts()
        && estimate.temperatureKelvin() <= limits.maxTemperatureKelvin();
  }
}
