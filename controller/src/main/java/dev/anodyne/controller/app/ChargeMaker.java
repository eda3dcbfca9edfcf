package dev.anodyne.controller.app;

import dev.anodyne.controller.config.ChargeWish;
import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.config.Moment;
import dev.anodyne.controller.safety.GuardSettings;
import dev.anodyne.controller.session.SessionRules;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.controller.session.recording.Machine;
import dev.anodyne.controller.session.recording.RecordingHeader;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.estimators.identification.BatteryFile;
import dev.anodyne.mpc.Outlook;
import dev.anodyne.mpc.lp.DecisionTape;
import dev.anodyne.mpc.spec.PolicySpec;
import java.nio.file.Files;
import java.nio.file.Path;
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
   * @param connector as if it were configured for the charge's battery
   * @param memory what is kept about that; null: nothing is
   * @param known what its battery's file said
   * @param tape the policies' clock while it is recorded and has a deadline; null otherwise
   * @param begun when it was made
   */
  private record Made(
      ConnectorConfig connector,
      @Nullable BatteryMemory memory,
      ChargeParts parts,
      BatteryMemory.Known known,
      @Nullable DecisionTape tape,
      Instant begun) {
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
  ChargeParts begin(ChargeOrder order, PolicySpec spec, boolean isRecorded) {
    return begin(order, spec, isRecorded, null);
  }

  /**
   * The same for one that was under way before a restart.
   *
   * @param before what was kept of it; null for none
   */
  synchronized ChargeParts begin(
      ChargeOrder order, PolicySpec spec, boolean isRecorded, @Nullable OpenCharge before) {
    ConnectorConfig own = connector(order);
    requireKind(order.battery(), own);
    BatteryMemory memory = memory(own);
    BatteryMemory.Known known =
        memory == null ? BatteryMemory.Known.NOTHING : memory.knownAsWritten();
    ChargeParts parts = parts(own, order, spec, known, before);
    DecisionTape tape =
        isRecorded && deadlineNanos > 0 ? DecisionTape.writing(NanoClock.SYSTEM) : null;
    current = new Made(own, memory, parts, known, tape, clock.instant());
    moved = null;
    return parts;
  }

  private ChargeParts parts(
      ConnectorConfig own,
      ChargeOrder order,
      PolicySpec spec,
      BatteryMemory.Known known,
      @Nullable OpenCharge before) {
    ChargeWish wish = wish(order, before);
    ZonedDateTime now = ZonedDateTime.now(clock);
    Outlook outlook =
        before == null
            ? wish.outlook(now, own.layout())
            : Ahead.of(
                wish.outlook(before.begun().atZone(clock.getZone()), own.layout()),
                before.begun(),
                now.toInstant(),
                before.departure());
    boolean hasOwn = !spec.objective().goal().isFastest();
    return new ChargeParts(
        own.cell(),
        own.cellSource(),
        own.layout(),
        own.estimator(),
        spec,
        connector.startSoc(),
        expected(own, before == null ? order.targetSoc() : (Double) before.targetSoc()),
        connector.periodSeconds(),
        deadlineNanos,
        outlook,
        wish.goalOr(hasOwn),
        connector.chargerDelaySeconds(),
        known.cell());
  }

  /**
   * Refuses a charge as configured that cannot be made, without making it, where that can be told:
   * quick.
   *
   * @return whether it could be told
   * @throws IllegalArgumentException one line that names the limits that collide
   */
  boolean isChecked(PolicySpec spec) {
    ChargeParts parts =
        parts(connector, ChargeOrder.USUAL, spec, BatteryMemory.Known.NOTHING, null);
    if (!parts.isSoonChecked()) {
      return false;
    }
    parts.refuseCollisions();
    return true;
  }

  /** A battery that is named is of the kind that its record says. */
  private static void requireKind(@Nullable BatteryIdentity named, ConnectorConfig own) {
    Path file = own.batteryFile();
    if (named != null && file != null && Files.exists(file)) {
      var unused = BatteryFile.read(file, own.cell());
    }
  }

  private @Nullable BatteryMemory memory(ConnectorConfig own) {
    Path file = own.batteryFile();
    return file == null || file.equals(connector.batteryFile())
        ? file == null ? null : battery
        : new BatteryMemory(file, own, clock);
  }

  private static ChargeLimits expected(ConnectorConfig connector, @Nullable Double target) {
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
    BatteryIdentity named = order.battery();
    Path folder = connector.session().batteries();
    if (named != null && folder != null) {
      Path file = folder.resolve(named.id() + ".json");
      String elsewhere = BatteriesInUse.elsewhere(file, connector.id());
      if (elsewhere != null) {
        throw new IllegalArgumentException(
            "battery.id is '"
                + named.id()
                + "', which is being charged at "
                + elsewhere
                + "; allowed: a battery that is not at another connector");
      }
    }
  }

  /** The connector as if it were configured for the battery of the charge that has begun. */
  ConnectorConfig connector() {
    return begun().connector();
  }

  /** What is kept about that battery; null: nothing is. */
  @Nullable BatteryMemory memory() {
    return begun().memory();
  }

  /** Whose record counts; empty when nobody has named the battery. */
  String batteryId(ChargeOrder order) {
    BatteryIdentity named = order.battery();
    if (named != null) {
      return named.id();
    }
    Path file = connector.batteryFile();
    Path name = file == null ? null : file.getFileName();
    return name == null ? "" : name.toString().replaceFirst("\\.json$", "");
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

  /** How fast the battery's current falls at a stop, A/s; +∞: as fast as the charger can. */
  double stopRampAmpsPerSecond() {
    return connector.session().stopRampAmpsPerSecond();
  }

  /** A restart that took longer than this ends a charge, min. */
  double resumeMinutes() {
    return connector.session().resumeMinutes();
  }

  /** When the battery is fetched, as the charge that has begun was planned; null: nobody knows. */
  @Nullable Instant departure() {
    Made made = begun();
    double seconds = made.parts().outlook().departureSeconds();
    return Double.isFinite(seconds) ? made.begun().plusMillis(Math.round(seconds * 1000)) : null;
  }

  /** The connector as if it were configured for an order's battery. May read a cell's file. */
  ConnectorConfig connector(ChargeOrder order) {
    BatteryIdentity named = order.battery();
    return named == null ? connector : named.at(connector);
  }

  /** A departure that was only asked for later than the charge calls for a goal as well. */
  private ChargeWish wish(ChargeOrder order, @Nullable OpenCharge before) {
    ChargeWish wish = connector.wish().overriddenBy(order.wish());
    boolean later = before != null && before.departure() != null && wish.departure() == null;
    return later
        ? wish.overriddenBy(new ChargeWish(null, Moment.afterMinutes(1), null, null))
        : wish;
  }

  /** By which rules its session's state changes. */
  SessionRules rules() {
    return SessionRules.USUAL.asking(connector.session().asksForAuthorisation());
  }

  /** The head of the recording of the charge that has begun. */
  RecordingHeader header(SessionSettings settings, GuardSettings guard) {
    Made made = begun();
    return new RecordingHeader(
        Machine.here(),
        settings,
        rules(),
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
