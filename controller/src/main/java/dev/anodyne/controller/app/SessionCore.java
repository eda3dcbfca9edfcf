package dev.anodyne.controller.app;

import dev.anodyne.controller.service.Vitals;
import dev.anodyne.controller.session.ChargeLoop;
import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.core.charging.Charger;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.ThermalCommand;
import dev.anodyne.mpc.spec.PolicyIdentity;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of a session by the clock share: its charge, the way to its charger, who hears of
 * it, and the worker that may take long. Lives on one event loop.
 */
final class SessionCore {
  private static final long MIN_WALL_MILLIS = 10;

  final Vertx vertx;
  final SessionSetup setup;
  final ScaledClock clock;
  final SessionWorker worker;
  final SessionTiming timing;
  final Charger charger;
  final SessionPublisher publisher;

  /** The guard's sign of life: whoever watches the server sees when it stands still. */
  final Vitals.Pulse pulse;

  private Charge charge;
  private @Nullable Instant departure;
  private boolean ending;
  private boolean stopping;
  private @Nullable Promise<Void> renewal;

  /** Why the charge that is being made is not to charge; empty when it is. */
  private String stopAsked = "";

  private CurrentCommand sent = CurrentCommand.zero(0);
  private ThermalCommand sentHeat = ThermalCommand.off(0);

  SessionCore(
      Vertx vertx,
      SessionSetup setup,
      ScaledClock clock,
      SessionWorker worker,
      SessionTiming timing,
      Charger charger,
      Charge first) {
    this.vertx = vertx;
    this.setup = setup;
    this.clock = clock;
    this.worker = worker;
    this.timing = timing;
    this.charger = charger;
    publisher = new SessionPublisher(vertx, timing, 0, SessionPublisher.Station.of(setup, clock));
    publisher.departure(this::departure);
    pulse = Vitals.of(vertx).expect("guard of " + setup.settings().id(), Vitals.LATE);
    charge = first;
    begin(first);
  }

  /** The charge that runs, or ran last. */
  Charge charge() {
    return charge;
  }

  /** Its loop. */
  ChargeLoop loop() {
    return charge.loop();
  }

  /** Lets another charge begin; one that was stopped while it was made is over at once. */
  void begin(Charge next) {
    charge = next;
    departure = next.departure();
    long now = clock.nanoTime();
    Charge.Resumed resumed = next.resumed();
    if (resumed == null) {
      next.loop().start(now);
    } else {
      next.loop().resume(now);
      if (!resumed.whyEnded().isEmpty()) {
        next.loop().stop(resumed.whyEnded(), now);
      }
    }
    if (!stopAsked.isEmpty()) {
      next.loop().stop(stopAsked, now);
    }
    publisher.charge(next.identity());
    publisher.recording(next.recording(), setup.recordings() != null);
    PolicyIdentity policy = next.policy();
    if (policy != null) {
      publisher.policy(policy);
    }
  }

  /** When the battery is fetched, as it was asked for last; null when nobody knows. */
  @Nullable Instant departure() {
    return departure;
  }

  /** The charge is planned to another departure from now on. */
  void departs(@Nullable Instant at) {
    departure = at;
  }

  String id() {
    return setup.settings().id();
  }

  /** Whether the session's last charge is being ended: no other begins. */
  boolean isEnding() {
    return ending || stopping;
  }

  void ending() {
    ending = true;
  }

  /** Whether the session is being ended: nothing is decided or sent any more. */
  boolean isStopping() {
    return stopping;
  }

  void stopping() {
    stopping = true;
    pulse.close();
  }

  /** Whether the next charge is being made: the last one decides nothing any more. */
  boolean isRenewing() {
    return renewal != null;
  }

  /** The next charge is being made from now on, until {@link #renewed}. */
  void renewing() {
    renewal = Promise.promise();
  }

  /** The next charge has begun, or could not be made. */
  void renewed() {
    Promise<Void> done = renewal;
    renewal = null;
    stopAsked = "";
    if (done != null) {
      done.complete();
    }
  }

  /** When no charge is being made. */
  Future<Void> settled() {
    Promise<Void> waited = renewal;
    return waited == null ? Future.succeededFuture() : waited.future();
  }

  /**
   * Ends the charge, and the next one if it is being made.
   *
   * @param gently along a ramp
   */
  void stop(String reason, boolean gently, long nowNanos) {
    if (gently) {
      ChargeMaker maker = setup.maker();
      double most = maker == null ? Double.POSITIVE_INFINITY : maker.stopRampAmpsPerSecond();
      loop().stopGently(reason, most, nowNanos);
    } else {
      loop().stop(reason, nowNanos);
    }
    if (isRenewing()) {
      stopAsked = reason.isEmpty() ? "Stopped." : reason;
    }
  }

  /** Gives a cycle's command to the charger and its record to whoever listens. */
  void hand(LoopRecord record) {
    heat(record);
    send(record.command(), true);
    publisher.publish(loop().settings(), record, true);
  }

  /** What the loop commands now; between decisions only a change is worth a message. */
  void send(CurrentCommand command, boolean always) {
    boolean same =
        command.chargeCurrentAmps() == sent.chargeCurrentAmps()
            && (command.voltageCeilingVolts() == sent.voltageCeilingVolts()
                || command.chargeCurrentAmps() == 0);
    if (always || !same) {
      charger.apply(command);
      sent = command;
    }
  }

  /**
   * Heater and cooler: a command that says something is renewed with every decision, one that says
   * nothing is sent once.
   */
  void heat(LoopRecord record) {
    ThermalCommand command = record.thermal();
    boolean offers = record.status().thermal().isOffered();
    boolean matters = command.heatWatts() != 0 || sentHeat.heatWatts() != 0;
    if (offers && matters) {
      charger.applyThermal(command);
      sentHeat = command;
    }
  }

  /**
   * Between decisions heat is only taken back, or given again; a charger takes it up with the
   * current.
   *
   * @return whether anything was
   */
  boolean heatIfChanged(LoopRecord record) {
    if (record.thermal().heatWatts() == sentHeat.heatWatts()) {
      return false;
    }
    heat(record);
    return true;
  }

  /** Neither heat nor cold, whatever the loop says. */
  void heatOff(long validUntilNanos) {
    if (sentHeat.heatWatts() != 0) {
      sentHeat = ThermalCommand.off(validUntilNanos);
      charger.applyThermal(sentHeat);
    }
  }

  /** A time of the loop's clock on the wall's, not shorter than timers can tell, ms. */
  long wallMillis(long nanos) {
    return Math.max(MIN_WALL_MILLIS, Math.round(clock.wallNanos(nanos) * 1e-6));
  }

  /** Frees a charge on the worker, after a solve that may still be out. */
  Future<Void> close(Charge over) {
    return worker.make(
        () -> {
          over.close();
          return null;
        });
  }
}
