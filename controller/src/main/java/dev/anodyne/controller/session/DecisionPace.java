package dev.anodyne.controller.session;

import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.PolicyDecision;
import org.jspecify.annotations.Nullable;

/**
 * Lets a policy decide less often than the battery is looked at: belief and guard go on every
 * period, and in between the rest of the last plan counts, never above the current that was
 * decided. The policy is asked before its turn when something has come that it did not know: a
 * limit below the plan, a bound that the plan does not keep, other settings, an invalid belief.
 * Depends on nothing but what it is told, so that a replay asks at the same moments. Belongs to the
 * thread that decides.
 */
final class DecisionPace {
  /** A plan of the optimising controller may pass its limits by this much, too, V. */
  private static final double TOLERATED_VOLTS = 1e-3;

  private @Nullable PolicyDecision last;
  private @Nullable SessionSettings settings;
  private long decidedNanos;

  /** A policy has decided. */
  void decided(PolicyDecision decision, Decider.Ground g) {
    last = decision;
    settings = g.settings();
    decidedNanos = g.nowNanos();
  }

  /** Nothing that was decided counts any more. */
  void forget() {
    last = null;
  }

  /**
   * What counts now without asking the policy.
   *
   * @return null when it is to be asked
   */
  @Nullable PolicyDecision between(Decider.Ground g, CellEstimate estimate, ChargeLimits limits) {
    PolicyDecision before = last;
    if (before == null || isTurn(g)) {
      return null;
    }
    boolean decides = before.source() != DecisionSource.ZERO;
    boolean known = estimate.valid() && g.settings().equals(settings);
    if (!decides || !known || estimate.soc() >= limits.targetSoc()) {
      return null;
    }
    PolicyDecision now = LastPlan.followed(before, (g.nowNanos() - decidedNanos) * 1e-9);
    return isWithin(now, g, estimate, limits) ? now : null;
  }

  private boolean isTurn(Decider.Ground g) {
    long period = g.settings().periodNanos();
    long elapsed = g.nowNanos() - decidedNanos;
    // Ticks come a little early or late: the one that is nearest to the turn is meant.
    return elapsed < 0 || elapsed + period / 2 >= g.settings().decideEveryNanos();
  }

  private static boolean isWithin(
      PolicyDecision d, Decider.Ground g, CellEstimate estimate, ChargeLimits limits) {
    double volts = g.status().measurement().maxCellVoltageVolts();
    return d.chargeCurrentAmps() <= limits.maxChargeCurrentAmps()
        && d.chargeCurrentAmps() * volts <= limits.maxPowerWatts()
        && d.voltageCeilingVolts() <= limits.maxVoltageVolts()
        && volts <= limits.maxVoltageVolts() + TOLERATED_VOLTS
        && estimate.temperatureKelvin() <= limits.maxTemperatureKelvin()
        && estimate.anodePotentialLowerBoundVolts()
            >= limits.minAnodePotentialVolts() - TOLERATED_VOLTS;
  }
}
