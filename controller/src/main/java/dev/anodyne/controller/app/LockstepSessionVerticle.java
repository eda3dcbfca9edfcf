package dev.anodyne.controller.app;

import dev.anodyne.controller.session.Addresses;
import dev.anodyne.controller.session.ChargeLoop;
import dev.anodyne.controller.session.LockstepDriver;
import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.LockstepCharger;
import dev.anodyne.core.charging.NanoClock;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One session in step with a simulated plant: a thread of its own runs the {@link LockstepDriver},
 * this verticle publishes its records. Time is the plant's; its axis begins at the plant's zero.
 */
public final class LockstepSessionVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(LockstepSessionVerticle.class);
  private static final Duration TICK_TIMEOUT = Duration.ofSeconds(2);

  /** A plant that is silent for this many time-outs is gone. */
  private static final int MOST_LOST_TICKS = 30;

  private final SessionSetup setup;
  private final SessionTiming timing = new SessionTiming(false);
  private final Promise<Void> ended = Promise.promise();
  private volatile @Nullable LockstepDriver driver;
  private volatile String stopRequest = "";
  private @Nullable Thread thread;
  private int lostTicks;

  public LockstepSessionVerticle(SessionSetup setup) {
    this.setup = setup;
  }

  @Override
  public Future<?> start() {
    vertx
        .eventBus()
        .<JsonObject>consumer(Addresses.control(setup.settings().id()))
        .handler(this::control);
    SessionPublisher publisher = new SessionPublisher(vertx, timing, 0);
    Promise<Void> made = Promise.promise();
    Context home = context;
    Thread own = new Thread(() -> run(publisher, made, home), "lockstep-" + setup.settings().id());
    own.setDaemon(true);
    thread = own;
    own.start();
    return made.future();
  }

  private void run(SessionPublisher publisher, Promise<Void> made, Context home) {
    try (LockstepCharger charger = (LockstepCharger) setup.charger().apply(NanoClock.SYSTEM);
        Charge charge = setup.newCharge(ChargeOrder.USUAL, "the bench")) {
      ChargeLoop loop = charge.loop();
      home.runOnContext(
          unused -> {
            publisher.charge(charge.identity());
            publisher.recording(charge.recording(), setup.recordings() != null);
          });
      LockstepDriver own =
          new LockstepDriver(
              loop,
              charger,
              TICK_TIMEOUT,
              record -> home.runOnContext(unused -> heard(publisher, loop, record)));
      driver = own;
      made.complete();
      if (!stopRequest.isEmpty()) {
        own.stop(stopRequest);
      }
      own.run(this::isPlantGone);
      charge.end().run();
    } catch (InterruptedException e) {
      LOG.info("Session {}: interrupted.", setup.settings().id());
    } catch (RuntimeException e) {
      if (!made.tryFail(e)) {
        LOG.error("Session {}: ended by a bug.", setup.settings().id(), e);
      }
    } finally {
      ended.complete();
    }
  }

  private void heard(SessionPublisher publisher, ChargeLoop loop, LoopRecord record) {
    timing.cycle();
    timing.solved(record.cycleNanos());
    publisher.publish(loop.settings(), record, true);
  }

  private boolean isPlantGone(LoopRecord record) {
    boolean heard = record.status().link() == ChargerStatus.LinkState.UP;
    lostTicks = heard ? 0 : lostTicks + 1;
    return lostTicks >= MOST_LOST_TICKS;
  }

  private void control(Message<JsonObject> message) {
    if (!"stop".equals(message.body().getString("action"))) {
      message.fail(409, "A session in step with a plant can only be stopped.");
      return;
    }
    requestStop(message.body().getString("reason", "Stopped."));
    message.reply(new JsonObject().put("state", "Stopping"));
  }

  private void requestStop(String reason) {
    stopRequest = reason;
    LockstepDriver current = driver;
    if (current != null) {
      current.stop(reason);
    }
  }

  /** The last tick commands zero; a plant that is silent is left after one time-out. */
  @Override
  public Future<?> stop() {
    requestStop("The server stops.");
    Thread own = thread;
    long timer =
        vertx.setTimer(
            TICK_TIMEOUT.toMillis() * 2,
            unused -> {
              if (own != null) {
                own.interrupt();
              }
            });
    return own == null
        ? Future.succeededFuture()
        : ended.future().onComplete(unused -> vertx.cancelTimer(timer));
  }
}
