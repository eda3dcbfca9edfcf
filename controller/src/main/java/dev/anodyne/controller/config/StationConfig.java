package dev.anodyne.controller.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole station, checked and with every default filled in.
 *
 * @param http where the dashboard listens
 * @param connectors at least one; their ids differ
 * @param recordings where charges are recorded; null: they are not
 * @param opcua the station's own OPC UA server; null: there is none
 * @param storage where what happens is kept; null: it is not
 * @param site the grid connection that the connectors share; null: they share none
 * @param cluster this node's place among several; null: it runs alone
 * @param api who may use the HTTP API; null: as {@link ApiConfig#LOCAL}
 */
public record StationConfig(
    HttpConfig http,
    List<ConnectorConfig> connectors,
    @Nullable RecordingConfig recordings,
    @Nullable OpcUaConfig opcua,
    @Nullable StorageConfig storage,
    @Nullable SiteConfig site,
    @Nullable ClusterConfig cluster,
    @Nullable ApiConfig api) {
  /** A station whose API is for this machine only. */
  public StationConfig(
      HttpConfig http,
      List<ConnectorConfig> connectors,
      @Nullable RecordingConfig recordings,
      @Nullable OpcUaConfig opcua,
      @Nullable StorageConfig storage,
      @Nullable SiteConfig site,
      @Nullable ClusterConfig cluster) {
    this(http, connectors, recordings, opcua, storage, site, cluster, null);
  }

  /** A station on one machine. */
  public StationConfig(
      HttpConfig http,
      List<ConnectorConfig> connectors,
      @Nullable RecordingConfig recordings,
      @Nullable OpcUaConfig opcua,
      @Nullable StorageConfig storage,
      @Nullable SiteConfig site) {
    this(http, connectors, recordings, opcua, storage, site, null);
  }

  /** A station whose connectors share no grid connection. */
  public StationConfig(
      HttpConfig http,
      List<ConnectorConfig> connectors,
      @Nullable RecordingConfig recordings,
      @Nullable OpcUaConfig opcua,
      @Nullable StorageConfig storage) {
    this(http, connectors, recordings, opcua, storage, null);
  }

  /** A station that keeps nothing in a database. */
  public StationConfig(
      HttpConfig http,
      List<ConnectorConfig> connectors,
      @Nullable RecordingConfig recordings,
      @Nullable OpcUaConfig opcua) {
    this(http, connectors, recordings, opcua, null);
  }

  /** A station without an OPC UA server of its own. */
  public StationConfig(
      HttpConfig http, List<ConnectorConfig> connectors, @Nullable RecordingConfig recordings) {
    this(http, connectors, recordings, null);
  }

  /** A station that records nothing. */
  public StationConfig(HttpConfig http, List<ConnectorConfig> connectors) {
    this(http, connectors, null);
  }

  public StationConfig {
    connectors = List.copyOf(connectors);
  }

  /** Names of the policies that may be chosen from outside, and the name or file of each. */
  public Map<String, String> policies() {
    return opcua == null ? OpcUaReader.offered(connectors) : opcua.policies();
  }

  /**
   * Where the dashboard listens.
   *
   * @param bind address; {@code 127.0.0.1} keeps it on this machine
   * @param port TCP port, 1–65535, or 0 for a free one
   */
  public record HttpConfig(String bind, int port) {}

  /**
   * Where charges are recorded, and how many are kept: beyond that the oldest are deleted.
   *
   * @param folder one file a charge
   * @param kept most files, at least 1
   * @param mostBytes of all files together; a single recording ends at half of it
   */
  public record RecordingConfig(Path folder, int kept, long mostBytes) {
    /** Charges that are kept unless configured otherwise. */
    public static final int KEPT = 200;

    /** Megabytes that are kept unless configured otherwise. */
    public static final int MEGABYTES = 2000;
  }
}
