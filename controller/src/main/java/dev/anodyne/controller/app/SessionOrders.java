package dev.anodyne.controller.app;

import dev.anodyne.controller.config.ConfigException;
import dev.anodyne.controller.session.LoopRecord;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.core.charging.CellEstimate;
import io.vertx.core.Future;
import io.vertx.core.eventbus.Message;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Set;

/**
 * Changes of a running charge that somebody asks for: another target, another policy, another
 * departure. Lives on the session's event loop.
 */
final class SessionOrders {
  /** The actions of control messages that are carried out here. */
  static final Set<String> ACTIONS = Set.of("target", "policy", "departure", "settings");

  private final SessionCore core;
  private boolean changing;

  SessionOrders(SessionCore core) {
    this.core = core;
  }

  /** Carries out a control message with one of the {@link #ACTIONS}. */
  void take(String action, Message<JsonObject> message) {
    if (core.isStopping() || core.isRenewing()) {
      message.fail(503, "The last charge is still being ended.");
    } else if (action.equals("target")) {
      target(message);
    } else if (action.equals("settings")) {
      settings(message);
    } else if (action.equals("policy")) {
      policy(message);
    } else {
      departure(message);
    }
  }

  private void target(Message<JsonObject> message) {
    if (core.loop().state().isOver()) {
      message.fail(409, "The charge is over; its target can no longer change.");
      return;
    }
    try {
      SessionSettings settings =
          core.loop().settings().withTargetSoc(message.body().getDouble("soc", Double.NaN));
      core.loop().change(settings);
      message.reply(state());
    } catch (IllegalArgumentException e) {
      message.fail(400, e.getMessage());
    }
  }

  /** Target, limits and margin at once; what the message does not name stays. */
  private void settings(Message<JsonObject> message) {
    if (core.loop().state().isOver()) {
      message.fail(409, "The charge is over; its limits can no longer change.");
      return;
    }
    JsonObject asked = message.body();
    SessionSettings now = core.loop().settings();
    try {
      core.loop()
          .change(
              now.withTargetSoc(asked.getDouble("targetSoc", now.targetSoc()))
                  .withLimits(
                      asked.getDouble("maxCellVoltageVolts", now.maxCellVoltageVolts()),
                      asked.getDouble("maxCellTemperatureKelvin", now.maxCellTemperatureKelvin()),
                      asked.getDouble("maxCellCurrentAmps", now.maxCellCurrentAmps()),
                      asked.getDouble("minAnodePotentialVolts", now.minAnodePotentialVolts())));
      message.reply(state());
    } catch (IllegalArgumentException e) {
      message.fail(400, e.getMessage());
    }
  }

  /** Made on a worker; takes over at the next period, or with the next charge when this is over. */
  private void policy(Message<JsonObject> message) {
    PolicySource source = core.setup.source();
    if (source == null || changing) {
      message.fail(
          source == null ? 400 : 503,
          source == null ? "This session's policy is fixed." : "Another policy is being made.");
      return;
    }
    changing = true;
    choose(source, message.body().getString("policy", ""))
        .onComplete(
            done -> {
              changing = false;
              if (done.failed()) {
                Throwable e = done.cause();
                boolean unusable =
                    e instanceof IllegalArgumentException || e instanceof ConfigException;
                message.fail(unusable ? 400 : 500, String.valueOf(e.getMessage()));
              } else {
                message.reply(state());
              }
            });
  }

  /**
   * The policy is made anew for the departure, and takes over as any other does: without a jump of
   * the current, and recorded.
   */
  private void departure(Message<JsonObject> message) {
    PolicySource source = core.setup.source();
    Charge charge = core.charge();
    if (source == null || charge.loop().state().isOver()) {
      message.fail(409, "A charge that runs was planned without it, and cannot change.");
      return;
    }
    if (changing) {
      message.fail(503, "Another policy is being made.");
      return;
    }
    Long millis = message.body().getLong("departureMillis");
    Instant departure = millis == null ? null : Instant.ofEpochMilli(millis);
    SessionSettings settings;
    try {
      settings =
          charge.loop().settings().withTargetSoc(message.body().getDouble("soc", Double.NaN));
    } catch (IllegalArgumentException e) {
      message.fail(400, e.getMessage());
      return;
    }
    changing = true;
    double soc = soc(charge);
    core.vertx
        .executeBlocking(() -> source.depart(departure, soc), false)
        .onComplete(
            done -> {
              changing = false;
              if (done.failed()) {
                Throwable e = done.cause();
                boolean unusable = e instanceof IllegalArgumentException;
                message.fail(unusable ? 400 : 500, String.valueOf(e.getMessage()));
              } else if (core.isStopping() || core.charge() != charge || core.isRenewing()) {
                done.result().policy().close();
                message.fail(409, "The charge is over.");
              } else {
                charge.loop().change(settings);
                core.departs(departure);
                charge.loop().change(done.result().policy(), done.result().description());
                message.reply(state());
              }
            });
  }

  private Future<Void> choose(PolicySource source, String chosen) {
    Charge charge = core.charge();
    double soc = soc(charge);
    return core.vertx
        .executeBlocking(() -> source.choose(chosen, soc), false)
        .compose(change -> core.settled().compose(unused -> take(source, chosen, charge, change)));
  }

  /**
   * A charge that has begun meanwhile may have been made of the policy before, and what was made
   * for the last charge rests on that one's battery and clock: it is chosen anew.
   */
  private Future<Void> take(
      PolicySource source, String chosen, Charge asked, PolicySource.Change change) {
    Charge now = core.charge();
    if (core.isStopping() || now.loop().state().isOver()) {
      change.policy().close(); // the next charge makes its own
      core.publisher.policy(change.identity());
    } else if (now == asked) {
      now.loop().change(change.policy(), change.description());
      core.publisher.policy(change.identity());
    } else {
      change.policy().close();
      return change.identity().equals(now.policy())
          ? Future.succeededFuture()
          : choose(source, chosen);
    }
    return Future.succeededFuture();
  }

  private JsonObject state() {
    return new JsonObject().put("state", core.loop().state().name());
  }

  private static double soc(Charge charge) {
    LoopRecord latest = charge.loop().latest();
    CellEstimate belief = latest == null ? null : latest.estimate();
    return belief != null && belief.valid() ? belief.soc() : Double.NaN;
  }
}
