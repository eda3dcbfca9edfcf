package dev.anodyne.controller.app;

import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.config.OpcUaConfig;
import dev.anodyne.controller.config.StationConfig;
import dev.anodyne.controller.http.HttpSettings;
import dev.anodyne.controller.http.HttpVerticle;
import dev.anodyne.controller.session.About;
import dev.anodyne.controller.session.recording.Machine;
import dev.anodyne.controller.station.ConnectorSupervision;
import dev.anodyne.controller.station.StationOpcUa;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.opcua.security.PkiException;
import dev.anodyne.opcua.server.PortInUseException;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.EventBus;
import io.vertx.core.file.FileSystemOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 15;

  private final Vertx vertx;
  private final HttpVerticle http;
  private final String bind;
  private final List<String> deployed;
  private @Nullable StationOpcUa station;
  private boolean closed;

  private AnodyneServer(Vertx vertx, HttpVerticle http, String bind, List<String> deployed) {
    this.vertx = vertx;
    this.http = http;
    this.bind = bind;
    this.deployed = deployed;
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
    Map<String, About> sessions = new LinkedHashMap<>();
    for (SessionSetup setup : setups) {
      if (sessions.put(setup.settings().id(), setup.about()) != null) {
        throw new StartException(
            "Session " + setup.settings().id() + " exists twice; ids must differ.", null);
      }
    }
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCachingEnabled(false)
                        .setClassPathResolvingEnabled(true)));
    try {
      HttpVerticle http = new HttpVerticle(settings, sessions);
      await(vertx.deployVerticle(http), START_SECONDS, "dashboard on port " + settings.port());
      List<String> deployed = new ArrayList<>();
      for (SessionSetup setup : setups) {
        String name = "session " + setup.settings().id();
        deployed.add(await(vertx.deployVerticle(verticle(setup)), START_SECONDS, name));
      }
      http.ready();
      return new AnodyneServer(vertx, http, settings.bind(), deployed);
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
   * Starts a whole station in step with a bench: each of its chargers waits for its answer.
   *
   * @throws StartException as above
   */
  public static AnodyneServer startInStep(StationConfig config) {
    return start(config, SessionFactory::lockstep);
  }

  private static AnodyneServer start(
      StationConfig config, Function<ConnectorConfig, SessionSetup> sessions) {
    StationConfig.RecordingConfig kept = config.recordings();
    RecordingStore recordings = kept == null ? null : RecordingStore.in(kept);
    Map<String, ConnectorSupervision> supervisions = StationOpcUa.supervisions(config);
    List<SessionSetup> setups = new ArrayList<>();
    for (ConnectorConfig connector : config.connectors()) {
      SessionSetup setup = sessions.apply(connector).withRecordings(recordings);
      ConnectorSupervision supervision = supervisions.get(connector.id());
      setups.add(supervision == null ? setup : setup.withSupervision(supervision));
    }
    AnodyneServer server =
        start(new HttpSettings(config.http().bind(), config.http().port()), setups);
    OpcUaConfig opcua = config.opcua();
    if (opcua != null) {
      server.serve(config, opcua, supervisions);
    }
    return server;
  }

  private void serve(
      StationConfig config, OpcUaConfig opcua, Map<String, ConnectorSupervision> supervisions) {
    try {
      station = StationOpcUa.start(config, opcua, supervisions, vertx, Machine.version());
    } catch (PortInUseException | PkiException | IllegalArgumentException e) {
      close();
      throw new StartException("The station's OPC UA server cannot start: " + e.getMessage(), e);
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /** What SCADA systems connect to; null without an OPC UA server. */
  public @Nullable String opcuaUrl() {
    StationOpcUa running = station;
    return running == null ? null : running.endpointUrl();
  }

  /** Where the dashboard is, for people. */
  public String url() {
    String host =
        switch (bind) {
          case "127.0.0.1", "0.0.0.0", "::", "::1" -> "localhost";
          default -> bind;
        };
    return "http://" + host + ":" + http.port();
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
    List<Future<?>> stops = new ArrayList<>();
    for (String id : deployed) {
      stops.add(vertx.undeploy(id));
    }
    try {
      await(Future.join(stops), STOP_SECONDS, "stop of the sessions");
    } catch (StartException e) {
      LOG.error("Not every session could be stopped in order: {}", e.getMessage());
    }
    StationOpcUa running = station;
    if (running != null) {
      running.close();
    }
    try {
      await(vertx.close(), STOP_SECONDS, "end of the server");
    } catch (StartException e) {
      LOG.error("{}", e.getMessage());
    }
  }

  private static Deployable verticle(SessionSetup setup) {
    return setup.pace() instanceof SessionSetup.Pace.Lockstep
        ? new LockstepSessionVerticle(setup)
        : new ChargeSessionVerticle(setup, NanoClock.SYSTEM);
  }

  private static <T> T await(Future<T> future, long seconds, String what) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(seconds, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw StartException.of(what, e.getCause() == null ? e : e.getCause());
    } catch (TimeoutException e) {
      throw new StartException("The " + what + " took longer than " + seconds + " s.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartException("The " + what + " was interrupted.", e);
    }
  }
}
