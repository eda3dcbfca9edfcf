package dev.anodyne.controller.app;

import dev.anodyne.controller.config.ConnectorConfig;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes of a running station, one after the other on a thread of their own: whoever asks for one
 * never waits, and no two meet.
 */
final class StationChanges implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StationChanges.class);
  private static final long END_SECONDS = 30;

  private final ConnectorFleet fleet;
  private final Function<ConnectorConfig, SessionSetup> sessions;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread made = new Thread(task, "station-changes");
            made.setDaemon(true);
            return made;
          });

  /**
   * Of some connectors.
   *
   * @param sessions makes the session of a connector, with all that the station gives it
   */
  StationChanges(ConnectorFleet fleet, Function<ConnectorConfig, SessionSetup> sessions) {
    this.fleet = fleet;
    this.sessions = sessions;
  }

  CompletableFuture<Void> add(ConnectorConfig connector) {
    return run(
        () -> {
          addNow(connector);
          return null;
        });
  }

  CompletableFuture<Void> remove(String id, String reason) {
    return run(
        () -> {
          fleet.remove(id, reason);
          return null;
        });
  }

  CompletableFuture<Void> replace(ConnectorConfig connector, String reason) {
    return run(
        () -> {
          replaceNow(connector, reason);
          return null;
        });
  }

  /** Adds a connector; this thread. */
  void addNow(ConnectorConfig connector) {
    fleet.add(sessions.apply(connector), connector, "");
  }

  /** Shows a connector that another node may drive; this thread. */
  void showNow(ConnectorConfig connector) {
    fleet.show(sessions.apply(connector));
  }

  /** Looks after something again and again, between the changes. */
  void every(long millis, Runnable look) {
    var unused =
        thread.scheduleWithFixedDelay(
            () -> {
              try {
                look.run();
              } catch (RuntimeException e) {
                LOG.error("What waits could not be looked after.", e);
              }
            },
            millis,
            millis,
            TimeUnit.MILLISECONDS);
  }

  /** Runs another change in its turn. */
  <T> CompletableFuture<T> run(Supplier<T> change) {
    try {
      return CompletableFuture.supplyAsync(change, thread);
    } catch (RejectedExecutionException e) {
      return CompletableFuture.failedFuture(new StartException("The server stops.", e));
    }
  }

  /**
   * Sets a connector up anew; this thread. What the new one needs is made first, so that one that
   * cannot be made leaves the old one alone; when it cannot be started, the old one comes back. A
   * vehicle that stays is not charged by that: somebody starts the charge, or the next vehicle
   * does.
   */
  void replaceNow(ConnectorConfig connector, String reason) {
    String id = connector.id();
    ConnectorConfig before = fleet.connector(id);
    if (before == null) {
      throw new StartException("There is no connector " + id + " that could be replaced.", null);
    }
    SessionSetup next = sessions.apply(connector);
    String held = fleet.mayChargeAnew(id) ? "" : reason;
    fleet.remove(id, reason);
    try {
      fleet.add(next, connector, held);
    } catch (RuntimeException e) {
      fleet.add(sessions.apply(before), before, held);
      throw e;
    }
  }

  /** No change begins any more; the one that runs is waited for. */
  @Override
  public void close() {
    thread.shutdown();
    try {
      if (!thread.awaitTermination(END_SECONDS, TimeUnit.SECONDS)) {
        thread.shutdownNow();
      }
    } catch (InterruptedException e) {
      thread.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
