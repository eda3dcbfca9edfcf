package dev.anodyne.controller.station;

import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.config.OpcUaConfig;
import dev.anodyne.controller.config.OpcUaSecurity;
import dev.anodyne.controller.config.StationConfig;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.opcua.security.UserDirectory;
import dev.anodyne.opcua.server.SecureServerConfig;
import dev.anodyne.opcua.server.alarm.Alarms;
import dev.anodyne.opcua.server.audit.AuditTrail;
import dev.anodyne.opcua.server.history.HistoryStore;
import dev.anodyne.opcua.server.history.MemoryHistory;
import dev.anodyne.opcua.server.station.Authorization;
import dev.anodyne.opcua.server.station.StationLayout;
import dev.anodyne.opcua.server.station.StationServer;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The station's own OPC UA server while it runs, with the connectors that it shows. */
public final class StationOpcUa implements ConnectorListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StationOpcUa.class);
  private static final String NAME = "Anodyne station";

  private static final String APPLICATION_URI = "urn:anodyne:station";

  private final PkiDirectory pki;
  private final StationServer server;
  private final StationControl control;
  private volatile OpcUaConfig config;

  private StationOpcUa(
      OpcUaConfig config, PkiDirectory pki, StationServer server, StationControl control) {
    this.config = config;
    this.control = control;
    this.pki = pki;
    this.server = server;
  }

  /**
   * Makes the server and begins to listen. Blocks: never call it on an event loop.
   *
   * @param opcua the server's own part of the configuration
   * @param control carries out what clients ask for, as it does for the HTTP API
   * @param audit notes what they do
   * @param version of this software
   * @param history keeps values of the past; null: the newest stay in memory
   * @throws dev.anodyne.opcua.server.PortInUseException when the port is taken
   * @throws dev.anodyne.opcua.security.PkiException when the certificate folder cannot be used
   * @throws IllegalArgumentException when a connector's id cannot stand in a node id
   */
  public static StationOpcUa start(
      StationConfig config,
      OpcUaConfig opcua,
      StationControl control,
      AuditTrail audit,
      String version,
      @Nullable HistoryStore history) {
    StationLayout layout = layout(config, opcua, version);
    PkiDirectory pki =
        PkiDirectory.open(
            opcua.pki(),
            ApplicationIdentity.onThisHost(NAME, APPLICATION_URI).reachableAt(opcua.host()));
    OpcUaSecurity security = opcua.security();
    if (!security.clearText().isEmpty()) {
      LOG.warn(
          "Passwords of {} stand in clear text; 'anodyne serve --check' shows what to put in their"
              + " place",
          String.join(", ", security.clearText()));
    }
    UserDirectory users = new UserDirectory(security.users(), security.anonymous());
    try {
      StationServer server =
          StationServer.start(
              new SecureServerConfig(
                  NAME,
                  opcua.bind(),
                  opcua.port(),
                  opcua.host(),
                  pki,
                  users,
                  security.channel(),
                  security.limits(),
                  security.logins(),
                  audit),
              layout,
              control,
              Authorization.byRole(users::roleOf),
              history == null ? new MemoryHistory(opcua.historyPoints()) : history,
              Clock.systemUTC(),
              opcua.alarms());
      control.connectors().values().forEach(c -> c.listen(server::publish));
      return new StationOpcUa(opcua, pki, server, control);
    } catch (RuntimeException e) {
      pki.close();
      throw e;
    }
  }

  /**
   * Takes other name plates and policies for connectors that come from now on; whatever else the
   * configuration says counts from the next start.
   */
  public void change(OpcUaConfig next) {
    config = next;
    control.offer(next.policies());
  }

  @Override
  public void added(ConnectorConfig connector, ConnectorSupervision supervision) {
    server.add(bay(config, connector));
    supervision.listen(server::publish);
    control.share();
  }

  @Override
  public void removed(String id) {
    server.remove(id);
    control.share();
  }

  /** What clients connect to. */
  public String endpointUrl() {
    return server.endpointUrl();
  }

  /** Certificate and trust folders. */
  public PkiDirectory pki() {
    return pki;
  }

  @Override
  public void close() {
    server.close();
    pki.close();
  }

  /** The alarms of the station and its chargers. */
  public Alarms alarms() {
    return server.alarms();
  }

  private static StationLayout layout(StationConfig config, OpcUaConfig opcua, String version) {
    List<StationLayout.Bay> bays = new ArrayList<>();
    for (ConnectorConfig c : config.connectors()) {
      bays.add(bay(opcua, c));
    }
    return new StationLayout(opcua.station(), version, bays);
  }

  private static StationLayout.Bay bay(OpcUaConfig opcua, ConnectorConfig c) {
    OpcUaConfig.Plate plate = opcua.plate(c.id());
    return new StationLayout.Bay(
        c.id(),
        plate.nameplate(),
        c.layout() + " of " + c.cell().name(),
        c.estimator(),
        plate.maxPowerWatts(),
        c.targetSoc());
  }
}
