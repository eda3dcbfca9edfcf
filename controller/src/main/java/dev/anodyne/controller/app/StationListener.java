package dev.anodyne.controller.app;

import dev.anodyne.controller.cluster.ClusterBus;
import dev.anodyne.controller.config.ClusterConfig;
import dev.anodyne.controller.http.HttpSettings;
import dev.anodyne.controller.http.HttpVerticle;
import dev.anodyne.controller.service.Vitals;
import dev.anodyne.controller.session.About;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What stands first of a server: event loops, the dashboard that listens, and a fleet without
 * connectors.
 *
 * @param bind the address that is listened on
 */
record StationListener(Vertx vertx, HttpVerticle http, String bind, ConnectorFleet fleet) {
  private static final long START_SECONDS = 60;

  /** Listens; the sessions are shown, but have not begun yet. */
  static StationListener listen(
      HttpSettings settings,
      List<SessionSetup> setups,
      @Nullable ClusterConfig cluster,
      PrometheusMeterRegistry registry) {
    Map<String, About> sessions = shown(setups);
    Vertx vertx = vertx(cluster);
    try {
      HttpVerticle http = new HttpVerticle(settings, sessions, registry);
      Waiting.on(vertx.deployVerticle(http), START_SECONDS, "dashboard on port " + settings.port());
      int eventLoops = VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE;
      Waiting.on(Vitals.of(vertx).watchLoops(vertx, eventLoops), START_SECONDS, "event loops");
      return new StationListener(
          vertx, http, settings.bind(), new ConnectorFleet(vertx, http, cluster != null));
    } catch (RuntimeException e) {
      var unused = vertx.close();
      throw e;
    }
  }

  private static Map<String, About> shown(List<SessionSetup> setups) {
    Map<String, About> sessions = new LinkedHashMap<>();
    for (SessionSetup setup : setups) {
      if (sessions.put(setup.settings().id(), setup.about()) != null) {
        throw new StartException(
            "Session " + setup.settings().id() + " exists twice; ids must differ.", null);
      }
    }
    return sessions;
  }

  private static Vertx vertx(@Nullable ClusterConfig cluster) {
    VertxOptions options =
        new VertxOptions()
            .setFileSystemOptions(
                new FileSystemOptions()
                    .setFileCachingEnabled(false)
                    .setClassPathResolvingEnabled(true));
    return cluster == null
        ? Vertx.vertx(options)
        : Waiting.on(ClusterBus.join(cluster, options), START_SECONDS, "joining of the cluster");
  }

  /** Closes all of it without waiting, after a start that failed. */
  void abandon() {
    var unused = vertx.close();
  }
}
