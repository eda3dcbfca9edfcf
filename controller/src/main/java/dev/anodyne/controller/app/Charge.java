package dev.anodyne.controller.app;

import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.safety.GuardSettings;
import dev.anodyne.controller.session.ChargeLoop;
import dev.anodyne.controller.session.SessionRules;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.controller.session.recording.RecordingHeader;
import dev.anodyne.controller.station.ChargeIdentity;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.mpc.spec.PolicyIdentity;
import dev.anodyne.mpc.spec.PolicySpec;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One charge: its loop, what was asked of it, and its recording if there is one.
 *
 * @param identity which charge of which battery
 * @param order what was asked of it
 * @param recording null: it is not recorded
 * @param policy which policy it began with; null for one without a name
 * @param battery learns from it; null: nothing is kept about the battery
 * @param departure when the battery is fetched, as far as the charge was planned to it; null when
 *     nobody knows
 * @param resumed what a restart makes of it; null for a charge that has begun here
 */
record Charge(
    ChargeIdentity identity,
    ChargeOrder order,
    ChargeLoop loop,
    @Nullable SessionRecording recording,
    @Nullable PolicyIdentity policy,
    @Nullable BatteryMemory battery,
    @Nullable Instant departure,
    @Nullable Resumed resumed)
    implements AutoCloseable {
  /**
   * How a charge of another process goes on.
   *
   * @param whyEnded why it does not; empty when it does
   */
  record Resumed(String whyEnded) {}

  private static final Logger LOG = LoggerFactory.getLogger(Charge.class);

  /**
   * Begins a charge. Blocks: on a worker.
   *
   * @param startedBy who or what begins it, for people
   */
  static Charge begin(SessionSetup setup, ChargeOrder order, String startedBy) {
    ChargeMaker maker = setup.maker();
    PolicySource source = setup.source();
    if (maker == null || source == null) {
      ChargeLoop loop =
          loop(
              setup.settings(),
              SessionRules.USUAL,
              believing(setup.battery(), setup.estimator().get()),
              setup.policy().get(),
              setup.guard().settings());
      ChargeIdentity identity =
          identity("", setup.about().cell(), setup.settings().layout(), startedBy);
      PolicyIdentity policy = source == null ? null : source.identity();
      return new Charge(identity, order, loop, null, policy, setup.battery(), null, null);
    }
    return make(setup, maker, source, order, startedBy, null, null);
  }

  /**
   * Takes up a charge of another process, or – after the server's own stop – begins it again.
   *
   * @param whyEnded why it does not go on; empty when it does
   */
  static Charge resume(SessionSetup setup, ChargeOrder order, OpenCharge open, String whyEnded) {
    ChargeMaker maker = Objects.requireNonNull(setup.maker());
    PolicySource source = Objects.requireNonNull(setup.source());
    Resumed resumed = open.isStopped() ? null : new Resumed(whyEnded);
    return make(setup, maker, source, order, open.startedBy(), open, resumed);
  }

  private static Charge make(
      SessionSetup setup,
      ChargeMaker maker,
      PolicySource source,
      ChargeOrder order,
      String startedBy,
      @Nullable OpenCharge open,
      @Nullable Resumed resumed) {
    RecordingStore store = setup.recordings();
    PolicySpec spec = source.freshSpec();
    ChargeParts parts = maker.begin(order, spec, store != null, open);
    SessionSettings usual = settings(setup, maker, order);
    SessionSettings settings = open == null ? usual : usual.withTargetSoc(open.targetSoc());
    GuardSettings guard = guard(setup, maker);
    BatteryMemory battery = maker.memory();
    ChargeLoop loop =
        loop(
            settings,
            maker.rules(),
            believing(battery, parts.newEstimator()),
            maker.firstPolicy(),
            guard);
    ChargeIdentity fresh =
        identity(maker.batteryId(order), parts.cell().name(), parts.layout(), startedBy);
    ChargeIdentity identity =
        open == null || resumed == null ? fresh : fresh.of(open.chargeId(), open.begun());
    SessionRecording recording =
        store == null ? null : recorded(store, setup, loop, () -> maker.header(settings, guard));
    return new Charge(
        identity, order, loop, recording, spec.identity(), battery, maker.departure(), resumed);
  }

  private static ChargeIdentity identity(
      String battery, String cell, PackLayout layout, String startedBy) {
    return new ChargeIdentity(
        ChargeIds.HERE.next(), Instant.now(), battery, cell, layout, startedBy);
  }

  /** As the session was set up, but for another battery than the configured one as for that. */
  private static SessionSettings settings(
      SessionSetup setup, ChargeMaker maker, ChargeOrder order) {
    SessionSettings usual =
        order.battery() == null ? setup.settings() : SessionFactory.settings(maker.connector());
    Double target = order.targetSoc();
    return target == null ? usual : usual.withTargetSoc(target);
  }

  private static GuardSettings guard(SessionSetup setup, ChargeMaker maker) {
    GuardSettings usual = setup.guard().settings();
    ConnectorConfig own = maker.connector();
    boolean same =
        own.layout().equals(usual.layout()) && own.maxVoltageVolts() == usual.maxCellVoltageVolts();
    return same
        ? usual
        : GuardSettings.of(own.layout(), own.maxVoltageVolts(), usual.maxCellTemperatureKelvin())
            .withMaxCurrentAmps(usual.maxCurrentAmps())
            .withTimes(usual.stalenessNanos(), usual.frozenNanos(), usual.rampWindowNanos());
  }

  private static StateEstimator believing(@Nullable BatteryMemory battery, StateEstimator belief) {
    return battery == null ? belief : battery.recording(belief);
  }

  private static ChargeLoop loop(
      SessionSettings settings,
      SessionRules rules,
      StateEstimator belief,
      ChargingPolicy wish,
      GuardSettings guard) {
    return new ChargeLoop(settings, rules, belief, wish, new Guard(guard), NanoClock.SYSTEM);
  }

  private static @Nullable SessionRecording recorded(
      RecordingStore store, SessionSetup setup, ChargeLoop loop, Supplier<RecordingHeader> header) {
    ChargeMaker maker = setup.maker();
    try {
      SessionRecording recording =
          store.open(
              setup.settings().id(),
              header,
              maker == null ? null : maker.tape(),
              setup.pace() instanceof SessionSetup.Pace.Lockstep);
      if (recording != null) {
        loop.listen(recording);
      }
      return recording;
    } catch (RuntimeException e) {
      loop.close();
      throw e;
    }
  }

  /** The vehicle is there: its battery is at this connector, and at no other. */
  void takeBattery() {
    if (!BatteriesInUse.take(batteryFile(), connector())) {
      LOG.warn(
          "Session {}: battery {} is being charged at {}; nothing is learned about it here.",
          connector(),
          identity.batteryId(),
          BatteriesInUse.elsewhere(batteryFile(), connector()));
    }
  }

  /**
   * Ends what is told about the battery; quick.
   *
   * @return learns from it: blocks for as long as a fit takes
   */
  Runnable end() {
    BatteryMemory kept = battery;
    boolean own = BatteriesInUse.elsewhere(batteryFile(), connector()) == null;
    BatteriesInUse.giveBack(connector());
    Runnable lesson = kept == null ? () -> {} : kept.endSession();
    return own ? lesson : () -> {};
  }

  private String connector() {
    return loop.settings().id();
  }

  private @Nullable Path batteryFile() {
    return battery == null ? null : battery.file();
  }

  /** Frees what the charge holds; blocks until its recording is written, for a moment. */
  @Override
  public void close() {
    loop.close();
    if (recording != null) {
      recording.close();
    }
  }
}
