package dev.anodyne.controller.config;

import dev.anodyne.controller.config.OpcUaConfig.Plate;
import dev.anodyne.mpc.Policies;
import dev.anodyne.opcua.server.station.Nameplate;
import dev.anodyne.opcua.server.station.StationLayout;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.sdk.server.util.HostnameUtil;
import org.jspecify.annotations.Nullable;

/** Checks the station's own OPC UA server. */
final class OpcUaReader {
  private static final String KEY = "opcua";
  private static final String DEFAULT_PKI = "pki/station";
  private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "::");

  private final YamlFile file;

  OpcUaReader(YamlFile file) {
    this.file = file;
  }

  OpcUaConfig read(StationYaml.OpcUa yaml, List<ConnectorConfig> connectors) {
    String bind = yaml.bind() == null ? "127.0.0.1" : yaml.bind();
    int port = yaml.port() == null ? OpcUaConfig.DEFAULT_PORT : yaml.port();
    if (port < 1 || port > 65_535) {
      throw wrong("port", port, "1 to 65535");
    }
    int points =
        yaml.historyPoints() == null ? OpcUaConfig.DEFAULT_HISTORY_POINTS : yaml.historyPoints();
    if (points < 1 || points > 1_000_000) {
      throw wrong("historyPoints", points, "1 to 1000000");
    }
    String own = EVERYWHERE.contains(bind) ? HostnameUtil.getHostname() : bind;
    return new OpcUaConfig(
        bind,
        port,
        yaml.host() == null ? own : yaml.host(),
        file.resolve(yaml.pki() == null ? DEFAULT_PKI : yaml.pki()),
        yaml.station() == null ? "Station" : yaml.station(),
        new OpcUaSecurityReader(file).read(yaml, bind),
        policies(yaml.policies(), connectors),
        points,
        new AlarmsReader(file).alarms(yaml.alarms()),
        new AlarmsReader(file).audit(yaml.audit()),
        chargers(yaml.chargers(), connectors));
  }

  /** The policies without a parameter by name, those of the connectors, and what is listed. */
  private Map<String, String> policies(
      @Nullable Map<String, @Nullable String> written, List<ConnectorConfig> connectors) {
    Map<String, String> offered = new LinkedHashMap<>(offered(connectors));
    if (written != null) {
      written.forEach((name, source) -> offered.put(name, policy("policies." + name, source)));
    }
    return offered;
  }

  /** The policies without a parameter by name, and those of the connectors. */
  static Map<String, String> offered(List<ConnectorConfig> connectors) {
    Map<String, String> offered = new LinkedHashMap<>();
    for (String name : Policies.NAMES) {
      if (!name.contains(":")) {
        offered.put(name, name);
      }
    }
    connectors.forEach(c -> offered.putIfAbsent(named(c.policy()), c.policy()));
    return offered;
  }

  private String policy(String key, @Nullable String source) {
    if (source == null) {
      throw wrong(key, null, "a policy's name or file");
    }
    try {
      PolicyFile policy = PolicyFile.of(source, file.resolve("."));
      Policies.checkForBattery(policy.spec().policy());
      return policy.path().map(Path::toString).orElse(source);
    } catch (IllegalArgumentException e) {
      throw file.refused(KEY + "." + key, e);
    }
  }

  private static String named(String nameOrFile) {
    return PolicyFile.of(nameOrFile, Path.of("")).identity().name();
  }

  private Map<String, Plate> chargers(
      @Nullable Map<String, StationYaml.@Nullable Plate> written,
      List<ConnectorConfig> connectors) {
    Map<String, Plate> plates = new LinkedHashMap<>();
    for (ConnectorConfig c : connectors) {
      plates.put(c.id(), new Plate(Nameplate.named(c.title()), StationLayout.MOST_WATTS));
    }
    Map<String, StationYaml.@Nullable Plate> given = written == null ? Map.of() : written;
    given.forEach(
        (id, plate) -> {
          if (!plates.containsKey(id)) {
            throw wrong(
                "chargers." + id,
                id,
                connectors.stream().map(ConnectorConfig::id).collect(Collectors.joining(", ")));
          }
          if (plate != null) {
            plates.put(id, plate(id, plate, plates));
          }
        });
    return plates;
  }

  private Plate plate(String id, StationYaml.Plate p, Map<String, Plate> before) {
    Plate usual = before.get(id);
    double watts = p.maxPowerWatts() == null ? StationLayout.MOST_WATTS : p.maxPowerWatts();
    if (!(watts > 0 && watts <= StationLayout.MOST_WATTS)) {
      throw wrong(
          "chargers." + id + ".maxPowerWatts", watts, "above 0 to " + StationLayout.MOST_WATTS);
    }
    return new Plate(
        new Nameplate(
            p.manufacturer(),
            p.model(),
            p.productCode(),
            p.serialNumber(),
            p.hardwareRevision(),
            p.softwareRevision(),
            p.assetId(),
            usual == null ? id : usual.nameplate().componentName()),
        watts);
  }

  private ConfigException wrong(String key, @Nullable Object value, String allowed) {
    return file.wrong(KEY + "." + key, value, allowed, null, null);
  }
}
