package dev.anodyne.controller.app;

import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.session.ChargeLoop;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.mpc.spec.PolicyIdentity;
import dev.anodyne.mpc.spec.PolicySpec;
import org.jspecify.annotations.Nullable;

/**
 * One charge: its loop, and its recording if there is one.
 *
 * @param recording null: it is not recorded
 * @param policy which policy it began with; null for one without a name
 */
record Charge(
    ChargeLoop loop, @Nullable SessionRecording recording, @Nullable PolicyIdentity policy)
    implements AutoCloseable {

  /** Begins a charge. Blocks: on a worker. */
  static Charge begin(SessionSetup setup, ChargeOrder order) {
    ChargeMaker maker = setup.maker();
    PolicySource source = setup.source();
    if (maker == null || source == null) {
      ChargeLoop loop =
          loop(setup, setup.settings(), setup.estimator().get(), setup.policy().get());
      return new Charge(loop, null, source == null ? null : source.identity());
    }
    Double target = order.targetSoc();
    SessionSettings settings =
        target == null ? setup.settings() : setup.settings().withTargetSoc(target);
    RecordingStore store = setup.recordings();
    PolicySpec spec = source.freshSpec();
    ChargeParts parts = maker.begin(order, spec, store != null);
    ChargeLoop loop = loop(setup, settings, parts.newEstimator(), maker.firstPolicy());
    if (store == null) {
      return new Charge(loop, null, spec.identity());
    }
    try {
      SessionRecording recording =
          store.open(
              settings.id(),
              () -> maker.header(settings, setup.guard().settings()),
              maker.tape(),
              setup.pace() instanceof SessionSetup.Pace.Lockstep);
      if (recording != null) {
        loop.listen(recording);
      }
      return new Charge(loop, recording, spec.identity());
    } catch (RuntimeException e) {
      loop.close();
      throw e;
    }
  }

  private static ChargeLoop loop(
      SessionSetup setup, SessionSettings settings, StateEstimator belief, ChargingPolicy wish) {
    BatteryMemory battery = setup.battery();
    return new ChargeLoop(
        settings,
        battery == null ? belief : battery.recording(belief),
        wish,
        new Guard(setup.guard().settings()));
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
