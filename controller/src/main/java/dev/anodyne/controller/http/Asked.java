package dev.anodyne.controller.http;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request that follows the document, by somebody who may make it.
 *
 * @param operation what is asked for
 * @param who who asks
 * @param address where from
 * @param parameters of path, query and header, as written
 * @param body null when there is none
 */
record Asked(
    Operation operation,
    Identity who,
    String address,
    Map<String, String> parameters,
    @Nullable JsonObject body) {
  Asked {
    parameters = Map.copyOf(parameters);
  }

  /** A parameter that the document requires. */
  String text(String name) {
    String value = parameters.get(name);
    if (value == null) {
      throw new IllegalStateException("Parameter " + name + " is not required by the document.");
    }
    return value;
  }

  /** A parameter; null when it is not there. */
  @Nullable String maybe(String name) {
    return parameters.get(name);
  }

  int whole(String name, int otherwise) {
    String value = parameters.get(name);
    return value == null ? otherwise : Integer.parseInt(value);
  }

  double number(String name, double otherwise) {
    String value = parameters.get(name);
    return value == null ? otherwise : Double.parseDouble(value);
  }

  /** An instant whose form the document has checked, but not whether there is such a day. */
  @Nullable Instant instant(String name) {
    String value = parameters.get(name);
    return value == null ? null : Instants.read("query." + name, value);
  }

  /** The body; an empty one when there is none. */
  JsonObject given() {
    return body == null ? new JsonObject() : body;
  }
}
