package dev.anodyne.controller.http;

import dev.anodyne.controller.http.Gate.Handler;
import dev.anodyne.controller.session.About;
import dev.anodyne.core.charging.NanoClock;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Serves the dashboard, the API and the live streams. */
public final class HttpVerticle extends VerticleBase {
  private static final int WORKERS = 4;

  private final HttpSettings settings;
  private final Map<String, About> first;
  private final Board board = new Board();
  private final PrometheusMeterRegistry registry;
  private final HttpAudit audit = new HttpAudit(Clock.systemUTC());
  private @Nullable Running running;

  /** What exists once it has been started. */
  private record Running(
      Listener listener, Api api, HealthHandlers health, LiveStreams streams, Access access) {}

  /**
   * A server that shows these sessions.
   *
   * @param settings where to listen, and who may ask
   * @param sessions by id, in the order of display
   */
  public HttpVerticle(HttpSettings settings, Map<String, About> sessions) {
    this(settings, sessions, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
  }

  /** The same with the metrics that it tells. */
  public HttpVerticle(
      HttpSettings settings, Map<String, About> sessions, PrometheusMeterRegistry registry) {
    this.settings = settings;
    this.first = sessions;
    this.registry = registry;
  }

  /** Reads what every server works by, so that the first that starts need not wait for it. */
  public static void readAhead() {
    var unused = Contract.shared();
  }

  @Override
  public Future<?> start() {
    board.listen(vertx, first);
    WorkerExecutor workers = vertx.createSharedWorkerExecutor("http-workers", WORKERS);
    // The document is read while nothing else waits for it.
    return workers.executeBlocking(Contract::shared, false).compose(this::begin);
  }

  private Future<HttpServer> begin(Contract contract) {
    WorkerExecutor workers = vertx.createSharedWorkerExecutor("http-workers", WORKERS);
    Api api = new Api(board, workers);
    SiteFeed feed = new SiteFeed(api);
    StationFeed station = new StationFeed(api, feed);
    LiveStreams streams = new LiveStreams(vertx, api, feed, station);
    HealthHandlers health = new HealthHandlers(vertx, api, registry);
    NanoClock clock = NanoClock.SYSTEM;
    Access access = new Access(settings.api(), audit, clock);
    HttpMetrics metrics = new HttpMetrics(registry, streams);
    Gate gate =
        new Gate(
            access,
            new RateLimits(settings.api().requestsPerSecond(), settings.api().burst(), clock),
            new Idempotency(clock),
            audit,
            metrics);
    AccessHandlers people = new AccessHandlers(settings, api, contract, access);
    Map<String, Handler> handlers = new HashMap<>();
    people.into(handlers);
    new StationHandlers(api, feed, station).into(handlers);
    SessionHandlers sessionHandlers = new SessionHandlers(vertx, api);
    new ConnectorHandlers(api, feed, sessionHandlers).into(handlers);
    new MaintenanceHandlers(api).into(handlers);
    new StoreHandlers(api).into(handlers);
    new PolicyHandlers(api, settings.api().policies()).into(handlers);
    sessionHandlers.into(handlers);
    health.into(handlers);
    Router router =
        new ApiRouter(settings, contract, gate, new ApiRouter.Special(people, access, streams))
            .router(vertx, handlers);
    pages(router, new WebPages(workers));
    Listener listener = new Listener(vertx, settings, router);
    running = new Running(listener, api, health, streams, access);
    return listener.listen();
  }

  @Override
  public Future<?> stop() {
    Running now = running;
    return now == null ? Future.succeededFuture() : now.listener().close();
  }

  private static void pages(Router router, WebPages pages) {
    pages.into(router);
    router
        .route()
        .last()
        .handler(
            request ->
                Problem.send(request, 404, "Not found", "There is nothing at this address."));
  }

  /** The port that is listened on, once started. */
  public int port() {
    Running now = running;
    return now == null ? settings.port() : now.listener().port();
  }

  /** Whether the dashboard is served over TLS. */
  public boolean isSecure() {
    return settings.api().tls() != null;
  }

  /** The metrics, for those who add theirs. */
  public PrometheusMeterRegistry metrics() {
    return registry;
  }

  /** Lets the API show and command a station; any thread, once started. */
  public Future<Void> offer(ApiParts parts) {
    return onLoop(
        () -> {
          audit.trail(parts.desk().audit());
          Running now = running;
          if (now != null) {
            now.api().offer(parts);
            now.listener().notices(parts.desk());
          }
        });
  }

  /** Shows another session from now on; any thread, once started. */
  public Future<Void> add(String id, About about) {
    return onLoop(
        () -> {
          board.add(vertx, id, about);
        });
  }

  /** Shows a session no more; any thread, once started. */
  public Future<Void> remove(String id) {
    return onLoop(
        () -> {
          board.remove(id);
        });
  }

  private Future<Void> onLoop(Runnable change) {
    Promise<Void> done = Promise.promise();
    context.runOnContext(
        unused -> {
          change.run();
          done.complete();
        });
    return done.future();
  }

  /** Tells {@code /health/ready} that every session has been started; any thread. */
  public void ready() {
    Running now = running;
    if (now != null) {
      context.runOnContext(unused -> now.health().sessionsStarted());
    }
  }
}
