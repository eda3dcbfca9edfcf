package dev.anodyne.mpc.spec;

import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.PolicyDecision;

/**
 * A policy under limits of its own. The limits by temperature are looked up at every decision, for
 * the hottest measured cell and the estimated core alike; the lower limit counts. A temperature
 * that is not a number leaves no current. Not thread-safe.
 */
public final class LimitedPolicy implements ChargingPolicy {
  private final ChargingPolicy policy;
  private final PolicyLimits limits;
  private final double nominalAmpHours;

  /**
   * Puts a policy under limits.
   *
   * @param policy closed with this
   * @param nominalAmpHours one C of the cell, A
   */
  public LimitedPolicy(ChargingPolicy policy, PolicyLimits limits, double nominalAmpHours) {
    this.policy = policy;
    this.limits = limits;
    this.nominalAmpHours = nominalAmpHours;
  }

  @Override
  public PolicyDecision next(CellEstimate estimate, ChargeLimits inForce) {
    double core = estimate.coreTemperatureKelvin();
    double surface = estimate.temperatureKelvin();
    return policy.next(estimate, limits.tighten(inForce, core, surface, nominalAmpHours));
  }

  @Override
  public void takeOver(ChargingPolicy predecessor) {
    policy.takeOver(predecessor);
  }

  /** The policy under the limits. */
  public ChargingPolicy inner() {
    return policy;
  }

  @Override
  public void close() {
    policy.close();
  }
}
