package dev.anodyne.mpc.spec;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.Collision;
import dev.anodyne.core.charging.PolicyDecision;
import java.util.List;
import java.util.Locale;

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
    ChargeLimits tight = limits.tighten(inForce, core, surface, nominalAmpHours);
    PolicyDecision decision = policy.next(estimate, tight);
    boolean ownZero = tight.maxChargeCurrentAmps() <= 0.0 && inForce.maxChargeCurrentAmps() > 0.0;
    return ownZero && !decision.collision().isNone()
        ? decision.withCollision(byTemperature(core, surface))
        : decision;
  }

  /** The only limit of a policy that can be zero is the one by temperature. */
  private static Collision byTemperature(double core, double surface) {
    return new Collision(
        List.of(ActiveConstraint.CURRENT, ActiveConstraint.TEMPERATURE),
        String.format(
            Locale.ROOT,
            "held at zero: the policy's limits by temperature allow 0 A with the core at %.1f °C"
                + " and the surface at %.1f °C",
            core - 273.15,
            surface - 273.15));
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
