package dev.anodyne.controller.config;

import dev.anodyne.controller.config.StorageConfig.PostgreSql;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code cluster:} of a station's file. */
final class ClusterReader {
  private static final String KEY = "cluster";
  private static final Pattern NODE = Pattern.compile("[A-Za-z0-9_-]{1,40}");
  private static final Pattern MEMBER =
      Pattern.compile("[^\\s:]+:\\d{1,5}|\\[[0-9a-fA-F:]+]:\\d{1,5}");
  private static final int MOST_MEMBERS = 32;
  private static final double SHORTEST_SECONDS = 3;
  private static final double LONGEST_SECONDS = 60;

  private final YamlFile file;

  ClusterReader(YamlFile file) {
    this.file = file;
  }

  /**
   * What the file says; null when the station runs on this machine alone.
   *
   * @param storage where the station keeps its data
   * @param site the grid connection: one node cannot share what others draw from too
   */
  @Nullable ClusterConfig read(@Nullable StorageConfig storage, @Nullable SiteConfig site) {
    YamlMap whole = file.asMap();
    if (!whole.has(KEY)) {
      return null;
    }
    String form = "node, bind, port, members, leaseSeconds";
    YamlMap map = whole.map(KEY).orElseThrow(() -> whole.missing(KEY, form));
    map.only(List.of("node", "bind", "port", "members", "leaseSeconds"));
    String nodes = "letters, digits, _ and -, at most 40";
    String node = map.text("node", nodes).orElseThrow(() -> map.missing("node", nodes));
    if (!NODE.matcher(node).matches()) {
      throw map.refuse("node", node, nodes, null);
    }
    String binds = "an address of this machine that the other nodes reach";
    String bind = map.text("bind", binds).orElseThrow(() -> map.missing("bind", binds));
    if (bind.isBlank() || bind.equals("0.0.0.0") || bind.equals("::")) {
      throw map.refuse("bind", bind, binds, "the address of one network interface is meant");
    }
    double port = map.whole("port", 1, 65_534).orElse(ClusterConfig.DEFAULT_PORT);
    double lease =
        map.number("leaseSeconds", SHORTEST_SECONDS, LONGEST_SECONDS)
            .orElse(ClusterConfig.DEFAULT_LEASE_SECONDS);
    List<String> members =
        map.texts("members", MOST_MEMBERS, "host:port of each node, this one too");
    for (String member : members) {
      if (!MEMBER.matcher(member).matches()) {
        throw map.refuse("members", member, "host:port of each node, this one too", null);
      }
    }
    if (storage == null || !(storage.target() instanceof PostgreSql database)) {
      throw file.wrong(
          "storage.postgresql",
          null,
          "url and user of the database that all nodes share, since cluster is given",
          null,
          null);
    }
    if (site != null) {
      throw file.wrong(
          "site",
          "…",
          "no site together with cluster: a node does not know what the other nodes' connectors"
              + " draw",
          null,
          null);
    }
    return new ClusterConfig(node, bind, (int) port, members, lease, database);
  }
}
