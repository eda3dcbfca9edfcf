package dev.anodyne.controller.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.ext.web.RoutingContext;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Everybody who watches live, over server-sent events or a WebSocket. One timer serves them all.
 * Lives on one event loop.
 */
final class LiveStreams {
  private static final long TICK_MILLIS = 250;
  private static final int MOST_CLIENTS = 200;
  private static final int MOST_MESSAGE_BYTES = 1024;

  private final Vertx vertx;
  private final Api api;
  private final SiteFeed feed;
  private final StationFeed station;
  private final Set<LiveClient> clients = new LinkedHashSet<>();
  private long timer = -1;
  private long closedSlow;

  LiveStreams(Vertx vertx, Api api, SiteFeed feed, StationFeed station) {
    this.vertx = vertx;
    this.api = api;
    this.feed = feed;
    this.station = station;
  }

  /** How many watch. */
  int count() {
    return clients.size();
  }

  /** How many were closed since they did not read. */
  long closedSlow() {
    return closedSlow;
  }

  /** Begins a stream of server-sent events. */
  void sse(Asked asked, RoutingContext request) {
    LiveClient.Wanted wanted = wanted(asked);
    HttpServerResponse response = request.response();
    response
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Accel-Buffering", "no")
        .setChunked(true);
    // Headers go out at once: a page knows that it is connected.
    var unused = response.write(": connected\n\n");
    begin(new LiveClient(api, feed, station, wanted, new Sink.Sse(response)));
  }

  /** Begins a WebSocket; what the client sends is not listened to. */
  void socket(Asked asked, RoutingContext request) {
    LiveClient.Wanted wanted = wanted(asked);
    String upgrade = request.request().getHeader("Upgrade");
    if (upgrade == null || !upgrade.equalsIgnoreCase("websocket")) {
      throw RefusedException.invalid(
          "header.Upgrade", "is missing; allowed: websocket, or GET /api/v1/stream instead.");
    }
    var unused =
        request
            .request()
            .toWebSocket()
            .onSuccess(socket -> opened(socket, wanted))
            .onFailure(
                e ->
                    Problem.send(
                        request, RefusedException.invalid("header", "is no WebSocket handshake.")));
  }

  private void opened(ServerWebSocket socket, LiveClient.Wanted wanted) {
    socket.handler(
        message -> {
          if (message.length() > MOST_MESSAGE_BYTES) {
            var unused = socket.close((short) 1009, "Nothing is read here.");
          }
        });
    begin(new LiveClient(api, feed, station, wanted, new Sink.Socket(socket)));
  }

  private LiveClient.Wanted wanted(Asked asked) {
    if (clients.size() >= MOST_CLIENTS) {
      throw RefusedException.of(
          503,
          "Too many streams",
          MOST_CLIENTS + " clients watch already; ask again when one has gone.");
    }
    String connector = asked.maybe("connector");
    if (connector != null) {
      var unused = api.view(connector);
    }
    String view = asked.maybe("view");
    return new LiveClient.Wanted(view != null, "changes".equals(view), connector);
  }

  private void begin(LiveClient client) {
    clients.add(client);
    client.tick();
    if (timer < 0) {
      timer = vertx.setPeriodic(TICK_MILLIS, unused -> tick());
    }
  }

  private void tick() {
    clients.removeIf(
        client -> {
          boolean gone = client.tick();
          closedSlow += gone && client.isSlow() ? 1 : 0;
          return gone;
        });
    if (clients.isEmpty()) {
      vertx.cancelTimer(timer);
      timer = -1;
    }
  }
}
