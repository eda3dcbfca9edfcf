package dev.anodyne.controller.http;

import dev.anodyne.controller.session.About;
import dev.anodyne.controller.session.Addresses;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.handler.StaticHandler;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves the dashboard, the API and the live stream. */
public final class HttpVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(HttpVerticle.class);
  private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final long CONTROL_MILLIS = 5000;
  private static final long MOST_ORDER_BYTES = 65_536;

  private final HttpSettings settings;
  private final Map<String, About> sessions;
  private final Board board = new Board();
  private @Nullable HttpServer server;
  private volatile boolean ready;

  /**
   * A server that shows these sessions.
   *
   * @param settings where to listen
   * @param sessions by id, in the order of display
   */
  public HttpVerticle(HttpSettings settings, Map<String, About> sessions) {
    this.settings = settings;
    this.sessions = sessions;
  }

  @Override
  public Future<?> start() {
    board.listen(vertx, sessions);
    server =
        vertx
            .createHttpServer(
                new HttpServerOptions()
                    .setHost(settings.bind())
                    .setPort(settings.port())
                    .setCompressionSupported(false)
                    .setIdleTimeout(0)
                    .setMaxInitialLineLength(4096)
                    .setMaxHeaderSize(8192))
            .requestHandler(router());
    return server.listen();
  }

  /** The port that is listened on, once started. */
  public int port() {
    HttpServer running = server;
    return running == null ? settings.port() : running.actualPort();
  }

  /** Tells {@code /health/ready} that every session has been started. */
  public void ready() {
    ready = true;
  }

  private Router router() {
    Router router = Router.router(vertx);
    router.route().handler(this::protect);
    router.get("/health/live").handler(request -> json(request, status("live")));
    router.get("/health/ready").handler(this::health);
    router.get("/api/v1/sessions").handler(this::list);
    router.get("/api/v1/sessions/:id").handler(request -> json(request, found(request, false)));
    router
        .get("/api/v1/sessions/:id/history")
        .handler(request -> json(request, found(request, true)));
    router
        .post("/api/v1/sessions/:id/stop")
        .handler(
            request ->
                order(
                    request,
                    new JsonObject()
                        .put("action", "stop")
                        .put("reason", "Stopped from the dashboard.")));
    router
        .post("/api/v1/sessions/:id/start")
        .handler(BodyHandler.create(false).setBodyLimit(MOST_ORDER_BYTES))
        .handler(this::startCharge);
    router
        .get("/api/v1/stream")
        .handler(request -> EventStream.open(vertx, board, request.response()));
    router.get("/api/v1/demo/result").handler(this::result);
    router
        .route("/api/*")
        .handler(
            request ->
                Problem.send(
                    request, 404, "Not found", "There is no " + request.normalizedPath() + "."));
    router
        .get("/lib/*")
        .handler(
            StaticHandler.create("META-INF/resources/webjars/uplot/" + uPlotVersion() + "/dist"));
    router
        .get("/*")
        .handler(StaticHandler.create("dev/anodyne/controller/http/web").setCachingEnabled(false));
    router
        .route()
        .last()
        .handler(
            request ->
                Problem.send(request, 404, "Not found", "There is nothing at this address."));
    router.route().failureHandler(HttpVerticle::failed);
    return router;
  }

  /** What every answer carries, and who may ask: no other web site, by name or by form. */
  private void protect(RoutingContext request) {
    request
        .response()
        .putHeader(
            "Content-Security-Policy",
            "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer");
    var authority = request.request().authority();
    String host = authority == null ? "" : authority.host();
    if (settings.isLoopback() && !LOCAL_NAMES.contains(bracketed(host))) {
      Problem.send(
          request, 421, "Wrong host", "This server answers to localhost, not to '" + host + "'.");
      return;
    }
    String origin = request.request().getHeader(HttpHeaders.ORIGIN);
    String own = authority == null ? "" : authority.toString();
    boolean foreign =
        origin != null && !origin.equals("http://" + own) && !origin.equals("https://" + own);
    if (foreign && request.request().method() != HttpMethod.GET) {
      Problem.send(
          request, 403, "Foreign origin", "Commands are taken from this server's own page only.");
      return;
    }
    request.next();
  }

  private static String bracketed(String host) {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  private void health(RoutingContext request) {
    if (ready) {
      json(request, status("ready"));
    } else {
      Problem.send(request, 503, "Not ready", "The sessions are still being started.");
    }
  }

  private void list(RoutingContext request) {
    JsonArray all = new JsonArray();
    board.views().forEach(view -> all.add(view.summary(false)));
    json(request, new JsonObject().put("sessions", all));
  }

  private @Nullable JsonObject found(RoutingContext request, boolean history) {
    SessionView view = board.view(request.pathParam("id"));
    if (view == null) {
      unknown(request);
      return null;
    }
    return history ? view.history() : view.summary(true);
  }

  private void unknown(RoutingContext request) {
    Problem.send(
        request,
        404,
        "Unknown session",
        "There is no session '"
            + request.pathParam("id")
            + "'; there are: "
            + String.join(", ", sessions.keySet())
            + ".");
  }

  /** The body, if there is one, says what is asked of the charge. */
  private void startCharge(RoutingContext request) {
    JsonObject order = new JsonObject();
    if (request.body().length() > 0) {
      try {
        order = request.body().asJsonObject();
      } catch (DecodeException | ClassCastException e) {
        Problem.send(request, 400, "Bad order", "The body is no JSON object.");
        return;
      }
    }
    order(request, new JsonObject().put("action", "start").put("order", order));
  }

  private void order(RoutingContext request, JsonObject order) {
    String id = request.pathParam("id");
    if (board.view(id) == null) {
      unknown(request);
      return;
    }
    vertx
        .eventBus()
        .<JsonObject>request(
            Addresses.control(id), order, new DeliveryOptions().setSendTimeout(CONTROL_MILLIS))
        .onSuccess(reply -> json(request, reply.body()))
        .onFailure(e -> refused(request, e));
  }

  /** A session refuses with an HTTP status as its code; anything else is no answer. */
  private static void refused(RoutingContext request, Throwable e) {
    int code = e instanceof ReplyException reply ? reply.failureCode() : 0;
    if (code >= 400 && code < 500) {
      Problem.send(request, code, "Refused", String.valueOf(e.getMessage()));
    } else {
      Problem.send(request, 503, "No answer", "The session did not answer: " + e.getMessage());
    }
  }

  private void result(RoutingContext request) {
    JsonObject result = board.result();
    if (result == null) {
      Problem.send(request, 404, "No result", "No demo has ended yet.");
    } else {
      json(request, result);
    }
  }

  private static JsonObject status(String status) {
    return new JsonObject().put("status", status);
  }

  private static void json(RoutingContext request, @Nullable JsonObject body) {
    if (body != null) {
      request
          .response()
          .putHeader("Content-Type", "application/json")
          .putHeader("Cache-Control", "no-store")
          .end(body.encode());
    }
  }

  private static void failed(RoutingContext request) {
    int status = request.statusCode() >= 400 ? request.statusCode() : 500;
    boolean goneAway =
        request.failure() instanceof IOException
            || request.failure() instanceof HttpClosedException;
    if (goneAway || request.response().closed()) {
      LOG.debug("{}: the browser went away.", request.normalizedPath());
      return;
    }
    if (status >= 500) {
      LOG.error("{} failed.", request.normalizedPath(), request.failure());
    }
    Problem.send(
        request,
        status,
        status >= 500 ? "Internal error" : "Bad request",
        status >= 500 ? "The server failed; its log says why." : "The request cannot be served.");
  }

  private static String uPlotVersion() {
    String path = "META-INF/maven/org.webjars.npm/uplot/pom.properties";
    try (InputStream in = HttpVerticle.class.getClassLoader().getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("The plotting library is not on the classpath.");
      }
      Properties properties = new Properties();
      properties.load(in);
      return properties.getProperty("version", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
