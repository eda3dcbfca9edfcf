package dev.anodyne.mpc.objective;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.PlanAhead;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.mpc.Outlook;
import dev.anodyne.mpc.PolicyContext;
import dev.anodyne.mpc.objective.LongTermPlanner.Advice;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A policy that charges towards a {@link ChargeGoal}: a long-term plan holds the current of another
 * policy back while there is time, and lets it go when there is none. The other policy keeps every
 * limit; this one can only tighten them. Not thread-safe.
 *
 * <p>The plan is looked at again whenever one of its stages ends (one to five minutes), when the
 * state of charge or the temperature depart from what was expected, and made anew when target,
 * limits or surroundings change. Whether there still is time is checked with every look.
 */
public final class ObjectivePolicy implements ChargingPolicy {
  private static final Logger LOG = LoggerFactory.getLogger(ObjectivePolicy.class);

  /** Of an ordinary charger; the true one is not told. */
  private static final double CHARGER_EFFICIENCY = 0.95;

  /** Reality has departed from the plan. */
  private static final double DEPARTED_SOC = 0.01;

  private static final double DEPARTED_KELVIN = 2.0;
  private static final double LONGEST_HOLD_SECONDS = 300.0;

  /** Room below the temperature limit for the heat of the charge itself, K. */
  private static final double SELF_HEATING_KELVIN = 10.0;

  /** A current below this rate is as good as none, 1/h. */
  private static final double LEAST_RATE = 0.01;

  private final ChargingPolicy inner;
  private final PolicyContext context;
  private final ChargeGoal goal;
  private final double coolingWattsPerKelvin;
  private @Nullable LongTermPlanner planner;
  private @Nullable ChargeTask task;
  private @Nullable Advice advice;
  private @Nullable Schedule schedule;
  private double departureSeconds;
  private boolean departsFromNow;
  private long firstNanos;
  private boolean begun;
  private double adviceSeconds;
  private double adviceSoc;
  private double adviceKelvin;

  /**
   * Wraps a policy.
   *
   * @param inner decides within the caps; closed with this policy
   * @param context cell, period and outlook
   * @param goal what the charge is to be good at
   * @throws IllegalArgumentException when the goal needs what context or cell do not have
   */
  public ObjectivePolicy(ChargingPolicy inner, PolicyContext context, ChargeGoal goal) {
    check(context, goal);
    this.inner = inner;
    this.context = context;
    this.goal = goal;
    departureSeconds = context.outlook().departureSeconds();
    coolingWattsPerKelvin =
        context
            .cell()
            .thermal()
            .map(t -> t.heatTransferWPerM2Kelvin() * t.coolingAreaM2())
            .orElse(Double.POSITIVE_INFINITY);
    plan(
        taskOf(context.limits(), context.ambientKelvin()),
        0.0,
        context.startSoc(),
        context.ambientKelvin());
  }

  /**
   * The same for a departure that has changed during a charge: it counts from this policy's own
   * first decision, while prices and caps go on in the time of the policy that it takes over from.
   * To be said before that decision.
   */
  public ObjectivePolicy departingFromItsFirstDecision() {
    departsFromNow = true;
    return this;
  }

  private static void check(PolicyContext context, ChargeGoal goal) {
    if (!goal.isFastest() && !Double.isFinite(context.outlook().departureSeconds())) {
      throw new IllegalArgumentException(
          "A goal of least "
              + (goal.ageingPerPercent() > 0.0 ? "ageing" : "cost")
              + " needs a departure; there is none.\n"
              + "Maybe add a departure in minutes, or choose the goal fastest.");
    }
    boolean ages = context.cell().sei().isPresent() || context.cell().plating().isPresent();
    if (goal.ageingPerPercent() > 0.0 && !ages) {
      throw new IllegalArgumentException(
          "A goal of least ageing needs a cell with SEI or plating data; "
              + context.cell().name()
              + " has none.\nMaybe choose lgm50, or the goal of least cost.");
    }
  }

  /** What the policy intends now; its expectations are the model's. */
  public Schedule schedule() {
    Schedule made = schedule;
    if (made == null) {
      throw new IllegalStateException("There is no schedule yet.");
    }
    return made;
  }

  @Override
  public PolicyDecision next(CellEstimate estimate, ChargeLimits limits) {
    boolean numbers =
        Double.isFinite(estimate.soc()) && Double.isFinite(estimate.coreTemperatureKelvin());
    if (!estimate.valid() || !numbers || estimate.soc() >= limits.targetSoc()) {
      advice = null;
      return inner.next(estimate, limits);
    }
    Advice now = advise(estimate, limits);
    if (now.amps() < LEAST_RATE * context.cell().nominalCapacityAmpHours()) {
      return waiting(limits).withHeatWatts(now.heatWatts());
    }
    PolicyDecision decision =
        inner.next(estimate, tightened(limits, now)).withHeatWatts(now.heatWatts());
    boolean held =
        now.planned()
            && now.amps() < limits.maxChargeCurrentAmps()
            && decision.activeConstraint() == ActiveConstraint.CURRENT;
    return held ? explained(decision) : decision;
  }

  /**
   * Goes on in the other policy's time, which the departure counts in; the policy underneath goes
   * on from the other's. The plan is this one's own.
   */
  @Override
  public void takeOver(ChargingPolicy predecessor) {
    if (predecessor instanceof ObjectivePolicy other) {
      begun = other.begun;
      firstNanos = other.firstNanos;
      inner.takeOver(other.inner);
    } else {
      inner.takeOver(predecessor);
    }
  }

  private Advice advise(CellEstimate estimate, ChargeLimits limits) {
    if (!begun) {
      begun = true;
      firstNanos = estimate.timeNanos();
    }
    double now = (estimate.timeNanos() - firstNanos) * 1e-9;
    if (departsFromNow) {
      departsFromNow = false;
      departureSeconds += now;
      task = null; // what was planned beforehand counted from the beginning of the charge
    }
    double soc = estimate.soc();
    double kelvin = estimate.coreTemperatureKelvin();
    ChargeTask wanted = taskOf(limits, limits.ambientTemperatureKelvin());
    ChargeTask known = task;
    if (known == null || !wanted.isLike(known)) {
      plan(wanted, now, soc, kelvin);
    }
    Advice held = advice;
    boolean holds =
        held != null
            && now < Math.min(held.untilSeconds(), adviceSeconds + LONGEST_HOLD_SECONDS)
            && Math.abs(soc - adviceSoc) < DEPARTED_SOC + expectedGain(held, now)
            && Math.abs(kelvin - adviceKelvin) < DEPARTED_KELVIN;
    if (held != null && holds) {
      return held;
    }
    LongTermPlanner ready = planner;
    if (ready == null) {
      throw new IllegalStateException("There is no planner."); // plan() has made one
    }
    Advice fresh = ready.advise(now, soc, kelvin, limits.maxPowerWatts());
    if (held != null && held.planned() && !fresh.planned()) {
      LOG.info("The latest start has come {} s after the first decision.", Math.round(now));
    }
    advice = fresh;
    adviceSeconds = now;
    adviceSoc = soc;
    adviceKelvin = kelvin;
    return fresh;
  }

  private double expectedGain(Advice held, double now) {
    double amps = Math.min(held.amps(), context.limits().maxChargeCurrentAmps());
    return amps * (now - adviceSeconds) / (3600.0 * context.cell().nominalCapacityAmpHours());
  }

  private void plan(ChargeTask wanted, double now, double soc, double kelvin) {
    LongTermPlanner made =
        new LongTermPlanner(
            context.cell(), wanted, goal, departureSeconds, now, soc, kelvin, CHARGER_EFFICIENCY);
    planner = made;
    task = wanted;
    advice = null;
    Schedule before = schedule;
    Schedule fresh = made.schedule(now, soc, kelvin);
    schedule = fresh;
    if (!fresh.meetsDeparture() && (before == null || before.meetsDeparture())) {
      LOG.warn(
          "The departure in {} min cannot be met with the reserve: earliest arrival {} min; the"
              + " charge is as fast as the limits allow.",
          Math.round((departureSeconds - now) / 60.0),
          Math.round(fresh.earliestSeconds() / 60.0));
    }
  }

  private ChargeTask taskOf(ChargeLimits limits, double ambientKelvin) {
    Outlook outlook = context.outlook();
    return new ChargeTask(
        limits.targetSoc(),
        limits.maxChargeCurrentAmps(),
        limits.maxVoltageVolts(),
        limits.maxTemperatureKelvin(),
        limits.minAnodePotentialVolts(),
        ambientKelvin,
        outlook.maxPowerWatts(),
        outlook.pricePerKilowattHour(),
        limits.thermal());
  }

  private ChargeLimits tightened(ChargeLimits limits, Advice now) {
    return new ChargeLimits(
        Math.min(limits.maxChargeCurrentAmps(), now.amps()),
        limits.maxVoltageVolts(),
        limits.maxTemperatureKelvin(),
        limits.minAnodePotentialVolts(),
        limits.targetSoc(),
        limits.maxPowerWatts(),
        limits.maxRampAmpsPerSecond(),
        limits.ambientTemperatureKelvin() + raisedKelvin(limits, now.heatWatts()),
        limits.thermal());
  }

  /**
   * How much warmer the surroundings are to the inner policy: for one temperature a heat of P is an
   * ambient that is higher by P/(hA). A heater that stayed on would take the cell beyond its
   * temperature limit, but it will not: the plan weakens it in time. The inner policy, which takes
   * the ambient to stay, must not give up current for that.
   */
  private double raisedKelvin(ChargeLimits limits, double heatWatts) {
    double raised = heatWatts / coolingWattsPerKelvin;
    double highest =
        limits.maxTemperatureKelvin() - SELF_HEATING_KELVIN - limits.ambientTemperatureKelvin();
    return raised <= 0.0 ? raised : Math.min(raised, Math.max(0.0, highest));
  }

  private static PolicyDecision waiting(ChargeLimits limits) {
    return new PolicyDecision(
        0.0,
        limits.maxVoltageVolts(),
        PlanAhead.EMPTY,
        SolveStatus.OK,
        DecisionSource.MPC,
        ActiveConstraint.SCHEDULE,
        0L);
  }

  private static PolicyDecision explained(PolicyDecision d) {
    return d.withCurrent(d.chargeCurrentAmps(), d.plan(), ActiveConstraint.SCHEDULE);
  }

  @Override
  public void close() {
    inner.close();
  }
}
