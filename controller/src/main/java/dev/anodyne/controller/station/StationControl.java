package dev.anodyne.controller.station;

import dev.anodyne.controller.station.sharing.Site;
import dev.anodyne.opcua.server.station.CommandAnswer;
import dev.anodyne.opcua.server.station.CommandResult;
import dev.anodyne.opcua.server.station.StationCommand;
import dev.anodyne.opcua.server.station.StationCommands;
import dev.anodyne.opcua.server.station.StationLayout;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Carries out what SCADA systems and the HTTP API ask for: through the sessions' own control
 * messages, and through what {@link ConnectorSupervision} shows them.
 */
public final class StationControl implements StationCommands {
  private final SessionLine line;
  private final ChargeStarts starts;
  private final SiteCommands onSite;
  private final Map<String, ConnectorSupervision> connectors;
  private Map<String, String> configured;
  private Map<String, String> made = Map.of();
  private volatile Map<String, String> policies;
  private volatile double stationWatts = Double.POSITIVE_INFINITY;
  private final Clock clock;
  private volatile @Nullable StationPeers peers;

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
    this.line = new SessionLine(vertx);
    this.starts = new ChargeStarts(line, clock);
    this.onSite = new SiteCommands(site);
    this.connectors = connectors;
    this.configured = policies;
    this.policies = policies;
    this.clock = clock;
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

  /**
   * Reaches the connectors of other nodes, too, from now on.
   *
   * @param known all connectors of the station, whoever drives them
   * @param here carries out on this node alone what another one asks for
   */
  StationPeers join(
      Vertx vertx,
      Supplier<Set<String>> known,
      BiFunction<StationCommand, Caller, CompletionStage<CommandAnswer>> here) {
    StationPeers joined =
        new StationPeers(
            vertx,
            known,
            new StationPeers.Here() {
              @Override
              public Set<String> connectors() {
                return connectors.keySet();
              }

              @Override
              public Set<String> stopped() {
                return connectors.values().stream()
                    .filter(c -> c.orders().emergencyStopped())
                    .map(ConnectorSupervision::id)
                    .collect(Collectors.toSet());
              }

              @Override
              public CompletionStage<CommandAnswer> execute(StationCommand c, Caller caller) {
                return here.apply(c, caller);
              }
            });
    peers = joined;
    return joined;
  }

  @Override
  public CompletionStage<CommandAnswer> execute(StationCommand command, String user) {
    return execute(command, new Caller(user, "OPC UA"));
  }

  /** The same for somebody who comes another way. */
  public CompletionStage<CommandAnswer> execute(StationCommand command, Caller user) {
    StationPeers others = peers;
    String id = command.charger();
    if (others == null) {
      return executeHere(command, user);
    } else if (id != null) {
      boolean elsewhere = !connectors.containsKey(id) && others.known().contains(id);
      return elsewhere ? others.execute(id, command, user) : executeHere(command, user);
    } else if (command instanceof StationCommand.StationEmergencyStopRequest stop) {
      return stopEverywhere(others, stop, user);
    } else if (command instanceof StationCommand.SetStationPowerLimit limit
        && Double.isInfinite(limit.validForSeconds())) {
      return limitEverywhere(others, limit, user);
    }
    return executeHere(command, user);
  }

  /** Carries a command out on this node alone. */
  CompletionStage<CommandAnswer> executeHere(StationCommand command, Caller user) {
    if (command instanceof StationCommand.SetStationPowerLimit limit) {
      double watts = limit(limit.watts(), StationLayout.MOST_WATTS);
      return done(limitStation(Double.isInfinite(watts) ? null : watts, limit.validForSeconds()));
    } else if (command instanceof StationCommand.TellSiteBattery told) {
      return done(onSite.tellBattery(told.soc()));
    } else if (command instanceof StationCommand.TellGeneration told) {
      return done(onSite.tellGeneration(told.watts()));
    } else if (command instanceof StationCommand.StationEmergencyStopRequest stop) {
      return stopAll(stop.reason(), user);
    }
    ConnectorSupervision connector = connectors.get(String.valueOf(command.charger()));
    return connector == null ? unknown(command.charger()) : execute(connector, command, user);
  }

  /**
   * Limits the power of all connectors together.
   *
   * @param watts null: the limit is taken back
   * @param validForSeconds +∞ until it is taken back; anything else needs a shared grid connection
   */
  public CommandAnswer limitStation(@Nullable Double watts, double validForSeconds) {
    if (onSite.isThere() || Double.isFinite(validForSeconds)) {
      return onSite.limit(watts, validForSeconds);
    }
    stationWatts = watts == null ? Double.POSITIVE_INFINITY : watts;
    share();
    return CommandAnswer.accepted(limitMessage("Station", stationWatts));
  }

  /**
   * Begins a charge that is to be different from what is configured.
   *
   * @param order as {@code POST /connectors/ID/start} takes it; empty as configured
   */
  public CompletionStage<CommandAnswer> start(String connector, JsonObject order, Caller user) {
    ConnectorSupervision c = connectors.get(connector);
    return c == null ? unknown(connector) : starts.start(c, order, user);
  }

  /**
   * Allows the vehicle at a connector to charge.
   *
   * @param identity with {@code battery} when it is known which one it is; may be empty
   */
  public CompletionStage<CommandAnswer> authorise(
      String connector, JsonObject identity, Caller user) {
    StationPeers others = peers;
    boolean known =
        connectors.containsKey(connector) || (others != null && others.known().contains(connector));
    return known ? starts.authorise(connector, identity, user) : unknown(connector);
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
    StationPeers others = peers;
    int all = Math.max(1, others == null ? connectors.size() : others.known().size());
    connectors.values().forEach(c -> c.order(o -> o.withStationLimit(watts, all)));
  }

  /** The limit of all connectors together that share nothing, W; +∞ without. */
  double stationWatts() {
    return stationWatts;
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

  private CompletionStage<CommandAnswer> execute(
      ConnectorSupervision c, StationCommand command, Caller user) {
    if (command instanceof StationCommand.StartCharging) {
      return starts.start(c, new JsonObject(), user);
    } else if (command instanceof StationCommand.StartOrder ordered) {
      return starts.start(c, ordered.order(), user);
    } else if (command instanceof StationCommand.Authorise allowed) {
      return starts.authorise(c.id(), OrderJson.of(allowed), user);
    } else if (command instanceof StationCommand.StopCharging stop) {
      return stop(c, stop.reason(), user);
    } else if (command instanceof StationCommand.SetPolicy policy) {
      return policy(c, policy.policy());
    } else if (command instanceof StationCommand.SetPowerLimit limit) {
      double watts = limit(limit.watts(), c.maxPowerWatts());
      c.order(o -> o.withPowerLimit(watts));
      return done(CommandAnswer.accepted(limitMessage("Charger " + c.id(), watts)));
    } else if (command instanceof StationCommand.SetTargetSoc target) {
      return line.tell(
          c.id(),
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

  private CompletionStage<CommandAnswer> stop(ConnectorSupervision c, String reason, Caller user) {
    // The session itself knows best: when the last report says that it is over, the next charge may
    // be about to begin.
    return line.request(c.id(), stopOrder("Stopped " + user, reason))
        .handle(
            (reply, failure) -> {
              if (failure != null) {
                return SessionLine.refused(failure);
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
    return line.tell(
        c.id(),
        new JsonObject().put("action", "policy").put("policy", source),
        "Policy " + name + " decides from the next period on.");
  }

  private CompletionStage<CommandAnswer> departure(
      ConnectorSupervision c, StationCommand.SetDeparture wanted) {
    Instant departure = wanted.departure();
    CommandAnswer wrong = ChargeStarts.wrong(departure, clock);
    if (wrong != null) {
      return done(wrong);
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
    return line.tell(
            c.id(),
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
    CompletionStage<CommandAnswer> kept =
        c.kept().handle((done, failure) -> failure == null ? held : forgetful(held));
    return line.request(c.id(), order.put("immediately", true))
        .handle((reply, failure) -> held)
        .thenCombine(kept, (unused, answer) -> answer);
  }

  private static CommandAnswer forgetful(CommandAnswer held) {
    return new CommandAnswer(
        held.result(), held.message() + " It is not on the disk: a restart would forget it.");
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

  /** Here at once, whatever the other nodes say; the answer tells which connectors are stopped. */
  private CompletionStage<CommandAnswer> stopEverywhere(
      StationPeers others, StationCommand.StationEmergencyStopRequest stop, Caller user) {
    Set<String> own = Set.copyOf(connectors.keySet());
    CompletionStage<CommandAnswer> here = stopAll(stop.reason(), user);
    return others
        .all(stop, user)
        .thenCombine(
            here,
            (told, unused) ->
                Reached.of(others.known(), own, told)
                    .answer(
                        "No current until acknowledged and reset at",
                        "Each of them is stopped as soon as a node drives it; ask again."));
  }

  private CompletionStage<CommandAnswer> limitEverywhere(
      StationPeers others, StationCommand.SetStationPowerLimit limit, Caller user) {
    Set<String> own = Set.copyOf(connectors.keySet());
    CompletionStage<CommandAnswer> here = executeHere(limit, user);
    others.limited(stationWatts);
    return others
        .all(limit, user)
        .thenCombine(
            here,
            (told, mine) ->
                Reached.of(others.known(), own, told)
                    .answer(
                        mine.message() + " It is shared equally by",
                        "Each of them has it as soon as a node drives it."));
  }

  private static JsonObject stopOrder(String who, String reason) {
    String text = reason.isBlank() ? who + "." : who + ": " + reason;
    return new JsonObject().put("action", "stop").put("reason", text);
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
