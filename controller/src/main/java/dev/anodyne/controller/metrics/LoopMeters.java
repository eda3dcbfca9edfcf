package dev.anodyne.controller.metrics;

import dev.anodyne.controller.safety.GuardReason;
import dev.anodyne.core.charging.DecisionSource;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The control loops of all connectors together. Thread-safe; records without allocating. */
final class LoopMeters {
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
    Duration.ofMillis(1000)
  };

  private final Timer lateness;
  private final Timer solve;
  private final Timer cycle;
  private final Map<DecisionSource, Counter> decisions = new EnumMap<>(DecisionSource.class);
  private final Map<GuardReason, Counter> trips = new EnumMap<>(GuardReason.class);

  LoopMeters(MeterRegistry registry) {
    lateness = timer(registry, "anodyne.loop.lateness", "Delay of the control loops' ticks");
    solve = timer(registry, "anodyne.solve", "Time that decisions of the optimiser took");
    cycle = timer(registry, "anodyne.loop.cycle", "Time from status image to decision");
    for (DecisionSource source : DecisionSource.values()) {
      decisions.put(
          source,
          Counter.builder("anodyne.decisions")
              .description("Decisions by the rung of the fallback ladder that made them")
              .tag("rung", source.name())
              .register(registry));
    }
    for (GuardReason reason : GuardReason.values()) {
      if (reason.isTrip()) {
        trips.put(
            reason,
            Counter.builder("anodyne.guard.trips")
                .description("How often the guard stopped the current")
                .tag("reason", reason.name())
                .register(registry));
      }
    }
  }

  private static Timer timer(MeterRegistry registry, String name, String description) {
    return Timer.builder(name)
        .description(description)
        .serviceLevelObjectives(BOUNDS)
        .register(registry);
  }

  void decided(DecisionSource source, long solveNanos, long cycleNanos) {
    Counter counter = decisions.get(source);
    if (counter != null) {
      counter.increment();
    }
    if (source == DecisionSource.MPC && solveNanos > 0) {
      solve.record(solveNanos, TimeUnit.NANOSECONDS);
    }
    if (cycleNanos > 0) {
      cycle.record(cycleNanos, TimeUnit.NANOSECONDS);
    }
  }

  void tripped(GuardReason reason) {
    Counter counter = trips.get(reason);
    if (counter != null) {
      counter.increment();
    }
  }

  void late(long nanos) {
    lateness.record(Math.max(0, nanos), TimeUnit.NANOSECONDS);
  }
}
