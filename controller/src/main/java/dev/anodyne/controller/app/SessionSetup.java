package dev.anodyne.controller.app;

import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.session.About;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.controller.station.ConnectorSupervision;
import dev.anodyne.controller.station.ReportListener;
import dev.anodyne.core.charging.Charger;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.LockstepCharger;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.StateEstimator;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
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
 * @param listeners hear of every decision and change, on the session's event loop
 * @param ledger keeps which charge is under way, for a restart; null: a restart begins anew
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
    @Nullable ConnectorSupervision supervision,
    List<ReportListener> listeners,
    @Nullable ChargeLedger ledger) {
  public SessionSetup {
    listeners = List.copyOf(listeners);
  }

  /** A session that nobody else hears of. */
  public SessionSetup(
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
    this(
        settings,
        charger,
        estimator,
        policy,
        guard,
        pace,
        about,
        battery,
        source,
        maker,
        recordings,
        supervision,
        List.of(),
        null);
  }

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
        station,
        listeners,
        ledger);
  }

  /** The same session on another way to its charger, made of the one that it has. */
  SessionSetup withCharger(UnaryOperator<Function<NanoClock, ? extends Charger>> another) {
    return new SessionSetup(
        settings,
        another.apply(charger),
        estimator,
        policy,
        guard,
        pace,
        about,
        battery,
        source,
        maker,
        recordings,
        supervision,
        listeners,
        ledger);
  }

  /** The same session, heard by these as well. */
  public SessionSetup withListeners(List<ReportListener> more) {
    List<ReportListener> all = new ArrayList<>(listeners);
    all.addAll(more);
    return new SessionSetup(
        settings,
        charger,
        estimator,
        policy,
        guard,
        pace,
        about,
        battery,
        source,
        maker,
        recordings,
        supervision,
        all,
        ledger);
  }

  /** The same session, whose charge goes on after a restart. */
  public SessionSetup withLedger(@Nullable ChargeLedger kept) {
    return new SessionSetup(
        settings,
        charger,
        estimator,
        policy,
        guard,
        pace,
        about,
        battery,
        source,
        maker,
        recordings,
        supervision,
        listeners,
        kept);
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
        supervision,
        listeners,
        ledger);
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

  /**
   * Refuses a charge as configured that cannot be made; quick.
   *
   * @return whether it may therefore be made while the session is there already
   * @throws IllegalArgumentException one line that names the limits that collide
   */
  boolean isChecked() {
    return maker != null && source != null && maker.isChecked(source.freshSpec());
  }

  /** The charge that the session begins with: the one that was under way, or one as configured. */
  Charge firstCharge() {
    ChargeLedger kept = ledger;
    return kept == null || maker == null
        ? newCharge(ChargeOrder.USUAL, Resumption.AT_START)
        : new Resumption(this, kept, maker, Clock.systemUTC()).begin();
  }

  /** Begins a charge; blocks for as long as the makers take. */
  Charge newCharge(ChargeOrder order, String startedBy) {
    return Charge.begin(this, order, startedBy);
  }
}
