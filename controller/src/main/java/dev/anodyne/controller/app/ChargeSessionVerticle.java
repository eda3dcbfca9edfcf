package dev.anodyne.controller.app;

import dev.anodyne.controller.session.Addresses;
import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.controller.session.SessionState;
import dev.anodyne.core.charging.Charger;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.NanoClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connector's session by the clock: begins it, takes orders, and ends it in order. Its parts
 * are the {@link DecisionCycle}, the {@link GuardWatch}, the {@link ChargeSuccession} and the
 * {@link PolicyWatch}, all on this verticle's event loop; estimator and policy compute on its
 * {@link SessionWorker}, a {@link SessionRecording} is written by a thread of its own.
 */
public final class ChargeSessionVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ChargeSessionVerticle.class);

  /** How long a stop waits for the charger to have heard the zero, wall ms. */
  private static final long STOP_MILLIS = 1500;

  /** How long a stop waits for the ramp to its end, wall ms: longer than any ramp may take. */
  private static final long RAMP_MILLIS = 10_500;

  private static final long LOOK_MILLIS = 50;

  /** Below this the charger has come down, A per parallel cell. */
  private static final double STOPPED_AMPS = 0.2;

  private final SessionSetup setup;
  private final ScaledClock clock;
  private final String held;
  private final Future<?> mayBegin;
  private @Nullable SessionWorker worker;
  private @Nullable Running running;

  /** The charger of a session whose first charge waits for its turn. */
  private @Nullable Charger waiting;

  /** When the first charge has begun, or could not be made. */
  private final Promise<Void> beginning = Promise.promise();

  /** What exists once the makers have run. */
  private record Running(
      SessionCore core, ChargeSuccession charges, SessionOrders orders, LedgerKeeper ledger) {}

  /**
   * A session that starts with its verticle.
   *
   * @param setup with a real-time pace
   * @param wall the machine's clock
   */
  public ChargeSessionVerticle(SessionSetup setup, NanoClock wall) {
    this(setup, wall, "", Future.succeededFuture());
  }

  /**
   * A session that may begin stopped.
   *
   * @param held why nothing is charged until somebody starts a charge or the next vehicle comes;
   *     empty to charge
   * @param mayBegin when the first charge may be made, where the session can wait for it
   */
  ChargeSessionVerticle(SessionSetup setup, NanoClock wall, String held, Future<?> mayBegin) {
    this.held = held;
    this.mayBegin = mayBegin;
    if (!(setup.pace() instanceof SessionSetup.Pace.RealTime realTime)) {
      throw new IllegalArgumentException("A session by the clock needs a real-time pace.");
    }
    this.setup = setup;
    this.clock = new ScaledClock(wall, realTime.speed());
  }

  /**
   * Connects to the charger, then makes the first charge. Where its limits have been checked
   * before, the session is there without it: the station need not wait for estimators and policies.
   */
  @Override
  public Future<?> start() {
    SessionWorker own = new SessionWorker(vertx);
    worker = own;
    vertx
        .eventBus()
        .<JsonObject>consumer(Addresses.control(setup.settings().id()))
        .handler(message -> beginning.future().onComplete(done -> control(message)));
    return own.make(() -> new Connected(setup.isChecked(), setup.charger().apply(clock)))
        .compose(
            connected -> {
              if (!connected.isChecked()) {
                return first(own, connected);
              }
              waiting = connected.charger();
              mayBegin.onComplete(
                  done -> context.runOnContext(unused -> firstUnlessEnded(own, connected)));
              return Future.succeededFuture();
            });
  }

  private void firstUnlessEnded(SessionWorker own, Connected connected) {
    if (waiting != null) {
      var unused = first(own, connected);
    }
  }

  private Future<?> first(SessionWorker own, Connected connected) {
    waiting = null;
    own.make(() -> make(connected))
        .onSuccess(made -> begin(own, made))
        .onComplete(done -> beginning.handle(done.mapEmpty()));
    return beginning.future();
  }

  private record Connected(boolean isChecked, Charger charger) {}

  private record Made(Charge charge, Charger charger) {}

  private Made make(Connected connected) {
    try {
      Charge first =
          held.isEmpty()
              ? setup.firstCharge()
              : setup.newCharge(ChargeOrder.USUAL, Resumption.AT_START);
      return new Made(first, connected.charger());
    } catch (RuntimeException e) {
      if (connected.isChecked()) {
        LOG.error("Session {}: no charge could be made.", setup.settings().id(), e);
      }
      connected.charger().close();
      throw e;
    }
  }

  private void begin(SessionWorker own, Made made) {
    SessionCore core =
        new SessionCore(
            vertx, setup, clock, own, new SessionTiming(true), made.charger(), made.charge());
    DecisionCycle decisions = new DecisionCycle(core);
    ChargeSuccession charges = new ChargeSuccession(core, decisions);
    LedgerKeeper ledger = new LedgerKeeper(core);
    running = new Running(core, charges, new SessionOrders(core), ledger);
    if (!held.isEmpty()) {
      core.stop(held, false, clock.nanoTime());
    }
    decisions.start();
    new GuardWatch(core, charges, ledger).start();
    PolicySource source = setup.source();
    if (source != null) {
      new PolicyWatch(core, source).start();
    }
  }

  private void control(Message<JsonObject> message) {
    Running r = running;
    String action = message.body().getString("action", "");
    if (r == null) {
      message.fail(503, "The session could not be begun; the log says why.");
    } else if (SessionOrders.ACTIONS.contains(action)) {
      r.orders().take(action, message);
    } else if (action.equals("authorise")) {
      authorise(r, message);
    } else if (!(action.equals("stop") || action.equals("start"))) {
      message.fail(400, "A session knows the actions stop, start and authorise.");
    } else if (action.equals("stop")) {
      boolean wasOver = r.core().loop().state().isOver() && !r.core().isRenewing();
      stopCharge(
          r.core(),
          message.body().getString("reason", "Stopped."),
          !message.body().getBoolean("immediately", false));
      message.reply(
          new JsonObject().put("state", r.core().loop().state().name()).put("wasOver", wasOver));
    } else {
      start(r, message);
    }
  }

  /**
   * Allows the vehicle that is there, or comes soon, to charge. With a battery's name the charge is
   * made for that; the battery of a charge that has begun cannot change.
   */
  private void authorise(Running r, Message<JsonObject> message) {
    SessionState state = r.core().loop().state();
    Charge charge = r.core().charge();
    ChargeOrder order;
    try {
      JsonObject named = message.body().getJsonObject("battery");
      order =
          named == null ? charge.order() : charge.order().withBattery(BatteryIdentity.of(named));
      r.core().setup.check(order);
    } catch (IllegalArgumentException | ClassCastException e) {
      message.fail(400, e.getMessage());
      return;
    }
    BatteryIdentity battery = order.battery();
    boolean same =
        battery == null
            || battery.equals(charge.order().battery())
            || battery.equals(
                new BatteryIdentity(charge.identity().batteryId(), null, null, null, null));
    boolean waits = state instanceof SessionState.Idle || state instanceof SessionState.Connected;
    if (state.isOver() || state instanceof SessionState.Stopping) {
      message.fail(409, "The charge is over; start another.");
    } else if (waits && !same) {
      renew(r, order, message);
    } else if (!same) {
      message.fail(
          409,
          "A charge of battery '"
              + charge.identity().batteryId()
              + "' is under way; stop it first.");
    } else {
      r.core().loop().authorise(clock.nanoTime());
      message.reply(new JsonObject().put("state", r.core().loop().state().name()));
    }
  }

  /** A charge that nothing has come of yet, or nothing will any more, gives way to another. */
  private static boolean mayStart(SessionState state) {
    return state.isOver()
        || state instanceof SessionState.Stopping
        || state instanceof SessionState.Idle
        || state instanceof SessionState.Connected;
  }

  private void start(Running r, Message<JsonObject> message) {
    ChargeOrder order;
    try {
      order = ChargeOrder.of(message.body().getJsonObject("order", new JsonObject()));
      r.core().setup.check(order);
    } catch (IllegalArgumentException e) {
      message.fail(400, e.getMessage());
      return;
    }
    SessionState state = r.core().loop().state();
    if (r.charges().knows(order)) {
      message.reply(new JsonObject().put("state", state.name()).put("wasKnown", true));
      return;
    }
    if (!mayStart(state)) {
      message.fail(
          409,
          "The session is "
              + state.name()
              + "; only one that is over, idle or connected starts anew.\n"
              + "Maybe stop the charge first.");
      return;
    }
    Promise<Void> ramped = Promise.promise();
    awaitOver(r.core(), ramped, RAMP_MILLIS);
    ramped.future().onSuccess(unused -> renew(r, order, message));
  }

  /** Whoever asks for a charge allows it. */
  private static void renew(Running r, ChargeOrder order, Message<JsonObject> message) {
    r.charges()
        .renew(order, message.body().getString("startedBy", "API"), true)
        .onSuccess(state -> message.reply(new JsonObject().put("state", state)))
        .onFailure(
            e -> message.fail(e instanceof IllegalArgumentException ? 400 : 503, e.getMessage()));
  }

  private void stopCharge(SessionCore core, String reason, boolean gently) {
    long now = clock.nanoTime();
    core.stop(reason, gently, now);
    CurrentCommand last = core.loop().recheck(core.charger.status(), now);
    core.heatOff(now + setup.settings().commandValidityNanos());
    core.send(last, true);
    LoopRecord latest = core.loop().latest();
    if (latest != null) {
      core.publisher.publish(core.loop().settings(), latest, false);
    }
  }

  /**
   * Lets the current go down along a ramp, commands zero, waits until the charger has come down
   * (briefly), then closes everything.
   */
  @Override
  public Future<?> stop() {
    return end();
  }

  private Future<Void> end() {
    Running r = running;
    SessionWorker own = worker;
    if (own == null) {
      return Future.succeededFuture();
    }
    if (r == null) {
      return unbegun(own);
    }
    SessionCore core = r.core();
    core.ending();
    OpenCharge underWay = r.ledger().underWay();
    stopCharge(core, "The server stops.", true);
    Promise<Void> ramped = Promise.promise();
    awaitOver(core, ramped, RAMP_MILLIS);
    return ramped
        .future()
        .compose(unused -> close(r, own))
        .onComplete(done -> r.ledger().stopped(underWay))
        .mapEmpty();
  }

  /** The end of a session whose first charge waits for its turn, or is being made. */
  private Future<Void> unbegun(SessionWorker own) {
    Charger unused = waiting;
    if (unused == null) {
      return beginning.future().transform(done -> running == null ? own.close() : end());
    }
    waiting = null;
    return own.make(
            () -> {
              unused.close();
              return (Void) null;
            })
        .eventually(own::close);
  }

  /** The ramp is the loop's: decisions and guard go on until it is at its end. */
  private void awaitOver(SessionCore core, Promise<Void> over, long leftMillis) {
    if (!(core.loop().state() instanceof SessionState.Stopping) || leftMillis <= 0) {
      over.complete();
    } else {
      vertx.setTimer(LOOK_MILLIS, unused -> awaitOver(core, over, leftMillis - LOOK_MILLIS));
    }
  }

  private Future<?> close(Running r, SessionWorker own) {
    SessionCore core = r.core();
    core.stopping();
    long now = clock.nanoTime();
    long validUntil = now + setup.settings().commandValidityNanos();
    core.stop("The server stops.", false, now);
    core.loop().recheck(core.charger.status(), now);
    core.heatOff(validUntil);
    core.charger.apply(CurrentCommand.zero(validUntil));
    Promise<Void> down = Promise.promise();
    awaitDown(core, down, STOP_MILLIS);
    return down.future()
        .compose(
            unused ->
                vertx.executeBlocking(
                    () -> {
                      core.charger.close();
                      return null;
                    },
                    false)) // not after a charge that is being made
        .compose(unused -> core.settled()) // a charge that is being made is closed too
        .compose(unused -> core.close(core.charge()).eventually(own::close))
        .compose(unused -> r.charges().learn());
  }

  private void awaitDown(SessionCore core, Promise<Void> down, long leftMillis) {
    ChargerStatus status = core.charger.status();
    double stopped = setup.settings().layout().packAmps(STOPPED_AMPS);
    boolean deaf = status.link() != ChargerStatus.LinkState.UP;
    boolean isDown = Math.abs(status.measurement().chargeCurrentAmps()) < stopped;
    if (deaf || isDown || leftMillis <= 0) {
      down.complete();
    } else {
      vertx.setTimer(LOOK_MILLIS, unused -> awaitDown(core, down, leftMillis - LOOK_MILLIS));
    }
  }
}
