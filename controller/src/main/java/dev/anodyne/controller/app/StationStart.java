package dev.anodyne.controller.app;

import dev.anodyne.controller.config.ApiConfig;
import dev.anodyne.controller.config.ClusterConfig;
import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.config.OpcUaConfig;
import dev.anodyne.controller.config.SiteConfig;
import dev.anodyne.controller.config.StationConfig;
import dev.anodyne.controller.config.StationSource;
import dev.anodyne.controller.config.StorageConfig;
import dev.anodyne.controller.http.HttpSettings;
import dev.anodyne.controller.metrics.StationMetrics;
import dev.anodyne.controller.session.recording.Machine;
import dev.anodyne.controller.station.ConnectorSupervision;
import dev.anodyne.controller.station.HeldStops;
import dev.anodyne.controller.station.ReportListener;
import dev.anodyne.controller.station.SiteController;
import dev.anodyne.controller.station.StationOpcUa;
import dev.anodyne.controller.storage.NewerSchemaException;
import dev.anodyne.controller.storage.StationStorage;
import dev.anodyne.opcua.security.PkiException;
import dev.anodyne.opcua.server.PortInUseException;
import dev.anodyne.opcua.server.station.StationLayout;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The start of a station, from its configuration to a server that is ready: what is built in which
 * order. When a part cannot be built, what was built before it is closed again.
 */
final class StationStart {
  private static final long START_SECONDS = 60;

  /** The charge does not wait longer for a database that hangs. */
  private static final long STORAGE_MILLIS = 2000;

  private final StationConfig config;
  private final Function<ConnectorConfig, SessionSetup> sessions;
  private final @Nullable StationStorage storage;
  private final @Nullable RecordingStore recordings;
  private final @Nullable ChargeLedger ledger;
  private final HeldStops stops;
  private final AtomicReference<@Nullable OpcUaConfig> plates;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final StationMetrics metrics = new StationMetrics(registry);
  private @Nullable SiteController site;
  private @Nullable StationApi api;
  private @Nullable StationOpcUa opcua;
  private volatile @Nullable ClusterMember cluster;

  private StationStart(
      StationConfig config,
      Function<ConnectorConfig, SessionSetup> sessions,
      @Nullable StationStorage storage) {
    this.config = config;
    this.sessions = sessions;
    this.storage = storage;
    StationConfig.RecordingConfig kept = config.recordings();
    recordings = kept == null ? null : RecordingStore.in(kept);
    plates = new AtomicReference<>(config.opcua());
    ledger = ledger();
    stops = stops();
  }

  /** A server of sessions that are made already: no storage, no sharing, no OPC UA server. */
  static AnodyneServer of(HttpSettings settings, List<SessionSetup> setups) {
    StationListener listener =
        StationListener.listen(
            settings, setups, null, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    try {
      setups.forEach(setup -> listener.fleet().start(setup, null, ""));
      return ready(AnodyneServer.of(listener));
    } catch (RuntimeException e) {
      listener.abandon();
      throw e;
    }
  }

  /** A station from its file, which can be read again. */
  static AnodyneServer of(Path file, Function<ConnectorConfig, SessionSetup> sessions) {
    return of(file, StationSource.read(file), sessions);
  }

  /**
   * The same of a file that has been read.
   *
   * @param source what it said
   */
  static AnodyneServer of(
      Path file, StationSource source, Function<ConnectorConfig, SessionSetup> sessions) {
    AnodyneServer server = of(source.config(), sessions);
    server.upkeep().reloadFrom(file, source);
    return server;
  }

  /**
   * A station.
   *
   * @param sessions makes the session of a connector, before the station gives it its parts
   * @throws StartException when a part cannot be started; nothing is left running then
   */
  static AnodyneServer of(StationConfig config, Function<ConnectorConfig, SessionSetup> sessions) {
    StorageConfig stored = config.storage();
    StationStorage storage = stored == null ? null : StationStorage.start(stored);
    try {
      return new StationStart(config, sessions, storage).run();
    } catch (RuntimeException e) {
      if (storage != null) {
        storage.close();
      }
      throw e instanceof NewerSchemaException
          ? new StartException(String.valueOf(e.getMessage()), e)
          : e;
    }
  }

  private AnodyneServer run() {
    if (config.opcua() != null) {
      ReadAhead.forServer();
    }
    List<SessionSetup> setups = new ArrayList<>();
    config.connectors().forEach(connector -> setups.add(setup(connector)));
    HttpSettings settings =
        new HttpSettings(
            config.http().bind(),
            config.http().port(),
            Objects.requireNonNullElse(config.api(), ApiConfig.LOCAL));
    StationListener listener = StationListener.listen(settings, setups, config.cluster(), registry);
    StationChanges changes = new StationChanges(listener.fleet(), this::setup);
    try {
      build(listener, setups, changes);
      AnodyneServer server = server(listener, changes);
      Waiting.on(
          listener
              .http()
              .offer(Objects.requireNonNull(api).parts(opcua, server.upkeep().maintenance())),
          START_SECONDS,
          "parts of the dashboard");
      return ready(server);
    } catch (RuntimeException e) {
      server(listener, changes).close();
      throw e;
    }
  }

  private static AnodyneServer ready(AnodyneServer server) {
    server.open();
    return server;
  }

  /** What listens is there: the rest, in the order in which one part needs the other. */
  private void build(StationListener listener, List<SessionSetup> setups, StationChanges changes) {
    ConnectorFleet fleet = listener.fleet();
    SiteConfig shared = config.site();
    if (shared != null) {
      share(shared, fleet);
    }
    SiteController sharing = site;
    StationApi offered =
        new StationApi(
            listener.vertx(),
            config,
            fleet,
            sharing == null ? null : sharing.site(),
            storage,
            metrics);
    api = offered;
    ClusterConfig clustered = config.cluster();
    for (int i = 0; i < setups.size() && clustered == null; i++) {
      fleet.start(setups.get(i), config.connectors().get(i), "");
    }
    OpcUaConfig served = config.opcua();
    if (served != null) {
      serve(served, offered, fleet);
    }
    if (storage != null) {
      // It has been opened meanwhile; one that is not ours to write ends the start.
      storage.awaitFirstTry(STORAGE_MILLIS);
    }
    if (clustered != null) {
      ClusterMember joined = new ClusterMember(clustered, config, fleet, changes);
      cluster = joined;
      joined.start();
    }
  }

  /** What has been built so far, to run or to be closed. */
  private AnodyneServer server(StationListener listener, StationChanges changes) {
    return new AnodyneServer(
        listener,
        new AnodyneServer.Parts(
            changes, storage, ledger, stops, plates, site, api, opcua, cluster));
  }

  /** The session of a connector, with all that the station gives it. */
  private SessionSetup setup(ConnectorConfig connector) {
    return supervised(leased(sessions.apply(connector)))
        .withRecordings(recordings)
        .withListeners(heard(connector))
        .withLedger(ledger);
  }

  private List<ReportListener> heard(ConnectorConfig connector) {
    ReportListener counting = metrics.listener(connector.id());
    return storage == null
        ? List.of(counting)
        : List.of(storage.listener(connector.id(), connector.estimator()), counting);
  }

  /** A file on one machine says nothing about charges that another node has driven since. */
  private @Nullable ChargeLedger ledger() {
    StorageConfig stored = config.storage();
    ClusterConfig clustered = config.cluster();
    if (clustered != null) {
      return new DatabaseLedger(
          clustered.database(),
          connector -> {
            ClusterMember own = cluster;
            return own == null ? 0 : own.fencing(connector);
          });
    }
    return stored == null ? null : FileLedger.beside(stored.spool());
  }

  /** The nodes of a cluster tell each other: a file of one says nothing of what another did. */
  private HeldStops stops() {
    StorageConfig stored = config.storage();
    try {
      return stored == null || config.cluster() != null
          ? HeldStops.inMemory()
          : HeldStops.in(stored.spool().folder().resolveSibling("emergency-stops.json"));
    } catch (IllegalStateException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  private SessionSetup leased(SessionSetup setup) {
    ClusterMember own = cluster;
    return own == null ? setup : own.guarded(setup);
  }

  /** A plant in step with its controller is not to be disturbed: its sessions are on their own. */
  private SessionSetup supervised(SessionSetup setup) {
    if (setup.pace() instanceof SessionSetup.Pace.Lockstep) {
      return setup;
    }
    String id = setup.settings().id();
    OpcUaConfig served = plates.get();
    double most = served == null ? StationLayout.MOST_WATTS : served.plate(id).maxPowerWatts();
    return setup.withSupervision(new ConnectorSupervision(id, most, stops));
  }

  private void share(SiteConfig shared, ConnectorFleet fleet) {
    SiteController controller = new SiteController(shared, Clock.systemDefaultZone());
    site = controller;
    fleet.listen(controller);
    controller.start();
  }

  private void serve(OpcUaConfig served, StationApi offered, ConnectorFleet fleet) {
    try {
      // In a cluster each node's server has the connectors that the node drives, as they come.
      StationConfig first =
          config.cluster() == null ? config : new StationConfig(config.http(), List.of());
      StationStorage kept = storage;
      StationOpcUa running =
          StationOpcUa.start(
              first,
              served,
              offered.desk().control(),
              offered.desk().audit(),
              Machine.version(),
              kept == null ? null : kept.history(served.historyPoints()));
      opcua = running;
      fleet.listen(running);
    } catch (PortInUseException | PkiException | IllegalArgumentException e) {
      throw new StartException("The station's OPC UA server cannot start: " + e.getMessage(), e);
    }
  }
}
