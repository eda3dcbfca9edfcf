package dev.anodyne.test.benchmark.station;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what {@code anodyne serve} reads: the station and the model of its chargers. */
final class StationFiles {
  /**
   * Values come once a second here: a tenth of a second's grid, as for a charger that tells its
   * values ten times as often, would be load without news.
   */
  private static final String MODEL =
      """
      name: Simulated charger of the benchmark
      namespace: urn:anodyne:bench:instances
      link: {mode: subscribe, periodMillis: %d, stalenessSeconds: 3}
      expiry: {by: validFor}
      heartbeat:
        read: {node: "{charger}.Heartbeat"}
      tags:
      """;

  private static final String[] TAGS = {
    "Meas.OutputCurrent",
    "Meas.OutputVoltage",
    "Meas.BatteryVoltage",
    "Meas.MinCellVoltage",
    "Meas.MaxCellVoltage",
    "Meas.MinCellTemperature",
    "Meas.MaxCellTemperature",
    "Meas.SurfaceTemperature",
    "Cap.MinVoltage",
    "Cap.MaxVoltage",
    "Cap.MaxCurrent",
    "Cap.MaxPower",
    "Cap.MaxRamp",
    "Battery.TargetCurrent",
    "Battery.MaxVoltage",
    "Battery.MaxCellVoltage",
    "Battery.MaxTemperature",
    "Battery.MaxPower",
    "VehicleConnected",
    "Faults",
    "Setpoint.ValidForMillis",
    "Setpoint.VoltageCeiling",
    "Setpoint.Current"
  };

  private StationFiles() {}

  /**
   * What the station is to be.
   *
   * @param connectors how many
   * @param policy of all of them
   * @param port of its API
   * @param periodSeconds of their loops
   * @param more lines of the station as a whole, such as its storage
   * @param each more lines of every connector
   */
  record Station(
      int connectors, String policy, int port, double periodSeconds, String more, String each) {}

  /**
   * Writes them.
   *
   * @param directory where the certificates are
   * @param urls of the chargers' servers
   * @return the station's file
   */
  static Path write(Path directory, String[] urls, Station station) throws IOException {
    // The link keeps the charger's own time, whatever the loop's.
    int millis = station.periodSeconds() > 1 ? 50 : 1000;
    StringBuilder model = new StringBuilder(MODEL.formatted(millis));
    for (String tag : TAGS) {
      model.append("  ").append(tag).append(": {node: \"{charger}.").append(tag).append("\"}\n");
    }
    Files.writeString(directory.resolve("charger.yaml"), model);
    StringBuilder yaml = new StringBuilder();
    yaml.append("http: {bind: 127.0.0.1, port: ").append(station.port()).append("}\n");
    // All clients come from one address, and every connector is asked for its account at once.
    yaml.append("api: {rateLimit: {perSecond: 2000, burst: 2000}}\n");
    yaml.append(station.more());
    yaml.append("connectors:\n");
    for (int i = 1; i <= station.connectors(); i++) {
      connector(yaml, i, urls[(i - 1) / StationFarm.PER_SERVER], station);
    }
    Path file = directory.resolve("station.yaml");
    Files.writeString(file, yaml);
    return file;
  }

  /** Id of a connector, from 1 on. */
  static String id(int number) {
    return "C%04d".formatted(number);
  }

  private static void connector(StringBuilder yaml, int number, String url, Station station) {
    yaml.append("  - id: ").append(id(number)).append('\n');
    yaml.append("    charger: {endpoint: \"").append(url);
    yaml.append("\", anonymous: true, pki: controller, chargerId: ");
    yaml.append(StationFarm.charger(number)).append(", mapping: charger.yaml}\n");
    yaml.append("    battery: {cell: lgm50, layout: 1s1p, heatTransfer: 40}\n");
    yaml.append("    policy: ").append(station.policy()).append('\n');
    yaml.append("    targetSoc: 0.8\n    periodSeconds: ");
    yaml.append(station.periodSeconds()).append('\n');
    yaml.append("    guard: {stalenessSeconds: 3, frozenSeconds: 4}\n");
    yaml.append(station.each());
  }
}
