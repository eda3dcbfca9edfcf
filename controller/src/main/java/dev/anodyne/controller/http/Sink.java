package dev.anodyne.controller.http;

import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.json.JsonObject;

/** Where events go: a stream of server-sent events, or a WebSocket. */
sealed interface Sink {
  /** True while the client has not read what it was sent: nothing more is written then. */
  boolean isFull();

  /** True when nobody is there any more. */
  boolean isClosed();

  /**
   * Sends an event.
   *
   * @param data JSON
   */
  void event(String name, String data);

  /** Shows that the connection is alive. */
  void alive();

  /** Ends it, with a sentence for people. */
  void close(String reason);

  /** Server-sent events. */
  record Sse(HttpServerResponse response) implements Sink {
    @Override
    public boolean isFull() {
      return response.writeQueueFull();
    }

    @Override
    public boolean isClosed() {
      return response.closed() || response.ended();
    }

    @Override
    public void event(String name, String data) {
      var unused = response.write("event: " + name + "\ndata: " + data + "\n\n");
    }

    @Override
    public void alive() {
      var unused = response.write(": alive\n\n");
    }

    @Override
    public void close(String reason) {
      event("closed", new JsonObject().put("reason", reason).encode());
      var unused = response.end();
    }
  }

  /** A WebSocket: each event a message {@code {"event": …, "data": …}}. */
  record Socket(ServerWebSocket socket) implements Sink {
    /** RFC 6455: the endpoint cannot go on, for a reason of its policy. */
    private static final short POLICY = 1008;

    /** A close frame takes 123 bytes. */
    private static final int LONGEST_REASON = 120;

    @Override
    public boolean isFull() {
      return socket.writeQueueFull();
    }

    @Override
    public boolean isClosed() {
      return socket.isClosed();
    }

    @Override
    public void event(String name, String data) {
      var unused = socket.writeTextMessage("{\"event\":\"" + name + "\",\"data\":" + data + "}");
    }

    @Override
    public void alive() {
      event("alive", "{}");
    }

    @Override
    public void close(String reason) {
      String cut = reason.length() > LONGEST_REASON ? reason.substring(0, LONGEST_REASON) : reason;
      var unused = socket.close(POLICY, cut);
    }
  }
}
