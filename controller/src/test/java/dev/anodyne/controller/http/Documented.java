package dev.anodyne.controller.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import java.net.http.HttpResponse;
import java.util.List;

/** Holds answers against the OpenAPI document. */
public final class Documented {
  private static final Contract CONTRACT = Contract.load();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** An operation, as tests need it. */
  public record Call(String id, String method, String path, List<String> parameters) {}

  private Documented() {}

  /** All operations that answer and are done. */
  public static List<Call> calls() {
    return CONTRACT.operations().stream()
        .filter(o -> !o.id().equals("stream") && !o.id().equals("events"))
        .map(
            o ->
                new Call(
                    o.id(),
                    o.method(),
                    o.path(),
                    o.parameters().stream()
                        .filter(p -> p.in().equals("query"))
                        .map(Operation.Parameter::name)
                        .toList()))
        .toList();
  }

  /** Whether a part of a request looks as the document says. */
  public static boolean isAllowed(String schema, String json) throws Exception {
    return CONTRACT.schema(schema).validate(JSON.readTree(json)).isEmpty();
  }

  /** The answer is one that the document names, and looks as it says. */
  public static void check(String operation, HttpResponse<String> answer) throws Exception {
    String what = operation + " " + answer.statusCode() + " " + answer.body();
    boolean general = answer.statusCode() == 404 || answer.statusCode() == 405;
    assertThat(general || CONTRACT.knows(operation, answer.statusCode()))
        .as("documented: %s", what)
        .isTrue();
    String type = answer.headers().firstValue("Content-Type").orElse("");
    if (answer.statusCode() >= 400) {
      assertThat(type).as(what).isEqualTo("application/problem+json");
      assertThat(CONTRACT.schema("Problem").validate(JSON.readTree(answer.body())))
          .as(what)
          .isEmpty();
      assertThat(answer.body()).as("no stack trace").doesNotContain("Exception", "\\tat ");
    } else if (type.startsWith("application/json")) {
      JsonSchema schema = CONTRACT.answer(operation, answer.statusCode());
      JsonNode json = JSON.readTree(answer.body());
      assertThat(schema).as(what).isNotNull();
      assertThat(schema.validate(json)).as(what).isEmpty();
    }
  }
}
