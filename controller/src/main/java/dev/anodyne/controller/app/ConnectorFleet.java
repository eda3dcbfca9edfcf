package dev.anodyne.controller.app;

import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.http.HttpVerticle;
import dev.anodyne.controller.session.Addresses;
import dev.anodyne.controller.station.ConnectorListener;
import dev.anodyne.controller.station.ConnectorSupervision;
import dev.anodyne.core.charging.NanoClock;
import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The connectors of a running station. Each has a session, a view on the dashboard and a
 * supervision; they come and go together or not at all. Everything here blocks and is called by one
 * thread at a time: see {@link StationChanges}.
 */
final class ConnectorFleet {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectorFleet.class);
  private static final long START_SECONDS = 60;
  private static final long STOP_SECONDS = 15;
  private static final long CONTROL_MILLIS = 4000;

  /** How long a charger may take to ramp down before its session is closed all the same. */
  private static final long RAMP_MILLIS = 10_000;

  private static final long LOOK_MILLIS = 50;

  /** Below this nothing flows any more, A of the whole battery. */
  private static final double STOPPED_AMPS = 1;

  private final Vertx vertx;
  private final HttpVerticle http;
  private final boolean showsAll;
  private final Map<String, Running> running = new ConcurrentSkipListMap<>();
  private final Map<String, ConnectorSupervision> supervisions = new ConcurrentSkipListMap<>();
  private final List<ConnectorListener> listeners = new CopyOnWriteArrayList<>();
  private volatile Set<String> known = Set.of();
  private final Promise<Void> opened = Promise.promise();

  /**
   * A connector's session that runs.
   *
   * @param connector null for a session that was not made from a configuration
   */
  record Running(SessionSetup setup, @Nullable ConnectorConfig connector, String deployment) {}

  /**
   * None yet.
   *
   * @param showsAll the dashboard shows all connectors always, wherever they are driven
   */
  ConnectorFleet(Vertx vertx, HttpVerticle http, boolean showsAll) {
    this.vertx = vertx;
    this.http = http;
    this.showsAll = showsAll;
  }

  /** What stands between each session and the station, by id; changes while it is read. */
  Map<String, ConnectorSupervision> supervisions() {
    return Collections.unmodifiableMap(supervisions);
  }

  /** All connectors of the station from now on, whichever node of a cluster drives them. */
  void know(Set<String> ids) {
    known = Set.copyOf(ids);
  }

  /** See {@link #know}; none where nobody has said. */
  Set<String> known() {
    return known;
  }

  /** The configuration of a connector that runs; null when there is none. */
  @Nullable ConnectorConfig connector(String id) {
    Running one = running.get(id);
    return one == null ? null : one.connector();
  }

  /** All configured connectors that run, by id. */
  List<ConnectorConfig> connectors() {
    List<ConnectorConfig> all = new ArrayList<>();
    for (Running one : running.values()) {
      if (one.connector() != null) {
        all.add(one.connector());
      }
    }
    return all;
  }

  /** Lets somebody hear of every connector that comes or goes from now on. */
  void listen(ConnectorListener listener) {
    listeners.add(listener);
  }

  /**
   * The station is ready: charges that can wait are made from now on, so that they do not keep it
   * from becoming ready.
   */
  void open() {
    opened.tryComplete();
  }

  /** Starts a session whose view is on the dashboard already. */
  void start(SessionSetup setup, @Nullable ConnectorConfig connector, String held) {
    String id = setup.settings().id();
    List<ConnectorListener> heard = new ArrayList<>();
    ConnectorSupervision supervision = setup.supervision();
    try {
      if (connector != null && supervision != null) {
        supervisions.put(id, supervision);
        for (ConnectorListener listener : listeners) {
          heard.add(listener);
          listener.added(connector, supervision);
        }
      }
      String deployment =
          Waiting.on(vertx.deployVerticle(verticle(setup, held)), START_SECONDS, "session " + id);
      running.put(id, new Running(setup, connector, deployment));
    } catch (RuntimeException e) {
      supervisions.remove(id);
      gone(id, heard);
      throw e;
    }
  }

  /**
   * Adds a connector: all of it, or nothing.
   *
   * @param held why its session is to begin stopped; empty to let it charge
   */
  void add(SessionSetup setup, @Nullable ConnectorConfig connector, String held) {
    String id = setup.settings().id();
    if (running.containsKey(id)) {
      throw new StartException("Connector " + id + " is there already; ids must differ.", null);
    }
    if (!showsAll) {
      show(setup);
    }
    try {
      start(setup, connector, held);
    } catch (RuntimeException e) {
      if (!showsAll) {
        hide(id);
      }
      throw e;
    }
    LOG.info("Connector {} has been added.", id);
  }

  /** Takes a connector away: its charge is stopped, its charger ramps to zero, all is closed. */
  void remove(String id, String reason) {
    Running one = running.get(id);
    if (one == null) {
      throw new StartException(
          "There is no connector " + id + "; there are: " + String.join(", ", running.keySet()),
          null);
    }
    stop(one, reason);
    end(one);
    if (!showsAll) {
      hide(id);
    }
    LOG.info("Connector {} has been removed: {}", id, reason);
  }

  /** Whether a session that takes the place of this one may charge without being asked. */
  boolean mayChargeAnew(String id) {
    ConnectorSupervision supervision = supervisions.get(id);
    return supervision == null || (supervision.isQuiet() && !supervision.isOver());
  }

  /** Whether a connector's charge is over, or has not met its vehicle yet. */
  boolean isQuiet(String id) {
    ConnectorSupervision supervision = supervisions.get(id);
    return supervision == null || supervision.isQuiet();
  }

  /** All deployments: to be undeployed at the end of the station. */
  List<String> deployments() {
    return running.values().stream().map(Running::deployment).toList();
  }

  /** Ends sessions whose chargers can be commanded no more, together. */
  void drop(Collection<String> ids) {
    List<Running> gone = new ArrayList<>();
    List<Future<?>> ends = new ArrayList<>();
    for (String id : ids) {
      Running one = running.get(id);
      if (one != null) {
        gone.add(one);
        ends.add(vertx.undeploy(one.deployment()));
      }
    }
    try {
      Waiting.on(Future.join(ends), STOP_SECONDS, "end of the sessions " + ids);
    } catch (StartException e) {
      LOG.error("Not every session of {} ended in order: {}", ids, e.getMessage());
    }
    gone.forEach(this::forget);
  }

  /** Shows a connector on the dashboard. */
  void show(SessionSetup setup) {
    String id = setup.settings().id();
    Waiting.on(http.add(id, setup.about()), START_SECONDS, "view of connector " + id);
  }

  /** Shows it no more. */
  void hide(String id) {
    Waiting.on(http.remove(id), STOP_SECONDS, "view of connector " + id);
  }

  /** Ends a session in order; it counts as gone whatever its end says. */
  private void end(Running one) {
    String id = one.setup().settings().id();
    try {
      Waiting.on(vertx.undeploy(one.deployment()), STOP_SECONDS, "end of session " + id);
    } catch (StartException e) {
      LOG.error("Connector {} did not end in order: {}", id, e.getMessage());
    }
    forget(one);
  }

  private void forget(Running one) {
    String id = one.setup().settings().id();
    running.remove(id);
    ConnectorSupervision supervision = supervisions.remove(id);
    if (supervision != null) {
      supervision.listen(snapshot -> {});
    }
    gone(id, listeners);
  }

  /** Stops the charge and waits until its charger has come down, or cannot be heard. */
  private void stop(Running one, String reason) {
    String id = one.setup().settings().id();
    ConnectorSupervision supervision = one.setup().supervision();
    if (supervision == null) {
      return;
    }
    try {
      Waiting.on(
          vertx
              .eventBus()
              .<JsonObject>request(
                  Addresses.control(id),
                  new JsonObject().put("action", "stop").put("reason", reason),
                  new DeliveryOptions().setSendTimeout(CONTROL_MILLIS)),
          STOP_SECONDS,
          "stop of session " + id);
      long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(RAMP_MILLIS);
      while (supervision.flowingAmps() > STOPPED_AMPS && System.nanoTime() - end < 0) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    } catch (StartException e) {
      LOG.warn("Connector {}: {}", id, e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A listener that fails must not keep the others from hearing. */
  private static void gone(String id, List<ConnectorListener> heard) {
    for (ConnectorListener listener : heard) {
      try {
        listener.removed(id);
      } catch (RuntimeException e) {
        LOG.error("Connector {} has gone, but not everywhere.", id, e);
      }
    }
  }

  private Deployable verticle(SessionSetup setup, String held) {
    return setup.pace() instanceof SessionSetup.Pace.Lockstep
        ? new LockstepSessionVerticle(setup)
        : new ChargeSessionVerticle(setup, NanoClock.SYSTEM, held, opened.future());
  }

  /** Stops everything that runs. */
  Future<?> undeployAll() {
    List<Future<?>> stops = new ArrayList<>();
    for (String id : deployments()) {
      stops.add(vertx.undeploy(id));
    }
    return Future.join(stops);
  }
}
