package dev.anodyne.mpc;

import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.mpc.prediction.CellPredictor;
import dev.anodyne.mpc.prediction.ConstraintClass;
import dev.anodyne.mpc.prediction.Forecast;
import dev.anodyne.mpc.prediction.HorizonGrid;
import dev.anodyne.mpc.prediction.TemperatureCeiling;
import org.jspecify.annotations.Nullable;

/**
 * The limits that a plan keeps without exception: current, power (present and announced), ramp up
 * and down, and the charge left to the target. Makes plans feasible before they are improved.
 * Filled once a decision.
 *
 * <p>What holds later is approached by the ramp:
 *
 * <pre>high_j ← min(high_j, high_(j+1) + ramp·(t_(j+1) − t_j))</pre>
 *
 * and where even the steepest fall comes too late, the fall itself is the limit.
 */
final class HardPlanLimits {
  private static final double REFERENCE_SOC = 0.5;
  private static final double REFERENCE_KELVIN = 298.15;
  private static final double REFERENCE_SECONDS = 10.0;

  private final HorizonGrid grid;
  private final double targetMarginSoc;
  private final double socPerAmpSecond;
  private final double[] highAmps;
  private double presentAmps;
  private double rampAmpsPerSecond;
  private double chargeLeftAmpSeconds;

  /**
   * Limits for plans on a grid.
   *
   * @param targetMarginSoc how far past the target a plan may end
   */
  HardPlanLimits(P2dModel model, HorizonGrid grid, double targetMarginSoc) {
    this.grid = grid;
    this.targetMarginSoc = targetMarginSoc;
    highAmps = new double[grid.moves()];
    socPerAmpSecond = socPerAmpSecond(model);
  }

  /**
   * Takes over the limits of a decision.
   *
   * @param previous the previous forecast, whose voltages turn power into current; null when there
   *     is none, then the present voltage counts
   * @param voltageOffset to add to its voltages, V
   */
  void set(SequentialPlanner.Task task, @Nullable Forecast previous, double voltageOffset) {
    ChargeLimits limits = task.limits();
    for (int j = 0; j < highAmps.length; j++) {
      double volts = task.estimate().voltageVolts();
      if (previous != null) {
        int step = grid.lastStepOfMove(j);
        double planned = previous.value(ConstraintClass.VOLTAGE, step) + voltageOffset;
        volts = Math.min(limits.maxVoltageVolts(), Math.max(volts, planned));
      }
      double start = grid.moveStartSeconds(j);
      double end = start + grid.moveSeconds(j);
      double fall = limits.maxRampAmpsPerSecond() * volts;
      double watts = Math.min(limits.maxPowerWatts(), task.caps().meanWatts(start, end, fall));
      double amps = Math.min(limits.maxChargeCurrentAmps(), watts / volts);
      // Until the temperature counts, nothing else would keep a plan from going up and down.
      double heat =
          start < TemperatureCeiling.HOLD_SECONDS ? task.heatAmps() : Double.POSITIVE_INFINITY;
      highAmps[j] = Math.max(0.0, Math.min(Math.min(amps, heat), task.caps().amps(start, end)));
    }
    presentAmps = task.presentAmps();
    rampAmpsPerSecond = limits.maxRampAmpsPerSecond();
    approachByRamp();
    highAmps[0] = Math.min(highAmps[0], Math.max(task.ceilingAmps(), lowestAmps(0)));
    double soc = limits.targetSoc() + targetMarginSoc - task.estimate().soc();
    chargeLeftAmpSeconds = Math.max(0.0, soc / socPerAmpSecond);
  }

  /** Largest current of each move, A. Not copied. */
  double[] highAmps() {
    return highAmps;
  }

  /** Charge to the target, A·s. */
  double chargeLeftAmpSeconds() {
    return chargeLeftAmpSeconds;
  }

  private void approachByRamp() {
    for (int j = highAmps.length - 2; j >= 0; j--) {
      double fall = rampAmpsPerSecond * grid.changeSeconds(j + 1);
      highAmps[j] = Math.min(highAmps[j], highAmps[j + 1] + fall);
    }
    for (int j = 0; j < highAmps.length; j++) {
      highAmps[j] = Math.max(highAmps[j], lowestAmps(j));
    }
  }

  /** Where the steepest fall from the present current leads in a move, A. */
  private double lowestAmps(int move) {
    double seconds = 0.0;
    for (int j = 0; j <= move; j++) {
      seconds += grid.changeSeconds(j);
    }
    // Without a ramp limit this is −∞, also for 0 s.
    return presentAmps - rampAmpsPerSecond * seconds;
  }

  /** Makes a plan satisfy the limits. */
  void project(double[] amps) {
    double previous = presentAmps;
    double left = chargeLeftAmpSeconds;
    for (int j = 0; j < amps.length; j++) {
      double seconds = grid.moveSeconds(j);
      double reach = rampAmpsPerSecond * grid.changeSeconds(j);
      double cap = Math.min(Math.min(highAmps[j], previous + reach), left / seconds);
      amps[j] = Math.max(0.0, Math.min(Math.max(amps[j], previous - reach), cap));
      left = Math.max(0.0, left - amps[j] * seconds);
      previous = amps[j];
    }
  }

  private static double socPerAmpSecond(P2dModel model) {
    CellPredictor predictor = new CellPredictor(model);
    P2dState rest = model.newState(REFERENCE_SOC, REFERENCE_KELVIN);
    double amps = model.cell().nominalCapacityAmpHours();
    if (predictor.afterCurrent(rest, amps, REFERENCE_SECONDS, REFERENCE_KELVIN).isUsable()) {
      double gained = predictor.outputs().soc - model.soc(rest);
      if (gained > 0.0) {
        return gained / (amps * REFERENCE_SECONDS);
      }
    }
    return 1.0 / (3600.0 * amps);
  }
}
