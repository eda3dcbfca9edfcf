package dev.anodyne.controller.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How long answers take, by operation and kind of status: what clients send never becomes a label.
 * Lives on one event loop.
 */
final class HttpMetrics {
  private static final Duration[] BOUNDS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(25),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5)
  };

  private final MeterRegistry registry;
  private final Map<String, Timer> timers = new HashMap<>();
  private @Nullable Counter limited;

  HttpMetrics(MeterRegistry registry, LiveStreams streams) {
    this.registry = registry;
    Gauge.builder("anodyne.http.streams", streams, LiveStreams::count)
        .description("Clients that watch live")
        .register(registry);
    FunctionCounter.builder("anodyne.http.streams.slow", streams, LiveStreams::closedSlow)
        .description("Clients that were closed since they did not read")
        .register(registry);
  }

  /** A request that is being answered. */
  final class Outcome {
    private final String operation;
    private final long begunNanos = System.nanoTime();

    private Outcome(String operation) {
      this.operation = operation;
    }

    void ended(int status) {
      timer(operation, status / 100 + "xx")
          .record(Duration.ofNanos(System.nanoTime() - begunNanos));
      if (status == 429) {
        limited().increment();
      }
    }
  }

  /** A request for an operation has come. */
  Outcome begun(String operation) {
    return new Outcome(operation);
  }

  private Timer timer(String operation, String status) {
    return timers.computeIfAbsent(
        operation + " " + status,
        unused ->
            Timer.builder("anodyne.http.requests")
                .description("Answers over HTTP")
                .tag("operation", operation)
                .tag("status", status)
                .serviceLevelObjectives(BOUNDS)
                .register(registry));
  }

  private Counter limited() {
    Counter counter = limited;
    if (counter == null) {
      counter =
          Counter.builder("anodyne.http.limited")
              .description("Requests that came too fast")
              .register(registry);
      limited = counter;
    }
    return counter;
  }
}
