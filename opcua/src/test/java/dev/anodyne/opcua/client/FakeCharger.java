package dev.anodyne.opcua.client;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.opcua.model.ChargerImage;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.model.ValueRange;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PasswordHash;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.opcua.security.UserDirectory;
import dev.anodyne.opcua.server.SecureServer;
import dev.anodyne.opcua.server.SecureServerConfig;
import dev.anodyne.opcua.server.TagNamespace;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/**
 * A charger without a plant: a server whose values move every 50 ms, and that notes its commands.
 */
final class FakeCharger implements AutoCloseable {
  static final String USER = "controller";
  static final String PASSWORD = "correct horse";
  static final ChargerImage IMAGE =
      new ChargerImage(
          new Measurement(0, 1.25, 15.5, 298.25, 3.8, 3.9, 297.5, 299.5, Quality.GOOD),
          new ChargerCapabilities(10, 50, 20, 900, 5),
          new BatteryLimits(15, 16.8, 4.2, 318.15, 240),
          true,
          Set.of(ChargerFault.ISOLATION_FAULT, ChargerFault.AC_INPUT_FAULT));

  /** One hash for all tests: hashing takes its time on purpose. */
  private static final PasswordHash HASH = PasswordHash.of(PASSWORD);

  final List<Map<ChargerTag, Object>> writes = new CopyOnWriteArrayList<>();
  private final Path pkiDirectory;
  private final int port;
  private final PkiDirectory pki;
  private final ScheduledExecutorService plant = Executors.newSingleThreadScheduledExecutor();
  private volatile boolean frozen;
  private volatile long heartbeat;
  private volatile Map<ChargerTag, StatusCode> statuses = Map.of();
  private volatile Set<ChargerTag> held = Set.of();
  private volatile Consumer<SecureServer> preparation = made -> {};
  private SecureServer server;
  private volatile TagNamespace namespace;

  FakeCharger(Path directory) throws IOException {
    this(directory, freePort());
  }

  FakeCharger(Path directory, int port) {
    this.pkiDirectory = directory;
    this.port = port;
    this.pki =
        PkiDirectory.open(
            pkiDirectory,
            ApplicationIdentity.onThisHost("Fake charger", "urn:anodyne:test:charger"));
    startServer();
    plant.scheduleAtFixedRate(this::publish, 0, 50, TimeUnit.MILLISECONDS);
  }

  void startServer() {
    server =
        new SecureServer(
            new SecureServerConfig(
                "Fake charger",
                "127.0.0.1",
                port,
                "127.0.0.1",
                pki,
                new UserDirectory(Map.of(USER, HASH))));
    preparation.accept(server);
    TagNamespace made =
        server.addTags(
            "CH01",
            EnumSet.allOf(ChargerTag.class),
            Map.of(ChargerTag.SETPOINT_CURRENT, new ValueRange(0, 20)),
            writes::add);
    server.start();
    namespace = made;
  }

  /** Does something to every server that is started from now on, before it has its tags. */
  void prepare(Consumer<SecureServer> newPreparation) {
    preparation = newPreparation;
  }

  /** Starts the server anew, as after a change of its software. */
  void restartServer() {
    stopServer();
    startServer();
  }

  void stopServer() {
    server.close();
  }

  void freeze(boolean freeze) {
    frozen = freeze;
  }

  /** Lets single tags keep their value and time stamp while the others move on. */
  void hold(ChargerTag... tags) {
    held = Set.of(tags);
  }

  void statuses(Map<ChargerTag, StatusCode> tagStatuses) {
    statuses = tagStatuses;
  }

  SecureServer server() {
    return server;
  }

  PkiDirectory pki() {
    return pki;
  }

  int port() {
    return port;
  }

  String url() {
    return server.endpointUrl();
  }

  /** A client's configuration whose certificate the server trusts, and the other way round. */
  OpcUaChargerConfig trustedClient(Path directory) {
    OpcUaChargerConfig config = strangeClient(directory);
    try (PkiDirectory client = PkiDirectory.open(directory, config.identity())) {
      PkiDirectory.trustEachOther(pki, client);
    }
    return config;
  }

  /** A client's configuration that nobody trusts yet. */
  OpcUaChargerConfig strangeClient(Path directory) {
    return OpcUaChargerConfig.of(
        url(),
        ApplicationIdentity.onThisHost("Controller", "urn:anodyne:test:controller"),
        directory,
        USER,
        PASSWORD,
        TagMapping.bench("CH01"));
  }

  private void publish() {
    TagNamespace target = namespace;
    if (frozen || target == null) {
      return;
    }
    Map<ChargerTag, Object> tags = IMAGE.toTags();
    tags.put(ChargerTag.HEARTBEAT, UInteger.valueOf(++heartbeat));
    tags.keySet().removeAll(held);
    target.publish(tags, statuses);
  }

  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    plant.shutdownNow();
    server.close();
    pki.close();
  }
}
