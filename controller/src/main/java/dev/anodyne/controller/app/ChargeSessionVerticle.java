package dev.anodyne.controller.app;

import dev.anodyne.controller.session.Addresses;
import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.core.charging.Charger;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.NanoClock;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connector's session by the clock: begins it, takes orders, and ends it in order. Its parts
 * are the {@link DecisionCycle}, the {@link GuardWatch}, the {@link ChargeSuccession} and the
 * {@link PolicyWatch}, all on this verticle's event loop; estimator and policy compute on a worker
 * of their own, a {@link SessionRecording} is written by a thread of its own.
 */
public final class ChargeSessionVerticle extends VerticleBase {
  private static final long LONGEST_SOLVE_SECONDS = 60;

  /** How long a stop waits for the charger to have heard the zero, wall ms. */
  private static final long STOP_MILLIS = 1500;

  /** Below this the charger has come down, A per parallel cell. */
  private static final double STOPPED_AMPS = 0.2;

  private final SessionSetup setup;
  private final ScaledClock clock;
  private @Nullable WorkerExecutor worker;
  private @Nullable Running running;

  /** What exists once the makers have run. */
  private record Running(SessionCore core, ChargeSuccession charges, SessionOrders orders) {}

  /**
   * A session that starts with its verticle.
   *
   * @param setup with a real-time pace
   * @param wall the machine's clock
   */
  public ChargeSessionVerticle(SessionSetup setup, NanoClock wall) {
    if (!(setup.pace() instanceof SessionSetup.Pace.RealTime realTime)) {
      throw new IllegalArgumentException("A session by the clock needs a real-time pace.");
    }
    this.setup = setup;
    this.clock = new ScaledClock(wall, realTime.speed());
  }

  @Override
  public Future<?> start() {
    WorkerExecutor executor =
        vertx.createSharedWorkerExecutor(
            "session-" + setup.settings().id(), 1, LONGEST_SOLVE_SECONDS, TimeUnit.SECONDS);
    worker = executor;
    return executor.executeBlocking(this::make).onSuccess(made -> begin(executor, made));
  }

  private record Made(Charge charge, Charger charger) {}

  private Made make() {
    Charge charge = setup.newCharge(ChargeOrder.USUAL);
    try {
      return new Made(charge, setup.charger().apply(clock));
    } catch (RuntimeException e) {
      charge.close();
      throw e;
    }
  }

  private void begin(WorkerExecutor executor, Made made) {
    SessionCore core =
        new SessionCore(
            vertx, setup, clock, executor, new SessionTiming(true), made.charger(), made.charge());
    DecisionCycle decisions = new DecisionCycle(core);
    ChargeSuccession charges = new ChargeSuccession(core, decisions);
    running = new Running(core, charges, new SessionOrders(core));
    vertx.eventBus().<JsonObject>consumer(Addresses.control(core.id())).handler(this::control);
    decisions.start();
    new GuardWatch(core, charges).start();
    PolicySource source = setup.source();
    if (source != null) {
      new PolicyWatch(core, source).start();
    }
  }

  private void control(Message<JsonObject> message) {
    Running r = running;
    String action = message.body().getString("action", "");
    if (r != null && SessionOrders.ACTIONS.contains(action)) {
      r.orders().take(action, message);
    } else if (r == null || !(action.equals("stop") || action.equals("start"))) {
      message.fail(400, "A session knows the actions stop and start.");
    } else if (action.equals("stop")) {
      boolean wasOver = r.core().loop().state().isOver() && !r.core().isRenewing();
      stopCharge(r.core(), message.body().getString("reason", "Stopped."));
      message.reply(
          new JsonObject().put("state", r.core().loop().state().name()).put("wasOver", wasOver));
    } else if (!r.core().loop().state().isOver()) {
      message.fail(
          409, "The session is not over; there is nothing to start.\nMaybe stop the charge first.");
    } else {
      start(r, message);
    }
  }

  private static void start(Running r, Message<JsonObject> message) {
    ChargeOrder order;
    try {
      order = ChargeOrder.of(message.body().getJsonObject("order", new JsonObject()));
      r.core().setup.check(order);
    } catch (IllegalArgumentException e) {
      message.fail(400, e.getMessage());
      return;
    }
    r.charges()
        .renew(order)
        .onSuccess(state -> message.reply(new JsonObject().put("state", state)))
        .onFailure(
            e -> message.fail(e instanceof IllegalArgumentException ? 400 : 503, e.getMessage()));
  }

  private void stopCharge(SessionCore core, String reason) {
    long now = clock.nanoTime();
    core.stop(reason, now);
    CurrentCommand zero = core.loop().recheck(core.charger.status(), now);
    core.heatOff(now + setup.settings().commandValidityNanos());
    core.send(zero, true);
    LoopRecord latest = core.loop().latest();
    if (latest != null) {
      core.publisher.publish(core.loop().settings(), latest, false);
    }
  }

  /** Commands zero, waits until the charger has come down (briefly), then closes everything. */
  @Override
  public Future<?> stop() {
    Running r = running;
    WorkerExecutor executor = worker;
    if (r == null || executor == null) {
      return executor == null ? Future.succeededFuture() : executor.close();
    }
    SessionCore core = r.core();
    core.stopping();
    long now = clock.nanoTime();
    long validUntil = now + setup.settings().commandValidityNanos();
    core.stop("The server stops.", now);
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
        .compose(unused -> core.close(core.charge()).eventually(executor::close))
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
      vertx.setTimer(50, unused -> awaitDown(core, down, leftMillis - 50));
    }
  }
}
