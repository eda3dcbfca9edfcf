package dev.anodyne.controller.metrics;

import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.station.ConnectorListener;
import dev.anodyne.controller.station.ConnectorSupervision;
import dev.anodyne.controller.station.ReportListener;
import dev.anodyne.controller.station.sharing.Site;
import dev.anodyne.controller.storage.StationStorage;
import dev.anodyne.controller.storage.StoreStatus;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToDoubleFunction;

/** The metrics of a station while it runs. */
public final class StationMetrics implements ConnectorListener, AutoCloseable {
  private static final List<String> STATES =
      List.of(
          "Idle",
          "Connected",
          "Authorised",
          "Precharge",
          "Charging",
          "Suspended",
          "Stopping",
          "Finished",
          "Faulted");

  private final MeterRegistry registry;
  private final LoopMeters meters;
  private final Map<String, ConnectorMeter> connectors = new ConcurrentHashMap<>();
  private final Map<String, List<Meter>> ofConnectors = new ConcurrentHashMap<>();
  private final JvmGcMetrics collector = new JvmGcMetrics();

  /** In this registry, from now on. */
  public StationMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.meters = new LoopMeters(registry);
    for (String state : STATES) {
      Gauge.builder(
              "anodyne.sessions",
              connectors,
              all -> all.values().stream().filter(c -> c.state().equals(state)).count())
          .description("Sessions by state")
          .tag("state", state)
          .register(registry);
    }
    Gauge.builder(
            "anodyne.power",
            connectors,
            all -> all.values().stream().mapToDouble(ConnectorMeter::watts).sum())
        .description("Power into all batteries")
        .baseUnit("watts")
        .register(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    collector.bindTo(registry);
  }

  /** Counts what the session of a connector reports. */
  public ReportListener listener(String connector) {
    ConnectorMeter meter = new ConnectorMeter(meters);
    connectors.put(connector, meter);
    return meter;
  }

  @Override
  public void added(ConnectorConfig connector, ConnectorSupervision supervision) {
    ConnectorMeter meter = connectors.get(connector.id());
    if (meter == null) {
      return;
    }
    Meter reconnects =
        FunctionCounter.builder("anodyne.charger.reconnects", meter, ConnectorMeter::reconnects)
            .description("How often the link to a charger came back")
            .tag("connector", connector.id())
            .register(registry);
    Meter stale =
        Gauge.builder("anodyne.charger.stale", meter, m -> m.isStale() ? 1 : 0)
            .description("1 while a charger's values stand still")
            .tag("connector", connector.id())
            .register(registry);
    Meter up =
        Gauge.builder("anodyne.charger.up", meter, m -> m.isUp() ? 1 : 0)
            .description("1 while a charger is heard")
            .tag("connector", connector.id())
            .register(registry);
    ofConnectors.put(connector.id(), List.of(reconnects, stale, up));
  }

  @Override
  public void removed(String id) {
    connectors.remove(id);
    List<Meter> gone = ofConnectors.remove(id);
    if (gone != null) {
      gone.forEach(registry::remove);
    }
  }

  /** Tells how the storage fares too. */
  public void storage(StationStorage storage) {
    gauge(
        storage,
        "anodyne.storage.waiting",
        "Entries that wait for the database",
        s -> s.inboxEntries() + s.spoolEntries());
    gauge(storage, "anodyne.storage.spool.bytes", "What waits on disk", s -> s.spoolBytes());
    gauge(
        storage,
        "anodyne.storage.filled",
        "How much of what may wait does, 0–1",
        StoreStatus::filled);
    gauge(
        storage,
        "anodyne.storage.up",
        "1 while entries get into the database",
        s ->
            s.state() == StoreStatus.State.OK || s.state() == StoreStatus.State.CATCHING_UP
                ? 1
                : 0);
    FunctionCounter.builder("anodyne.storage.written", storage, all -> all.status().written())
        .description("Entries that have got into the database")
        .register(registry);
    FunctionCounter.builder(
            "anodyne.storage.dropped",
            storage,
            all -> all.status().droppedTelemetry() + all.status().droppedEvents())
        .description("Entries that were given up")
        .register(registry);
  }

  /** Tells how the grid connection is used too. */
  public void site(Site site) {
    Gauge.builder("anodyne.grid.limit", site, Site::limitWatts)
        .description("The grid limit in force; +Inf without")
        .baseUnit("watts")
        .register(registry);
    Gauge.builder("anodyne.grid.used", site, s -> s.view().usedWatts())
        .description("What the site draws")
        .baseUnit("watts")
        .register(registry);
    Gauge.builder("anodyne.grid.budgets", site, s -> s.view().budgetWatts())
        .description("What connectors may draw together")
        .baseUnit("watts")
        .register(registry);
  }

  private void gauge(
      StationStorage storage, String name, String what, ToDoubleFunction<StoreStatus> value) {
    Gauge.builder(name, storage, s -> value.applyAsDouble(s.status()))
        .description(what)
        .register(registry);
  }

  @Override
  public void close() {
    collector.close();
  }
}
