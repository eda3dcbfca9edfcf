package dev.anodyne.controller.station;

import dev.anodyne.controller.station.StationControl.Caller;
import dev.anodyne.opcua.server.station.CommandAnswer;
import dev.anodyne.opcua.server.station.CommandResult;
import dev.anodyne.opcua.server.station.StationCommand;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Begins charges and allows vehicles, the same way for whoever asks: an order of the API and one
 * over OPC UA become the same message, and the session judges it.
 */
final class ChargeStarts {
  /** A departure is planned for up to two days. */
  private static final Duration LONGEST_STAY = Duration.ofMinutes(2880);

  private final SessionLine line;
  private final Clock clock;

  ChargeStarts(SessionLine line, Clock clock) {
    this.line = line;
    this.clock = clock;
  }

  /** Why a departure cannot be planned for; null when it can, or is not said. */
  static @Nullable CommandAnswer wrong(@Nullable Instant departure, Clock clock) {
    if (departure == null) {
      return null;
    }
    Duration stay = Duration.between(clock.instant(), departure);
    boolean fits = stay.compareTo(Duration.ofMinutes(1)) >= 0 && stay.compareTo(LONGEST_STAY) <= 0;
    return fits
        ? null
        : new CommandAnswer(
            CommandResult.OUT_OF_RANGE,
            "Departure " + departure + " is not 1 to 2880 minutes ahead.");
  }

  /** Begins a charge as somebody over OPC UA orders it. */
  CompletionStage<CommandAnswer> start(
      ConnectorSupervision c, StationCommand.Order order, Caller user) {
    CommandAnswer wrong = wrong(order.departure(), clock);
    return wrong == null ? start(c, OrderJson.of(order, clock.instant()), user) : done(wrong);
  }

  /**
   * Begins a charge.
   *
   * @param wanted as {@code POST /connectors/ID/start} takes it; empty as configured
   */
  CompletionStage<CommandAnswer> start(ConnectorSupervision c, JsonObject wanted, Caller user) {
    CommandAnswer held = held(c, wanted.containsKey("orderId"));
    if (held != null) {
      return done(held);
    }
    JsonObject order = wanted.copy();
    Instant departure = c.orders().departure();
    boolean says = order.containsKey("departure") || order.containsKey("departureMinutes");
    if (departure != null && !says) {
      double minutes = OrderJson.minutes(clock.instant(), departure);
      if (minutes < 1) {
        c.order(o -> o.withDeparture(null, Double.NaN));
        return done(
            new CommandAnswer(
                CommandResult.OUT_OF_RANGE,
                "The departure has passed and is taken back; say a new one, or start again."));
      }
      order.put("departureMinutes", minutes);
      if (!order.containsKey("targetSoc")) {
        order.put("targetSoc", c.orders().departureSoc());
      }
    }
    return line.request(
            c.id(),
            new JsonObject()
                .put("action", "start")
                .put("order", order)
                .put("startedBy", user.way()))
        .handle((reply, failure) -> failure == null ? begun(reply) : SessionLine.refused(failure));
  }

  /** Lets the vehicle charge that is there or comes soon. */
  CompletionStage<CommandAnswer> authorise(String connector, JsonObject identity, Caller user) {
    JsonObject order =
        new JsonObject()
            .put("action", "authorise")
            .put("startedBy", user.way() + " by " + identity.getString("user", user.user()));
    if (identity.getValue("battery") != null) {
      order.put("battery", identity.getValue("battery"));
    }
    return line.tell(connector, order, "The vehicle may charge.");
  }

  private static CommandAnswer begun(JsonObject reply) {
    return reply.getBoolean("wasKnown", false)
        ? new CommandAnswer(
            CommandResult.NOTHING_TO_DO,
            "This order was taken before; the session is " + reply.getString("state") + ".")
        : CommandAnswer.accepted("A new charge begins.");
  }

  /**
   * Why no charge may begin; null when one may.
   *
   * @param isNamed the session knows whether it has begun this order's charge: it judges
   */
  private static @Nullable CommandAnswer held(ConnectorSupervision c, boolean isNamed) {
    Orders orders = c.orders();
    if (orders.emergencyStopped()) {
      return new CommandAnswer(
          CommandResult.EMERGENCY_STOPPED, "An emergency stop is in force: acknowledge and reset.");
    }
    if (orders.faultHeld()) {
      return new CommandAnswer(
          CommandResult.NOT_ACKNOWLEDGED, "The fault must be acknowledged and reset first.");
    }
    return isNamed || c.mayStart()
        ? null
        : new CommandAnswer(
            CommandResult.REFUSED_IN_STATE,
            "The session is "
                + c.phase().stateName()
                + "; only one that is over, idle or connected starts anew.");
  }

  private static CompletionStage<CommandAnswer> done(CommandAnswer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
