package dev.anodyne.controller.app;

import dev.anodyne.controller.session.Addresses;
import dev.anodyne.controller.session.ChargeLoop;
import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.controller.session.Proposal;
import dev.anodyne.controller.session.SessionState;
import dev.anodyne.core.charging.CellEstimate;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connector's session by the clock. A tick at each period reads the image and hands it to the
 * worker, where estimator and policy run, at most one at a time; the result is concluded here with
 * the newest image. Is a decision still out at the next tick, the rest of the last plan is used and
 * the miss is counted. In between the guard looks at every new measurement and at least every 100
 * ms.
 */
public final class ChargeSessionVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(ChargeSessionVerticle.class);
  private static final long GUARD_NANOS = 100_000_000L;
  private static final long LOOK_NANOS = 25_000_000L;
  private static final long MIN_WALL_MILLIS = 10;

  /** How often a policy's file is looked at, wall ms. */
  private static final long POLICY_MILLIS = 1000;

  private static final long LONGEST_SOLVE_SECONDS = 60;

  /** How long a stop waits for the charger to have heard the zero, wall ms. */
  private static final long STOP_MILLIS = 1500;

  /** Below this the charger has come down, A per parallel cell. */
  private static final double STOPPED_AMPS = 0.2;

  private final SessionSetup setup;
  private final ScaledClock clock;
  private final SessionTiming timing = new SessionTiming(true);
  private @Nullable Running running;
  private @Nullable WorkerExecutor worker;

  /** What exists once the makers have run. A new charge on the same connector has a new loop. */
  private record Running(ChargeLoop loop, Charger charger, SessionPublisher publisher) {}

  private boolean solving;
  private boolean stopping;
  private boolean renewing;
  private boolean watching;
  private boolean unplugged;
  private boolean wasOver;
  private long nextTickNanos;
  private long lastGuardNanos;
  private long lastSampleNanos = Long.MIN_VALUE;
  private CurrentCommand sent = CurrentCommand.zero(0);

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
    return executor
        .executeBlocking(
            () ->
                new Running(
                    setup.newLoop(),
                    setup.charger().apply(clock),
                    new SessionPublisher(vertx, timing, 0)))
        .onSuccess(this::begin);
  }

  private void begin(Running made) {
    running = made;
    made.loop().start(clock.nanoTime());
    vertx
        .eventBus()
        .<JsonObject>consumer(Addresses.control(setup.settings().id()))
        .handler(this::control);
    nextTickNanos = clock.nanoTime();
    tick();
    vertx.setPeriodic(wallMillis(LOOK_NANOS), unused -> look());
    PolicySource source = setup.source();
    if (source != null) {
      made.publisher().policy(source.identity());
      if (source.isFile()) {
        vertx.setPeriodic(POLICY_MILLIS, unused -> watch(source));
      }
    }
  }

  /** A period begins. */
  private void tick() {
    Running r = running;
    if (stopping || r == null) {
      return;
    }
    long now = clock.nanoTime();
    timing.late(clock.wallNanos(now - nextTickNanos));
    timing.cycle();
    ChargerStatus status = r.charger().status();
    if (solving) {
      timing.missed();
      hand(r, r.loop().withoutDecision(status, now));
    } else {
      solve(r, status, now);
    }
    schedule(now);
  }

  /** The next tick on the grid of periods; ticks that have passed already are left out. */
  private void schedule(long now) {
    long period = setup.settings().periodNanos();
    nextTickNanos += period;
    if (nextTickNanos <= now) {
      nextTickNanos += (now - nextTickNanos) / period * period + period;
    }
    long delay = clock.wallNanos(nextTickNanos - clock.nanoTime());
    vertx.setTimer(Math.max(1, Math.round(delay * 1e-6)), unused -> tick());
  }

  private void solve(Running r, ChargerStatus status, long now) {
    WorkerExecutor executor = worker;
    if (executor == null) {
      return;
    }
    solving = true;
    executor
        .executeBlocking(() -> r.loop().decide(status, now), false)
        .onComplete(
            done -> {
              solving = false;
              if (done.succeeded()) {
                solved(r, done.result());
              } else {
                LOG.error("Session {}: no decision.", setup.settings().id(), done.cause());
              }
            });
  }

  private void solved(Running r, Proposal proposal) {
    timing.solved(proposal.decideNanos());
    if (!stopping && r == running) {
      hand(r, r.loop().conclude(proposal, r.charger().status(), clock.nanoTime()));
    }
  }

  /** Gives a cycle's command to the charger and its record to whoever listens. */
  private void hand(Running r, LoopRecord record) {
    send(r, record.command(), true);
    r.publisher().publish(r.loop().settings(), record, true);
  }

  /** The guard's look between decisions. */
  private void look() {
    Running r = running;
    if (stopping || r == null) {
      return;
    }
    long now = clock.nanoTime();
    ChargerStatus status = r.charger().status();
    renewForNextVehicle(r, status);
    long sample = status.measurement().timeNanos();
    if (sample == lastSampleNanos && now - lastGuardNanos < GUARD_NANOS) {
      return;
    }
    lastSampleNanos = sample;
    lastGuardNanos = now;
    SessionState before = r.loop().state();
    send(r, r.loop().recheck(status, now), false);
    LoopRecord latest = r.loop().latest();
    if (latest != null && !before.name().equals(r.loop().state().name())) {
      LOG.info(
          "Session {}: {} {}",
          setup.settings().id(),
          r.loop().state().name(),
          r.loop().state().reason());
      r.publisher().publish(r.loop().settings(), latest, false);
    }
    boolean isOver = r.loop().state().isOver();
    if (isOver && !wasOver) {
      var unused = learn();
    }
    wasOver = isOver;
  }

  /** A changed policy is read and made on a worker and takes over at the next period. */
  private void watch(PolicySource source) {
    Running r = running;
    if (watching || renewing || stopping || r == null || r.loop().state().isOver()) {
      return;
    }
    LoopRecord latest = r.loop().latest();
    CellEstimate belief = latest == null ? null : latest.estimate();
    double soc = belief != null && belief.valid() ? belief.soc() : Double.NaN;
    watching = true;
    vertx
        .executeBlocking(() -> source.changed(soc), false)
        .onComplete(
            done -> {
              watching = false;
              if (done.failed()) {
                LOG.error("Session {}: the policy stays.", setup.settings().id(), done.cause());
              } else {
                done.result().ifPresent(change -> replace(r, change));
              }
            });
  }

  private void replace(Running r, PolicySource.Change change) {
    if (stopping || r != running || renewing) {
      // The next charge reads the file anew.
      change.policy().close();
      return;
    }
    r.loop().change(change.policy(), change.description());
    r.publisher().policy(change.identity());
  }

  /** Learns from the charge that ended, on another worker than the loop's: a fit takes seconds. */
  private Future<Void> learn() {
    Runnable lesson = setup.endCharge();
    return vertx
        .executeBlocking(
            () -> {
              lesson.run();
              return (Void) null;
            })
        .otherwise(
            e -> {
              LOG.error("Session {}: nothing learned.", setup.settings().id(), e);
              return null;
            });
  }

  /** Between decisions only a changed command is worth a message. */
  private void send(Running r, CurrentCommand command, boolean always) {
    boolean same =
        command.chargeCurrentAmps() == sent.chargeCurrentAmps()
            && (command.voltageCeilingVolts() == sent.voltageCeilingVolts()
                || command.chargeCurrentAmps() == 0);
    if (always || !same) {
      r.charger().apply(command);
      sent = command;
    }
  }

  /** A session that is over waits for its vehicle to leave; the next one starts a new charge. */
  private void renewForNextVehicle(Running r, ChargerStatus status) {
    if (!r.loop().state().isOver() || status.link() != ChargerStatus.LinkState.UP) {
      return;
    }
    if (!status.vehicleConnected()) {
      unplugged = true;
    } else if (unplugged) {
      unplugged = false;
      var unused = renew(r);
    }
  }

  /** Makes a new loop on the same charger: estimator and policy begin afresh. */
  private Future<String> renew(Running r) {
    WorkerExecutor executor = worker;
    if (executor == null || renewing || solving) {
      return Future.failedFuture("The last charge is still being ended.");
    }
    renewing = true;
    var unused = learn();
    return executor
        .executeBlocking(
            () -> {
              r.loop().close();
              return setup.newLoop();
            })
        .map(
            loop -> {
              loop.start(clock.nanoTime());
              PolicySource source = setup.source();
              if (source != null) {
                r.publisher().policy(source.identity());
              }
              running = new Running(loop, r.charger(), r.publisher());
              LOG.info("Session {}: a new charge.", setup.settings().id());
              return loop.state().name();
            })
        .onFailure(e -> LOG.error("Session {}: no new charge.", setup.settings().id(), e))
        .onComplete(done -> renewing = false);
  }

  private void control(Message<JsonObject> message) {
    Running r = running;
    String action = message.body().getString("action", "");
    if (r == null || !(action.equals("stop") || action.equals("start"))) {
      message.fail(400, "A session knows the actions stop and start.");
    } else if (action.equals("stop")) {
      stopCharge(r, message.body().getString("reason", "Stopped."));
      message.reply(new JsonObject().put("state", r.loop().state().name()));
    } else if (!r.loop().state().isOver()) {
      message.fail(409, "The session is not over; there is nothing to start.");
    } else {
      renew(r)
          .onSuccess(state -> message.reply(new JsonObject().put("state", state)))
          .onFailure(e -> message.fail(503, e.getMessage()));
    }
  }

  private void stopCharge(Running r, String reason) {
    long now = clock.nanoTime();
    r.loop().stop(reason, now);
    send(r, r.loop().recheck(r.charger().status(), now), true);
    LoopRecord latest = r.loop().latest();
    if (latest != null) {
      r.publisher().publish(r.loop().settings(), latest, false);
    }
  }

  /** Commands zero, waits until the charger has come down (briefly), then closes everything. */
  @Override
  public Future<?> stop() {
    Running r = running;
    stopping = true;
    if (r == null) {
      return worker == null ? Future.succeededFuture() : worker.close();
    }
    long now = clock.nanoTime();
    r.loop().stop("The server stops.", now);
    r.loop().recheck(r.charger().status(), now);
    r.charger().apply(CurrentCommand.zero(now + setup.settings().commandValidityNanos()));
    Promise<Void> down = Promise.promise();
    awaitDown(r, down, STOP_MILLIS);
    return down.future()
        .compose(
            unused ->
                vertx.executeBlocking(
                    () -> {
                      r.charger().close();
                      return null;
                    }))
        .compose(unused -> closeLoop(r))
        .compose(unused -> learn());
  }

  private void awaitDown(Running r, Promise<Void> down, long leftMillis) {
    ChargerStatus status = r.charger().status();
    double stopped = setup.settings().layout().packAmps(STOPPED_AMPS);
    boolean deaf = status.link() != ChargerStatus.LinkState.UP;
    boolean isDown = Math.abs(status.measurement().chargeCurrentAmps()) < stopped;
    if (deaf || isDown || leftMillis <= 0) {
      down.complete();
    } else {
      vertx.setTimer(50, unused -> awaitDown(r, down, leftMillis - 50));
    }
  }

  /** The policy is freed on the worker, after a solve that may still be out. */
  private Future<Void> closeLoop(Running r) {
    WorkerExecutor executor = worker;
    if (executor == null) {
      return Future.succeededFuture();
    }
    return executor
        .executeBlocking(
            () -> {
              r.loop().close();
              return null;
            },
            true)
        .eventually(executor::close)
        .mapEmpty();
  }

  private long wallMillis(long nanos) {
    return Math.max(MIN_WALL_MILLIS, Math.round(clock.wallNanos(nanos) * 1e-6));
  }
}
