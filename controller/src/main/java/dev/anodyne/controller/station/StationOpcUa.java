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
import dev.anodyne.opcua.server.audit.AuditFile;
import dev.anodyne.opcua.server.audit.AuditQueue;
import dev.anodyne.opcua.server.audit.AuditTrail;
import dev.anodyne.opcua.server.history.MemoryHistory;
import dev.anodyne.opcua.server.station.Authorization;
import dev.anodyne.opcua.server.station.StationLayout;
import dev.anodyne.opcua.server.station.StationServer;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The station's own OPC UA server while it runs, with the connectors that it shows. */
public final class StationOpcUa implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StationOpcUa.class);
  private static final String NAME = "Anodyne station";

  /** Lines that may wait for the disk. */
  private static final int MOST_AUDIT_LINES = 10_000;

  private static final String APPLICATION_URI = "urn:anodyne:station";

  private final PkiDirectory pki;
  private final StationServer server;
  private final @Nullable AuditQueue audit;

  private StationOpcUa(PkiDirectory pki, StationServer server, @Nullable AuditQueue audit) {
    this.audit = audit;
    this.pki = pki;
    this.server = server;
  }

  /** One for each connector of a station that has an OPC UA server, in order. */
  public static Map<String, ConnectorSupervision> supervisions(StationConfig config) {
    Map<String, ConnectorSupervision> supervisions = new LinkedHashMap<>();
    OpcUaConfig opcua = config.opcua();
    if (opcua != null) {
      for (ConnectorConfig c : config.connectors()) {
        supervisions.put(c.id(), new ConnectorSupervision(c.id(), plate(opcua, c).maxPowerWatts()));
      }
    }
    return supervisions;
  }

  /**
   * Makes the server and begins to listen. Blocks: never call it on an event loop.
   *
   * @param opcua the server's own part of the configuration
   * @param supervisions as from {@link #supervisions}, which the sessions have
   * @param vertx where the sessions run
   * @param version of this software
   * @throws dev.anodyne.opcua.server.PortInUseException when the port is taken
   * @throws dev.anodyne.opcua.security.PkiException when the certificate folder cannot be used
   * @throws IllegalArgumentException when a connector's id cannot stand in a node id
   */
  public static StationOpcUa start(
      StationConfig config,
      OpcUaConfig opcua,
      Map<String, ConnectorSupervision> supervisions,
      Vertx vertx,
      String version) {
    StationLayout layout = layout(config, opcua, version);
    PkiDirectory pki =
        PkiDirectory.open(
            opcua.pki(),
            ApplicationIdentity.onThisHost(NAME, APPLICATION_URI).reachableAt(opcua.host()));
    OpcUaSecurity security = opcua.security();
    AuditQueue audit = null;
    if (!security.clearText().isEmpty()) {
      LOG.warn(
          "Passwords of {} stand in clear text; 'anodyne serve --check' shows what to put in their"
              + " place",
          String.join(", ", security.clearText()));
    }
    UserDirectory users = new UserDirectory(security.users(), security.anonymous());
    try {
      audit = audit(opcua.audit());
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
                  audit == null ? AuditTrail.LOG : AuditTrail.LOG.and(audit)),
              layout,
              new StationControl(vertx, supervisions, opcua.policies(), Clock.systemUTC()),
              Authorization.byRole(users::roleOf),
              new MemoryHistory(opcua.historyPoints()),
              Clock.systemUTC(),
              opcua.alarms());
      supervisions.values().forEach(c -> c.listen(server::publish));
      return new StationOpcUa(pki, server, audit);
    } catch (RuntimeException e) {
      pki.close();
      if (audit != null) {
        audit.close();
      }
      throw e;
    }
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
    if (audit != null) {
      audit.close();
    }
  }

  /** The alarms of the station and its chargers. */
  public Alarms alarms() {
    return server.alarms();
  }

  /** A file that is written by a thread of its own; null without one. */
  private static @Nullable AuditQueue audit(OpcUaConfig.@Nullable AuditConfig config) {
    if (config == null) {
      return null;
    }
    try {
      AuditFile file =
          new AuditFile(config.file(), config.mostBytes(), config.kept(), Clock.systemUTC());
      return new AuditQueue(file, MOST_AUDIT_LINES, file::lost);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "The audit file " + config.file() + " cannot be written (" + e + ").", e);
    }
  }

  private static StationLayout layout(StationConfig config, OpcUaConfig opcua, String version) {
    List<StationLayout.Bay> bays = new ArrayList<>();
    for (ConnectorConfig c : config.connectors()) {
      OpcUaConfig.Plate plate = plate(opcua, c);
      bays.add(
          new StationLayout.Bay(
              c.id(),
              plate.nameplate(),
              c.layout() + " of " + c.cell().name(),
              c.estimator(),
              plate.maxPowerWatts(),
              c.targetSoc()));
    }
    return new StationLayout(opcua.station(), version, bays);
  }

  private static OpcUaConfig.Plate plate(OpcUaConfig opcua, ConnectorConfig c) {
    OpcUaConfig.Plate plate = opcua.chargers().get(c.id());
    if (plate == null) {
      throw new IllegalStateException("Connector " + c.id() + " has no plate.");
    }
    return plate;
  }
}
