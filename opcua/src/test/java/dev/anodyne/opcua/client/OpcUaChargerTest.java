package dev.anodyne.opcua.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.opcua.model.ChargerImage;
import dev.anodyne.opcua.model.ChargerLink;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.TagBinding;
import dev.anodyne.opcua.model.TagMapping;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The client against a real server over encrypted loopback. */
class OpcUaChargerTest {
  /** Connecting takes two RSA handshakes and a bcrypt check; shared machines are slow. */
  private static final Duration CONNECT = Duration.ofSeconds(60);

  /** Guards against hanging only, where no time is promised. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** Shared by all tests: making a certificate takes longer than most of them. */
  @TempDir static Path directory;

  private FakeCharger server;
  private OpcUaChargerConfig config;

  @BeforeEach
  void startServer() throws Exception {
    server = new FakeCharger(directory.resolve("server"));
    config = server.trustedClient(directory.resolve("client"));
  }

  @AfterEach
  void stopServer() {
    server.close();
  }

  @Test
  void everyTagArrives() {
    try (OpcUaCharger charger = up(config)) {
      long asked = System.nanoTime();
      ChargerStatus status = charger.status();
      ChargerImage sent = FakeCharger.IMAGE;
      assertThat(status.measurement())
          .usingRecursiveComparison()
          .ignoringFields("timeNanos")
          .isEqualTo(sent.measurement());
      assertThat(asked - status.measurement().timeNanos())
          .isLessThanOrEqualTo(Duration.ofSeconds(1).toNanos());
      assertThat(System.nanoTime() - status.measurement().timeNanos()).isNotNegative();
      assertThat(status.capabilities()).isEqualTo(sent.capabilities());
      assertThat(status.batteryLimits()).isEqualTo(sent.batteryLimits());
      assertThat(status.vehicleConnected()).isTrue();
      assertThat(status.faults()).isEqualTo(sent.faults());
      assertThat(status.reason()).isEmpty();
    }
  }

  @Test
  void commandArrivesWithItsRemainingValidity() {
    try (OpcUaCharger charger = up(config)) {
      charger.apply(command(12.5, Duration.ofSeconds(3)));
      await().atMost(PATIENCE).until(() -> !server.writes.isEmpty());
      Map<ChargerTag, Object> written = server.writes.get(0);
      assertThat(written)
          .containsEntry(ChargerTag.SETPOINT_CURRENT, 12.5)
          .containsEntry(ChargerTag.SETPOINT_VOLTAGE_CEILING, 16.8);
      long validFor = ((UInteger) written.get(ChargerTag.SETPOINT_VALID_FOR)).longValue();
      // Never longer than asked for; shorter only by the time in the queue.
      assertThat(validFor).isBetween(2000L, 3000L);
    }
  }

  @Test
  void expiredCommandIsNotWritten() throws Exception {
    try (OpcUaCharger charger = up(config)) {
      charger.apply(command(12.5, Duration.ZERO));
      Thread.sleep(300); // three read periods: a write would have happened by then
      assertThat(server.writes).isEmpty();
    }
  }

  @Test
  void lastCommandBeforeCloseIsStillWritten() {
    try (OpcUaCharger charger = up(config)) {
      charger.apply(CurrentCommand.zero(System.nanoTime()));
    }
    assertThat(server.writes)
        .singleElement()
        .satisfies(written -> assertThat(written).containsEntry(ChargerTag.SETPOINT_CURRENT, 0.0));
    // Ended, not forgotten: the server would keep a silent one for ten seconds.
    await().atMost(Duration.ofSeconds(5)).until(() -> server.server().sessionCount() == 0);
  }

  @Test
  void refusedCommandShowsInTheStatusAndClearsWithTheNextOne() {
    try (OpcUaCharger charger = up(config)) {
      charger.apply(command(20.5, Duration.ofSeconds(3)));
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(charger.status().reason())
                      .contains("Setpoint.Current = 20.5 A (Bad_OutOfRange)"));
      assertThat(charger.status().faults()).contains(ChargerFault.COMMUNICATION_FAULT);
      assertThat(server.writes).as("no part of a refused command is taken").isEmpty();
      charger.apply(command(20.0, Duration.ofSeconds(3)));
      await().atMost(PATIENCE).until(() -> charger.status().reason().isEmpty());
      assertThat(charger.status().faults()).isEqualTo(FakeCharger.IMAGE.faults());
    }
  }

  @Test
  void frozenServerIsStaleWithinASecondAndAHalf() throws Exception {
    try (OpcUaCharger charger = up(config)) {
      server.freeze(true);
      long frozenAt = System.nanoTime();
      await()
          .pollInterval(Duration.ofMillis(10))
          .atMost(Duration.ofMillis(1500))
          .until(() -> charger.status().link() == LinkState.STALE);
      assertThat(System.nanoTime() - frozenAt)
          .as("the staleness limit, less one heartbeat period and one read period")
          .isGreaterThan(Duration.ofMillis(700).toNanos());
      ChargerStatus stale = charger.status();
      assertThat(stale.measurement().quality()).isEqualTo(Quality.UNCERTAIN);
      assertThat(stale.reason()).contains("values have stood still");
      long frozenTime = stale.measurement().timeNanos();
      Thread.sleep(200); // two read periods of old values
      assertThat(charger.status().measurement().timeNanos())
          .as("old values are not stamped as new")
          .isEqualTo(frozenTime);
      server.freeze(false);
      await().atMost(Duration.ofSeconds(1)).until(() -> isUp(charger));
    }
  }

  @Test
  void comesBackAfterTheServerWasKilledAndDoesNotRepeatItsCommand() throws Exception {
    try (OpcUaCharger charger = up(config)) {
      charger.apply(command(10, Duration.ofSeconds(60)));
      await().atMost(PATIENCE).until(() -> server.writes.size() == 1);
      server.stopServer();
      await()
          .atMost(Duration.ofMillis(1500))
          .until(() -> charger.status().link() == LinkState.DOWN);
      assertThat(charger.status().measurement().quality()).isEqualTo(Quality.BAD);
      assertThat(charger.status().reason()).isNotEmpty();
      charger.apply(command(11, Duration.ofSeconds(60)));
      server.startServer();
      await().atMost(Duration.ofSeconds(10)).until(() -> isUp(charger));
      Thread.sleep(300); // three read periods: a repeated command would have arrived
      assertThat(server.writes).hasSize(1);
      charger.apply(command(9, Duration.ofSeconds(3)));
      await().atMost(PATIENCE).until(() -> server.writes.size() == 2);
      assertThat(server.writes.get(1)).containsEntry(ChargerTag.SETPOINT_CURRENT, 9.0);
    }
  }

  @Test
  void droppedConnectionIsNoticedAndRepaired() {
    try (OpcUaCharger charger = up(config)) {
      server.server().dropConnections(Duration.ofMillis(500));
      await()
          .pollInterval(Duration.ofMillis(10))
          .atMost(Duration.ofMillis(1500))
          .until(() -> charger.status().link() == LinkState.DOWN);
      await().atMost(Duration.ofSeconds(10)).until(() -> isUp(charger));
    }
  }

  @Test
  void silentNetworkIsStaleThenDownAndThenRepaired() throws Exception {
    try (PausingProxy network = new PausingProxy(server.port())) {
      OpcUaChargerConfig through =
          OpcUaChargerConfig.of(
              config.endpointUrl().replace(":" + server.port(), ":" + network.port()),
              config.identity(),
              config.pkiDirectory(),
              config.security(),
              config.mapping());
      try (OpcUaCharger charger = up(through)) {
        network.pause(true);
        await()
            .pollInterval(Duration.ofMillis(10))
            .atMost(Duration.ofMillis(1500))
            .until(() -> charger.status().link() == LinkState.STALE);
        assertThat(charger.status().reason()).contains("has not answered");
        await()
            .atMost(Duration.ofSeconds(3))
            .until(() -> charger.status().link() == LinkState.DOWN);
        network.pause(false);
        await().atMost(Duration.ofSeconds(10)).until(() -> isUp(charger));
      }
    }
  }

  @Test
  void badSensorMakesTheMeasurementBadAndMissingLimitsUnknown() {
    server.statuses(
        Map.of(
            ChargerTag.MAX_CELL_VOLTAGE, new StatusCode(StatusCodes.Bad_SensorFailure),
            ChargerTag.BATTERY_MAX_POWER, new StatusCode(StatusCodes.Bad_NoCommunication)));
    try (OpcUaCharger charger = up(config)) {
      assertThat(charger.status().measurement().quality()).isEqualTo(Quality.BAD);
      assertThat(charger.status().measurement().maxCellVoltageVolts()).isNaN();
      assertThat(charger.status().batteryLimits()).isEqualTo(BatteryLimits.UNKNOWN);
      server.statuses(
          Map.of(
              ChargerTag.MAX_CELL_VOLTAGE, new StatusCode(StatusCodes.Uncertain_LastUsableValue)));
      await()
          .atMost(PATIENCE)
          .until(() -> charger.status().measurement().quality() == Quality.UNCERTAIN);
    }
  }

  @Test
  void movedTagsAreHeldToWhatAMappingFileIsHeldTo() {
    TagBinding turned =
        TagBinding.of(ChargerTag.NAMESPACE_URI, ChargerTag.OUTPUT_CURRENT.identifier("CH01"));
    turned = new TagBinding(turned.address(), -1, 0, turned.details());
    TagMapping moved =
        TagMapping.benchWith("CH01", Map.of(ChargerTag.OUTPUT_CURRENT, turned))
            .withLink(
                ChargerLink.PLAIN
                    .confirmedWithin(ChargerLink.USUAL_CONFIRM)
                    .beginningWith(ChargerLink.OnReconnect.ZERO));
    try (OpcUaCharger charger = up(config.withMapping(moved))) {
      assertThat(charger.status().measurement().chargeCurrentAmps()).isEqualTo(-1.25);
      await().atMost(PATIENCE).until(() -> !server.writes.isEmpty());
      assertThat(server.writes.get(0))
          .as("no current first, and the heater that nobody mapped is there")
          .containsEntry(ChargerTag.SETPOINT_CURRENT, 0.0)
          .containsKey(ChargerTag.SETPOINT_HEAT);
      charger.apply(command(12.5, Duration.ofSeconds(3)));
      await().atMost(PATIENCE).until(() -> server.writes.size() == 2);
      long validFor =
          ((UInteger) server.writes.get(1).get(ChargerTag.SETPOINT_VALID_FOR)).longValue();
      // The time that a held-back write may be late, 0.5 + 0.1 s, is taken off.
      assertThat(validFor).isBetween(1400L, 2400L);
    }
  }

  @Test
  void missingChargerIsNamedWithWhatThereIs() {
    OpcUaChargerConfig wrong =
        OpcUaChargerConfig.of(
            config.endpointUrl(),
            config.identity(),
            config.pkiDirectory(),
            config.security(),
            TagMapping.bench("CH02"));
    try (OpcUaCharger charger = OpcUaCharger.start(wrong, NanoClock.SYSTEM)) {
      await()
          .atMost(CONNECT)
          .untilAsserted(
              () ->
                  assertThat(charger.status().reason())
                      .contains("'CH02.Meas.OutputCurrent'")
                      .contains("Maybe the charger's id is one of [CH01"));
      assertThat(charger.status().link()).isEqualTo(LinkState.DOWN);
    }
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
