package dev.anodyne.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.opcua.model.ChargerLink;
import dev.anodyne.opcua.model.ChargerLink.Expiry;
import dev.anodyne.opcua.model.ChargerLink.HeartbeatFeed;
import dev.anodyne.opcua.model.ChargerLink.Mode;
import dev.anodyne.opcua.model.ChargerLink.OnReconnect;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.NodeAddress;
import dev.anodyne.opcua.model.TagBinding;
import dev.anodyne.opcua.model.TagBinding.Details;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.model.WireType;
import dev.anodyne.opcua.security.PkiDirectory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A mapped charger whose server sends what changes. */
class SubscribingChargerTest {
  /** Connecting takes two RSA handshakes and a bcrypt check; shared machines are slow. */
  private static final Duration CONNECT = Duration.ofSeconds(60);

  /** After the loss of a link. */
  private static final Duration SOON = Duration.ofSeconds(3);

  /** Guards against hanging only, where no time is promised. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final ChargerLink LINK =
      new ChargerLink(
          Mode.SUBSCRIBE,
          Optional.empty(),
          new Expiry.ValidFor(),
          OnReconnect.ZERO,
          Optional.empty(),
          Optional.of(Duration.ofMillis(800)),
          1);

  /** Shared by all tests: making a certificate takes longer than most of them. */
  @TempDir static Path directory;

  private FakeCharger server;
  private OpcUaChargerConfig config;

  @BeforeEach
  void startServer() throws Exception {
    server = new FakeCharger(directory.resolve("server"));
    config = server.trustedClient(directory.resolve("client")).withMapping(mapping(Map.of()));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void everyTagArrivesAndNoCurrentIsWrittenFirst() {
    try (OpcUaCharger charger = up(config)) {
      ChargerStatus status = charger.status();
      assertThat(status.measurement())
          .usingRecursiveComparison()
          .ignoringFields("timeNanos")
          .isEqualTo(FakeCharger.IMAGE.measurement());
      assertThat(status.capabilities()).isEqualTo(FakeCharger.IMAGE.capabilities());
      assertThat(status.batteryLimits()).isEqualTo(FakeCharger.IMAGE.batteryLimits());
      assertThat(status.faults()).isEqualTo(FakeCharger.IMAGE.faults());
      await().atMost(PATIENCE).until(() -> !server.writes.isEmpty());
      assertThat(server.writes.get(0))
          .containsEntry(ChargerTag.SETPOINT_CURRENT, 0.0)
          .as("many chargers refuse a ceiling of 0 V")
          .doesNotContainKey(ChargerTag.SETPOINT_VOLTAGE_CEILING);
      charger.apply(command(12.5, Duration.ofSeconds(3)));
      await().atMost(PATIENCE).until(() -> server.writes.size() == 2);
      assertThat(server.writes.get(1)).containsEntry(ChargerTag.SETPOINT_CURRENT, 12.5);
      long validFor =
          ((UInteger) server.writes.get(1).get(ChargerTag.SETPOINT_VALID_FOR)).longValue();
      // The time that a held-back write may be late, 0.8 + 0.1 s, is taken off.
      assertThat(validFor).isBetween(1000L, 2100L);
      ChargerFault old = ChargerFault.ISOLATION_FAULT;
      server.statuses(Map.of(ChargerTag.FAULTS, new StatusCode(StatusCodes.Bad_SensorFailure)));
      await().atMost(PATIENCE).until(() -> !charger.status().faults().contains(old));
      assertThat(charger.status().faults()).containsExactly(ChargerFault.COMMUNICATION_FAULT);
    }
  }

  @Test
  void aTagWhoseSourceFallsSilentIsStaleAlthoughTheHeartbeatGoesOn() {
    ChargerTag tag = ChargerTag.MAX_CELL_TEMPERATURE;
    Details watched =
        new Details(true, Optional.empty(), 0, Duration.ofSeconds(1), false, Set.of());
    OpcUaChargerConfig strict =
        config.withMapping(mapping(Map.of(tag, bench(tag).withDetails(watched))));
    try (OpcUaCharger charger = up(strict)) {
      server.hold(tag);
      long held = System.nanoTime();
      await()
          .pollInterval(Duration.ofMillis(10))
          .atMost(Duration.ofSeconds(2))
          .until(() -> charger.status().link() == LinkState.STALE);
      assertThat(System.nanoTime() - held)
          .as("its limit, less what had passed since its last stamp")
          .isGreaterThan(Duration.ofMillis(700).toNanos());
      assertThat(charger.status().reason()).contains("Meas.MaxCellTemperature");
      assertThat(charger.status().measurement().quality()).isEqualTo(Quality.UNCERTAIN);
      server.hold();
      await().atMost(PATIENCE).until(() -> isUp(charger));
    }
  }

  @Test
  void aChargerWhoseValuesChangeSeldomStaysConnected() throws Exception {
    try (OpcUaCharger charger = up(config.withStaleness(Duration.ofSeconds(10)))) {
      server.freeze(true);
      // A server that says nothing at all counts as gone after 2 s; this one is only slow.
      Thread.sleep(3000);
      assertThat(charger.status().link()).isEqualTo(LinkState.UP);
    }
  }

  @Test
  void frozenThenKilledThenSilentIsNoticedAndRepairedEachTime() throws Exception {
    try (PausingProxy network = new PausingProxy(server.port())) {
      try (OpcUaCharger charger = up(through(network))) {
        charger.apply(command(10, Duration.ofSeconds(60)));
        await().atMost(PATIENCE).until(() -> lastAmps() == 10.0);
        server.freeze(true);
        await()
            .atMost(Duration.ofMillis(1800))
            .until(() -> charger.status().link() == LinkState.STALE);
        assertThat(charger.status().reason()).contains("values have stood still");
        server.freeze(false);
        await().atMost(PATIENCE).until(() -> isUp(charger));

        server.stopServer();
        await()
            .atMost(Duration.ofMillis(1800))
            .until(() -> charger.status().link() == LinkState.DOWN);
        server.startServer();
        await().atMost(Duration.ofSeconds(10)).until(() -> isUp(charger));
        await().atMost(PATIENCE).until(() -> lastAmps() == 0.0);

        charger.apply(command(9, Duration.ofSeconds(60)));
        await().atMost(PATIENCE).until(() -> lastAmps() == 9.0);
        network.pause(true);
        await()
            .atMost(Duration.ofMillis(1800))
            .until(() -> charger.status().link() != LinkState.UP);
        await().atMost(SOON).until(() -> charger.status().link() == LinkState.DOWN);
        network.pause(false);
        await().atMost(Duration.ofSeconds(10)).until(() -> isUp(charger));
        await().atMost(PATIENCE).until(() -> lastAmps() == 0.0);
        assertThat(amps()).as("no set-point is repeated").containsOnlyOnce(10.0, 9.0);
      }
    }
  }

  @Test
  void whatDoesNotFitTheServerIsNamedBeforeAnythingIsCharged() {
    ChargerTag current = ChargerTag.OUTPUT_CURRENT;
    ChargerTag set = ChargerTag.SETPOINT_CURRENT;
    Details checked = new Details(true, Optional.empty(), 0, Duration.ZERO, false, Set.of());
    assertRefused(
        Map.of(current, new TagBinding(bench(current).address(), 0.001, 0, checked)),
        "Tag 'Meas.OutputCurrent' is in A on the server, but the mapping reads 1 there as 0.001 A");
    Details whole =
        new Details(false, Optional.of(WireType.INT16), 0, Duration.ZERO, false, Set.of());
    assertRefused(
        Map.of(set, bench(set).withDetails(whole)),
        "Tag 'Setpoint.Current' is Double on the server, but Int16 in the mapping");
    assertRefused(
        Map.of(current, at("CH01", "Meas", "Nothing")), "there is no node at 'CH01/Meas/Nothing'");
    TagBinding numbered = new TagBinding(ExpandedNodeId.of(ChargerTag.NAMESPACE_URI, 4711L), 1, 0);
    assertRefused(Map.of(current, numbered), "there is no node '4711'");
    ChargerTag validFor = ChargerTag.SETPOINT_VALID_FOR;
    assertRefused(
        Map.of(set, new TagBinding(bench(validFor).address(), 1, 10, Details.NONE)),
        "Tag 'Setpoint.Current' cannot say 0 A");
    TagMapping fed = mapping(Map.of()).withLink(fedAt(bench(validFor).address(), 1L + (1L << 32)));
    assertRefused(
        config.withMapping(fed), "The written heartbeat counts to 4294967296, but UInt32");
    TagMapping seldom = mapping(Map.of()).withLink(every(Duration.ofSeconds(3)));
    assertRefused(
        config.withMapping(seldom).withStaleness(Duration.ofSeconds(20)),
        "The server publishes every 3000 ms, but counts as gone after 2000 ms of silence");
    TagBinding turned = new TagBinding(bench(current).address(), -1, 0, checked);
    try (OpcUaCharger charger = up(config.withMapping(mapping(Map.of(current, turned))))) {
      assertThat(charger.status().measurement().chargeCurrentAmps()).isEqualTo(-1.25);
    }
  }

  @Test
  void aRenewedCertificateIsUsedFromTheNextConnectionOn() throws Exception {
    try (OpcUaCharger charger = up(config)) {
      Path trusted = directory.resolve("server/trusted/certs");
      List<Path> old;
      try (Stream<Path> files = Files.list(trusted)) {
        old = files.toList();
      }
      try (PkiDirectory administrator =
          PkiDirectory.open(config.pkiDirectory(), config.identity())) {
        X509Certificate renewed = administrator.renew();
        server.pki().trust(renewed);
      }
      for (Path file : old) {
        Files.delete(file);
      }
      Thread.sleep(500); // the server's watch on its folder
      server.server().dropConnections(Duration.ZERO);
      await().atMost(Duration.ofSeconds(3)).until(() -> charger.status().link() == LinkState.DOWN);
      await().atMost(CONNECT).until(() -> isUp(charger));
    }
  }

  private void assertRefused(Map<ChargerTag, TagBinding> changes, String reason) {
    assertRefused(config.withMapping(mapping(changes)), reason);
  }

  private static void assertRefused(OpcUaChargerConfig config, String reason) {
    try (OpcUaCharger charger = OpcUaCharger.start(config, NanoClock.SYSTEM)) {
      await()
          .atMost(CONNECT)
          .untilAsserted(() -> assertThat(charger.status().reason()).contains(reason));
      assertThat(charger.status().link()).isEqualTo(LinkState.DOWN);
    }
  }

  private static ChargerLink every(Duration period) {
    return new ChargerLink(
        LINK.mode(),
        Optional.of(period),
        LINK.expiry(),
        LINK.onReconnect(),
        LINK.feed(),
        LINK.confirmWithin(),
        LINK.speed());
  }

  private static ChargerLink fedAt(NodeAddress node, long modulo) {
    return new ChargerLink(
        LINK.mode(),
        LINK.period(),
        LINK.expiry(),
        LINK.onReconnect(),
        Optional.of(new HeartbeatFeed(node, Optional.empty(), Duration.ofMillis(200), modulo)),
        LINK.confirmWithin(),
        LINK.speed());
  }

  /** The bench's tags, half of them by browse path, with some changed. */
  private static TagMapping mapping(Map<ChargerTag, TagBinding> changes) {
    Map<ChargerTag, TagBinding> bindings = new EnumMap<>(ChargerTag.class);
    for (ChargerTag tag : ChargerTag.CHARGER) {
      boolean byPath = tag.ordinal() % 2 == 0;
      String[] path = tag.identifier("CH01").split("\\.");
      bindings.put(tag, byPath ? at(path) : bench(tag));
    }
    bindings.putAll(changes);
    return new TagMapping(bindings, Map.of(), List.of(), Optional.empty(), LINK, true);
  }

  private static TagBinding at(String... names) {
    List<NodeAddress.Step> steps =
        Arrays.stream(names)
            .map(name -> new NodeAddress.Step(ChargerTag.NAMESPACE_URI, name))
            .toList();
    return new TagBinding(new NodeAddress.ByPath(steps), 1, 0, Details.NONE);
  }

  private static TagBinding bench(ChargerTag tag) {
    return TagBinding.of(ChargerTag.NAMESPACE_URI, tag.identifier("CH01"));
  }

  private OpcUaChargerConfig through(PausingProxy network) {
    return OpcUaChargerConfig.of(
        config.endpointUrl().replace(":" + server.port(), ":" + network.port()),
        config.identity(),
        config.pkiDirectory(),
        config.security(),
        config.mapping());
  }

  private List<Object> amps() {
    return server.writes.stream().map(write -> write.get(ChargerTag.SETPOINT_CURRENT)).toList();
  }

  private double lastAmps() {
    List<Object> all = amps();
    return all.isEmpty() ? Double.NaN : (Double) all.get(all.size() - 1);
  }

  private static OpcUaCharger up(OpcUaChargerConfig config) {
    OpcUaCharger charger = OpcUaCharger.start(config, NanoClock.SYSTEM);
    await().atMost(CONNECT).until(() -> isUp(charger));
    return charger;
  }

  private static boolean isUp(OpcUaCharger charger) {
    return charger.status().link() == LinkState.UP;
  }

  private static CurrentCommand command(double amps, Duration validFor) {
    return new CurrentCommand(amps, 16.8, System.nanoTime() + validFor.toNanos());
  }
}
