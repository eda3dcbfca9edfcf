package dev.anodyne.controller.http;

import dev.anodyne.controller.http.Gate.Handler;
import dev.anodyne.opcua.server.alarm.Alarm;
import dev.anodyne.opcua.server.alarm.AlarmAnswer;
import dev.anodyne.opcua.server.station.StationCommand;
import dev.anodyne.opcua.server.station.StationLayout;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The station as a whole, and its alarms. */
final class StationHandlers {
  private final Api api;
  private final SiteFeed feed;
  private final StationFeed station;

  StationHandlers(Api api, SiteFeed feed, StationFeed station) {
    this.api = api;
    this.feed = feed;
    this.station = station;
  }

  void into(Map<String, Handler> handlers) {
    handlers.put("station", asked -> Future.succeededFuture(Reply.text(station.text().json())));
    handlers.put("setStationLimit", this::limit);
    handlers.put("clearStationLimit", asked -> limited(asked, null, Double.POSITIVE_INFINITY));
    handlers.put("stopStation", this::stop);
    handlers.put("alarms", this::alarms);
    handlers.put("acknowledgeAlarm", this::acknowledge);
  }

  private Future<Reply> limit(Asked asked) {
    JsonObject body = asked.given();
    return limited(
        asked,
        body.getDouble("watts"),
        body.getDouble("validForSeconds", Double.POSITIVE_INFINITY));
  }

  private Future<Reply> limited(Asked asked, @Nullable Double watts, double seconds) {
    ApiParts parts = api.parts();
    feed.forget();
    station.forget();
    SiteLook site = parts.site();
    if (site != null) {
      return Future.succeededFuture(
          ConnectorHandlers.reply(site.command().limit(watts, seconds, Api.caller(asked))));
    }
    if (Double.isFinite(seconds)) {
      throw RefusedException.of(
          422,
          "Not possible",
          "validForSeconds needs a station that shares its power. Maybe add site: to its"
              + " configuration, or leave validForSeconds out.");
    }
    double most = watts == null ? StationLayout.MOST_WATTS : watts;
    return ConnectorHandlers.answered(
        parts.desk().execute(new StationCommand.SetStationPowerLimit(most), Api.caller(asked)));
  }

  private Future<Reply> stop(Asked asked) {
    String reason = asked.given().getString("reason", "");
    return ConnectorHandlers.answered(
        api.parts()
            .desk()
            .execute(new StationCommand.StationEmergencyStopRequest(reason), Api.caller(asked)));
  }

  private Future<Reply> alarms(Asked asked) {
    AlarmRows rows = api.alarms();
    boolean active = Boolean.parseBoolean(asked.maybe("active"));
    List<Alarm> all =
        rows == null
            ? List.of()
            : rows.retained().stream().filter(a -> !active || a.state().active()).toList();
    int from = Math.min(Paging.offset(asked), all.size());
    int to = Math.min(all.size(), from + Paging.limit(asked));
    JsonArray items = new JsonArray();
    if (rows != null) {
      all.subList(from, to).forEach(alarm -> items.add(rows.row(alarm)));
    }
    return Future.succeededFuture(
        Reply.json(
            new JsonObject()
                .put("items", items)
                .put("next", to < all.size() ? Paging.cursor(to) : null)));
  }

  private Future<Reply> acknowledge(Asked asked) {
    String id = asked.text("id");
    AlarmAnswer answer =
        api.parts().desk().acknowledge(id, asked.given().getString("comment"), Api.caller(asked));
    if (answer == null) {
      throw RefusedException.notFound("There is no alarm '" + id + "'.");
    }
    boolean before = answer == AlarmAnswer.ALREADY_ACKNOWLEDGED;
    if (answer != AlarmAnswer.DONE && !before) {
      throw RefusedException.of(409, "Not in this state", "The alarm " + id + " is disabled.");
    }
    return Future.succeededFuture(
        Reply.json(
            new JsonObject()
                .put("accepted", true)
                .put("result", before ? "NOTHING_TO_DO" : "ACCEPTED")
                .put(
                    "message",
                    before
                        ? "Somebody has acknowledged it already."
                        : "Acknowledged by " + asked.who().user() + ".")));
  }
}
