package dev.anodyne.plantsim.environment;

import dev.anodyne.core.charging.ThermalCapabilities;
import dev.anodyne.core.charging.ThermalCommand;

/**
 * Heater and cooler at work: the heat follows the command with a first-order lag,
 *
 * <pre>dP/dt = (P* − P)/τ,   −P_c ≤ P* ≤ P_h,   P* = 0 once the command has expired</pre>
 *
 * integrated exactly over each step. Not thread-safe.
 */
public final class ThermalUnit {
  private final ThermalSettings settings;
  private double heatWatts;
  private double gridJoules;
  private double gridWatts;

  public ThermalUnit(ThermalSettings settings) {
    this.settings = settings;
  }

  /**
   * Moves on.
   *
   * @param command in force
   * @param nowNanos the loop's time at the step's start, ns
   * @param dtSeconds length of the step, s
   * @param mayWork false without a battery or with a fault
   * @return heat into the whole battery over the step, J
   */
  public double step(ThermalCommand command, long nowNanos, double dtSeconds, boolean mayWork) {
    ThermalCapabilities can = settings.capabilities();
    if (!can.isOffered()) {
      return 0.0;
    }
    double wanted = mayWork && !command.isExpiredAt(nowNanos) ? command.heatWatts() : 0.0;
    double target =
        Double.isNaN(wanted)
            ? 0.0
            : Math.max(-can.maxCoolingWatts(), Math.min(can.maxHeatingWatts(), wanted));
    double tau = settings.timeConstantSeconds();
    double before = heatWatts;
    double reached = tau > 0 ? -Math.expm1(-dtSeconds / tau) : 1.0;
    heatWatts = before + reached * (target - before);
    // ∫ P dt = P* dt + (P₀ − P*) τ (1 − e^(−dt/τ))
    double joules = target * dtSeconds + (before - target) * tau * reached;
    gridWatts = can.gridWatts(joules / dtSeconds);
    gridJoules += gridWatts * dtSeconds;
    return joules;
  }

  /** What it can do. */
  public ThermalSettings settings() {
    return settings;
  }

  /** Heat that flows into the battery now, W; below 0 when it is cooled. */
  public double heatWatts() {
    return heatWatts;
  }

  /** Power drawn from the grid over the last step, W. */
  public double gridWatts() {
    return gridWatts;
  }

  /** Energy drawn from the grid since the start, J. */
  public double gridJoules() {
    return gridJoules;
  }
}
