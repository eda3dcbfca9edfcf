package dev.anodyne.test.system;

import dev.anodyne.controller.config.StationConfigReader;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.plantsim.PlantConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A station's folder as an operator has it, with everything that the server keeps inside, and its
 * charger; both trust each other.
 */
final class StationFolder implements AutoCloseable {
  static final String CONNECTOR = "C1";

  private final Path folder;
  private final Path config;
  private final WatchedCharger charger;

  /**
   * Makes one.
   *
   * @param policy of its only connector
   * @param more lines of the station's file
   */
  StationFolder(Path folder, String policy, String more) throws IOException {
    this.folder = folder;
    PlantConfig plant =
        PlantConfig.of(CellParameters.load("lgm50").withHeatTransfer(40), new PackLayout(4, 1));
    charger = new WatchedCharger(plant, folder.resolve("bench-pki"));
    config =
        Files.writeString(
            folder.resolve("station.yaml"),
            """
            http: {port: 0}
            recordings: recordings
            batteries: batteries
            connectors:
              - id: C1
                charger: {endpoint: "%s", user: %s, password: %s, pki: controller-pki}
                battery: {cell: lgm50, layout: 4s1p, heatTransfer: 40, id: bus-17}
                policy: %s
                estimator: physics
                targetSoc: 0.9
            """
                    .formatted(
                        charger.endpointUrl(), WatchedCharger.USER, WatchedCharger.PASSWORD, policy)
                + more);
    OpcUaChargerConfig way = StationConfigReader.read(config).connectors().get(0).charger();
    try (PkiDirectory controller = PkiDirectory.open(way.pkiDirectory(), way.identity())) {
      PkiDirectory.trustEachOther(charger.server().pki(), controller);
    }
  }

  WatchedCharger charger() {
    return charger;
  }

  Path folder() {
    return folder;
  }

  /** A server on it; it is not ready yet. */
  ServerProcess serve() throws IOException {
    return ServerProcess.start(folder, config);
  }

  @Override
  public void close() {
    charger.close();
  }
}
