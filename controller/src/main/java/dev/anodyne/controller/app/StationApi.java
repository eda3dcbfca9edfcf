package dev.anodyne.controller.app;

import dev.anodyne.controller.config.ApiConfig;
import dev.anodyne.controller.config.OpcUaConfig;
import dev.anodyne.controller.config.PolicyFolder;
import dev.anodyne.controller.config.StationConfig;
import dev.anodyne.controller.http.ApiParts;
import dev.anodyne.controller.http.Maintenance;
import dev.anodyne.controller.http.SiteLook;
import dev.anodyne.controller.metrics.StationMetrics;
import dev.anodyne.controller.session.recording.Machine;
import dev.anodyne.controller.station.AuditBook;
import dev.anodyne.controller.station.StationControl;
import dev.anodyne.controller.station.StationDesk;
import dev.anodyne.controller.station.StationNotices;
import dev.anodyne.controller.station.StationNotices.Notice;
import dev.anodyne.controller.station.StationOpcUa;
import dev.anodyne.controller.station.StationPeers;
import dev.anodyne.controller.station.sharing.Site;
import dev.anodyne.controller.station.sharing.SiteView;
import dev.anodyne.controller.storage.StationStorage;
import dev.anodyne.controller.storage.StoreStatus;
import dev.anodyne.opcua.server.alarm.Alarms;
import dev.anodyne.opcua.server.station.AlarmSettings;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a station offers to operators, over HTTP and OPC UA alike: desk, alarms, audit and metrics,
 * put together while it starts.
 */
final class StationApi implements AutoCloseable {
  private static final long NOTICE_MILLIS = 1000;

  private final Vertx vertx;
  private final StationConfig config;
  private final @Nullable Site site;
  private final @Nullable StationStorage storage;
  private final StationMetrics metrics;
  private final StationDesk desk;
  private final @Nullable StationPeers peers;
  private final Instant begun = Instant.now();
  private final long timer;

  StationApi(
      Vertx vertx,
      StationConfig config,
      ConnectorFleet fleet,
      @Nullable Site site,
      @Nullable StationStorage storage,
      StationMetrics metrics) {
    this.vertx = vertx;
    this.config = config;
    this.site = site;
    this.storage = storage;
    this.metrics = metrics;
    Clock clock = Clock.systemUTC();
    OpcUaConfig opcua = config.opcua();
    AuditBook audit = book(opcua);
    if (storage != null) {
      audit.add(storage.audit());
    }
    this.desk =
        new StationDesk(
            new StationControl(vertx, fleet.supervisions(), config.policies(), clock, site),
            audit,
            opcua == null ? AlarmSettings.USUAL : null,
            clock);
    ApiConfig api = config.api();
    if (api != null && api.policies() != null) {
      desk.control().offerMade(made(new PolicyFolder(api.policies())));
    }
    fleet.listen(desk);
    this.peers = config.cluster() == null ? null : desk.join(vertx, fleet::known);
    if (peers != null) {
      fleet.listen(peers);
    }
    fleet.listen(metrics);
    if (storage != null) {
      metrics.storage(storage);
    }
    if (site != null) {
      metrics.site(site);
    }
    timer = vertx.setPeriodic(NOTICE_MILLIS, unused -> look());
  }

  private static Map<String, String> made(PolicyFolder folder) {
    try {
      return folder.list();
    } catch (IOException e) {
      throw new StartException("api.policies cannot be read: " + e.getMessage(), e);
    }
  }

  /** Where commands are given and alarms are seen. */
  StationDesk desk() {
    return desk;
  }

  /**
   * What the API shows, once all of it runs.
   *
   * @param opcua the station's own OPC UA server; null without one
   * @param maintenance what can be done to the server itself
   */
  ApiParts parts(@Nullable StationOpcUa opcua, Maintenance maintenance) {
    if (opcua != null) {
      desk.opcua(opcua);
    }
    Alarms alarms = desk.alarms();
    if (storage != null && alarms != null) {
      alarms.listen(storage.alarms());
    }
    OpcUaConfig named = config.opcua();
    return new ApiParts(
        named == null ? "Station" : named.station(),
        Machine.version(),
        begun,
        desk,
        storage,
        site == null ? null : look(site),
        () -> health(opcua),
        maintenance);
  }

  private List<ApiParts.Part> health(@Nullable StationOpcUa opcua) {
    List<ApiParts.Part> parts = new ArrayList<>();
    if (storage != null) {
      StoreStatus status = storage.status();
      boolean usable = status.state() != StoreStatus.State.MEMORY_ONLY;
      parts.add(
          new ApiParts.Part(
              "storage",
              usable,
              usable ? "It is " + status.state() + "." : "Neither database nor disk take data."));
    }
    if (config.opcua() != null) {
      parts.add(
          new ApiParts.Part(
              "opcua", opcua != null, opcua == null ? "It has not started." : "It listens."));
    }
    return parts;
  }

  /** Tells operators what is wrong with the station itself; quick, on an event loop. */
  private void look() {
    StationNotices notices = desk.notices();
    if (notices == null) {
      return;
    }
    if (storage != null) {
      StoreStatus status = storage.status();
      boolean waits =
          status.state() == StoreStatus.State.SPOOLING
              || status.state() == StoreStatus.State.MEMORY_ONLY;
      notices.say(
          Notice.DATABASE_UNREACHABLE,
          waits ? "Nothing gets into the database: " + status.lastError() : null);
      notices.say(
          Notice.SPOOL_FILLING,
          status.filled() > 0.5 ? "More than half of what may wait for the database does." : null);
      long lost = status.droppedTelemetry() + status.droppedEvents();
      notices.say(Notice.RECORDS_LOST, lost > 0 ? lost + " records have been given up." : null);
    }
    if (site != null) {
      SiteView view = site.view();
      boolean passed =
          view.status() == SiteView.Status.ABOVE || view.status() == SiteView.Status.BELOW_FALLBACK;
      notices.say(Notice.GRID_LIMIT, passed ? view.why() : null);
    }
  }

  private SiteLook look(Site site) {
    return new SiteLook(
        () -> now(site.view()),
        (watts, seconds, caller) -> desk.control().limitStation(watts, seconds));
  }

  private static SiteLook.Now now(SiteView view) {
    Map<String, SiteLook.Share> shares = new LinkedHashMap<>();
    for (SiteView.Connector c : view.connectors()) {
      shares.put(c.id(), new SiteLook.Share(c.budgetWatts(), c.why(), c.priority()));
    }
    SiteView.ExternalLimit external = view.externalLimit();
    SiteView.ExternalLimit counting = external == null || external.expired() ? null : external;
    return new SiteLook.Now(
        view.limitWatts(),
        counting == null ? null : (Double) counting.watts(),
        counting == null ? null : counting.validUntil(),
        view.status().name(),
        view.why(),
        shares);
  }

  private static AuditBook book(@Nullable OpcUaConfig opcua) {
    try {
      return new AuditBook(opcua == null ? null : opcua.audit());
    } catch (IllegalArgumentException e) {
      throw new StartException(String.valueOf(e.getMessage()), e);
    }
  }

  @Override
  public void close() {
    vertx.cancelTimer(timer);
    if (peers != null) {
      peers.close();
    }
    desk.close();
    metrics.close();
  }
}
