package dev.anodyne.controller.http;

import com.networknt.schema.JsonSchema;
import dev.anodyne.opcua.security.Role;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that can be asked for, as the OpenAPI document states it.
 *
 * @param id its operationId
 * @param method such as GET
 * @param path as in the document, for example {@code /api/v1/connectors/{id}}
 * @param role the least role that may ask; null: everybody
 * @param parameters of path, query and header
 * @param body what a body must look like; null: there is none
 * @param anyContentType whether a body counts as JSON whatever its Content-Type says
 */
record Operation(
    String id,
    String method,
    String path,
    @Nullable Role role,
    List<Parameter> parameters,
    @Nullable Body body,
    boolean anyContentType) {
  Operation {
    parameters = List.copyOf(parameters);
  }

  /** True for what changes something, which other web sites must not be able to make a page do. */
  boolean isChange() {
    return !method.equals("GET");
  }

  /** True for commands, which may be sent again under the same key. */
  boolean isIdempotent() {
    return parameters.stream().anyMatch(p -> p.name().equals("Idempotency-Key"));
  }

  /** The path as the router writes it: {@code /api/v1/connectors/:id}. */
  String route() {
    return path.replaceAll("\\{(\\w+)}", ":$1");
  }

  /**
   * A parameter.
   *
   * @param in path, query or header
   * @param type string, number, integer or boolean
   */
  record Parameter(String name, String in, boolean required, String type, JsonSchema schema) {}

  /**
   * A body, always JSON.
   *
   * @param mostBytes of a larger one nothing is read
   */
  record Body(boolean required, int mostBytes, JsonSchema schema) {}
}
