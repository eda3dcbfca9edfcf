package dev.anodyne.controller.station;

import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.station.StationControl.Caller;
import dev.anodyne.opcua.server.station.CommandAnswer;
import dev.anodyne.opcua.server.station.CommandResult;
import dev.anodyne.opcua.server.station.StationCommand;
import dev.anodyne.opcua.server.station.StationLayout;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The other nodes of a cluster, as far as commands go. A command is published to all of them;
 * whoever drives a connector carries it out and answers for it. So a node that has died, and still
 * stands in the bus's lists, holds nothing up: it is only not among those that answer.
 *
 * <p>Every second each node tells which of its connectors are stopped, and the newest limit of the
 * station: a stop outlives the node that held it, and a node that comes later has the limit.
 */
public final class StationPeers implements ConnectorListener, AutoCloseable {
  private static final String COMMANDS = "anodyne.station.commands";
  private static final String STANDING = "anodyne.station.standing";

  /** Shorter than clients of the API and OPC UA wait. */
  private static final long ANSWER_MILLIS = 3000;

  private static final long TELL_MILLIS = 1000;

  /** A connector that changes its node while a stop is given is stopped when it is there again. */
  private static final long REMEMBERED_NANOS = 30_000_000_000L;

  private final Vertx vertx;
  private final Supplier<Set<String>> known;
  private final Here here;
  private final String own = UUID.randomUUID().toString();
  private final String answers = "anodyne.station.answers." + own;
  private final Map<String, Round> rounds = new ConcurrentHashMap<>();
  private final Map<String, String> stoppedElsewhere = new ConcurrentHashMap<>();
  private final List<MessageConsumer<JsonObject>> consumers;
  private final long timer;
  private volatile Stop recent = new Stop(null, 0);
  private volatile Limit limit = new Limit(Double.POSITIVE_INFINITY, 0);

  /** What this node itself drives. */
  interface Here {
    /** The connectors. */
    Set<String> connectors();

    /** Those that an emergency stop holds. */
    Set<String> stopped();

    /** Carries a command out on this node alone. */
    CompletionStage<CommandAnswer> execute(StationCommand command, Caller caller);
  }

  /** The stop of all that was heard last. */
  private record Stop(@Nullable JsonObject message, long nanos) {}

  /**
   * The limit of the station.
   *
   * @param setMillis when it was set, by the clock of the node that was asked
   */
  private record Limit(double watts, long setMillis) {}

  /** A command whose answers come in. */
  private record Round(
      Set<String> awaited,
      Map<String, CommandAnswer> told,
      CompletableFuture<Map<String, CommandAnswer>> done) {}

  /**
   * Begins to listen.
   *
   * @param known all connectors of the station, whoever drives them
   */
  StationPeers(Vertx vertx, Supplier<Set<String>> known, Here here) {
    this.vertx = vertx;
    this.known = known;
    this.here = here;
    this.consumers =
        List.of(
            vertx.eventBus().<JsonObject>consumer(COMMANDS, this::commanded),
            vertx.eventBus().<JsonObject>consumer(STANDING, this::standing),
            vertx.eventBus().<JsonObject>consumer(answers, this::answered));
    this.timer = vertx.setPeriodic(TELL_MILLIS, unused -> tell());
  }

  /** All connectors of the station, whoever drives them. */
  Set<String> known() {
    Set<String> all = new TreeSet<>(known.get());
    all.addAll(here.connectors());
    return all;
  }

  /** Asks the node that drives a connector. */
  CompletionStage<CommandAnswer> execute(String connector, StationCommand command, Caller caller) {
    return ask(command, caller, Set.of(connector))
        .thenApply(
            told ->
                told.getOrDefault(
                    connector,
                    new CommandAnswer(
                        CommandResult.NO_ANSWER,
                        "No node that drives " + connector + " has answered; ask again.")));
  }

  /**
   * Asks all other nodes.
   *
   * @return what each connector that is driven elsewhere answered in time
   */
  CompletionStage<Map<String, CommandAnswer>> all(StationCommand command, Caller caller) {
    remember(PeerMessage.of(command, caller));
    Set<String> others = known();
    others.removeAll(here.connectors());
    return ask(command, caller, others);
  }

  private CompletionStage<Map<String, CommandAnswer>> ask(
      StationCommand command, Caller caller, Set<String> awaited) {
    String id = UUID.randomUUID().toString();
    Round round = new Round(new HashSet<>(awaited), new TreeMap<>(), new CompletableFuture<>());
    rounds.put(id, round);
    vertx
        .eventBus()
        .publish(
            COMMANDS,
            PeerMessage.of(command, caller)
                .put("from", own)
                .put("answers", answers)
                .put("round", id));
    if (awaited.isEmpty()) {
      end(id);
    } else {
      vertx.setTimer(ANSWER_MILLIS, unused -> end(id));
    }
    return round.done();
  }

  private void end(String id) {
    Round round = rounds.remove(id);
    if (round != null) {
      synchronized (round) {
        round.done().complete(new TreeMap<>(round.told()));
      }
    }
  }

  private void answered(Message<JsonObject> message) {
    JsonObject body = message.body();
    String id = body.getString("round", "");
    Round round = rounds.get(id);
    if (round == null) {
      return;
    }
    boolean whole;
    synchronized (round) {
      round.told().put(body.getString("connector", ""), PeerMessage.answer(body));
      whole = round.told().keySet().containsAll(round.awaited());
    }
    if (whole) {
      end(id);
    }
  }

  private void commanded(Message<JsonObject> message) {
    JsonObject body = message.body();
    if (own.equals(body.getString("from"))) {
      return;
    }
    remember(body);
    String charger = body.getString("charger");
    Set<String> mine = new TreeSet<>(here.connectors());
    if (charger != null) {
      mine.retainAll(Set.of(charger));
    }
    @Nullable CompletionStage<CommandAnswer> forAll = null;
    for (String id : mine) {
      StationCommand command = PeerMessage.command(body, id);
      if (command == null) {
        continue;
      }
      CompletionStage<CommandAnswer> carriedOut = forAll;
      if (carriedOut == null) {
        carriedOut = here.execute(command, PeerMessage.caller(body));
        // A limit of the station is one command however many connectors it is for.
        forAll = command.charger() == null ? carriedOut : null;
      }
      carriedOut.whenComplete((answer, failure) -> reply(body, id, answer, failure));
    }
  }

  private void reply(
      JsonObject asked,
      String connector,
      @Nullable CommandAnswer answer,
      @Nullable Throwable failure) {
    CommandAnswer told =
        answer == null || failure != null
            ? new CommandAnswer(CommandResult.FAILED, String.valueOf(failure))
            : answer;
    vertx
        .eventBus()
        .send(
            asked.getString("answers"),
            PeerMessage.of(connector, told).put("round", asked.getString("round")));
  }

  private void remember(JsonObject message) {
    if (message.getString("command", "").equals("StationEmergencyStopRequest")) {
      recent = new Stop(message, System.nanoTime());
    }
  }

  /** The limit counts from now on, here and at nodes that come later. */
  void limited(double watts) {
    limit = new Limit(watts, Math.max(System.currentTimeMillis(), limit.setMillis() + 1));
    tell();
  }

  private void tell() {
    Limit now = limit;
    JsonObject standing =
        new JsonObject()
            .put("from", own)
            .put("connectors", new JsonArray(List.copyOf(here.connectors())))
            .put("stopped", new JsonArray(List.copyOf(here.stopped())))
            .put("limitMillis", now.setMillis());
    if (Double.isFinite(now.watts())) {
      standing.put("limitWatts", now.watts());
    }
    vertx.eventBus().publish(STANDING, standing);
  }

  private void standing(Message<JsonObject> message) {
    JsonObject body = message.body();
    String from = body.getString("from", "");
    if (own.equals(from)) {
      return;
    }
    JsonArray stopped = body.getJsonArray("stopped", new JsonArray());
    for (Object connector : body.getJsonArray("connectors", new JsonArray())) {
      // Whoever drives a connector now knows best; what a node says no more about stays.
      if (stopped.contains(connector)) {
        stoppedElsewhere.put(String.valueOf(connector), from);
      } else {
        stoppedElsewhere.remove(String.valueOf(connector));
      }
    }
    long set = body.getLong("limitMillis", 0L);
    if (set > limit.setMillis()) {
      double watts = body.getDouble("limitWatts", Double.POSITIVE_INFINITY);
      limit = new Limit(watts, set);
      var unused =
          here.execute(
              new StationCommand.SetStationPowerLimit(Math.min(watts, StationLayout.MOST_WATTS)),
              new Caller("", "cluster"));
    }
  }

  /** A connector that was stopped where it was driven before is stopped here too. */
  @Override
  public void added(ConnectorConfig connector, ConnectorSupervision supervision) {
    Stop stop = recent;
    String id = connector.id();
    JsonObject message = stop.message();
    boolean recently = message != null && System.nanoTime() - stop.nanos() < REMEMBERED_NANOS;
    if (stoppedElsewhere.remove(id) != null || recently) {
      String reason = recently && message != null ? message.getString("text", "") : "";
      var unused =
          here.execute(
              new StationCommand.EmergencyStopRequest(id, reason),
              recently && message != null
                  ? PeerMessage.caller(message)
                  : new Caller("another node", "cluster"));
    }
  }

  @Override
  public void removed(String id) {}

  @Override
  public void close() {
    vertx.cancelTimer(timer);
    consumers.forEach(MessageConsumer::unregister);
  }
}
