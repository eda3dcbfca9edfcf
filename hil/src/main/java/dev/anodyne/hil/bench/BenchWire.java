package dev.anodyne.hil.bench;

import dev.anodyne.core.charging.Quality;
import dev.anodyne.hil.fault.Wire;
import dev.anodyne.opcua.model.ChargerImage;
import dev.anodyne.opcua.model.ChargerTag;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.jspecify.annotations.Nullable;

/**
 * What goes wrong on a bench's OPC UA link. Starting and stopping the server takes a while and is
 * done by a thread of its own, in the order in which it was asked for.
 */
final class BenchWire implements Wire, AutoCloseable {
  private static final double NANOS_PER_SECOND = 1e9;

  private final BenchServer bench;
  private final SetpointInbox inbox;
  private final ExecutorService switching =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "bench server switch");
            thread.setDaemon(true);
            return thread;
          });
  private volatile Map<ChargerTag, Quality> given = Map.of();
  private volatile @Nullable DateTime frozenAt;

  BenchWire(BenchServer bench, SetpointInbox inbox) {
    this.bench = bench;
    this.inbox = inbox;
  }

  @Override
  public void setQuality(Set<ChargerTag> tags, Quality quality) {
    Map<ChargerTag, Quality> next = new EnumMap<>(ChargerTag.class);
    next.putAll(given);
    for (ChargerTag tag : tags) {
      if (quality == Quality.GOOD) {
        next.remove(tag);
      } else {
        next.put(tag, quality);
      }
    }
    given = next;
  }

  /** Status of the tags that are not good. */
  Map<ChargerTag, StatusCode> statuses(Quality sensors) {
    Map<ChargerTag, Quality> others = given;
    if (sensors == Quality.GOOD && others.isEmpty()) {
      return Map.of();
    }
    Map<ChargerTag, StatusCode> statuses = new EnumMap<>(ChargerTag.class);
    if (sensors != Quality.GOOD) {
      ChargerImage.measuredTags().forEach(tag -> statuses.put(tag, code(sensors)));
    }
    others.forEach((tag, quality) -> statuses.put(tag, code(quality)));
    return statuses;
  }

  private static StatusCode code(Quality quality) {
    return new StatusCode(
        quality == Quality.UNCERTAIN
            ? StatusCodes.Uncertain_SensorNotAccurate
            : StatusCodes.Bad_SensorFailure);
  }

  @Override
  public void setTimestampsFrozen(boolean frozen) {
    frozenAt = frozen ? DateTime.now() : null;
  }

  /** When the values that go out now say they were taken. */
  DateTime sourceTime() {
    DateTime frozen = frozenAt;
    return frozen == null ? DateTime.now() : frozen;
  }

  @Override
  public void setValuesFrozen(boolean frozen) {
    if (frozen) {
      bench.freezeValues();
    } else {
      bench.unfreezeValues();
    }
  }

  @Override
  public void setStalled(boolean stalled) {
    bench.stallConnections(stalled);
  }

  @Override
  public void dropSessions(double refuseSeconds) {
    bench.dropConnections(Duration.ofNanos(Math.round(refuseSeconds * NANOS_PER_SECOND)));
  }

  @Override
  public void setServerUp(boolean up) {
    switching.execute(up ? bench::startServer : bench::stopServer);
  }

  @Override
  public void setWritesIgnored(boolean ignored) {
    inbox.setIgnoring(ignored);
  }

  @Override
  public void setWriteDelay(double seconds) {
    inbox.setDelay(Math.round(seconds * NANOS_PER_SECOND));
  }

  /** What was asked for is done first. */
  @Override
  public void close() {
    switching.shutdown();
    try {
      switching.awaitTermination(5, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
