package dev.anodyne.controller.station;

import dev.anodyne.controller.session.Addresses;
import dev.anodyne.opcua.server.station.CommandAnswer;
import dev.anodyne.opcua.server.station.CommandResult;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.CompletionStage;

/** The sessions' control messages, and their answers in the words of commands. */
final class SessionLine {
  private static final long CONTROL_MILLIS = 4000;

  private final Vertx vertx;

  SessionLine(Vertx vertx) {
    this.vertx = vertx;
  }

  /**
   * Asks a session for something.
   *
   * @param message what is answered when it does it
   */
  CompletionStage<CommandAnswer> tell(String connector, JsonObject order, String message) {
    return request(connector, order)
        .handle(
            (reply, failure) ->
                failure == null ? CommandAnswer.accepted(message) : refused(failure));
  }

  /** Asks a session, and gives its own answer. */
  CompletionStage<JsonObject> request(String connector, JsonObject order) {
    return vertx
        .eventBus()
        .<JsonObject>request(
            Addresses.control(connector),
            order,
            new DeliveryOptions().setSendTimeout(CONTROL_MILLIS))
        .map(reply -> reply.body())
        .toCompletionStage();
  }

  /** Why a session did not do what it was asked for, on one line. */
  static CommandAnswer refused(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    String message = String.valueOf(cause.getMessage()).replace('\n', ' ');
    if (!(cause instanceof ReplyException reply)) {
      return new CommandAnswer(CommandResult.FAILED, message);
    }
    if (reply.failureType() != ReplyFailure.RECIPIENT_FAILURE) {
      return new CommandAnswer(CommandResult.NO_ANSWER, "The session did not answer.");
    }
    return switch (reply.failureCode()) {
      case 400 -> new CommandAnswer(CommandResult.NOT_POSSIBLE, message);
      case 409, 503 -> new CommandAnswer(CommandResult.REFUSED_IN_STATE, message);
      default -> new CommandAnswer(CommandResult.FAILED, message);
    };
  }
}
