package dev.anodyne.controller.http;

import dev.anodyne.controller.station.ConnectorSupervision;
import dev.anodyne.controller.station.StationControl.Caller;
import dev.anodyne.controller.storage.StationStorage;
import dev.anodyne.controller.storage.StationStore;
import dev.anodyne.controller.storage.StorageUnavailableException;
import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.util.concurrent.Callable;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What the answers are made from: the board with all sessions, and what the station offers once it
 * runs. Lives on one event loop.
 */
final class Api {
  private final Board board;
  private final WorkerExecutor workers;
  private @Nullable ApiParts parts;
  private @Nullable AlarmRows alarms;

  /**
   * Without a station.
   *
   * @param workers do what blocks
   */
  Api(Board board, WorkerExecutor workers) {
    this.board = board;
    this.workers = workers;
  }

  /** The station runs. */
  void offer(ApiParts running) {
    parts = running;
    alarms = new AlarmRows(running.desk());
  }

  Board board() {
    return board;
  }

  /** What the station offers; null while there is none. */
  @Nullable ApiParts maybeParts() {
    return parts;
  }

  /** What the station offers, to commands and whatever else needs it. */
  ApiParts parts() {
    ApiParts running = parts;
    if (running == null) {
      throw RefusedException.of(
          503, "No station", "This server runs no station, or is still starting it.");
    }
    return running;
  }

  /** The alarms; empty ones while there is no station. */
  @Nullable AlarmRows alarms() {
    return alarms;
  }

  /** A connector's session. */
  SessionView view(String id) {
    SessionView view = board.view(id);
    if (view == null) {
      throw RefusedException.notFound(
          "There is no connector '" + id + "'; there are: " + board.names() + ".");
    }
    return view;
  }

  /** What operators have asked of a connector; null when nobody can ask. */
  @Nullable ConnectorSupervision supervision(String id) {
    ApiParts running = parts;
    return running == null ? null : running.desk().control().connectors().get(id);
  }

  /** Who gives a command, for the session's own words and the log. */
  static Caller caller(Asked asked) {
    return new Caller(asked.who().user(), "HTTP");
  }

  /** Asks the storage on a worker. */
  <T> Future<T> stored(Function<StationStore, T> question) {
    StationStorage storage = parts().store();
    if (storage == null) {
      throw RefusedException.notFound(
          "This station keeps nothing. Maybe add storage: to its configuration.");
    }
    return blocking(() -> question.apply(storage.store()));
  }

  /** Does something that blocks, on a worker. */
  <T> Future<T> blocking(Callable<T> task) {
    return workers.executeBlocking(task, false).recover(e -> Future.failedFuture(translated(e)));
  }

  private static Throwable translated(Throwable e) {
    if (e instanceof StorageUnavailableException) {
      return RefusedException.of(
          503,
          "Storage unavailable",
          "The database cannot be reached; what happens is kept until it can: ask again later.");
    }
    return e;
  }
}
