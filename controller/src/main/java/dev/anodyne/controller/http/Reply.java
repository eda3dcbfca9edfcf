package dev.anodyne.controller.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * An answer, complete.
 *
 * @param status of HTTP
 * @param type of the body
 * @param headers besides it
 */
record Reply(int status, String type, Buffer body, Map<String, String> headers) {
  Reply {
    headers = Map.copyOf(headers);
  }

  Reply(int status, String type, Buffer body) {
    this(status, type, body, Map.of());
  }

  /** What was asked for. */
  static Reply json(JsonObject json) {
    return new Reply(200, "application/json", json.toBuffer());
  }

  /** What was asked for, as JSON that has been written already. */
  static Reply text(String json) {
    return new Reply(200, "application/json", Buffer.buffer(json));
  }

  /** The same with another header. */
  Reply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, type, body, more);
  }

  boolean isDone() {
    return status < 400;
  }

  void write(HttpServerResponse response) {
    if (response.ended() || response.closed()) {
      return;
    }
    response.setStatusCode(status).putHeader("Content-Type", type);
    response.putHeader("Cache-Control", "no-store");
    headers.forEach(response::putHeader);
    var unused = response.end(body);
  }
}
