package dev.anodyne.controller.app;

import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.session.ChargeLoop;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.mpc.spec.PolicySpec;
import org.jspecify.annotations.Nullable;

/**
 * One charge: its loop, and its recording if there is one.
 *
 * @param recording null: it is not recorded
 */
record Charge(ChargeLoop loop, @Nullable SessionRecording recording) implements AutoCloseable {

  /** Begins a charge. Blocks: on a worker. */
  static Charge begin(SessionSetup setup, ChargeOrder order) {
    ChargeMaker maker = setup.maker();
    PolicySource source = setup.source();
    if (maker == null || source == null) {
      return new Charge(
          loop(setup, setup.settings(), setup.estimator().get(), setup.policy().get()), null);
    }
    Double target = order.targetSoc();
    SessionSettings settings =
        target == null ? setup.settings() : setup.settings().withTargetSoc(target);
    RecordingStore store = setup.recordings();
    PolicySpec spec = source.freshSpec();
    ChargeParts parts = maker.begin(order, spec, store != null);
    ChargeLoop loop = loop(setup, settings, parts.newEstimator(), maker.firstPolicy());
    SessionRecording recording =
        store == null
            ? null
            : store.open(
                settings.id(),
                () -> maker.header(settings, setup.guard().settings()),
                maker.tape(),
                setup.pace() instanceof SessionSetup.Pace.Lockstep);
    if (recording != null) {
      loop.listen(recording);
    }
    return new Charge(loop, recording);
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
