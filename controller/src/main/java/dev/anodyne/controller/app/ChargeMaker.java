package dev.anodyne.controller.app;

import dev.anodyne.controller.config.ChargeWish;
import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.safety.GuardSettings;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.controller.session.recording.Machine;
import dev.anodyne.controller.session.recording.RecordingHeader;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.mpc.lp.DecisionTape;
import dev.anodyne.mpc.spec.PolicySpec;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import org.jspecify.annotations.Nullable;

/**
 * Makes the charges of one connector, one after the other: reads what is known about the battery
 * and the policy's file once at the beginning of each, so that estimator, policy, a policy that
 * replaces it later and the recording all rest on the same. Everything here may block: never call
 * it on an event loop. Thread-safe.
 */
public final class ChargeMaker implements PolicySource.Maker {
  private final ConnectorConfig connector;
  private final @Nullable BatteryMemory battery;
  private final long deadlineNanos;
  private final Clock clock;
  private @Nullable Made current;
  private @Nullable Moved moved;

  /**
   * A departure that has changed since the charge began.
   *
   * @param departure null when nobody knows any more
   */
  private record Moved(@Nullable Instant departure) {}

  /**
   * What a charge is made of, and the clock that its policies read.
   *
   * @param known what its battery's file said
   * @param tape the policies' clock while it is recorded and has a deadline; null otherwise
   */
  private record Made(ChargeParts parts, BatteryMemory.Known known, @Nullable DecisionTape tape) {
    NanoClock policyClock() {
      return tape == null ? NanoClock.SYSTEM : tape;
    }
  }

  /**
   * For a connector.
   *
   * @param deadlineNanos time a decision may take, ns; 0 for none
   * @param clock tells the time of day at which a charge begins
   */
  ChargeMaker(
      ConnectorConfig connector, @Nullable BatteryMemory battery, long deadlineNanos, Clock clock) {
    this.connector = connector;
    this.battery = battery;
    this.deadlineNanos = deadlineNanos;
    this.clock = clock;
  }

  /**
   * Begins a charge.
   *
   * @param spec what its policy does
   * @param isRecorded whether its decisions are to be had again
   */
  synchronized ChargeParts begin(ChargeOrder order, PolicySpec spec, boolean isRecorded) {
    BatteryMemory.Known known =
        battery == null ? BatteryMemory.Known.NOTHING : battery.knownAsWritten();
    ChargeWish wish = connector.wish().overriddenBy(order.wish());
    boolean hasOwn = !spec.objective().goal().isFastest();
    ChargeParts parts =
        new ChargeParts(
            connector.cell(),
            connector.cellSource(),
            connector.layout(),
            connector.estimator(),
            spec,
            connector.startSoc(),
            expected(order),
            connector.periodSeconds(),
            deadlineNanos,
            wish.outlook(ZonedDateTime.now(clock), connector.layout()),
            wish.goalOr(hasOwn),
            connector.chargerDelaySeconds(),
            known.cell());
    DecisionTape tape =
        isRecorded && deadlineNanos > 0 ? DecisionTape.writing(NanoClock.SYSTEM) : null;
    current = new Made(parts, known, tape);
    moved = null;
    return parts;
  }

  private ChargeLimits expected(ChargeOrder order) {
    Double target = order.targetSoc();
    return new ChargeLimits(
        connector.maxCellCurrentAmps(),
        connector.maxVoltageVolts(),
        connector.maxTemperatureKelvin(),
        connector.minAnodePotentialVolts(),
        target == null ? connector.targetSoc() : target,
        Double.POSITIVE_INFINITY,
        Double.POSITIVE_INFINITY,
        connector.ambientKelvin());
  }

  /**
   * Checks what does not need the policy's file; quick.
   *
   * @throws IllegalArgumentException when the order does not fit
   */
  void check(ChargeOrder order) {
    var unused = connector.wish().overriddenBy(order.wish()).goalOr(false);
  }

  /** Whether charges are planned by times of day. */
  boolean isDated() {
    return connector.wish().isDated();
  }

  /** The policy of the charge that has begun. */
  ChargingPolicy firstPolicy() {
    Made made = begun();
    return made.parts().newPolicy(made.policyClock());
  }

  /** The clock of the policies of the charge that has begun; null when nobody needs it. */
  @Nullable DecisionTape tape() {
    return begun().tape();
  }

  /** The head of the recording of the charge that has begun. */
  RecordingHeader header(SessionSettings settings, GuardSettings guard) {
    Made made = begun();
    return new RecordingHeader(
        Machine.here(),
        settings,
        guard,
        ChargePartsForm.write(made.parts(), made.known().text(), connector.id()));
  }

  @Override
  public ChargingPolicy make(PolicySpec spec, double startSoc) {
    Made made = begun();
    return made.parts().with(spec, soc(startSoc)).newPolicy(made.policyClock());
  }

  @Override
  public String describe(PolicySpec spec, double startSoc) {
    return ChargePartsForm.change(spec, soc(startSoc));
  }

  @Override
  public PolicySource.Departing made(PolicySpec spec, double startSoc) {
    Moved other = moved();
    return other == null
        ? PolicySource.Maker.super.made(spec, startSoc)
        : departing(spec, startSoc, other.departure());
  }

  @Override
  public PolicySource.Departing departing(
      PolicySpec spec, double startSoc, @Nullable Instant departure) {
    Made made = begun();
    double soc = soc(startSoc);
    double ahead =
        departure == null
            ? Double.POSITIVE_INFINITY
            : Duration.between(clock.instant(), departure).toMillis() * 1e-3;
    // A departure that has passed meanwhile: as soon as can be.
    double seconds = Math.max(1.0, ahead);
    ChargingPolicy policy = made.parts().with(spec, soc).newPolicy(made.policyClock(), seconds);
    synchronized (this) {
      if (current == made) {
        moved = new Moved(departure);
      }
    }
    return new PolicySource.Departing(policy, ChargePartsForm.change(spec, soc, seconds));
  }

  private synchronized @Nullable Moved moved() {
    return moved;
  }

  private double soc(double startSoc) {
    return startSoc >= 0.0 && startSoc <= 1.0 ? startSoc : connector.startSoc();
  }

  private synchronized Made begun() {
    Made made = current;
    if (made == null) {
      throw new IllegalStateException("No charge has begun.");
    }
    return made;
  }
}
