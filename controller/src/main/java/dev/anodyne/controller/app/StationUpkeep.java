package dev.anodyne.controller.app;

import dev.anodyne.controller.config.OpcUaConfig;
import dev.anodyne.controller.config.StationSource;
import dev.anodyne.controller.http.Maintenance;
import dev.anodyne.controller.station.StationOpcUa;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What can be done to a running station itself: its file is read again, its cluster looked at. */
final class StationUpkeep {
  /** How often it is looked whether the file is new, or a charge over, ms. */
  private static final long LOOK_MILLIS = 1000;

  private final Vertx vertx;
  private final ConnectorFleet fleet;
  private final AnodyneServer.Parts parts;
  private @Nullable StationReload reload;

  StationUpkeep(Vertx vertx, ConnectorFleet fleet, AnodyneServer.Parts parts) {
    this.vertx = vertx;
    this.fleet = fleet;
    this.parts = parts;
  }

  /** The station can be brought to what its file says later. */
  void reloadFrom(Path file, StationSource source) {
    StationReload own =
        new StationReload(
            file,
            source,
            fleet,
            changes(),
            new RunningChange(vertx),
            this::takeUp,
            parts.cluster());
    reload = own;
    changes().every(LOOK_MILLIS, own::lookWhatIsOver);
  }

  /** Reads the file again whenever it says something new. */
  void watchFile(Path file) {
    StationReload own = reload();
    changes()
        .every(
            LOOK_MILLIS,
            new FileWatch(
                file,
                () -> {
                  var unused = own.reload();
                }));
  }

  /** What brings the station to its file. */
  StationReload reload() {
    StationReload own = reload;
    if (own == null) {
      throw new IllegalStateException("This server was not started from a file.");
    }
    return own;
  }

  /** What adds and removes connectors. */
  StationChanges changes() {
    StationChanges running = parts.changes();
    if (running == null) {
      throw new IllegalStateException("This server was not made from a station's configuration.");
    }
    return running;
  }

  /** How this node stands in its cluster; null for a station on one machine. */
  @Nullable JsonObject clusterView() {
    ClusterMember own = parts.cluster();
    return own == null ? null : own.view();
  }

  /** The same for the API. */
  Maintenance maintenance() {
    return new Maintenance(
        endNow -> told(() -> reload().reload(endNow)),
        () -> told(() -> reload().status()),
        () -> Optional.ofNullable(clusterView()));
  }

  private static Future<JsonObject> told(Supplier<CompletableFuture<ReloadReport>> asked) {
    try {
      return Future.fromCompletionStage(asked.get()).map(ReloadReport::toJson);
    } catch (IllegalStateException e) {
      return Future.failedFuture(e);
    }
  }

  /** What of a section can be taken up without a restart: its keys. */
  private SortedSet<String> takeUp(String section, StationSource next) {
    SortedSet<String> keys = new TreeSet<>();
    OpcUaConfig opcua = next.config().opcua();
    StationOpcUa running = parts.opcua();
    if (section.equals("opcua") && opcua != null && running != null) {
      running.change(opcua);
      parts.plates().set(opcua);
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
}
