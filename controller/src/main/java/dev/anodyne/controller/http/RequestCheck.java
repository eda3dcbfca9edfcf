package dev.anodyne.controller.http;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.ValidationMessage;
import dev.anodyne.controller.http.RefusedException.Wrong;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Checks a request against the OpenAPI document; stateless. */
final class RequestCheck {
  /** Nobody reads more errors than these. */
  private static final int MOST_WRONGS = 10;

  private static final int LONGEST_SHOWN = 60;

  /** What the document describes is nested five deep at most. */
  private static final int DEEPEST = 32;

  private static final int LONGEST_NUMBER = 60;
  private static final int LONGEST_TEXT = 200_000;

  /** Strict: what could be read in two ways is refused. */
  private static final ObjectMapper JSON =
      new ObjectMapper(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxNumberLength(LONGEST_NUMBER)
                          .maxStringLength(LONGEST_TEXT)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY);

  private RequestCheck() {}

  /**
   * The parameters of a request, as written.
   *
   * @throws RefusedException 400 naming what does not follow the document
   */
  static Map<String, String> parameters(Operation operation, RoutingContext request) {
    List<Wrong> wrongs = new ArrayList<>();
    Map<String, String> values = new HashMap<>();
    MultiMap query = query(request);
    Set<String> known = new TreeSet<>();
    for (Operation.Parameter p : operation.parameters()) {
      List<String> given =
          switch (p.in()) {
            case "path" -> listed(request.pathParam(p.name()));
            case "query" -> query.getAll(p.name());
            default -> request.request().headers().getAll(p.name());
          };
      if (p.in().equals("query")) {
        known.add(p.name());
      }
      check(p, given, wrongs);
      if (!given.isEmpty()) {
        values.put(p.name(), given.get(0));
      }
    }
    for (String name : query.names()) {
      if (!known.contains(name)) {
        wrongs.add(
            new Wrong(
                "query." + shown(name),
                "is not known; allowed: "
                    + (known.isEmpty() ? "no parameters" : String.join(", ", known))
                    + "."));
      }
    }
    if (!wrongs.isEmpty()) {
      throw RefusedException.invalid(first(wrongs));
    }
    return values;
  }

  /** Escapes that stand for nothing are the client's mistake. */
  private static MultiMap query(RoutingContext request) {
    try {
      return request.queryParams();
    } catch (RuntimeException e) {
      throw RefusedException.invalid("query", "is not encoded as it should be.");
    }
  }

  private static List<String> listed(@Nullable String value) {
    return value == null ? List.of() : List.of(value);
  }

  private static void check(Operation.Parameter p, List<String> given, List<Wrong> wrongs) {
    String where = p.in() + "." + p.name();
    if (given.size() > 1) {
      wrongs.add(new Wrong(where, "is given " + given.size() + " times; allowed: once."));
    } else if (given.isEmpty() && p.required()) {
      wrongs.add(new Wrong(where, "is missing."));
    } else if (!given.isEmpty()) {
      JsonNode value = typed(p.type(), given.get(0));
      if (value == null) {
        wrongs.add(
            new Wrong(where, "is '" + shown(given.get(0)) + "'; allowed: a " + p.type() + "."));
      } else {
        wrongs.addAll(wrongs(where, p.schema(), value));
      }
    }
  }

  /** A parameter as what the document says it is; null when it is not. */
  private static @Nullable JsonNode typed(String type, String text) {
    if (type.equals("boolean")) {
      return text.equals("true") || text.equals("false")
          ? BooleanNode.valueOf(text.equals("true"))
          : null;
    }
    if (!type.equals("integer") && !type.equals("number")) {
      return TextNode.valueOf(text);
    }
    if (text.length() > LONGEST_NUMBER || !text.matches("-?\\d+(\\.\\d+)?([eE][+-]?\\d{1,3})?")) {
      return null;
    }
    if (type.equals("integer")) {
      return text.matches("-?\\d{1,15}") ? LongNode.valueOf(Long.parseLong(text)) : null;
    }
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? DoubleNode.valueOf(value) : null;
  }

  /**
   * The body of a request; null when there is none.
   *
   * @throws RefusedException 400 naming what does not follow the document
   */
  static @Nullable JsonObject body(Operation.Body body, Buffer bytes) {
    if (bytes.length() == 0) {
      if (body.required()) {
        throw RefusedException.invalid("body", "is missing; allowed: a JSON object.");
      }
      return null;
    }
    JsonNode tree = tree(bytes);
    if (!tree.isObject()) {
      throw RefusedException.invalid("body", "is no JSON object.");
    }
    List<Wrong> wrongs = wrongs("body", body.schema(), tree);
    if (!wrongs.isEmpty()) {
      throw RefusedException.invalid(first(wrongs));
    }
    return new JsonObject(bytes);
  }

  private static JsonNode tree(Buffer bytes) {
    try (JsonParser parser = JSON.createParser(bytes.getBytes())) {
      JsonNode tree = JSON.readTree(parser);
      if (tree == null || parser.nextToken() != null) {
        throw RefusedException.invalid("body", "is not one JSON object, or more than one.");
      }
      if (hasInfinite(tree)) {
        throw RefusedException.invalid("body", "has a number that is too large to be one.");
      }
      return tree;
    } catch (JsonProcessingException e) {
      String message = String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse("");
      var at = e.getLocation();
      throw RefusedException.invalid(
          "body",
          "is no JSON"
              + (at == null ? "" : ", line " + at.getLineNr() + ", column " + at.getColumnNr())
              + ": "
              + shown(message)
              + ".");
    } catch (IOException e) {
      // Bytes that are no text in UTF-8, UTF-16 or UTF-32.
      throw RefusedException.invalid("body", "is not text in UTF-8.");
    }
  }

  /** Numbers such as 1e999 are read as infinite, and no schema is made for that. */
  private static boolean hasInfinite(JsonNode tree) {
    if (tree.isFloatingPointNumber()) {
      return !Double.isFinite(tree.doubleValue());
    }
    for (JsonNode child : tree) {
      if (hasInfinite(child)) {
        return true;
      }
    }
    return false;
  }

  private static List<Wrong> wrongs(String where, JsonSchema schema, JsonNode value) {
    List<Wrong> wrongs = new ArrayList<>();
    for (ValidationMessage message : schema.validate(value)) {
      // $.tariff[0].from
      String path = String.valueOf(message.getInstanceLocation());
      String place = where + (path.startsWith("$") ? path.substring(1) : path);
      JsonNode instance = message.getInstanceNode();
      boolean plain = instance != null && instance.isValueNode();
      wrongs.add(
          new Wrong(
              shown(place),
              (plain ? "is " + shown(instance.toString()) + ": " : "")
                  + shown(afterPath(message.getMessage()))
                  + "."));
      if (wrongs.size() >= MOST_WRONGS) {
        break;
      }
    }
    return wrongs;
  }

  /** The library begins its messages with the path, which stands beside them already. */
  private static String afterPath(String message) {
    int colon = message.indexOf(": ");
    return message.startsWith("$") && colon > 0 ? message.substring(colon + 2) : message;
  }

  private static List<Wrong> first(List<Wrong> wrongs) {
    return wrongs.size() > MOST_WRONGS ? wrongs.subList(0, MOST_WRONGS) : wrongs;
  }

  /** What a client has written, so that it cannot fill or deface an answer or the log. */
  static String shown(String text) {
    String cut = text.length() > 3 * LONGEST_SHOWN ? text.substring(0, LONGEST_SHOWN) + "…" : text;
    return cut.replaceAll("[\\p{Cntrl}\\p{Cs}]", "?");
  }
}
