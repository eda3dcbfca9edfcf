package dev.anodyne.controller.app;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.estimators.identification.IdentifiedCell;
import dev.anodyne.mpc.Outlook;
import dev.anodyne.mpc.Policies;
import dev.anodyne.mpc.PolicyContext;
import dev.anodyne.mpc.objective.ChargeGoal;
import dev.anodyne.mpc.objective.ObjectivePolicy;
import dev.anodyne.mpc.spec.Objective;
import dev.anodyne.mpc.spec.PolicySpec;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What estimator and policy of one charge at a station are made of. The same parts give the same
 * estimator and policy, in a station as in a replay of what it recorded.
 *
 * @param cell what the controller believes of a cell, heat transfer included
 * @param cellSource the name or file that the cell was loaded from
 * @param layout how the battery's cells are wired
 * @param estimator name of the estimator, or a model file
 * @param policy what the policy does
 * @param startSoc where the charge begins, 0–1, for policies that are tuned beforehand
 * @param expected the limits to be expected; the ones in force come with every image
 * @param periodSeconds time between decisions, s
 * @param deadlineNanos time a decision may take, ns; 0 for none
 * @param outlook what is known about the time ahead
 * @param goal what the charge is to be good at; null: what the policy is good at by itself
 * @param chargerDelaySeconds known dead time of the charger, s
 * @param battery what is known about this very battery
 */
public record ChargeParts(
    CellParameters cell,
    String cellSource,
    PackLayout layout,
    String estimator,
    PolicySpec policy,
    double startSoc,
    ChargeLimits expected,
    double periodSeconds,
    long deadlineNanos,
    Outlook outlook,
    @Nullable ChargeGoal goal,
    double chargerDelaySeconds,
    Optional<IdentifiedCell> battery) {

  /** The same charge by another policy, from where it stands. */
  public ChargeParts with(PolicySpec newPolicy, double newStartSoc) {
    return new ChargeParts(
        cell,
        cellSource,
        layout,
        estimator,
        newPolicy,
        newStartSoc,
        expected,
        periodSeconds,
        deadlineNanos,
        outlook,
        goal,
        chargerDelaySeconds,
        battery);
  }

  /**
   * The same charge by another policy on another belief, from its beginning, without a deadline.
   */
  public ChargeParts with(PolicySpec newPolicy, String newEstimator) {
    return new ChargeParts(
        cell,
        cellSource,
        layout,
        newEstimator,
        newPolicy,
        startSoc,
        expected,
        periodSeconds,
        0L,
        outlook,
        goal,
        chargerDelaySeconds,
        battery);
  }

  /** Makes the belief; may take seconds. */
  public StateEstimator newEstimator() {
    EstimatorOptions options =
        EstimatorOptions.DEFAULT
            .withPeriodSeconds(periodSeconds)
            .withAmbientKelvin(expected.ambientTemperatureKelvin());
    EstimatorOptions known = battery.map(options::withIdentified).orElse(options);
    return Estimators.create(estimator, cell, layout, known);
  }

  /**
   * Whether what {@link #newPolicy(NanoClock)} could refuse is known by {@link #refuseCollisions}:
   * a charge without a goal of its own.
   */
  boolean isSoonChecked() {
    return goal == null && policy.objective().goal().isFastest();
  }

  /**
   * Refuses limits that leave no charge, without making anything.
   *
   * @throws IllegalArgumentException one line that names them
   */
  void refuseCollisions() {
    Policies.refuseCollisions(policy, context(NanoClock.SYSTEM, outlook));
  }

  /**
   * Makes the wish; may take seconds.
   *
   * @param clock measures decisions and enforces the deadline
   * @throws IllegalArgumentException one line that names the value and what is allowed
   */
  public ChargingPolicy newPolicy(NanoClock clock) {
    PolicyContext context = context(clock, outlook);
    ChargeGoal own = goal;
    return own == null ? Policies.create(policy, context) : towards(own, context);
  }

  /**
   * Makes the wish of a charge whose departure has changed while it runs. A charge that had no goal
   * is to age least from now on; without a departure it is as fast as the limits allow. Prices that
   * the charge was not planned with from its beginning are left out.
   *
   * @param clock measures decisions and enforces the deadline
   * @param departsInSeconds from the policy's first decision, s; +∞ when nobody knows
   * @throws IllegalArgumentException one line that names the value and what is allowed
   */
  public ChargingPolicy newPolicy(NanoClock clock, double departsInSeconds) {
    ChargeGoal own = goal == null ? policy.objective().goal() : goal;
    boolean known = goal != null || !own.isFastest();
    Outlook ahead = (known ? outlook : Outlook.NONE).withDepartureSeconds(departsInSeconds);
    boolean waits = Double.isFinite(departsInSeconds);
    ChargeGoal now = !waits ? ChargeGoal.fastest() : known ? own : ChargeGoal.leastAgeing();
    return towards(now, context(clock, ahead)).departingFromItsFirstDecision();
  }

  private ObjectivePolicy towards(ChargeGoal own, PolicyContext context) {
    PolicySpec plain = policy.withObjective(new Objective.MinimumTime());
    return new ObjectivePolicy(Policies.create(plain, context), context, own);
  }

  private PolicyContext context(NanoClock clock, Outlook ahead) {
    return new PolicyContext(
        battery.map(b -> b.applyTo(cell)).orElse(cell),
        periodSeconds,
        startSoc,
        expected.ambientTemperatureKelvin(),
        expected,
        clock,
        deadlineNanos,
        ahead,
        chargerDelaySeconds);
  }
}
