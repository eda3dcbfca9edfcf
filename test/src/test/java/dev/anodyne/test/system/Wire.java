package dev.anodyne.test.system;

import dev.anodyne.hil.bench.BenchPlant;
import dev.anodyne.hil.bench.BenchServer;
import dev.anodyne.hil.bench.BenchSettings;
import dev.anodyne.hil.bench.Pacing;
import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PkiDirectory;
import java.nio.file.Path;

/** A bench and a controller with certificates that trust each other, and the log-in. */
final class Wire {
  static final String USER = "controller";
  static final String PASSWORD = "correct horse";

  private static final String HOST = "127.0.0.1";

  private final Path folder;
  private final ApplicationIdentity identity =
      ApplicationIdentity.onThisHost("Anodyne controller", "urn:anodyne:controller");

  /** Makes both certificates in a folder and lets them trust each other. */
  Wire(Path folder) {
    this.folder = folder;
    ApplicationIdentity bench =
        ApplicationIdentity.onThisHost("Anodyne bench", BenchServer.APPLICATION_URI)
            .reachableAt(HOST);
    try (PkiDirectory one = PkiDirectory.open(benchPki(), bench);
        PkiDirectory other = PkiDirectory.open(controllerPki(), identity)) {
      PkiDirectory.trustEachOther(one, other);
    }
  }

  Path benchPki() {
    return folder.resolve("bench-pki");
  }

  private Path controllerPki() {
    return folder.resolve("controller-pki");
  }

  /** Starts a bench in this process. */
  BenchServer bench(BenchPlant plant, Pacing pacing) {
    return BenchServer.start(
        BenchSettings.onLoopback(0, USER, PASSWORD, benchPki(), pacing), plant);
  }

  /** The controller's way to a bench. */
  OpcUaChargerConfig client(String endpointUrl) {
    return OpcUaChargerConfig.of(
        endpointUrl,
        identity,
        controllerPki(),
        USER,
        PASSWORD,
        TagMapping.bench(BenchSettings.DEFAULT_CHARGER_ID));
  }

  /** What a bench on a port is reached by. */
  static String url(int port) {
    return "opc.tcp://" + HOST + ":" + port + "/anodyne";
  }
}
