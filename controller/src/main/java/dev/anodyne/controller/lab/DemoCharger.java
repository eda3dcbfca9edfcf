package dev.anodyne.controller.lab;

import dev.anodyne.hil.bench.BenchPlant;
import dev.anodyne.hil.bench.BenchServer;
import dev.anodyne.hil.bench.BenchSettings;
import dev.anodyne.hil.bench.Pacing;
import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PkiDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Both ends of the demo's wire: the bench as an OPC UA charger, and the controller's way to it,
 * with certificates and a password made for this run alone.
 */
final class DemoCharger implements AutoCloseable {
  static final String USER = "controller";

  private final Path folder;
  private final BenchServer bench;
  private final OpcUaChargerConfig config;

  private DemoCharger(Path folder, BenchServer bench, OpcUaChargerConfig config) {
    this.folder = folder;
    this.bench = bench;
    this.config = config;
  }

  /** Starts the bench around a plant. */
  static DemoCharger start(BenchPlant plant, Pacing pacing) throws IOException {
    Path folder = Files.createTempDirectory("anodyne-demo-");
    byte[] secret = new byte[24];
    new SecureRandom().nextBytes(secret);
    String password = Base64.getUrlEncoder().encodeToString(secret);
    ApplicationIdentity identity =
        ApplicationIdentity.onThisHost("Anodyne controller", "urn:anodyne:controller");
    Path own = folder.resolve("controller");
    BenchServer bench =
        BenchServer.start(
            BenchSettings.onLoopback(0, USER, password, folder.resolve("bench"), pacing), plant);
    try (PkiDirectory controller = PkiDirectory.open(own, identity)) {
      PkiDirectory.trustEachOther(bench.pki(), controller);
    }
    OpcUaChargerConfig config =
        OpcUaChargerConfig.of(
            bench.endpointUrl(),
            identity,
            own,
            USER,
            password,
            TagMapping.bench(BenchSettings.DEFAULT_CHARGER_ID));
    return new DemoCharger(folder, bench, config);
  }

  /** Where the bench listens. */
  String url() {
    return bench.endpointUrl();
  }

  /** How the controller reaches it. */
  OpcUaChargerConfig config() {
    return config;
  }

  /** Ends the bench and removes the run's certificates. */
  @Override
  public void close() {
    bench.close();
    try (Stream<Path> files = Files.walk(folder)) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
