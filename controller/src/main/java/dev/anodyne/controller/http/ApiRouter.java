package dev.anodyne.controller.http;

import dev.anodyne.controller.http.Gate.Handler;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads requests to the operations of the document; what is in none of them is refused. */
final class ApiRouter {
  private static final Logger LOG = LoggerFactory.getLogger(ApiRouter.class);
  private static final Set<String> LOCAL_NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Set<String> STREAMS = Set.of("events", "stream");

  private final HttpSettings settings;
  private final Contract contract;
  private final Gate gate;
  private final Special special;

  /** What needs more of a request than its values: cookies, or the connection itself. */
  record Special(AccessHandlers people, Access access, LiveStreams streams) {}

  ApiRouter(HttpSettings settings, Contract contract, Gate gate, Special special) {
    this.settings = settings;
    this.contract = contract;
    this.gate = gate;
    this.special = special;
  }

  /**
   * A router.
   *
   * @param handlers by operation; those of streams and log-ins are special
   */
  Router router(Vertx vertx, Map<String, Handler> handlers) {
    Router router = Router.router(vertx);
    router.route().handler(this::protect);
    for (Operation operation : contract.operations()) {
      router
          .route(HttpMethod.valueOf(operation.method()), operation.route())
          .handler(request -> pass(operation, request, handlers));
    }
    Map<String, Set<String>> methods = new LinkedHashMap<>();
    contract
        .operations()
        .forEach(
            o -> methods.computeIfAbsent(o.route(), unused -> new TreeSet<>()).add(o.method()));
    methods.forEach(
        (path, allowed) -> router.route(path).handler(request -> wrongMethod(request, allowed)));
    for (String prefix : new String[] {"/api/*", "/health/*"}) {
      router
          .route(prefix)
          .handler(
              request ->
                  Problem.send(
                      request,
                      RefusedException.notFound(
                          "There is no "
                              + RequestCheck.shown(request.request().path())
                              + "; /api/v1/openapi.json says what there is.")));
    }
    router.route().failureHandler(ApiRouter::failed);
    return router;
  }

  private void pass(Operation operation, RoutingContext request, Map<String, Handler> handlers) {
    if (STREAMS.contains(operation.id())) {
      LiveStreams streams = special.streams();
      gate.open(
          operation, request, operation.id().equals("stream") ? streams::sse : streams::socket);
      return;
    }
    HttpServerRequest r = request.request();
    Handler handler =
        switch (operation.id()) {
          case "login" ->
              asked -> answered(special.access().logIn(r, asked.given().getString("token", "")));
          case "logout" -> asked -> answered(special.access().logOut(r));
          default -> handlers.get(operation.id());
        };
    gate.pass(
        operation,
        request,
        handler != null
            ? handler
            : asked -> {
              throw RefusedException.of(501, "Not built", "This server cannot do that.");
            });
  }

  private Future<Reply> answered(Identity who) {
    return Future.succeededFuture(special.people().me(who));
  }

  private static void wrongMethod(RoutingContext request, Set<String> allowed) {
    request.response().putHeader("Allow", String.join(", ", allowed));
    Problem.send(
        request,
        405,
        "Wrong method",
        request.request().method()
            + " is not possible here; allowed: "
            + String.join(", ", allowed)
            + ".");
  }

  /** What every answer carries, and who may ask: no other web site, by name or by form. */
  private void protect(RoutingContext request) {
    HttpServerResponse response = request.response();
    response
        .putHeader(
            "Content-Security-Policy",
            "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'; base-uri 'none'")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer");
    if (request.request().isSSL()) {
      response.putHeader("Strict-Transport-Security", "max-age=31536000");
    }
    HostAndPort authority = request.request().authority();
    String host = authority == null ? "" : bracketed(authority.host());
    if (!answersTo(host)) {
      Problem.send(
          request,
          421,
          "Wrong host",
          "This server does not answer to '"
              + RequestCheck.shown(host)
              + "'. Maybe add it to api.hosts.");
      return;
    }
    String origin = request.request().getHeader(HttpHeaders.ORIGIN);
    String own = authority == null ? "" : authority.toString();
    boolean foreign =
        origin != null && !origin.equals("http://" + own) && !origin.equals("https://" + own);
    boolean welcome = foreign && settings.api().corsOrigins().contains(origin);
    if (welcome) {
      response
          .putHeader("Access-Control-Allow-Origin", origin)
          .putHeader("Vary", "Origin")
          .putHeader("Access-Control-Expose-Headers", "Retry-After, Idempotency-Replayed");
    }
    if (welcome && request.request().method() == HttpMethod.OPTIONS) {
      response
          .setStatusCode(204)
          .putHeader("Access-Control-Allow-Methods", "GET, POST, PUT, DELETE")
          .putHeader("Access-Control-Allow-Headers", "Authorization, Content-Type, Idempotency-Key")
          .putHeader("Access-Control-Max-Age", "600")
          .end();
    } else if (foreign && !welcome && request.request().method() != HttpMethod.GET) {
      Problem.send(
          request, 403, "Foreign origin", "Commands are taken from this server's own page only.");
    } else {
      request.next();
    }
  }

  private boolean answersTo(String host) {
    Set<String> names = new LinkedHashSet<>(settings.api().hosts());
    if (settings.isLoopback()) {
      names.addAll(LOCAL_NAMES);
    } else if (!names.isEmpty()) {
      names.add(bracketed(settings.bind()));
      names.addAll(LOCAL_NAMES);
    }
    return names.isEmpty() || names.contains(host.toLowerCase(Locale.ROOT));
  }

  private static String bracketed(String host) {
    return host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
  }

  private static void failed(RoutingContext request) {
    boolean goneAway =
        request.failure() instanceof IOException
            || request.failure() instanceof HttpClosedException;
    if (goneAway || request.response().closed()) {
      LOG.debug("{}: the client went away.", request.normalizedPath());
      return;
    }
    int status = request.statusCode();
    if (request.failure() instanceof RefusedException refused) {
      Problem.send(request, refused);
    } else if (status >= 400 && status < 500) {
      Problem.send(request, status, "Bad request", "The request cannot be served.");
    } else if (request.failure() instanceof IllegalArgumentException) {
      // Escapes of the path that stand for nothing.
      Problem.send(request, 400, "Bad request", "The address is not encoded as it should be.");
    } else {
      LOG.error("{} failed.", request.normalizedPath(), request.failure());
      Problem.send(request, 500, "Internal error", "The server failed; its log says why.");
    }
  }
}
