package dev.anodyne.test.browser;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.StaticHandler;
import java.io.File;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A server that answers as the station's OpenAPI document says and can do what a real one must not:
 * have a thousand connectors at once, fall silent, refuse. It holds no logic of charging: {@link
 * FakeSite} makes the numbers up.
 */
final class FakeStation implements AutoCloseable {
  static final String TOKEN = "a-token-for-tests";
  private static final long PERIOD_MILLIS = 500;

  private final Vertx vertx = Vertx.vertx();
  private final FakeSite site;
  private final boolean asksWho;
  private final List<String> commands = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile boolean silent;
  private volatile boolean refuses;
  private volatile String role = "admin";

  private FakeStation(int connectors, boolean asksWho) {
    this.site = new FakeSite(connectors);
    this.asksWho = asksWho;
    try {
      server =
          vertx
              .createHttpServer()
              .requestHandler(router())
              .listen(0, "127.0.0.1")
              .toCompletionStage()
              .toCompletableFuture()
              .get(20, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("The station that is made up cannot start.", e);
    }
  }

  static FakeStation open(int connectors) {
    return new FakeStation(connectors, false);
  }

  static FakeStation withLogin(int connectors) {
    return new FakeStation(connectors, true);
  }

  String url() {
    return "http://localhost:" + server.actualPort() + "/";
  }

  FakeSite site() {
    return site;
  }

  /** Commands so far: method, path, body. */
  List<String> commands() {
    return commands;
  }

  /** From now on nothing is sent any more, though connections stay open. */
  void fallSilent(boolean isSilent) {
    silent = isSilent;
  }

  /** From now on every command is refused with a problem. */
  void refuse(boolean isRefusing) {
    refuses = isRefusing;
  }

  /** Whom the next page belongs to. */
  void role(String newRole) {
    role = newRole;
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  private Router router() {
    Router router = Router.router(vertx);
    router
        .route()
        .handler(
            request -> {
              // As the real server's: nothing inline may work here that does not work there.
              request
                  .response()
                  .putHeader("Content-Security-Policy", "default-src 'self'; img-src 'self' data:");
              request.next();
            });
    router.route().handler(BodyHandler.create(false));
    router.get("/api/v1/me").handler(request -> json(request, me(isKnown(request))));
    router.post("/api/v1/login").handler(this::login);
    router.route("/api/*").handler(this::guard);
    router.get("/api/v1/stream").handler(this::stream);
    router.get("/api/v1/alarms").handler(request -> json(request, page(site.alarms())));
    router
        .get("/api/v1/alarms/history")
        .handler(request -> json(request, site.alarmHistory(request)));
    router.get("/api/v1/charges").handler(request -> json(request, site.charges(request)));
    router.get("/api/v1/charges/:id").handler(request -> json(request, site.charge(0)));
    router.get("/api/v1/charges/:id/telemetry").handler(request -> json(request, site.telemetry()));
    router.get("/api/v1/policies").handler(request -> json(request, page(site.policies())));
    router.get("/api/v1/policies/:name").handler(request -> json(request, site.policy(request)));
    router
        .post("/api/v1/policies/validate")
        .handler(request -> json(request, site.verdict(request.body().asJsonObject())));
    router.get("/api/v1/audit").handler(request -> json(request, page(site.audit())));
    router.post("/api/v1/*").handler(this::command);
    router.put("/api/v1/*").handler(this::command);
    router.delete("/api/v1/*").handler(this::command);
    router.get("/lib/*").handler(StaticHandler.create(uPlot()));
    router
        .get("/*")
        .handler(StaticHandler.create("dev/anodyne/controller/http/web").setCachingEnabled(false));
    return router;
  }

  /** Where the plotting library's version lies on the classpath. */
  private static String uPlot() {
    String version =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> entry.contains("uplot"))
            .map(entry -> entry.replaceAll(".*uplot-(.*)\\.jar", "$1"))
            .findFirst()
            .orElseThrow();
    return "META-INF/resources/webjars/uplot/" + version + "/dist";
  }

  private boolean isKnown(RoutingContext request) {
    return !asksWho || request.request().getCookie("anodyne") != null;
  }

  private void guard(RoutingContext request) {
    if (isKnown(request)) {
      request.next();
    } else {
      problem(request, 401, "Log-in needed", "A token is needed.");
    }
  }

  private JsonObject me(boolean isKnown) {
    boolean commandsToo = isKnown && !role.equals("observer");
    JsonArray may = new JsonArray();
    if (commandsToo) {
      List.of("start", "stop", "authorise", "target", "departure", "policy", "limit")
          .forEach(may::add);
      List.of("emergency-stop", "acknowledge", "reset", "station.limit").forEach(may::add);
      List.of("alarms.acknowledge", "policies.write", "audit.read").forEach(may::add);
    }
    return new JsonObject()
        .put("user", isKnown && asksWho ? "anna" : null)
        .put("role", isKnown ? role : null)
        .put("authentication", asksWho)
        .put("csrf", isKnown && asksWho ? "csrf-1" : null)
        .put("may", may)
        .put(
            "features",
            new JsonArray(
                List.of(
                    "station",
                    "charges",
                    "batteries",
                    "alarms",
                    "policies",
                    "policies.new",
                    "audit")));
  }

  private void login(RoutingContext request) {
    if (!TOKEN.equals(request.body().asJsonObject().getString("token"))) {
      problem(request, 401, "Log-in refused", "This token is not known.");
      return;
    }
    request.response().putHeader("Set-Cookie", "anodyne=1; HttpOnly; SameSite=Strict; Path=/");
    json(request, me(true));
  }

  private void command(RoutingContext request) {
    String body = request.body().asString();
    String path = request.normalizedPath().substring("/api/v1".length());
    commands.add(request.request().method() + " " + path + " " + body);
    boolean hasKey = request.request().getHeader("Idempotency-Key") != null;
    boolean hasCsrf = "csrf-1".equals(request.request().getHeader("X-Anodyne-CSRF"));
    if (!hasKey || (asksWho && !hasCsrf)) {
      problem(request, 403, "Forbidden", "A key or the page's own mark is missing.");
    } else if (refuses) {
      problem(request, 409, "Refused", "The charge is not over; only one that is starts anew.");
    } else {
      json(request, site.command(path, body == null ? new JsonObject() : new JsonObject(body)));
    }
  }

  private void stream(RoutingContext request) {
    HttpServerResponse response =
        request.response().putHeader("Content-Type", "text/event-stream").setChunked(true);
    String connector = request.request().getParam("connector");
    if (connector != null && site.card(connector) == null) {
      problem(request, 404, "Unknown connector", "There is no connector " + connector + ".");
      return;
    }
    FakeSite.Reader reader = site.reader(connector);
    Runnable send =
        () -> {
          if (!silent && !response.writeQueueFull()) {
            reader.next().forEach(event -> response.write(event));
          }
        };
    send.run();
    long timer = vertx.setPeriodic(PERIOD_MILLIS, unused -> send.run());
    response.closeHandler(unused -> vertx.cancelTimer(timer));
    response.exceptionHandler(unused -> vertx.cancelTimer(timer));
  }

  private static JsonObject page(JsonArray items) {
    return new JsonObject().put("items", items).putNull("next");
  }

  private static void json(RoutingContext request, JsonObject body) {
    request.response().putHeader("Content-Type", "application/json").end(body.encode());
  }

  private static void problem(RoutingContext request, int status, String title, String detail) {
    request
        .response()
        .setStatusCode(status)
        .putHeader("Content-Type", "application/problem+json")
        .end(
            new JsonObject()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("detail", detail)
                .encode());
  }
}
