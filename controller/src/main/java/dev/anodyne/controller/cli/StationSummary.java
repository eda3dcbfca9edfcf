package dev.anodyne.controller.cli;

import dev.anodyne.controller.config.ApiConfig;
import dev.anodyne.controller.config.ClusterConfig;
import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.config.Moment;
import dev.anodyne.controller.config.OpcUaConfig;
import dev.anodyne.controller.config.SiteConfig;
import dev.anodyne.controller.config.StationConfig;
import dev.anodyne.controller.config.StorageConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a station would do, as {@code serve --check} says it. Nothing is opened, made or connected:
 * only the file counts.
 */
final class StationSummary {
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

  private final Path file;
  private final StationConfig station;
  private final ApiConfig api;

  /**
   * Of a station.
   *
   * @param file that says it
   */
  StationSummary(Path file, StationConfig station) {
    this.file = file;
    this.station = station;
    this.api = Objects.requireNonNullElse(station.api(), ApiConfig.LOCAL);
  }

  /** A sentence a line. */
  String text() {
    StringBuilder text = new StringBuilder(file + " is in order. It would");
    text.append("\n- show the dashboard on ")
        .append(station.http().bind())
        .append(':')
        .append(station.http().port());
    text.append("\n- serve the API there ").append(api());
    OpcUaConfig opcua = station.opcua();
    if (opcua != null) {
      text.append("\n- serve SCADA systems over OPC UA on ")
          .append(opcua.bind())
          .append(':')
          .append(opcua.port());
      new OpcUaSummary(opcua).lines().forEach(line -> text.append("\n  ").append(line));
    }
    station.connectors().forEach(c -> connector(text, c));
    StationConfig.RecordingConfig recordings = station.recordings();
    text.append(
        recordings == null
            ? "\n- record no charge"
            : "\n- record every charge in "
                + recordings.folder()
                + ", the newest "
                + recordings.kept());
    text.append("\n- ").append(storage());
    ClusterConfig cluster = station.cluster();
    if (cluster != null) {
      text.append("\n- ").append(cluster(cluster));
    }
    SiteConfig site = station.site();
    if (site != null) {
      text.append("\n- share ")
          .append(Math.round(site.limitWatts()))
          .append(" W of the grid between these connectors; fall-backs need ")
          .append(Math.round(fallbackWatts(site)))
          .append(" W of ")
          .append(Math.round(site.lowestLimitWatts() - site.baseLoadWatts()))
          .append(" W");
    }
    warnings().forEach(warning -> text.append("\nWarning: ").append(warning));
    return text.toString();
  }

  private double fallbackWatts(SiteConfig site) {
    return site.fallbackWatts(station.connectors().stream().map(ConnectorConfig::id).toList());
  }

  /** What is allowed, but not safe. */
  private List<String> warnings() {
    List<String> warnings = new ArrayList<>();
    ApiConfig api = station.api();
    boolean clear = api != null && api.tls() == null && !api.tokens().isEmpty();
    if (clear && !LOOPBACK.contains(station.http().bind())) {
      warnings.add(
          "http.bind: tokens travel in clear text. Maybe add api.tls, or put a proxy with TLS in"
              + " front and bind to 127.0.0.1");
    }
    for (ConnectorConfig c : station.connectors()) {
      c.charger()
          .security()
          .warning(c.charger().endpointUrl())
          .ifPresent(warning -> warnings.add("connector " + c.id() + ": " + warning));
    }
    return warnings;
  }

  private static String wish(ConnectorConfig c) {
    Moment departure = c.wish().departure();
    return (departure == null ? "" : ", to a departure at " + departure)
        + (c.wish().tariff() == null ? "" : ", with a tariff")
        + (c.wish().announcedCaps() == null ? "" : ", with announced caps of the power");
  }

  /** The same for programs. */
  Map<String, Object> described() {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("config", file.toString());
    json.put("bind", station.http().bind());
    json.put("port", station.http().port());
    json.put("api", describedApi());
    StorageConfig storage = station.storage();
    if (storage != null) {
      json.put("storage", described(storage));
    }
    ClusterConfig cluster = station.cluster();
    if (cluster != null) {
      json.put("cluster", described(cluster));
    }
    OpcUaConfig opcua = station.opcua();
    if (opcua != null) {
      json.put("opcua_bind", opcua.bind());
      json.put("opcua_port", opcua.port());
      json.put("opcua_security", new OpcUaSummary(opcua).described());
    }
    json.put("connectors", station.connectors().stream().map(StationSummary::described).toList());
    json.put("warnings", warnings());
    if (station.recordings() != null) {
      json.put("recordings", station.recordings().folder().toString());
    }
    if (station.site() != null) {
      json.put("site_limit_W", station.site().limitWatts());
      json.put("site_fallback_W", fallbackWatts(station.site()));
    }
    return json;
  }

  private static void connector(StringBuilder text, ConnectorConfig c) {
    text.append("\n- charge at connector ")
        .append(c.id())
        .append(" over ")
        .append(c.charger().endpointUrl())
        .append(" (")
        .append(c.charger().security())
        .append(")")
        .append(": ")
        .append(c.layout())
        .append(" of ")
        .append(c.cell().name())
        .append(" to ")
        .append(Checks.text(c.targetSoc()))
        .append(" with policy ")
        .append(c.policy())
        .append(" and estimator ")
        .append(c.estimator())
        .append(wish(c))
        .append(c.batteryFile() == null ? "" : ", remembering the battery in " + c.batteryFile());
  }

  private static Map<String, Object> described(ConnectorConfig c) {
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("id", c.id());
    one.put("endpoint", c.charger().endpointUrl());
    one.put("user", c.charger().security().logIn().name());
    one.put("security", c.charger().security().toString());
    one.put("layout", c.layout().toString());
    one.put("cell", c.cell().name());
    one.put("policy", c.policy());
    one.put("estimator", c.estimator());
    one.put("target_soc", c.targetSoc());
    if (c.wish().departure() != null) {
      one.put("departure", c.wish().departure().toString());
    }
    if (c.batteryFile() != null) {
      one.put("battery_file", c.batteryFile().toString());
    }
    return one;
  }

  private String api() {
    ApiConfig.Tls tls = api.tls();
    String way = tls == null ? "without TLS" : "over TLS with certificate " + tls.certificate();
    List<String> tokens = new ArrayList<>();
    roles().forEach((name, role) -> tokens.add(name + " (" + role + ")"));
    return way
        + ", "
        + (tokens.isEmpty() ? "without tokens" : "to the tokens " + String.join(", ", tokens))
        + "; who shows none may "
        + (api.anonymous() == null ? "do nothing" : "do what the role " + anonymous() + " may");
  }

  /** Role of each token, by name. */
  private Map<String, String> roles() {
    Map<String, String> roles = new TreeMap<>();
    api.tokens().forEach((name, token) -> roles.put(name, token.role().word()));
    return roles;
  }

  private String anonymous() {
    return api.anonymous() == null ? "" : api.anonymous().word();
  }

  private Map<String, Object> describedApi() {
    Map<String, Object> json = new LinkedHashMap<>();
    ApiConfig.Tls tls = api.tls();
    json.put("tls", tls != null);
    if (tls != null) {
      json.put("certificate", tls.certificate().toString());
    }
    json.put("tokens", roles());
    json.put("anonymous", anonymous());
    return json;
  }

  private String storage() {
    StorageConfig stored = station.storage();
    return stored == null
        ? "keep nothing in a database"
        : "keep what happens in "
            + kind(stored)
            + " "
            + stored.target().shown()
            + "; while that takes nothing, up to "
            + megabytes(stored)
            + " MB wait in "
            + stored.spool().folder();
  }

  private static String kind(StorageConfig stored) {
    return stored.target() instanceof StorageConfig.SqliteFile ? "SQLite" : "PostgreSQL";
  }

  private static long megabytes(StorageConfig stored) {
    return stored.spool().mostBytes() / 1_000_000;
  }

  private static Map<String, Object> described(StorageConfig stored) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("kind", kind(stored));
    json.put("database", stored.target().shown());
    json.put("spool", stored.spool().folder().toString());
    json.put("spool_MB", megabytes(stored));
    return json;
  }

  private static String cluster(ClusterConfig cluster) {
    return "run as node "
        + cluster.node()
        + " of the cluster "
        + String.join(", ", cluster.members())
        + ", listening on "
        + cluster.bind()
        + " ports "
        + cluster.port()
        + " and "
        + (cluster.port() + 1)
        + ", with leases of "
        + Checks.text(cluster.leaseSeconds())
        + " s in "
        + cluster.database().shown();
  }

  private static Map<String, Object> described(ClusterConfig cluster) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("node", cluster.node());
    json.put("bind", cluster.bind());
    json.put("port", cluster.port());
    json.put("members", cluster.members());
    json.put("lease_s", cluster.leaseSeconds());
    json.put("database", cluster.database().shown());
    return json;
  }
}
