package dev.anodyne.controller.app;

import dev.anodyne.controller.cluster.ClusterBus;
import dev.anodyne.controller.config.ApiConfig;
import dev.anodyne.controller.config.ClusterConfig;
import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.config.OpcUaConfig;
import dev.anodyne.controller.config.SiteConfig;
import dev.anodyne.controller.config.StationConfig;
import dev.anodyne.controller.config.StationSource;
import dev.anodyne.controller.config.StorageConfig;
import dev.anodyne.controller.http.HttpSettings;
import dev.anodyne.controller.http.HttpVerticle;
import dev.anodyne.controller.http.Maintenance;
import dev.anodyne.controller.metrics.StationMetrics;
import dev.anodyne.controller.service.Vitals;
import dev.anodyne.controller.session.About;
import dev.anodyne.controller.session.recording.Machine;
import dev.anodyne.controller.station.ConnectorListener;
import dev.anodyne.controller.station.ConnectorSupervision;
import dev.anodyne.controller.station.ReportListener;
import dev.anodyne.controller.station.SiteController;
import dev.anodyne.controller.station.StationOpcUa;
import dev.anodyne.controller.station.sharing.Site;
import dev.anodyne.controller.storage.NewerSchemaException;
import dev.anodyne.controller.storage.StationStorage;
import dev.anodyne.opcua.security.PkiException;
import dev.anodyne.opcua.server.PortInUseException;
import dev.anodyne.opcua.server.station.StationLayout;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running controller: sessions and dashboard. {@link #close} first commands zero current to every
 * charger, then closes everything.
 */
public final class AnodyneServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AnodyneServer.class);
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 15;

  /** The charge does not wait longer for a database that hangs. */
  private static final long STORAGE_MILLIS = 2000;

  /** How often it is looked whether the file is new, or a charge over, ms. */
  private static final long LOOK_MILLIS = 1000;

  private final Vertx vertx;
  private final HttpVerticle http;
  private final String bind;
  private final ConnectorFleet fleet;
  private @Nullable StationChanges changes;
  private @Nullable StationOpcUa station;
  private @Nullable StationApi api;
  private @Nullable StationStorage storage;
  private @Nullable ChargeLedger ledger;
  private @Nullable StationReload reload;
  private @Nullable ClusterMember cluster;
  private AtomicReference<@Nullable OpcUaConfig> plates = new AtomicReference<>();
  private @Nullable SiteController site;
  private boolean closed;

  private AnodyneServer(Vertx vertx, HttpVerticle http, String bind, boolean isClustered) {
    this.vertx = vertx;
    this.http = http;
    this.bind = bind;
    this.fleet = new ConnectorFleet(vertx, http, isClustered);
  }

  /**
   * Starts the dashboard, then every session. Blocks until all run: never call it on an event loop.
   *
   * @param settings where the dashboard listens
   * @param setups the sessions, in the order of display; their ids must differ
   * @throws StartException with a message for people when the port is in use or a session cannot be
   *     made; nothing is left running then
   */
  public static AnodyneServer start(HttpSettings settings, List<SessionSetup> setups) {
    AnodyneServer server =
        listening(settings, setups, null, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    try {
      setups.forEach(setup -> server.fleet.start(setup, null, ""));
      server.http.ready();
      server.fleet.open();
      return server;
    } catch (RuntimeException e) {
      var unused = server.vertx.close();
      throw e;
    }
  }

  /** A server whose dashboard listens; its sessions have not begun yet. */
  private static AnodyneServer listening(
      HttpSettings settings,
      List<SessionSetup> setups,
      @Nullable ClusterConfig cluster,
      PrometheusMeterRegistry registry) {
    Map<String, About> sessions = new LinkedHashMap<>();
    for (SessionSetup setup : setups) {
      if (sessions.put(setup.settings().id(), setup.about()) != null) {
        throw new StartException(
            "Session " + setup.settings().id() + " exists twice; ids must differ.", null);
      }
    }
    VertxOptions options =
        new VertxOptions()
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(true));
    Vertx vertx =
        cluster == null
            ? Vertx.vertx(options)
            : Waiting.on(
                ClusterBus.join(cluster, options), START_SECONDS, "joining of the cluster");
    try {
      HttpVerticle http = new HttpVerticle(settings, sessions, registry);
      Waiting.on(vertx.deployVerticle(http), START_SECONDS, "dashboard on port " + settings.port());
      int eventLoops = VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE;
      Waiting.on(Vitals.of(vertx).watchLoops(vertx, eventLoops), START_SECONDS, "event loops");
      return new AnodyneServer(vertx, http, settings.bind(), cluster != null);
    } catch (RuntimeException e) {
      var unused = vertx.close();
      throw e;
    }
  }

  /**
   * Starts a whole station by the clock, on real chargers.
   *
   * @throws StartException as above
   */
  public static AnodyneServer start(StationConfig config) {
    return start(config, SessionFactory::realTime);
  }

  /**
   * Starts a whole station by the clock, on benches whose time runs faster.
   *
   * @param speed seconds of the benches in a second of the wall clock
   * @throws StartException as above
   */
  public static AnodyneServer start(StationConfig config, double speed) {
    return start(config, connector -> SessionFactory.realTime(connector, speed));
  }

  /**
   * Starts a whole station in step with a bench: each of its chargers waits for its answer.
   *
   * @throws StartException as above
   */
  public static AnodyneServer startInStep(StationConfig config) {
    return start(config, SessionFactory::lockstep);
  }

  /**
   * Starts a whole station from its file, by the clock, and can bring it to what the file says
   * later: see {@link #reload}.
   *
   * @throws StartException as above
   * @throws dev.anodyne.controller.config.ConfigException when the file is wrong
   */
  public static AnodyneServer start(Path file) {
    return start(file, SessionFactory::realTime);
  }

  /** The same with sessions that are made otherwise, for tests. */
  static AnodyneServer start(Path file, Function<ConnectorConfig, SessionSetup> sessions) {
    StationSource source = StationSource.read(file);
    AnodyneServer server = start(source.config(), sessions);
    StationReload reload =
        new StationReload(
            file,
            source,
            server.fleet,
            server.changes(),
            new RunningChange(server.vertx),
            server::takeUp,
            server.cluster);
    server.reload = reload;
    server.changes().every(LOOK_MILLIS, reload::lookWhatIsOver);
    return server;
  }

  /** A station whose sessions are made otherwise, for tests. */
  static AnodyneServer start(
      StationConfig config, Function<ConnectorConfig, SessionSetup> sessions) {
    StorageConfig stored = config.storage();
    StationStorage storage = stored == null ? null : StationStorage.start(stored);
    try {
      return start(config, sessions, storage);
    } catch (RuntimeException e) {
      if (storage != null) {
        storage.close();
      }
      throw e instanceof NewerSchemaException
          ? new StartException(String.valueOf(e.getMessage()), e)
          : e;
    }
  }

  private static AnodyneServer start(
      StationConfig config,
      Function<ConnectorConfig, SessionSetup> sessions,
      @Nullable StationStorage storage) {
    StationConfig.RecordingConfig kept = config.recordings();
    RecordingStore recordings = kept == null ? null : RecordingStore.in(kept);
    OpcUaConfig opcua = config.opcua();
    AtomicReference<@Nullable OpcUaConfig> plates = new AtomicReference<>(opcua);
    AtomicReference<@Nullable ClusterMember> member = new AtomicReference<>();
    ChargeLedger ledger = ledger(config, member);
    PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    StationMetrics metrics = new StationMetrics(registry);
    Function<ConnectorConfig, SessionSetup> made =
        connector ->
            supervised(leased(sessions.apply(connector), member.get()), plates.get())
                .withRecordings(recordings)
                .withListeners(heard(storage, metrics, connector))
                .withLedger(ledger);
    List<SessionSetup> setups = new ArrayList<>();
    config.connectors().forEach(connector -> setups.add(made.apply(connector)));
    AnodyneServer server =
        listening(
            new HttpSettings(
                config.http().bind(),
                config.http().port(),
                Objects.requireNonNullElse(config.api(), ApiConfig.LOCAL)),
            setups,
            config.cluster(),
            registry);
    server.changes = new StationChanges(server.fleet, made);
    server.storage = storage;
    server.ledger = ledger;
    server.plates = plates;
    try {
      SiteConfig shared = config.site();
      if (shared != null) {
        server.share(shared);
      }
      StationApi api =
          new StationApi(server.vertx, config, server.fleet, server.site(), storage, metrics);
      server.api = api;
      ClusterConfig clustered = config.cluster();
      for (int i = 0; i < setups.size() && clustered == null; i++) {
        server.fleet.start(setups.get(i), config.connectors().get(i), "");
      }
      if (opcua != null) {
        server.serve(config, opcua, api);
      }
      if (storage != null) {
        // It has been opened meanwhile; one that is not ours to write ends the start.
        storage.awaitFirstTry(STORAGE_MILLIS);
      }
      if (clustered != null) {
        ClusterMember joined = new ClusterMember(clustered, config, server.fleet, server.changes());
        member.set(joined);
        server.cluster = joined;
        joined.start();
      }
      Waiting.on(
          server.http.offer(api.parts(server.station, server.maintenance())),
          START_SECONDS,
          "parts of the dashboard");
      server.http.ready();
      server.fleet.open();
      return server;
    } catch (RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private static List<ReportListener> heard(
      @Nullable StationStorage storage, StationMetrics metrics, ConnectorConfig connector) {
    ReportListener counting = metrics.listener(connector.id());
    return storage == null
        ? List.of(counting)
        : List.of(storage.listener(connector.id(), connector.estimator()), counting);
  }

  /** A file on one machine says nothing about charges that another node has driven since. */
  private static @Nullable ChargeLedger ledger(
      StationConfig config, AtomicReference<@Nullable ClusterMember> member) {
    StorageConfig stored = config.storage();
    ClusterConfig cluster = config.cluster();
    if (cluster != null) {
      return new DatabaseLedger(
          cluster.database(),
          connector -> {
            ClusterMember own = member.get();
            return own == null ? 0 : own.fencing(connector);
          });
    }
    return stored == null ? null : FileLedger.beside(stored.spool());
  }

  private static SessionSetup leased(SessionSetup setup, @Nullable ClusterMember member) {
    return member == null ? setup : member.guarded(setup);
  }

  /** A plant in step with its controller is not to be disturbed: its sessions are on their own. */
  private static SessionSetup supervised(SessionSetup setup, @Nullable OpcUaConfig opcua) {
    if (setup.pace() instanceof SessionSetup.Pace.Lockstep) {
      return setup;
    }
    String id = setup.settings().id();
    double most = opcua == null ? StationLayout.MOST_WATTS : opcua.plate(id).maxPowerWatts();
    return setup.withSupervision(new ConnectorSupervision(id, most));
  }

  private void share(SiteConfig config) {
    SiteController controller = new SiteController(config, Clock.systemDefaultZone());
    site = controller;
    fleet.listen(controller);
    controller.start();
  }

  private void serve(StationConfig config, OpcUaConfig opcua, StationApi api) {
    try {
      // In a cluster each node's server has the connectors that the node drives, as they come.
      StationConfig first =
          config.cluster() == null ? config : new StationConfig(config.http(), List.of());
      StationStorage kept = storage;
      StationOpcUa running =
          StationOpcUa.start(
              first,
              opcua,
              api.desk().control(),
              api.desk().audit(),
              Machine.version(),
              kept == null ? null : kept.history(opcua.historyPoints()));
      station = running;
      fleet.listen(running);
    } catch (PortInUseException | PkiException | IllegalArgumentException e) {
      throw new StartException("The station's OPC UA server cannot start: " + e.getMessage(), e);
    }
  }

  /**
   * Adds a connector to the running station: its session begins, and dashboard, OPC UA server,
   * supervision and recordings know it. All of it, or nothing.
   *
   * @return done when it runs; fails with a {@link StartException} or {@link
   *     dev.anodyne.controller.config.ConfigException} that names what is wrong
   */
  public CompletableFuture<Void> add(ConnectorConfig connector) {
    return changes().add(connector);
  }

  /**
   * Removes a connector: its charge is stopped, its charger ramps to zero, all of it is closed.
   *
   * @param reason a sentence for people
   * @return done when it is gone; fails when there is no such connector
   */
  public CompletableFuture<Void> remove(String id, String reason) {
    return changes().remove(id, reason);
  }

  /**
   * Sets a connector up anew. A charge that runs is stopped as by {@link #remove}; a vehicle that
   * stays is charged again only when somebody starts a charge, or when the next one comes. When the
   * new connector cannot be started, the old one comes back.
   *
   * @return done when the new one runs; fails as {@link #add}
   */
  public CompletableFuture<Void> replace(ConnectorConfig connector) {
    return changes().replace(connector, "The connector's configuration has changed.");
  }

  /**
   * Reads the station's file again and does what it says: see {@link StationReload}. A file that is
   * wrong changes nothing and is told in the report.
   *
   * @param endNow stops the charges of connectors that are not in the file any more, instead of
   *     waiting for their end
   */
  public CompletableFuture<ReloadReport> reload(boolean endNow) {
    return reloading().reload(endNow);
  }

  /** What the last reload said, with what waits for the end of a charge. */
  public CompletableFuture<ReloadReport> reloadStatus() {
    return reloading().status();
  }

  /** Reads the file again whenever it says something new. */
  public void watchFile(Path file) {
    StationReload own = reloading();
    changes()
        .every(
            LOOK_MILLIS,
            new FileWatch(
                file,
                () -> {
                  var unused = own.reload();
                }));
  }

  private Maintenance maintenance() {
    return new Maintenance(
        endNow -> told(() -> reload(endNow)),
        () -> told(this::reloadStatus),
        () -> Optional.ofNullable(clusterView()));
  }

  private static Future<JsonObject> told(Supplier<CompletableFuture<ReloadReport>> asked) {
    try {
      return Future.fromCompletionStage(asked.get()).map(ReloadReport::toJson);
    } catch (IllegalStateException e) {
      return Future.failedFuture(e);
    }
  }

  private StationReload reloading() {
    StationReload own = reload;
    if (own == null) {
      throw new IllegalStateException("This server was not started from a file.");
    }
    return own;
  }

  /** What of a section can be taken up without a restart: its keys. */
  private SortedSet<String> takeUp(String section, StationSource next) {
    SortedSet<String> keys = new TreeSet<>();
    OpcUaConfig opcua = next.config().opcua();
    StationOpcUa running = station;
    if (section.equals("opcua") && opcua != null && running != null) {
      running.change(opcua);
      plates.set(opcua);
      for (String key : next.sections().getOrDefault(section, Map.of()).keySet()) {
        boolean ofNewCharger =
            key.startsWith("chargers.") && fleet.connector(key.split("\\.", -1)[1]) == null;
        if (key.startsWith("policies") || ofNewCharger) {
          keys.add(key);
        }
      }
    }
    return keys;
  }

  /** How this node stands in its cluster; null for a station on one machine. */
  public @Nullable JsonObject clusterView() {
    ClusterMember own = cluster;
    return own == null ? null : own.view();
  }

  /** Lets somebody hear of every connector that comes or goes from now on. */
  public void listen(ConnectorListener listener) {
    fleet.listen(listener);
  }

  /** The configuration that a connector runs by; null when there is none. */
  public @Nullable ConnectorConfig connector(String id) {
    return fleet.connector(id);
  }

  private StationChanges changes() {
    StationChanges running = changes;
    if (running == null) {
      throw new IllegalStateException("This server was not made from a station's configuration.");
    }
    return running;
  }

  /** What happens is kept here; null when it is not. */
  public @Nullable StationStorage storage() {
    return storage;
  }

  /** The grid connection that the connectors share; null when they share none. */
  public @Nullable Site site() {
    SiteController running = site;
    return running == null ? null : running.site();
  }

  /** Stops giving budgets as if the sharing had died, for tests. */
  void endSharing() {
    SiteController running = site;
    if (running != null) {
      running.close();
    }
  }

  /** What SCADA systems connect to; null without an OPC UA server. */
  public @Nullable String opcuaUrl() {
    StationOpcUa running = station;
    return running == null ? null : running.endpointUrl();
  }

  /** Whether event loops and guards move: for the machine's service manager and for health. */
  public Vitals vitals() {
    return Vitals.of(vertx);
  }

  /** Where the dashboard is, for people. */
  public String url() {
    String host =
        switch (bind) {
          case "127.0.0.1", "0.0.0.0", "::", "::1" -> "localhost";
          default -> bind;
        };
    return (http.isSecure() ? "https://" : "http://") + host + ":" + http.port();
  }

  /** The port that the dashboard listens on. */
  public int port() {
    return http.port();
  }

  /**
   * Sessions publish here, a demo adds the truth and its result; see {@link
   * dev.anodyne.controller.session.Addresses}.
   */
  public EventBus eventBus() {
    return vertx.eventBus();
  }

  /** Zero current everywhere, then the end of all sessions, then of the dashboard. */
  @Override
  public void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    StationChanges running = changes;
    if (running != null) {
      running.close();
    }
    try {
      Waiting.on(fleet.undeployAll(), STOP_SECONDS, "stop of the sessions");
    } catch (StartException e) {
      LOG.error("Not every session could be stopped in order: {}", e.getMessage());
    }
    ClusterMember member = cluster;
    if (member != null) {
      member.close();
    }
    SiteController shared = site;
    if (shared != null) {
      shared.close();
    }
    StationOpcUa opcua = station;
    if (opcua != null) {
      opcua.close();
    }
    StationApi own = api;
    if (own != null) {
      own.close();
    }
    ChargeLedger charges = ledger;
    if (charges != null) {
      charges.close();
    }
    StationStorage kept = storage;
    if (kept != null) {
      kept.close();
    }
    try {
      Waiting.on(vertx.close(), STOP_SECONDS, "end of the server");
    } catch (StartException e) {
      LOG.error("{}", e.getMessage());
    }
  }
}
