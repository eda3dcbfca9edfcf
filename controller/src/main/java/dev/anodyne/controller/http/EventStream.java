package dev.anodyne.controller.http;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * Live state as server-sent events: five times a second whatever is new. Records that come faster
 * are sent together, so that every point arrives and none twice. A browser that reads slowly gets
 * its points later, never more memory.
 *
 * <p>Events: {@code session} with {@code {"id", "generation", "from", "points", "truthFrom",
 * "truth", "summary"}}, and {@code result} with the demo's comparison.
 */
final class EventStream {
  private static final long PERIOD_MILLIS = 200;

  /** A silent connection shows that it is alive this often, in periods. */
  private static final int KEEP_ALIVE_PERIODS = 25;

  private final Vertx vertx;
  private final Board board;
  private final HttpServerResponse response;
  private final Map<String, Cursor> cursors = new HashMap<>();
  private long resultSent;
  private int silent;
  private long timer;

  /** How far a browser has read. */
  private static final class Cursor {
    int generation = -1;
    int points;
    int truth;
    int summaryHash;
  }

  private EventStream(Vertx vertx, Board board, HttpServerResponse response) {
    this.vertx = vertx;
    this.board = board;
    this.response = response;
  }

  /** Begins to stream until the browser goes away. */
  static void open(Vertx vertx, Board board, HttpServerResponse response) {
    response
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store")
        .setChunked(true);
    EventStream stream = new EventStream(vertx, board, response);
    stream.timer = vertx.setPeriodic(1, PERIOD_MILLIS, unused -> stream.send());
    response.closeHandler(unused -> vertx.cancelTimer(stream.timer));
    response.exceptionHandler(unused -> vertx.cancelTimer(stream.timer));
  }

  private void send() {
    if (response.closed() || response.ended()) {
      vertx.cancelTimer(timer);
      return;
    }
    if (response.writeQueueFull()) {
      return;
    }
    boolean sent = false;
    for (SessionView view : board.views()) {
      sent |= send(view, cursors.computeIfAbsent(view.id(), unused -> new Cursor()));
    }
    JsonObject result = board.result();
    if (result != null && board.resultVersion() != resultSent) {
      resultSent = board.resultVersion();
      event("result", result);
      sent = true;
    }
    silent = sent ? 0 : silent + 1;
    if (silent >= KEEP_ALIVE_PERIODS) {
      silent = 0;
      var unused = response.write(": alive\n\n");
    }
  }

  private boolean send(SessionView view, Cursor cursor) {
    if (cursor.generation != view.generation()) {
      cursor.generation = view.generation();
      cursor.points = 0;
      cursor.truth = 0;
      cursor.summaryHash = 0;
    }
    JsonObject summary = view.summary(true);
    int hash = summary.hashCode();
    boolean isNew =
        hash != cursor.summaryHash
            || cursor.points != view.points().size()
            || cursor.truth != view.truth().size();
    if (isNew) {
      event(
          "session",
          new JsonObject()
              .put("id", view.id())
              .put("generation", cursor.generation)
              .put("from", cursor.points)
              .put("points", view.points().from(cursor.points))
              .put("truthFrom", cursor.truth)
              .put("truth", view.truth().from(cursor.truth))
              .put("summary", summary));
      cursor.points = view.points().size();
      cursor.truth = view.truth().size();
      cursor.summaryHash = hash;
    }
    return isNew;
  }

  private void event(String name, JsonObject data) {
    var unused = response.write("event: " + name + "\ndata: " + data.encode() + "\n\n");
  }
}
