package dev.anodyne.controller.config;

import dev.anodyne.controller.config.StationConfig.HttpConfig;
import dev.anodyne.controller.config.StationConfig.RecordingConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads and checks {@code station.yaml}. */
public final class StationConfigReader {
  /** The dashboard's port unless configured otherwise. */
  public static final int DEFAULT_PORT = 8080;

  private StationConfigReader() {}

  /**
   * Reads a station's file. Nothing is started or connected, but cells, policies, estimators and
   * password files are looked up.
   *
   * @throws ConfigException naming file, line, key, value and what is allowed
   */
  public static StationConfig read(Path path) {
    return read(YamlFile.read(path));
  }

  /** The same of a file whose text has been read. */
  static StationConfig read(YamlFile file) {
    StationYaml yaml = file.as(StationYaml.class);
    List<StationYaml.@Nullable Connector> written = yaml.connectors();
    if (written == null || written.isEmpty()) {
      throw file.wrong("connectors", null, "a list of at least one connector", null, null);
    }
    List<ConnectorConfig> connectors = new ArrayList<>();
    Set<String> ids = new HashSet<>();
    Set<Path> batteries = new HashSet<>();
    Path folder = batteries(file, yaml.batteries());
    for (int i = 0; i < written.size(); i++) {
      String key = "connectors[" + i + "]";
      StationYaml.Connector one = written.get(i);
      if (one == null) {
        throw file.wrong(key, null, "a connector with id, charger and battery", null, null);
      }
      ConnectorConfig connector = new ConnectorReader(file, key, folder).read(one);
      if (!ids.add(connector.id())) {
        throw file.wrong(
            key + ".id", connector.id(), "an id that no other connector has", null, null);
      }
      Path battery = connector.batteryFile();
      if (battery != null && !batteries.add(battery)) {
        throw file.wrong(
            key + ".battery.id",
            battery.getFileName(),
            "one that no other connector has",
            null,
            null);
      }
      connectors.add(connector);
    }
    StationYaml.OpcUa opcua = yaml.opcua();
    StorageConfig storage = new StorageReader(file).read();
    SiteConfig site = new SiteReader(file).read(yaml.site(), connectors);
    HttpConfig http = http(file, yaml.http());
    file.awaitChecks();
    return new StationConfig(
        http,
        connectors,
        recordings(file, yaml),
        opcua == null ? null : new OpcUaReader(file).read(opcua, connectors),
        storage,
        site,
        new ClusterReader(file).read(storage, site),
        new ApiReader(file).read(yaml.api(), http.bind()));
  }

  private static @Nullable Path batteries(YamlFile file, @Nullable String folder) {
    return folder(file, "batteries", folder);
  }

  private static @Nullable Path folder(YamlFile file, String key, @Nullable String folder) {
    if (folder == null) {
      return null;
    }
    Path path = file.resolve(folder);
    if (folder.isBlank() || (Files.exists(path) && !Files.isDirectory(path))) {
      throw file.wrong(key, folder, "a folder (it is made when it is not there)", null, null);
    }
    return path;
  }

  private static @Nullable RecordingConfig recordings(YamlFile file, StationYaml yaml) {
    Path folder = folder(file, "recordings", yaml.recordings());
    Integer kept = yaml.recordingsKept();
    Integer megabytes = yaml.recordingsMegabytes();
    if (folder == null && (kept != null || megabytes != null)) {
      throw file.wrong(
          "recordings",
          null,
          "a folder, since recordingsKept or recordingsMegabytes is given",
          null,
          null);
    }
    int files = kept == null ? RecordingConfig.KEPT : kept;
    int most = megabytes == null ? RecordingConfig.MEGABYTES : megabytes;
    if (files < 1 || files > 100_000) {
      throw file.wrong("recordingsKept", files, "1 to 100000 charges", null, null);
    }
    if (most < 10 || most > 1_000_000) {
      throw file.wrong("recordingsMegabytes", most, "10 to 1000000 MB", null, null);
    }
    return folder == null ? null : new RecordingConfig(folder, files, most * 1_000_000L);
  }

  private static HttpConfig http(YamlFile file, StationYaml.@Nullable Http http) {
    String bind = http == null || http.bind() == null ? "127.0.0.1" : http.bind();
    int port = http == null || http.port() == null ? DEFAULT_PORT : http.port();
    if (bind.isBlank()) {
      throw file.wrong(
          "http.bind", bind, "an address of this machine, such as 127.0.0.1", null, null);
    }
    if (port < 0 || port > 65_535) {
      throw file.wrong("http.port", port, "1 to 65535, or 0 for a free one", null, null);
    }
    return new HttpConfig(bind, port);
  }
}
