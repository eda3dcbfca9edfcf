package dev.anodyne.controller.app;

import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.session.About;
import dev.anodyne.controller.session.ChargeLoop;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.core.charging.Charger;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.LockstepCharger;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.StateEstimator;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a session is made of. The makers are called once, on a worker thread, when the session
 * starts: they may take long.
 *
 * @param settings what the charge is to do
 * @param charger makes the way to the charger on the loop's clock; for {@link Pace.Lockstep} it
 *     must make a {@link LockstepCharger}
 * @param estimator makes the belief
 * @param policy makes the wish
 * @param guard the last word
 * @param pace by the clock, or in step with a simulated plant
 * @param about what the dashboard shows beside the session: cell, policy and estimator by name
 * @param battery learns from each charge; null: nothing is kept about the battery
 * @param source where the policy comes from, to be watched; null: it never changes
 */
public record SessionSetup(
    SessionSettings settings,
    Function<NanoClock, ? extends Charger> charger,
    Supplier<StateEstimator> estimator,
    Supplier<ChargingPolicy> policy,
    Guard guard,
    Pace pace,
    About about,
    @Nullable BatteryMemory battery,
    @Nullable PolicySource source) {
  /** A session whose policy never changes. */
  public SessionSetup(
      SessionSettings settings,
      Function<NanoClock, ? extends Charger> charger,
      Supplier<StateEstimator> estimator,
      Supplier<ChargingPolicy> policy,
      Guard guard,
      Pace pace,
      About about,
      @Nullable BatteryMemory battery) {
    this(settings, charger, estimator, policy, guard, pace, about, battery, null);
  }

  /** A session of a battery that nothing is kept about. */
  public SessionSetup(
      SessionSettings settings,
      Function<NanoClock, ? extends Charger> charger,
      Supplier<StateEstimator> estimator,
      Supplier<ChargingPolicy> policy,
      Guard guard,
      Pace pace,
      About about) {
    this(settings, charger, estimator, policy, guard, pace, about, null);
  }

  /** What drives the loop. */
  public sealed interface Pace {
    /**
     * By the clock.
     *
     * @param speed loop seconds in a second of the wall clock; 1 for real chargers
     */
    record RealTime(double speed) implements Pace {}

    /** In step with a plant that waits for each command: no deadlines. */
    record Lockstep() implements Pace {}
  }

  /** The same session, shown with a goal of its own; see {@link About#goalSoc}. */
  public SessionSetup withGoalSoc(double soc) {
    return new SessionSetup(
        settings, charger, estimator, policy, guard, pace, about.withGoalSoc(soc), battery, source);
  }

  /** Blocks for as long as the makers take. */
  ChargeLoop newLoop() {
    StateEstimator belief = estimator.get();
    return new ChargeLoop(
        settings, battery == null ? belief : battery.recording(belief), policy.get(), guard);
  }

  /**
   * Ends the recording of a charge; quick.
   *
   * @return learns from it: blocks for as long as a fit takes
   */
  Runnable endCharge() {
    return battery == null ? () -> {} : battery.endSession();
  }
}
