package dev.anodyne.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.controller.http.Documented;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Requests of any shape: the server answers with what the document names, never with a failure of
 * its own, and what it refuses has changed nothing. Requests are sent by somebody who may do
 * everything, so that nothing is refused before it is looked at.
 */
class ApiFuzzTest {
  private static ApiStation api;

  @BeforeContainer
  static void start() throws Exception {
    Path folder = Files.createTempDirectory("api-fuzz");
    api = new ApiStation(folder, "  rateLimit: {perSecond: 100000, burst: 100000}");
  }

  @AfterContainer
  static void stop() {
    api.close();
  }

  /** A request for an operation, sound or not. */
  record Request(Documented.Call call, String path, String body) {}

  @Property(tries = 250, shrinking = ShrinkingMode.OFF)
  void answersAsDocumentedAndRefusalsChangeNothing(@ForAll("requests") Request request)
      throws Exception {
    String before = api.settled();
    boolean bodied = !request.call().method().equals("GET");
    HttpResponse<String> answer =
        api.ask(
            request.call().id(),
            request.call().method(),
            request.path(),
            ApiStation.ADMIN,
            bodied ? request.body() : null);
    assertThat(answer.statusCode()).as("%s: %s", request, answer.body()).isLessThan(500);
    if (answer.statusCode() < 400) {
      api.changed();
    } else {
      assertThat(api.state()).as("%s was refused", request).isEqualTo(before);
    }
  }

  @Property(tries = 60, shrinking = ShrinkingMode.OFF)
  void bytesOfAnyShapeGetAnAnswerOfHttp(@ForAll("bytes") byte[] body) throws Exception {
    String before = api.settled();
    String head =
        "POST /api/v1/connectors/C1/target HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
            + ApiStation.ADMIN
            + "\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    String answer = raw(head.getBytes(StandardCharsets.US_ASCII), body);
    assertThat(answer).startsWith("HTTP/1.1 4");
    assertThat(answer).contains("application/problem+json");
    assertThat(api.state()).isEqualTo(before);
  }

  @Property(tries = 40, shrinking = ShrinkingMode.OFF)
  void linesOfAnyShapeNeverMakeTheServerFail(@ForAll("lines") String line) throws Exception {
    String answer =
        raw(
            (line + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.ISO_8859_1),
            new byte[0]);
    assertThat(answer).doesNotStartWith("HTTP/1.1 5");
  }

  private static String raw(byte[] head, byte[] body) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", api.server.port())) {
      socket.setSoTimeout(30_000);
      OutputStream out = socket.getOutputStream();
      out.write(head);
      out.write(body);
      out.flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Provide
  Arbitrary<Request> requests() {
    Arbitrary<Documented.Call> calls =
        Arbitraries.of(
            Documented.calls().stream()
                .filter(c -> !c.id().equals("login") && !c.id().equals("logout"))
                .toList());
    return calls.flatMap(
        call ->
            Combinators.combine(ids(), queries(call), bodies())
                .as(
                    (id, query, body) ->
                        new Request(
                            call,
                            call.path().replaceAll("\\{\\w+}", id.replace("\\", "%5C")) + query,
                            body)));
  }

  private static Arbitrary<String> ids() {
    Arbitrary<String> known =
        Arbitraries.of("C1", "C2", "mine", "mpc", "C1.Alarms.LinkLost", "none", "..", "a%20b");
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(4, known),
        net.jqwik.api.Tuple.of(1, segments().map(ApiFuzzTest::coded)));
  }

  private static Arbitrary<String> queries(Documented.Call call) {
    Arbitrary<String> names =
        call.parameters().isEmpty()
            ? Arbitraries.of("limit", "x")
            : Arbitraries.of(call.parameters());
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.of(
                "1",
                "0",
                "-1",
                "500",
                "1e9",
                "true",
                "C1",
                "NaN",
                "2026-01-31T06:30:00Z",
                "2026-02-31T06:30:00Z",
                "MA",
                "%00",
                "%C3%28"),
            texts().map(ApiFuzzTest::coded));
    Arbitrary<String> one = Combinators.combine(names, values).as((n, v) -> "?" + n + "=" + v);
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(2, Arbitraries.just("")), net.jqwik.api.Tuple.of(1, one));
  }

  private static Arbitrary<String> bodies() {
    Arbitrary<String> keys =
        Arbitraries.of(
            "soc",
            "watts",
            "targetSoc",
            "departure",
            "departureMinutes",
            "policy",
            "reason",
            "comment",
            "text",
            "name",
            "validForSeconds",
            "tariff",
            "goal",
            "battery",
            "colour");
    Arbitrary<String> values =
        Arbitraries.oneOf(
            Arbitraries.of(
                "0.5",
                "1.5",
                "-1",
                "0",
                "1e999",
                "1e400000000",
                "null",
                "true",
                "[]",
                "{}",
                "\"06:30\"",
                "\"2099-01-01T00:00:00Z\"",
                "\"2026-13-01T00:00:00Z\"",
                "\"mpc\"",
                "[{\"from\": 3, \"pricePerKilowattHour\": 0.1}]",
                "{\"id\": \"B1\"}",
                "5000",
                "[[[[[[[[1]]]]]]]]",
                "\"\\ud800\"",
                "\"\\u0000\"",
                "\"name: x\\npolicy: mpc\\n\""),
            texts().map(t -> "\"" + t.replace("\\", "\\\\").replace("\"", "\\\"") + "\""));
    Arbitrary<String> member = Combinators.combine(keys, values).as((k, v) -> "\"" + k + "\":" + v);
    Arbitrary<String> object =
        member.list().ofMaxSize(3).map(members -> "{" + String.join(",", members) + "}");
    Arbitrary<String> odd =
        Arbitraries.of(
            "",
            "null",
            "[]",
            "\"x\"",
            "{",
            "{}{}",
            "{\"soc\":",
            "{'soc':1}",
            "[".repeat(2000),
            "{\"a\":".repeat(500),
            "{\"soc\":0.5,\"soc\":0.6}");
    return Arbitraries.frequencyOf(
        net.jqwik.api.Tuple.of(4, object), net.jqwik.api.Tuple.of(1, odd));
  }

  /** An empty id, or a dot, would be another path: that of the list. */
  private static Arbitrary<String> segments() {
    return texts().filter(text -> !text.isEmpty() && !text.equals("."));
  }

  private static Arbitrary<String> texts() {
    return Arbitraries.strings().ofMaxLength(30);
  }

  private static String coded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }

  /** Bodies that are no target: neither random bytes nor texts in other encodings are one. */
  @Provide
  Arbitrary<byte[]> bytes() {
    return Arbitraries.oneOf(
        Arbitraries.bytes().array(byte[].class).ofMinSize(1).ofMaxSize(200),
        Arbitraries.of("{\"soc\": \"\u00e9\"}", "{\"\u00fc\": 1}")
            .map(text -> text.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Provide
  Arbitrary<String> lines() {
    Arbitrary<String> methods = Arbitraries.of("GET", "POST", "FOO", "get", "", "G\u0000T");
    Arbitrary<String> paths =
        Arbitraries.oneOf(
            Arbitraries.of(
                "/",
                "*",
                "//",
                "/%",
                "/%zz",
                "/api/v1/%2e%2e/x",
                "/api/v1/connectors/%ff",
                "/api/v1/stream?view=%zz",
                "http://other/api",
                "/" + "a".repeat(9000)),
            Arbitraries.strings().withCharRange('!', '\u00ff').ofMaxLength(40));
    return Combinators.combine(methods, paths).as((m, p) -> m + " " + p);
  }
}
