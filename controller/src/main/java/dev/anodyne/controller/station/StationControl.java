package dev.anodyne.controller.station;

import dev.anodyne.controller.session.Addresses;
import dev.anodyne.controller.station.sharing.Site;
import dev.anodyne.opcua.server.station.CommandAnswer;
import dev.anodyne.opcua.server.station.CommandResult;
import dev.anodyne.opcua.server.station.StationCommand;
import dev.anodyne.opcua.server.station.StationCommands;
import dev.anodyne.opcua.server.station.StationLayout;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what SCADA systems and the HTTP API ask for: through the sessions' own control
 * messages, and through what {@link ConnectorSupervision} shows them.
 */
public final class StationControl implements StationCommands {
  private static final long CONTROL_MILLIS = 4000;

  /** A departure is planned for up to two days. */
  private static final Duration LONGEST_STAY = Duration.ofMinutes(2880);

  private final Vertx vertx;
  private final Map<String, ConnectorSupervision> connectors;
  private Map<String, String> configured;
  private Map<String, String> made = Map.of();
  private volatile Map<String, String> policies;
  private volatile double stationWatts = Double.POSITIVE_INFINITY;
  private final Clock clock;
  private final @Nullable Site site;

  /**
   * For some connectors that share nothing: a station's limit is split equally.
   *
   * @param connectors by id
   * @param policies names that may be chosen, and the name or file that each stands for
   */
  public StationControl(
      Vertx vertx,
      Map<String, ConnectorSupervision> connectors,
      Map<String, String> policies,
      Clock clock) {
    this(vertx, connectors, policies, clock, null);
  }

  /**
   * For some connectors that may share a grid connection.
   *
   * @param site takes a station's limit and shares it; null: it is split equally
   */
  public StationControl(
      Vertx vertx,
      Map<String, ConnectorSupervision> connectors,
      Map<String, String> policies,
      Clock clock,
      @Nullable Site site) {
    this.vertx = vertx;
    this.connectors = connectors;
    this.configured = policies;
    this.policies = policies;
    this.clock = clock;
    this.site = site;
  }

  /**
   * Who gives a command.
   *
   * @param user name of the log-in
   * @param way over which way, such as {@code OPC UA}
   */
  public record Caller(String user, String way) {
    @Override
    public String toString() {
      return "over " + way + " by " + user;
    }
  }

  @Override
  public CompletionStage<CommandAnswer> execute(StationCommand command, String user) {
    return execute(command, new Caller(user, "OPC UA"));
  }

  /** The same for somebody who comes another way. */
  public CompletionStage<CommandAnswer> execute(StationCommand command, Caller user) {
    if (command instanceof StationCommand.SetStationPowerLimit limit) {
      double watts = limit(limit.watts(), StationLayout.MOST_WATTS);
      if (site != null) {
        return done(limitGrid(site, watts));
      }
      stationWatts = watts;
      share();
      return done(CommandAnswer.accepted(limitMessage("Station", watts)));
    } else if (command instanceof StationCommand.StationEmergencyStopRequest stop) {
      return stopAll(stop.reason(), user);
    }
    ConnectorSupervision connector = connectors.get(String.valueOf(command.charger()));
    return connector == null ? unknown(command.charger()) : execute(connector, command, user);
  }

  /**
   * Begins a charge that is to be different from what is configured.
   *
   * @param order as {@code POST /connectors/ID/start} takes it; empty as configured
   */
  public CompletionStage<CommandAnswer> start(String connector, JsonObject order, Caller user) {
    ConnectorSupervision c = connectors.get(connector);
    return c == null ? unknown(connector) : start(c, order, user);
  }

  /**
   * Allows the vehicle at a connector to charge.
   *
   * @param identity with {@code battery} when it is known which one it is; may be empty
   */
  public CompletionStage<CommandAnswer> authorise(
      String connector, JsonObject identity, Caller user) {
    ConnectorSupervision c = connectors.get(connector);
    if (c == null) {
      return unknown(connector);
    }
    JsonObject order =
        new JsonObject()
            .put("action", "authorise")
            .put("startedBy", user.way() + " by " + identity.getString("user", user.user()));
    if (identity.getValue("battery") != null) {
      order.put("battery", identity.getValue("battery"));
    }
    return tell(c, order, "The vehicle may charge.");
  }

  /** What a connector's operators have asked for. */
  public Map<String, ConnectorSupervision> connectors() {
    return connectors;
  }

  /** The names of the policies that may be chosen, and the name or file that each stands for. */
  public Map<String, String> policies() {
    return policies;
  }

  private static CompletionStage<CommandAnswer> unknown(@Nullable String connector) {
    return answer(CommandResult.NOT_POSSIBLE, "There is no charger " + connector + ".");
  }

  /** Lets each connector know its share of the station's limit, when there are more or fewer. */
  void share() {
    double watts = stationWatts;
    connectors
        .values()
        .forEach(c -> c.order(o -> o.withStationLimit(watts, Math.max(1, connectors.size()))));
  }

  /** Offers other configured policies from now on. */
  synchronized void offer(Map<String, String> next) {
    configured = next;
    offer();
  }

  /** Offers these beside the configured ones, which come first and win: they were made later. */
  public synchronized void offerMade(Map<String, String> next) {
    made = Map.copyOf(next);
    offer();
  }

  private void offer() {
    Map<String, String> all = new LinkedHashMap<>(configured);
    new TreeMap<>(made).forEach(all::putIfAbsent);
    policies = Collections.unmodifiableMap(all);
  }

  private static CommandAnswer limitGrid(Site site, double watts) {
    if (Double.isInfinite(watts)) {
      site.clearGridLimit();
      return CommandAnswer.accepted("The grid's configured limit counts.");
    }
    site.setGridLimit(watts, Double.POSITIVE_INFINITY);
    return CommandAnswer.accepted(limitMessage("Station", watts));
  }

  private CompletionStage<CommandAnswer> execute(
      ConnectorSupervision c, StationCommand command, Caller user) {
    if (command instanceof StationCommand.StartCharging) {
      return start(c, new JsonObject(), user);
    } else if (command instanceof StationCommand.StopCharging stop) {
      return stop(c, stop.reason(), user);
    } else if (command instanceof StationCommand.SetPolicy policy) {
      return policy(c, policy.policy());
    } else if (command instanceof StationCommand.SetPowerLimit limit) {
      double watts = limit(limit.watts(), c.maxPowerWatts());
      c.order(o -> o.withPowerLimit(watts));
      return done(CommandAnswer.accepted(limitMessage("Charger " + c.id(), watts)));
    } else if (command instanceof StationCommand.SetTargetSoc target) {
      return tell(
          c,
          new JsonObject().put("action", "target").put("soc", target.soc()),
          "The target is " + percent(target.soc()) + ".");
    } else if (command instanceof StationCommand.SetDeparture departure) {
      return departure(c, departure);
    } else if (command instanceof StationCommand.Acknowledge) {
      return acknowledge(c, user.user());
    } else if (command instanceof StationCommand.Reset) {
      return reset(c);
    } else if (command instanceof StationCommand.EmergencyStopRequest stop) {
      return emergencyStop(c, stop.reason(), user);
    }
    return answer(CommandResult.NOT_POSSIBLE, "Unknown command.");
  }

  private CompletionStage<CommandAnswer> start(
      ConnectorSupervision c, JsonObject wanted, Caller user) {
    Orders orders = c.orders();
    if (orders.emergencyStopped()) {
      return answer(
          CommandResult.EMERGENCY_STOPPED, "An emergency stop is in force: acknowledge and reset.");
    }
    if (orders.faultHeld()) {
      return answer(
          CommandResult.NOT_ACKNOWLEDGED, "The fault must be acknowledged and reset first.");
    }
    if (!c.mayStart()) {
      return answer(
          CommandResult.REFUSED_IN_STATE,
          "The session is "
              + c.phase().stateName()
              + "; only one that is over, idle or connected starts anew.");
    }
    JsonObject order = wanted.copy();
    Instant departure = orders.departure();
    boolean says = order.containsKey("departure") || order.containsKey("departureMinutes");
    if (departure != null && !says) {
      double minutes = Duration.between(clock.instant(), departure).toMillis() / 60_000.0;
      if (minutes < 1) {
        c.order(o -> o.withDeparture(null, Double.NaN));
        return answer(
            CommandResult.OUT_OF_RANGE,
            "The departure has passed and is taken back; say a new one, or start again.");
      }
      order.put("departureMinutes", minutes);
      if (!order.containsKey("targetSoc")) {
        order.put("targetSoc", orders.departureSoc());
      }
    }
    return tell(
        c,
        new JsonObject().put("action", "start").put("order", order).put("startedBy", user.way()),
        "A new charge begins.");
  }

  private CompletionStage<CommandAnswer> stop(ConnectorSupervision c, String reason, Caller user) {
    // The session itself knows best: when the last report says that it is over, the next charge may
    // be about to begin.
    return request(c, stopOrder("Stopped " + user, reason))
        .handle(
            (reply, failure) -> {
              if (failure != null) {
                return refused(failure);
              }
              return reply.getBoolean("wasOver", false)
                  ? new CommandAnswer(CommandResult.NOTHING_TO_DO, "The session is over.")
                  : CommandAnswer.accepted("The charge is stopped.");
            });
  }

  private CompletionStage<CommandAnswer> policy(ConnectorSupervision c, String name) {
    String source = policies.get(name);
    if (source == null) {
      return answer(
          CommandResult.UNKNOWN_POLICY,
          "'" + name + "' is not offered; there are: " + String.join(", ", policies.keySet()));
    }
    return tell(
        c,
        new JsonObject().put("action", "policy").put("policy", source),
        "Policy " + name + " decides from the next period on.");
  }

  private CompletionStage<CommandAnswer> departure(
      ConnectorSupervision c, StationCommand.SetDeparture wanted) {
    Instant departure = wanted.departure();
    if (departure != null) {
      Duration stay = Duration.between(clock.instant(), departure);
      if (stay.compareTo(Duration.ofMinutes(1)) < 0 || stay.compareTo(LONGEST_STAY) > 0) {
        return answer(
            CommandResult.OUT_OF_RANGE,
            "Departure " + departure + " is not 1 to 2880 minutes ahead.");
      }
    }
    if (!c.isOver() && c.isHeard()) {
      return departureOfRunning(c, wanted);
    }
    c.order(o -> o.withDeparture(departure, wanted.targetSoc()));
    return done(
        CommandAnswer.accepted(
            departure == null
                ? "No departure is known."
                : "StartCharging plans for " + departure + "."));
  }

  /** The session plans anew; what is shown changes when it has. */
  private CompletionStage<CommandAnswer> departureOfRunning(
      ConnectorSupervision c, StationCommand.SetDeparture wanted) {
    Instant departure = wanted.departure();
    JsonObject order = new JsonObject().put("action", "departure").put("soc", wanted.targetSoc());
    if (departure != null) {
      order.put("departureMillis", departure.toEpochMilli());
    }
    return tell(
            c,
            order,
            departure == null
                ? "The charge goes on as fast as the limits allow."
                : "The charge goes on towards " + departure + ".")
        .thenApply(
            answer -> {
              if (answer.isDone()) {
                c.order(o -> o.withDeparture(departure, wanted.targetSoc()));
              }
              return answer;
            });
  }

  private static CompletionStage<CommandAnswer> acknowledge(ConnectorSupervision c, String user) {
    if (!c.orders().isHeld() && !c.hasFault()) {
      return answer(CommandResult.NOTHING_TO_DO, "There is nothing to acknowledge.");
    }
    c.order(o -> o.acknowledged(user));
    return done(CommandAnswer.accepted("Acknowledged by " + user + "."));
  }

  private static CompletionStage<CommandAnswer> reset(ConnectorSupervision c) {
    Orders orders = c.orders();
    if (!orders.isHeld()) {
      return answer(CommandResult.NOTHING_TO_DO, "Nothing is held.");
    }
    if (orders.acknowledgedBy().isEmpty()) {
      return answer(CommandResult.NOT_ACKNOWLEDGED, "Nobody has acknowledged it yet.");
    }
    if (c.hasFault()) {
      return answer(CommandResult.FAULT_PRESENT, "The charger still reports a fault.");
    }
    c.order(Orders::reset);
    return done(CommandAnswer.accepted("StartCharging begins a new charge."));
  }

  /** The stop is held at once; the session's own answer only says how it was told. */
  private CompletionStage<CommandAnswer> emergencyStop(
      ConnectorSupervision c, String reason, Caller user) {
    boolean before = c.orders().emergencyStopped();
    c.order(o -> o.held(true, false));
    CommandAnswer held =
        before
            ? new CommandAnswer(CommandResult.NOTHING_TO_DO, "The stop was in force already.")
            : CommandAnswer.accepted("No current until acknowledged and reset.");
    JsonObject order = stopOrder("Emergency stop requested " + user, reason);
    return request(c, order.put("immediately", true)).handle((reply, failure) -> held);
  }

  private CompletionStage<CommandAnswer> stopAll(String reason, Caller user) {
    CompletionStage<CommandAnswer> all =
        done(CommandAnswer.accepted("No current until acknowledged and reset, at any charger."));
    for (ConnectorSupervision c : connectors.values()) {
      CompletionStage<CommandAnswer> one = emergencyStop(c, reason, user);
      all = all.thenCombine(one, (message, ignored) -> message);
    }
    return all;
  }

  private static JsonObject stopOrder(String who, String reason) {
    String text = reason.isBlank() ? who + "." : who + ": " + reason;
    return new JsonObject().put("action", "stop").put("reason", text);
  }

  private CompletionStage<CommandAnswer> tell(
      ConnectorSupervision c, JsonObject order, String message) {
    return request(c, order)
        .handle(
            (reply, failure) ->
                failure == null ? CommandAnswer.accepted(message) : refused(failure));
  }

  private CompletionStage<JsonObject> request(ConnectorSupervision c, JsonObject order) {
    return vertx
        .eventBus()
        .<JsonObject>request(
            Addresses.control(c.id()), order, new DeliveryOptions().setSendTimeout(CONTROL_MILLIS))
        .map(reply -> reply.body())
        .toCompletionStage();
  }

  private static CommandAnswer refused(Throwable failure) {
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

  private static double limit(double watts, double noLimitWatts) {
    return watts >= noLimitWatts ? Double.POSITIVE_INFINITY : watts;
  }

  private static String limitMessage(String who, double watts) {
    return Double.isInfinite(watts)
        ? who + " has no power limit."
        : who + " may use " + Math.round(watts) + " W.";
  }

  private static String percent(double share) {
    return Math.round(share * 100) + " %";
  }

  private static CompletionStage<CommandAnswer> answer(CommandResult result, String message) {
    return done(new CommandAnswer(result, message));
  }

  private static CompletionStage<CommandAnswer> done(CommandAnswer answer) {
    return CompletableFuture.completedFuture(answer);
  }
}
