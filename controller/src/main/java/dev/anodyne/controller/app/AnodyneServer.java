package dev.anodyne.controller.app;

import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.config.OpcUaConfig;
import dev.anodyne.controller.config.StationConfig;
import dev.anodyne.controller.config.StationSource;
import dev.anodyne.controller.http.HttpSettings;
import dev.anodyne.controller.http.HttpVerticle;
import dev.anodyne.controller.service.Vitals;
import dev.anodyne.controller.station.ConnectorListener;
import dev.anodyne.controller.station.HeldStops;
import dev.anodyne.controller.station.SiteController;
import dev.anodyne.controller.station.StationOpcUa;
import dev.anodyne.controller.station.sharing.Site;
import dev.anodyne.controller.storage.StationStorage;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running controller: sessions and dashboard. {@link #close} first commands zero current to every
 * charger, then closes everything.
 */
public final class AnodyneServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AnodyneServer.class);
  private static final long STOP_SECONDS = 15;

  private final Vertx vertx;
  private final HttpVerticle http;
  private final String bind;
  private final ConnectorFleet fleet;
  private final Parts parts;
  private final StationUpkeep upkeep;
  private boolean closed;

  /**
   * What a station has beside its dashboard and its connectors; null: it has none, or its start did
   * not come that far.
   *
   * @param changes adds and removes connectors
   * @param stops the emergency stops in force
   * @param plates what the chargers can, for the next sessions that are made
   * @param site shares the grid connection
   * @param opcua what SCADA systems connect to
   */
  record Parts(
      @Nullable StationChanges changes,
      @Nullable StationStorage storage,
      @Nullable ChargeLedger ledger,
      @Nullable HeldStops stops,
      AtomicReference<@Nullable OpcUaConfig> plates,
      @Nullable SiteController site,
      @Nullable StationApi api,
      @Nullable StationOpcUa opcua,
      @Nullable ClusterMember cluster) {}

  AnodyneServer(StationListener listener, Parts parts) {
    this.vertx = listener.vertx();
    this.http = listener.http();
    this.bind = listener.bind();
    this.fleet = listener.fleet();
    this.parts = parts;
    this.upkeep = new StationUpkeep(vertx, fleet, parts);
  }

  /** A server of sessions that nobody else has a part in. */
  static AnodyneServer of(StationListener listener) {
    return new AnodyneServer(
        listener,
        new Parts(null, null, null, null, new AtomicReference<>(), null, null, null, null));
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
    return StationStart.of(settings, setups);
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

  /**
   * The same of a file that has been read already.
   *
   * @param source what it said
   */
  public static AnodyneServer start(Path file, StationSource source) {
    return StationStart.of(file, source, SessionFactory::realTime);
  }

  /** The same with sessions that are made otherwise, for tests. */
  static AnodyneServer start(Path file, Function<ConnectorConfig, SessionSetup> sessions) {
    return StationStart.of(file, sessions);
  }

  /** A station whose sessions are made otherwise, for tests. */
  static AnodyneServer start(
      StationConfig config, Function<ConnectorConfig, SessionSetup> sessions) {
    return StationStart.of(config, sessions);
  }

  /** All of it runs: {@code /health/ready} says so, and charges that waited for it are made. */
  void open() {
    http.ready();
    fleet.open();
  }

  /**
   * Adds a connector to the running station: its session begins, and dashboard, OPC UA server,
   * supervision and recordings know it. All of it, or nothing.
   *
   * @return done when it runs; fails with a {@link StartException} or {@link
   *     dev.anodyne.controller.config.ConfigException} that names what is wrong
   */
  public CompletableFuture<Void> add(ConnectorConfig connector) {
    return upkeep.changes().add(connector);
  }

  /**
   * Removes a connector: its charge is stopped, its charger ramps to zero, all of it is closed.
   *
   * @param reason a sentence for people
   * @return done when it is gone; fails when there is no such connector
   */
  public CompletableFuture<Void> remove(String id, String reason) {
    return upkeep.changes().remove(id, reason);
  }

  /**
   * Sets a connector up anew. A charge that runs is stopped as by {@link #remove}; a vehicle that
   * stays is charged again only when somebody starts a charge, or when the next one comes. When the
   * new connector cannot be started, the old one comes back.
   *
   * @return done when the new one runs; fails as {@link #add}
   */
  public CompletableFuture<Void> replace(ConnectorConfig connector) {
    return upkeep.changes().replace(connector, "The connector's configuration has changed.");
  }

  /**
   * Reads the station's file again and does what it says: see {@link StationReload}. A file that is
   * wrong changes nothing and is told in the report.
   *
   * @param endNow stops the charges of connectors that are not in the file any more, instead of
   *     waiting for their end
   */
  public CompletableFuture<ReloadReport> reload(boolean endNow) {
    return upkeep.reload().reload(endNow);
  }

  /** What the last reload said, with what waits for the end of a charge. */
  public CompletableFuture<ReloadReport> reloadStatus() {
    return upkeep.reload().status();
  }

  /** Reads the file again whenever it says something new. */
  public void watchFile(Path file) {
    upkeep.watchFile(file);
  }

  /** What can be done to the server itself. */
  StationUpkeep upkeep() {
    return upkeep;
  }

  /** How this node stands in its cluster; null for a station on one machine. */
  public @Nullable JsonObject clusterView() {
    return upkeep.clusterView();
  }

  /** Lets somebody hear of every connector that comes or goes from now on. */
  public void listen(ConnectorListener listener) {
    fleet.listen(listener);
  }

  /** The configuration that a connector runs by; null when there is none. */
  public @Nullable ConnectorConfig connector(String id) {
    return fleet.connector(id);
  }

  /** What happens is kept here; null when it is not. */
  public @Nullable StationStorage storage() {
    return parts.storage();
  }

  /** The grid connection that the connectors share; null when they share none. */
  public @Nullable Site site() {
    SiteController running = parts.site();
    return running == null ? null : running.site();
  }

  /** Stops giving budgets as if the sharing had died, for tests. */
  void endSharing() {
    SiteController running = parts.site();
    if (running != null) {
      running.close();
    }
  }

  /** What SCADA systems connect to; null without an OPC UA server. */
  public @Nullable String opcuaUrl() {
    StationOpcUa running = parts.opcua();
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
    close(parts.changes());
    try {
      Waiting.on(fleet.undeployAll(), STOP_SECONDS, "stop of the sessions");
    } catch (StartException e) {
      LOG.error("Not every session could be stopped in order: {}", e.getMessage());
    }
    // Each after those that use it.
    close(parts.cluster());
    close(parts.site());
    close(parts.opcua());
    close(parts.api());
    close(parts.ledger());
    close(parts.stops());
    close(parts.storage());
    try {
      Waiting.on(vertx.close(), STOP_SECONDS, "end of the server");
    } catch (StartException e) {
      LOG.error("{}", e.getMessage());
    }
  }

  /** A part that cannot be closed must not keep the others open. */
  private static void close(@Nullable AutoCloseable part) {
    if (part == null) {
      return;
    }
    try {
      part.close();
    } catch (Exception e) {
      LOG.error("{} could not be closed.", part.getClass().getSimpleName(), e);
    }
  }
}
