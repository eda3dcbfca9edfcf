package dev.anodyne.controller.app;

import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.session.About;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.controller.station.ConnectorSupervision;
import dev.anodyne.core.charging.Charger;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.LockstepCharger;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.StateEstimator;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a session is made of. The makers are called on a worker thread when a charge begins: they
 * may take long.
 *
 * @param settings what the charge is to do
 * @param charger makes the way to the charger on the loop's clock; for {@link Pace.Lockstep} it
 *     must make a {@link LockstepCharger}
 * @param estimator makes the belief
 * @param policy makes the wish
 * @param guard the last word; each charge has one of its own with the same settings
 * @param pace by the clock, or in step with a simulated plant
 * @param about what the dashboard shows beside the session: cell, policy and estimator by name
 * @param battery learns from each charge; null: nothing is kept about the battery
 * @param source where the policy comes from, to be watched; null: it never changes
 * @param maker makes whole charges, instead of estimator and policy; null: these do
 * @param recordings where charges are recorded, if a maker makes them; null: they are not
 * @param supervision what stands between session and station; null: the station hears nothing
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
    @Nullable PolicySource source,
    @Nullable ChargeMaker maker,
    @Nullable RecordingStore recordings,
    @Nullable ConnectorSupervision supervision) {
  /** A session whose policy may change. */
  public SessionSetup(
      SessionSettings settings,
      Function<NanoClock, ? extends Charger> charger,
      Supplier<StateEstimator> estimator,
      Supplier<ChargingPolicy> policy,
      Guard guard,
      Pace pace,
      About about,
      @Nullable BatteryMemory battery,
      @Nullable PolicySource source) {
    this(
        settings, charger, estimator, policy, guard, pace, about, battery, source, null, null,
        null);
  }

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

  /** A session of a configured connector. */
  SessionSetup(
      SessionSettings settings,
      Function<NanoClock, ? extends Charger> charger,
      Guard guard,
      Pace pace,
      About about,
      @Nullable BatteryMemory battery,
      PolicySource source,
      ChargeMaker maker) {
    this(
        settings,
        charger,
        () -> maker.begin(ChargeOrder.USUAL, source.freshSpec(), false).newEstimator(),
        source::fresh,
        guard,
        pace,
        about,
        battery,
        source,
        maker,
        null,
        null);
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
    return with(about.withGoalSoc(soc), recordings);
  }

  /** The same session, recorded. Sessions without a maker cannot be. */
  public SessionSetup withRecordings(@Nullable RecordingStore store) {
    return with(about, store);
  }

  /** The same session, heard and supervised by its station. */
  public SessionSetup withSupervision(ConnectorSupervision station) {
    return new SessionSetup(
        settings,
        clock -> station.supervise(charger.apply(clock)),
        estimator,
        policy,
        guard,
        pace,
        about,
        battery,
        source,
        maker,
        recordings,
        station);
  }

  private SessionSetup with(About shown, @Nullable RecordingStore store) {
    return new SessionSetup(
        settings,
        charger,
        estimator,
        policy,
        guard,
        pace,
        shown,
        battery,
        source,
        maker,
        store,
        supervision);
  }

  /**
   * Whether the charge is made anew when its vehicle comes: planned by times of day, or recorded
   * from there.
   */
  boolean beginsWithVehicle() {
    return maker != null && (recordings != null || maker.isDated());
  }

  /**
   * Checks an order; quick.
   *
   * @throws IllegalArgumentException one line that names the value and what is allowed
   */
  void check(ChargeOrder order) {
    if (maker != null) {
      maker.check(order);
    } else if (!order.equals(ChargeOrder.USUAL)) {
      throw new IllegalArgumentException("This session takes no orders for a charge.");
    }
  }

  /** Begins a charge; blocks for as long as the makers take. */
  Charge newCharge(ChargeOrder order) {
    return Charge.begin(this, order);
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
