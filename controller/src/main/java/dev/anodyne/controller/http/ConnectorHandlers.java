package dev.anodyne.controller.http;

import dev.anodyne.controller.http.Gate.Handler;
import dev.anodyne.opcua.server.station.CommandAnswer;
import dev.anodyne.opcua.server.station.StationCommand;
import dev.anodyne.opcua.server.station.StationLayout;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** Live state of the connectors, and commands to them. */
final class ConnectorHandlers {
  private final Api api;
  private final SiteFeed feed;
  private final SessionHandlers sessions;

  /**
   * Of these connectors.
   *
   * @param sessions commands sessions that no station supervises, such as a demo's
   */
  ConnectorHandlers(Api api, SiteFeed feed, SessionHandlers sessions) {
    this.api = api;
    this.feed = feed;
    this.sessions = sessions;
  }

  void into(Map<String, Handler> handlers) {
    handlers.put("connectors", this::list);
    handlers.put("connector", this::one);
    handlers.put(
        "connectorHistory",
        a -> Future.succeededFuture(Reply.json(api.view(a.text("id")).history())));
    handlers.put("startCharge", this::start);
    handlers.put("authorise", this::authorise);
    handlers.put("stopCharge", this::stop);
    handlers.put(
        "setTarget", command((id, b) -> new StationCommand.SetTargetSoc(id, b.getDouble("soc"))));
    handlers.put("setDeparture", this::departure);
    handlers.put(
        "setPolicy",
        command((id, b) -> new StationCommand.SetPolicy(id, b.getString("policy", ""))));
    handlers.put("setPowerLimit", this::limit);
    handlers.put(
        "emergencyStop",
        command((id, b) -> new StationCommand.EmergencyStopRequest(id, reason(b))));
    handlers.put(
        "acknowledgeHeld",
        command((id, b) -> new StationCommand.Acknowledge(id, b.getString("comment", ""))));
    handlers.put("resetHeld", command((id, b) -> new StationCommand.Reset(id)));
  }

  /** Only what is on the page is looked at. */
  private Future<Reply> list(Asked asked) {
    int from = Paging.offset(asked);
    int to = from + Paging.limit(asked);
    StringBuilder items = new StringBuilder();
    int at = 0;
    for (SessionView view : api.board().views()) {
      if (at >= from && at < to) {
        items.append(at == from ? "" : ",").append(feed.text(view));
      }
      at++;
    }
    String next = to < at ? "\"" + Paging.cursor(to) + "\"" : "null";
    return Future.succeededFuture(Reply.text("{\"items\":[" + items + "],\"next\":" + next + "}"));
  }

  private Future<Reply> one(Asked asked) {
    SessionView view = api.view(asked.text("id"));
    return Future.succeededFuture(
        Reply.text(SessionView.with(feed.now(view), "record", view.latestText())));
  }

  private Future<Reply> start(Asked asked) {
    String id = known(asked);
    if (api.supervision(id) == null) {
      return sessions.start(asked).map(unused -> accepted("A new charge begins."));
    }
    return answered(api.parts().desk().control().start(id, asked.given(), Api.caller(asked)));
  }

  private Future<Reply> stop(Asked asked) {
    String id = known(asked);
    if (api.supervision(id) == null) {
      return sessions.stop(asked).map(unused -> accepted("The charge is stopped."));
    }
    return answered(
        api.parts()
            .desk()
            .execute(
                new StationCommand.StopCharging(id, reason(asked.given())), Api.caller(asked)));
  }

  private Future<Reply> authorise(Asked asked) {
    String id = known(asked);
    return answered(api.parts().desk().control().authorise(id, asked.given(), Api.caller(asked)));
  }

  private Future<Reply> departure(Asked asked) {
    String id = known(asked);
    JsonObject body = asked.given();
    String time = body.getString("departure");
    Instant departure = time == null ? null : Instants.read("body.departure", time);
    Double target = body.getDouble("targetSoc", target(api.view(id)));
    if (target == null) {
      throw RefusedException.of(
          422,
          "No target",
          "targetSoc is missing, and connector " + id + " has not said yet where it charges to.");
    }
    return answered(
        api.parts()
            .desk()
            .execute(new StationCommand.SetDeparture(id, departure, target), Api.caller(asked)));
  }

  private static @Nullable Double target(SessionView view) {
    JsonObject record = view.latest();
    JsonObject limits = record == null ? null : record.getJsonObject("limits");
    return limits == null ? null : limits.getDouble("targetSoc");
  }

  private Future<Reply> limit(Asked asked) {
    Double watts = asked.given().getDouble("watts");
    String id = known(asked);
    return answered(
        api.parts()
            .desk()
            .execute(
                new StationCommand.SetPowerLimit(
                    id, watts == null ? StationLayout.MOST_WATTS : watts),
                Api.caller(asked)));
  }

  private Handler command(BiFunction<String, JsonObject, StationCommand> made) {
    return asked -> {
      String id = known(asked);
      return answered(api.parts().desk().execute(made.apply(id, asked.given()), Api.caller(asked)));
    };
  }

  /** The id of a connector that is there. */
  private String known(Asked asked) {
    return api.view(asked.text("id")).id();
  }

  private static String reason(JsonObject body) {
    return body.getString("reason", "");
  }

  /** A command's answer in the words of HTTP. */
  static Future<Reply> answered(CompletionStage<CommandAnswer> answer) {
    return Future.fromCompletionStage(answer).map(ConnectorHandlers::reply);
  }

  /** See {@link #answered}. */
  static Reply reply(CommandAnswer answer) {
    int status =
        switch (answer.result()) {
          case ACCEPTED, NOTHING_TO_DO -> 200;
          case REFUSED_IN_STATE, EMERGENCY_STOPPED, NOT_ACKNOWLEDGED, FAULT_PRESENT -> 409;
          case OUT_OF_RANGE, UNKNOWN_POLICY, NOT_POSSIBLE -> 422;
          case NO_ANSWER -> 503;
          case FAILED -> 500;
        };
    if (status != 200) {
      throw RefusedException.of(
          status,
          status == 409 ? "Not in this state" : status == 422 ? "Not possible" : "Not carried out",
          answer.message());
    }
    return accepted(answer.result().name(), answer.message());
  }

  private static Reply accepted(String message) {
    return accepted("ACCEPTED", message);
  }

  private static Reply accepted(String result, String message) {
    return Reply.json(
        new JsonObject().put("accepted", true).put("result", result).put("message", message));
  }
}
