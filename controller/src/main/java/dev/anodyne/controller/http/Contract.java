package dev.anodyne.controller.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import dev.anodyne.opcua.security.Role;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The OpenAPI document of the API: what can be asked for, by whom and in which form. The server
 * itself works by it: its routes, roles and checks are read from it, and nothing stands beside it.
 *
 * <p>Bodies and parameters are checked on the event loop by json-schema-validator; vertx-openapi
 * would do so on worker threads, one after the other, and takes text parameters for JSON.
 */
final class Contract {
  /** A body may have this many bytes unless the document says otherwise. */
  private static final int BODY_BYTES = 65_536;

  private static final String RESOURCE = "openapi.yaml";
  private static final String BASE = "anodyne:openapi";
  private static final String SCHEMAS = "#/components/schemas/";

  private final Buffer json;
  private final Map<String, Operation> operations = new LinkedHashMap<>();
  private final JsonNode document;
  private final JsonSchemaFactory schemas;

  private Contract(JsonNode document) {
    this.json = Buffer.buffer(document.toString());
    toEnd(document);
    this.document = document;
    Map<String, String> resources = Map.of(BASE, definitions(document));
    this.schemas =
        JsonSchemaFactory.getInstance(
            SpecVersion.VersionFlag.V202012,
            builder -> builder.schemaLoaders(loaders -> loaders.schemas(resources)));
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method -> {
                          Operation operation =
                              operation(path.getKey(), method.getKey(), method.getValue());
                          operations.put(operation.id(), operation);
                        }));
  }

  /** The document, read once by whoever asks first. */
  private static final class Shared {
    static final Contract CONTRACT = load();
  }

  /** The document; the first call takes some tens of milliseconds, and more in a young process. */
  static Contract shared() {
    return Shared.CONTRACT;
  }

  /** Reads the document. */
  static Contract load() {
    try (InputStream in = Contract.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw new IllegalStateException("The API's document is not on the classpath.");
      }
      return new Contract(new YAMLMapper().readTree(in));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The document itself. */
  Buffer json() {
    return json;
  }

  /** All that can be asked for, in the order of the document. */
  Collection<Operation> operations() {
    return operations.values();
  }

  /** The operation of an id, which must be there. */
  Operation operation(String id) {
    Operation operation = operations.get(id);
    if (operation == null) {
      throw new IllegalArgumentException("The API's document has no operation '" + id + "'.");
    }
    return operation;
  }

  /** What the schema of this name says; for answers, which tests check. */
  JsonSchema schema(String name) {
    return schemas.getSchema(SchemaLocation.of(BASE + "#/$defs/" + name));
  }

  /**
   * The schema of an operation's answer; null when that is no JSON, or there is no such answer.
   *
   * @param status such as 200
   */
  @Nullable JsonSchema answer(String operationId, int status) {
    Operation operation = operation(operationId);
    JsonNode answer =
        resolved(
            document
                .path("paths")
                .path(operation.path())
                .path(operation.method().toLowerCase(Locale.ROOT))
                .path("responses")
                .path(String.valueOf(status)));
    for (JsonNode content : answer.path("content")) {
      JsonNode schema = content.path("schema");
      if (schema.has("$ref")) {
        return schema(schema.path("$ref").asText().substring(SCHEMAS.length()));
      }
    }
    return null;
  }

  /** Whether the document names this status among an operation's answers. */
  boolean knows(String operationId, int status) {
    Operation operation = operation(operationId);
    return document
        .path("paths")
        .path(operation.path())
        .path(operation.method().toLowerCase(Locale.ROOT))
        .path("responses")
        .has(String.valueOf(status));
  }

  private Operation operation(String path, String method, JsonNode json) {
    List<Operation.Parameter> parameters = new ArrayList<>();
    for (JsonNode one : json.path("parameters")) {
      parameters.add(parameter(resolved(one)));
    }
    return new Operation(
        json.path("operationId").asText(),
        method.toUpperCase(Locale.ROOT),
        path,
        Role.of(json.path("x-role").asText()).orElse(null),
        parameters,
        body(json),
        json.path("x-any-content-type").asBoolean());
  }

  private Operation.Parameter parameter(JsonNode json) {
    JsonNode schema = json.path("schema");
    JsonNode plain =
        schema.has("$ref") ? document.at(schema.path("$ref").asText().substring(1)) : schema;
    return new Operation.Parameter(
        json.path("name").asText(),
        json.path("in").asText(),
        json.path("required").asBoolean(),
        plain.path("type").asText(),
        schemas.getSchema(plain));
  }

  private Operation.@Nullable Body body(JsonNode operation) {
    JsonNode body = operation.path("requestBody");
    if (body.isMissingNode()) {
      return null;
    }
    String ref = body.at("/content/application~1json/schema/$ref").asText();
    return new Operation.Body(
        body.path("required").asBoolean(),
        operation.path("x-body-limit").asInt(BODY_BYTES),
        schema(ref.substring(SCHEMAS.length())));
  }

  private JsonNode resolved(JsonNode node) {
    return node.has("$ref") ? document.at(node.path("$ref").asText().substring(1)) : node;
  }

  /**
   * In the document's regular expressions {@code $} is the end; in Java's a line break may follow.
   * Modified.
   */
  private static void toEnd(JsonNode node) {
    if (node instanceof ObjectNode object && object.path("pattern").isTextual()) {
      String pattern = object.path("pattern").asText();
      if (pattern.endsWith("$")) {
        object.put("pattern", pattern.substring(0, pattern.length() - 1) + "\\z");
      }
    }
    node.forEach(Contract::toEnd);
  }

  /** The schemas of the document as a document of JSON Schema. */
  private static String definitions(JsonNode document) {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode root = mapper.createObjectNode();
    root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    root.put("$id", BASE);
    root.set("$defs", document.at("/components/schemas"));
    try {
      return mapper.writeValueAsString(root).replace(SCHEMAS, "#/$defs/");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree can be written.", e);
    }
  }
}
