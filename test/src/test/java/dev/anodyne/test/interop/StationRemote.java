package dev.anodyne.test.interop;

import dev.anodyne.controller.app.AnodyneServer;
import dev.anodyne.controller.config.StationConfigReader;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.hil.bench.BenchConfig;
import dev.anodyne.hil.bench.BenchServer;
import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.test.interop.Certificates.Subject;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.time.Duration;

/**
 * A whole station as a user would configure it, on the bench's charger, with a second charger that
 * is never there. Scripts act as SCADA systems on it.
 */
final class StationRemote implements NodeScript.Remote, AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final String SCADA_URI = "urn:anodyne:interop:scada";

  private static final Duration EXPIRED = Duration.ofDays(-730);

  private final Path folder;
  private final BenchServer bench;
  private final AnodyneServer station;

  StationRemote(Path folder) throws IOException, GeneralSecurityException {
    this.folder = folder;
    trustEachOther();
    admit();
    int benchPort = freePort();
    BenchConfig config =
        BenchConfig.load(
            Files.writeString(
                folder.resolve("bench.yaml"),
                """
                server: {port: %d, user: controller, password: correct horse, pki: bench-pki}
                """
                    .formatted(benchPort)));
    bench = BenchServer.start(config.settings(), new SimulatedPack(config.plant()));
    try {
      station = AnodyneServer.start(StationConfigReader.read(stationYaml()));
    } catch (RuntimeException e) {
      bench.close();
      throw e;
    }
  }

  private Path stationYaml() throws IOException {
    return Files.writeString(
        folder.resolve("station.yaml"),
        """
        http: {port: 0}
        opcua:
          port: %d
          pki: station-pki
          station: Depot North
          securityPolicies: [None, Basic256Sha256, Aes128_Sha256_RsaOaep, Aes256_Sha256_RsaPss]
          users:
            observer: {password: correct horse, role: observer}
            operator: {password: correct horse, role: operator}
            engineer: {password: correct horse, role: engineer}
            admin: {password: correct horse, role: admin}
            crowd: {password: correct horse}
            guessed: {password: correct horse}
            panel: {certificateFile: certificates/panel.der, role: operator}
            badge: {certificateFile: certificates/badge.der, role: operator}
          anonymous: {role: observer}
          limits: {sessionsPerUser: 12, subscriptionsPerSession: 10, nodesPerRead: 1000}
          chargers:
            CH01:
              manufacturer: Vendor
              model: Fast 250
              serialNumber: "4711"
              softwareRevision: "2.1"
              assetId: asset-9
              maxPowerWatts: 20000
        connectors:
          - id: CH01
            charger:
              endpoint: "%s"
              user: controller
              password: correct horse
              pki: controller-pki
            battery: {cell: lgm50, layout: 4s1p, heatTransfer: 40}
            policy: mpc
            estimator: physics
          - id: CH02
            charger:
              endpoint: "opc.tcp://127.0.0.1:%d/none"
              user: controller
              password: correct horse
              pki: controller-pki
            battery: {cell: lgm50, layout: 4s1p}
            policy: "cccv:1"
            estimator: physics
        """
            .formatted(freePort(), bench.endpointUrl(), freePort()));
  }

  private void trustEachOther() {
    ApplicationIdentity charger =
        ApplicationIdentity.onThisHost("Anodyne bench", BenchServer.APPLICATION_URI)
            .reachableAt(HOST);
    ApplicationIdentity controller =
        ApplicationIdentity.onThisHost("Anodyne controller", "urn:anodyne:controller");
    try (PkiDirectory one = PkiDirectory.open(folder.resolve("bench-pki"), charger);
        PkiDirectory other = PkiDirectory.open(folder.resolve("controller-pki"), controller)) {
      PkiDirectory.trustEachOther(one, other);
    }
  }

  /** Makes the clients' certificates, and lets the station trust those that it is to trust. */
  private void admit() throws IOException, GeneralSecurityException {
    Certificates certificates = new Certificates(folder.resolve("certificates"));
    Path trusted = Files.createDirectories(folder.resolve("station-pki/trusted/certs"));
    Path lists = Files.createDirectories(folder.resolve("station-pki/trusted/crl"));
    trust(trusted, "scada", certificates.selfSigned(Subject.of("scada", SCADA_URI)));
    trust(
        trusted,
        "expired",
        certificates.selfSigned(new Subject("expired", SCADA_URI, EXPIRED, null)));
    trust(
        trusted,
        "early",
        certificates.selfSigned(new Subject("early", SCADA_URI, Duration.ofDays(30), null)));
    trust(
        trusted,
        "useless",
        certificates.selfSigned(
            new Subject("useless", SCADA_URI, Duration.ofDays(-1), Certificates.WRONG_USE)));
    certificates.selfSigned(Subject.of("stranger", SCADA_URI));
    certificates.user(Subject.of("panel", "urn:anodyne:interop:panel"));
    certificates.user(new Subject("badge", "urn:anodyne:interop:badge", EXPIRED, null));
    certificates.user(Subject.of("thief", "urn:anodyne:interop:thief"));
    certificates.signed(Subject.of("issued", SCADA_URI));
    X509Certificate revoked = certificates.signed(Subject.of("revoked", SCADA_URI));
    trust(trusted, "authority", certificates.authority());
    Files.write(lists.resolve("authority.crl"), certificates.revoking(revoked).getEncoded());
  }

  private static void trust(Path trusted, String name, X509Certificate certificate)
      throws IOException, GeneralSecurityException {
    Files.write(trusted.resolve(name + ".der"), certificate.getEncoded());
  }

  @Override
  public Object ask(String order, JsonObject with) {
    switch (order) {
      case "world" -> {
        return new JsonObject()
            .put("url", String.valueOf(station.opcuaUrl()))
            .put("http", station.url())
            .put("schema", Path.of("..", "docs", "schema").toAbsolutePath().normalize().toString())
            .put("folder", folder.toAbsolutePath().toString());
      }
      case "freeze" -> bench.freezeValues();
      case "unfreeze" -> bench.unfreezeValues();
      case "drop" -> bench.dropConnections(Duration.ofMillis(with.getLong("millis")));
      case "fault" -> bench.raiseFault(ChargerFault.valueOf(with.getString("name")));
      case "clear" -> bench.clearFault(ChargerFault.valueOf(with.getString("name")));
      case "plug" -> bench.plug();
      case "unplug" -> bench.unplug();
      default -> throw new IllegalArgumentException("Unknown order " + order);
    }
    return null;
  }

  static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    station.close();
    bench.close();
  }
}
