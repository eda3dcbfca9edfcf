package dev.anodyne.controller.http;

import dev.anodyne.controller.http.HttpMetrics.Outcome;
import dev.anodyne.opcua.security.Role;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stands between a request and its answer: who asks and how often, whether they may, whether
 * it follows the document, and whether it has been answered before. Only then is anything done.
 */
final class Gate {
  private static final Logger LOG = LoggerFactory.getLogger(Gate.class);

  private final Access access;
  private final RateLimits limits;
  private final Idempotency idempotency;
  private final HttpAudit audit;
  private final HttpMetrics metrics;

  /** Answers requests that have come through. */
  @FunctionalInterface
  interface Handler {
    /**
     * The answer.
     *
     * @throws RefusedException when it is not carried out; the future may fail with it too
     */
    Future<Reply> answer(Asked asked);
  }

  /** Answers over a connection that stays open. */
  @FunctionalInterface
  interface Opener {
    /** Opens it. */
    void open(Asked asked, RoutingContext request);
  }

  Gate(
      Access access,
      RateLimits limits,
      Idempotency idempotency,
      HttpAudit audit,
      HttpMetrics metrics) {
    this.access = access;
    this.limits = limits;
    this.idempotency = idempotency;
    this.audit = audit;
    this.metrics = metrics;
  }

  /** Takes a request for an operation and answers it. */
  void pass(Operation operation, RoutingContext request, Handler handler) {
    Outcome outcome = metrics.begun(operation.id());
    Future<Reply> reply;
    try {
      Identity who = admit(operation, request);
      Map<String, String> parameters = RequestCheck.parameters(operation, request);
      reply = withBody(operation, request, who, parameters, handler);
    } catch (RefusedException e) {
      reply = Future.failedFuture(e);
    } catch (RuntimeException e) {
      reply = Future.failedFuture(e);
    }
    reply.onComplete(
        done -> {
          Reply answer = done.succeeded() ? done.result() : refused(request, done.cause());
          outcome.ended(answer.status());
          answer.write(request.response());
        });
  }

  /** Takes a request for a stream. */
  void open(Operation operation, RoutingContext request, Opener opener) {
    try {
      Identity who = admit(operation, request);
      Map<String, String> parameters = RequestCheck.parameters(operation, request);
      opener.open(
          new Asked(operation, who, Access.address(request.request()), parameters, null), request);
    } catch (RuntimeException e) {
      refused(request, e).write(request.response());
    }
  }

  private Future<Reply> withBody(
      Operation operation,
      RoutingContext request,
      Identity who,
      Map<String, String> parameters,
      Handler handler) {
    Operation.Body body = operation.body();
    String address = Access.address(request.request());
    if (body == null) {
      return answer(new Asked(operation, who, address, parameters, null), request, null, handler);
    }
    return BodyReader.read(request.request(), body.mostBytes())
        .compose(
            bytes -> {
              checkType(operation, request.request(), bytes);
              JsonObject json = RequestCheck.body(body, bytes);
              Asked asked = new Asked(operation, who, address, parameters, json);
              return answer(asked, request, bytes, handler);
            });
  }

  /** From here on a command counts: it is carried out once, and noted. */
  private Future<Reply> answer(
      Asked asked, RoutingContext request, @Nullable Buffer body, Handler handler) {
    if (!asked.operation().isIdempotent()) {
      return handler.answer(asked);
    }
    HttpServerRequest r = request.request();
    return idempotency.once(
        asked.who().user() + " " + (asked.who().isAnonymous() ? asked.address() : ""),
        asked.maybe("Idempotency-Key"),
        Idempotency.digest(asked.operation().method(), r.uri(), body),
        () -> noted(asked, handler));
  }

  private Future<Reply> noted(Asked asked, Handler handler) {
    Future<Reply> reply;
    try {
      reply = handler.answer(asked);
    } catch (RuntimeException e) {
      reply = Future.failedFuture(e);
    }
    return reply
        .recover(
            e ->
                e instanceof RefusedException refused
                    ? Future.succeededFuture(Problem.reply(refused))
                    : Future.failedFuture(e))
        .onComplete(
            done -> {
              Reply answer = done.result();
              audit.asked(
                  asked,
                  answer == null ? new Reply(500, "", Buffer.buffer()) : answer,
                  answer == null ? "It failed; the log says why." : said(answer));
            });
  }

  /** What an answer says to a person. */
  private static String said(Reply reply) {
    JsonObject json = reply.body().toJsonObject();
    return json.getString(reply.isDone() ? "message" : "detail", "");
  }

  /**
   * Who asks, if they may.
   *
   * @throws RefusedException 401, 403 or 429
   */
  private Identity admit(Operation operation, RoutingContext request) {
    HttpServerRequest r = request.request();
    String address = Access.address(r);
    boolean supervision = operation.path().startsWith("/health/");
    if (supervision) {
      return new Identity(Identity.ANONYMOUS, null, null);
    }
    limits.take("address " + address);
    Identity who = access.identify(r);
    if (!who.isAnonymous()) {
      limits.take("token " + who.user());
    }
    Role needed = operation.role();
    if (!who.may(needed)) {
      RefusedException refused = mayNot(operation, who, needed);
      if (operation.isChange()) {
        String subject = request.pathParams().values().stream().findFirst().orElse("");
        audit.denied(operation, who, address, RequestCheck.shown(subject), refused.detail());
      }
      throw refused;
    }
    boolean session = operation.id().equals("login");
    if (operation.isChange() && !session && !Access.hasCsrf(r, who)) {
      throw RefusedException.of(
          403,
          "Not from this page",
          "A change from a browser must repeat the csrf of /api/v1/me in " + Access.CSRF + ".");
    }
    return who;
  }

  private static RefusedException mayNot(Operation operation, Identity who, @Nullable Role needed) {
    String role = needed == null ? "" : needed.word();
    if (who.isAnonymous()) {
      return RefusedException.of(
          401, "Log in first", operation.id() + " needs a token of the role " + role + ".");
    }
    Role own = who.role();
    return RefusedException.of(
        403,
        "Not allowed",
        operation.id()
            + " needs the role "
            + role
            + "; "
            + who.user()
            + " is "
            + (own == null ? "nobody" : own.word())
            + ".");
  }

  private static void checkType(Operation operation, HttpServerRequest request, Buffer bytes) {
    if (bytes.length() == 0 || operation.anyContentType()) {
      return;
    }
    String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    String plain = type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    if (!plain.equals("application/json")) {
      throw RefusedException.of(
          415,
          "Wrong media type",
          "Content-Type is '"
              + (type == null ? "" : RequestCheck.shown(type))
              + "'; allowed: application/json.");
    }
  }

  /** Says why, and nothing of how the server works. */
  static Reply refused(RoutingContext request, Throwable e) {
    if (e instanceof RefusedException refused) {
      Reply reply = Problem.reply(refused);
      // The rest of a body that is too large is not read, so the connection cannot go on.
      return refused.status() == 413 ? reply.with("Connection", "close") : reply;
    }
    if (request.response().closed()) {
      LOG.debug("{}: the client went away.", request.normalizedPath());
    } else {
      LOG.error("{} failed.", request.normalizedPath(), e);
    }
    return Problem.reply(
        RefusedException.of(500, "Internal error", "The server failed; its log says why."));
  }
}
