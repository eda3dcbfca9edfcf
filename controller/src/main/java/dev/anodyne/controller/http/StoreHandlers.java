package dev.anodyne.controller.http;

import dev.anodyne.controller.http.Gate.Handler;
import dev.anodyne.controller.storage.BatteryRow;
import dev.anodyne.controller.storage.ChargeQuery;
import dev.anodyne.controller.storage.ChargeRow;
import dev.anodyne.controller.storage.EventQuery;
import dev.anodyne.controller.storage.Page;
import dev.anodyne.controller.storage.PageRequest;
import dev.anodyne.controller.storage.StateRow;
import dev.anodyne.controller.storage.StationStore;
import dev.anodyne.controller.storage.Telemetry;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Charges, batteries, past alarms and the audit trail, as the storage keeps them. */
final class StoreHandlers {
  /** A chart shows no more. */
  private static final int MOST_POINTS = 5_000;

  private final Api api;

  StoreHandlers(Api api) {
    this.api = api;
  }

  void into(Map<String, Handler> handlers) {
    handlers.put("charges", this::charges);
    handlers.put("charge", this::charge);
    handlers.put("telemetry", this::telemetry);
    handlers.put("report", this::report);
    handlers.put("batteries", this::batteries);
    handlers.put("battery", this::battery);
    handlers.put("audit", this::audit);
    handlers.put("alarmHistory", this::alarmHistory);
  }

  private Future<Reply> charges(Asked asked) {
    String cursor = Paging.decoded(asked);
    ChargeQuery query =
        new ChargeQuery(
            asked.maybe("connector"),
            asked.maybe("battery"),
            asked.instant("from"),
            asked.instant("to"),
            new PageRequest(Paging.limit(asked), cursor));
    return page(store -> store.charges(query), StoreJson::charge);
  }

  private Future<Reply> audit(Asked asked) {
    EventQuery query = events(asked, null);
    return page(store -> store.audit(query), StoreJson::audit);
  }

  private Future<Reply> alarmHistory(Asked asked) {
    EventQuery query = events(asked, asked.maybe("connector"));
    return page(store -> store.alarms(query), StoreJson::alarm);
  }

  private static EventQuery events(Asked asked, @Nullable String owner) {
    return new EventQuery(
        owner,
        asked.instant("from"),
        asked.instant("to"),
        new PageRequest(Paging.limit(asked), Paging.decoded(asked)));
  }

  private <T> Future<Reply> page(
      Function<StationStore, Page<T>> question, Function<T, JsonObject> json) {
    return api.stored(
            store -> {
              try {
                return question.apply(store);
              } catch (IllegalArgumentException e) {
                // A cursor that a client has made up, or taken from another list.
                throw Paging.wrong();
              }
            })
        .map(
            page -> {
              JsonArray items = new JsonArray();
              page.items().forEach(item -> items.add(json.apply(item)));
              return Reply.json(
                  new JsonObject().put("items", items).put("next", Paging.shown(page.next())));
            });
  }

  private Future<Reply> charge(Asked asked) {
    String id = asked.text("id");
    return api.stored(store -> store.charge(id))
        .map(found -> Reply.json(StoreJson.charge(there(id, found))));
  }

  private Future<Reply> telemetry(Asked asked) {
    String id = asked.text("id");
    Instant from = asked.instant("from");
    Instant to = asked.instant("to");
    double resolution = asked.number("resolution", 0);
    return api.stored(
        store -> {
          ChargeRow charge = there(id, store.charge(id));
          Duration close = bearable(charge, from, to, resolution);
          Telemetry telemetry =
              store
                  .telemetry(id, from, to, close)
                  .orElseThrow(() -> RefusedException.notFound("There is no charge '" + id + "'."));
          return Reply.json(StoreJson.telemetry(charge, telemetry));
        });
  }

  /** As close as wanted, but no more points than can be shown. */
  private static Duration bearable(
      ChargeRow charge, @Nullable Instant from, @Nullable Instant to, double wantedSeconds) {
    Instant begin = from == null || from.isBefore(charge.begun()) ? charge.begun() : from;
    Instant ended = charge.ended() == null ? Instant.now() : charge.ended();
    Instant end = to == null || to.isAfter(ended) ? ended : to;
    double seconds = Math.max(0, Duration.between(begin, end).toMillis() / 1000.0);
    double least = seconds / MOST_POINTS;
    double close = least > 1 ? Math.max(wantedSeconds, least) : wantedSeconds;
    return Duration.ofMillis((long) Math.ceil(close * 1000));
  }

  private Future<Reply> report(Asked asked) {
    String id = asked.text("id");
    return api.stored(
        store -> {
          ChargeRow charge = there(id, store.charge(id));
          Telemetry telemetry =
              store
                  .telemetry(id, null, null, bearable(charge, null, null, 0))
                  .orElseThrow(() -> RefusedException.notFound("There is no charge '" + id + "'."));
          List<StateRow> states = store.states(id);
          Buffer page = Buffer.buffer(ChargeReport.html(charge, states, telemetry));
          return new Reply(200, "text/html; charset=utf-8", page)
              .with("Content-Security-Policy", ChargeReport.SECURITY)
              .with("Content-Disposition", "inline; filename=\"charge-" + id + ".html\"");
        });
  }

  private Future<Reply> batteries(Asked asked) {
    int offset = Paging.offset(asked);
    int limit = Paging.limit(asked);
    return api.stored(store -> store.batteries())
        .map(
            all -> {
              int from = Math.min(offset, all.size());
              int to = Math.min(all.size(), from + limit);
              JsonArray items = new JsonArray();
              all.subList(from, to).forEach(row -> items.add(StoreJson.battery(row, false)));
              return Reply.json(
                  new JsonObject()
                      .put("items", items)
                      .put("next", to < all.size() ? Paging.cursor(to) : null));
            });
  }

  private Future<Reply> battery(Asked asked) {
    String id = asked.text("id");
    return api.stored(store -> store.battery(id))
        .map(
            found -> {
              BatteryRow row =
                  found.orElseThrow(
                      () -> RefusedException.notFound("There is no battery '" + id + "'."));
              return Reply.json(StoreJson.battery(row, true));
            });
  }

  private static ChargeRow there(String id, Optional<ChargeRow> found) {
    return found.orElseThrow(() -> RefusedException.notFound("There is no charge '" + id + "'."));
  }
}
