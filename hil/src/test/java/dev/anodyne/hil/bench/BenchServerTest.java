package dev.anodyne.hil.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.opcua.client.LockstepOpcUaCharger;
import dev.anodyne.opcua.client.OpcUaCharger;
import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.opcua.server.PortInUseException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bench and client together over encrypted loopback, with a plant that can be checked by eye. */
class BenchServerTest {
  /** Connecting takes two RSA handshakes and a bcrypt check; shared machines are slow. */
  private static final Duration CONNECT = Duration.ofSeconds(15);

  private static final Duration SOON = Duration.ofSeconds(3);

  /** Shared by all tests: making a certificate takes longer than most of them. */
  @TempDir static Path directory;

  @Test
  void commandIsDrawnUntilItExpires() {
    try (BenchServer bench = bench(Pacing.byClock(1));
        OpcUaCharger charger = up(bench)) {
      assertThat(charger.status().batteryLimits()).isEqualTo(TinyPlant.LIMITS);
      assertThat(charger.status().capabilities()).isEqualTo(TinyPlant.CAPABILITIES);
      long applied = System.nanoTime();
      charger.apply(command(12, Duration.ofSeconds(1)));
      awaitAmps(charger, 12);
      awaitAmps(charger, 0);
      assertThat(System.nanoTime() - applied)
          .as("validity, plus one step, one publication and one read")
          .isBetween(Duration.ofMillis(900).toNanos(), Duration.ofMillis(2000).toNanos());
    }
  }

  @Test
  void zeroStopsAtOnceEvenWhenItComesTooLate() {
    try (BenchServer bench = bench(Pacing.byClock(1));
        OpcUaCharger charger = up(bench)) {
      charger.apply(command(12, Duration.ofSeconds(30)));
      awaitAmps(charger, 12);
      charger.apply(CurrentCommand.zero(System.nanoTime() - 1));
      awaitAmps(charger, 0);
    }
  }

  @Test
  void disturbancesReachTheController() {
    try (BenchServer bench = bench(Pacing.byClock(1));
        OpcUaCharger charger = up(bench)) {
      BatteryLimits lower = new BatteryLimits(5, 16.4, 4.1, 310, 80);
      ChargerCapabilities weaker = new ChargerCapabilities(10, 20, 6, 100, 1);
      bench.setBatteryLimits(lower);
      bench.setCapabilities(weaker);
      bench.raiseFault(ChargerFault.ISOLATION_FAULT);
      bench.unplug();
      await()
          .atMost(SOON)
          .untilAsserted(
              () -> {
                assertThat(charger.status().batteryLimits()).isEqualTo(lower);
                assertThat(charger.status().capabilities()).isEqualTo(weaker);
                assertThat(charger.status().faults()).containsOnly(ChargerFault.ISOLATION_FAULT);
                assertThat(charger.status().vehicleConnected()).isFalse();
              });
      bench.clearFault(ChargerFault.ISOLATION_FAULT);
      bench.plug();
      await()
          .atMost(SOON)
          .until(() -> charger.status().faults().isEmpty() && charger.status().vehicleConnected());
    }
  }

  @Test
  void serverThatDiesAndComesBackFindsThePlantAtZeroAndNothingIsRepeated() throws Exception {
    try (BenchServer bench = bench(Pacing.byClock(1));
        OpcUaCharger charger = up(bench)) {
      charger.apply(command(12, Duration.ofSeconds(2)));
      awaitAmps(charger, 12);
      bench.stopServer();
      await().atMost(SOON).until(() -> charger.status().link() == LinkState.DOWN);
      Thread.sleep(2000); // until the command has expired while nobody could reach the plant
      bench.startServer();
      await().atMost(CONNECT).until(() -> charger.status().link() == LinkState.UP);
      assertThat(charger.status().measurement().chargeCurrentAmps()).isZero();
      Thread.sleep(500); // five periods: a repeated command would have shown
      assertThat(charger.status().measurement().chargeCurrentAmps()).isZero();
    }
  }

  @Test
  void frozenValuesTurnStaleAndComeBack() {
    try (BenchServer bench = bench(Pacing.byClock(1));
        OpcUaCharger charger = up(bench)) {
      bench.freezeValues();
      await()
          .atMost(Duration.ofMillis(1500))
          .until(() -> charger.status().link() == LinkState.STALE);
      bench.unfreezeValues();
      await().atMost(SOON).until(() -> charger.status().link() == LinkState.UP);
    }
  }

  @Test
  void acceleratedPlantKeepsItsClock() {
    try (BenchServer bench = bench(Pacing.byClock(10))) {
      List<Long> times = new ArrayList<>();
      bench.addStepListener(times::add);
      long begin = System.nanoTime();
      await().atMost(CONNECT).until(() -> bench.statistics().steps() >= 100);
      double seconds = (System.nanoTime() - begin) * 1e-9;
      // 100 steps of 0.1 s at speed 10 take 1 s; slower only by scheduling on a busy machine.
      assertThat(seconds).isBetween(0.8, 2.0);
      assertThat(times.get(1) - times.get(0)).isEqualTo(100_000_000L);
    }
  }

  @Test
  void lockstepGivesTheSameTraceTwice() throws Exception {
    List<Double> first = lockstepTrace("a", 40);
    List<Double> second = lockstepTrace("b", 40);
    assertThat(second).isEqualTo(first);
    // 12 A for 40 s into 10 Ah raise 14.28 V by 2.8 V · 480 As / 36000 As.
    assertThat(first.get(40))
        .isCloseTo(14.28 + 2.8 * 480 / 36000.0, org.assertj.core.data.Offset.offset(1e-9));
  }

  @Test
  void lockstepPlantWaitsForItsAnswer() throws Exception {
    try (BenchServer bench = bench(Pacing.lockstep(1));
        LockstepOpcUaCharger charger = LockstepOpcUaCharger.of(client(bench, "waits"))) {
      assertThat(charger.awaitTick(CONNECT).measurement().timeNanos()).isZero();
      Thread.sleep(200); // the plant must not move meanwhile
      charger.complete(new CurrentCommand(5, 16.8, 2_000_000_000L));
      assertThat(charger.awaitTick(SOON).measurement().timeNanos()).isEqualTo(1_000_000_000L);
      assertThat(charger.awaitTick(SOON).measurement().timeNanos())
          .as("an unanswered tick is shown again")
          .isEqualTo(1_000_000_000L);
      charger.complete(new CurrentCommand(5, 16.8, 2_000_000_000L));
      charger.awaitTick(SOON);
      charger.complete(CurrentCommand.zero(0));
      assertThat(charger.awaitTick(SOON).measurement().chargeCurrentAmps())
          .as("the command was valid to 2 s and must not be drawn in the third second")
          .isZero();
    }
  }

  @Test
  void lockstepGoesOnAfterTheServerRestarted() throws Exception {
    try (BenchServer bench = bench(Pacing.lockstep(1));
        LockstepOpcUaCharger charger = LockstepOpcUaCharger.of(client(bench, "restart"))) {
      charger.awaitTick(CONNECT);
      charger.complete(new CurrentCommand(5, 16.8, 10_000_000_000L));
      assertThat(charger.awaitTick(SOON).link()).isEqualTo(LinkState.UP);
      bench.stopServer();
      charger.complete(new CurrentCommand(5, 16.8, 10_000_000_000L));
      assertThat(charger.awaitTick(Duration.ofMillis(500)).link()).isNotEqualTo(LinkState.UP);
      bench.startServer();
      assertThat(charger.awaitTick(CONNECT).measurement().timeNanos())
          .as("the answer got lost: the same tick again")
          .isEqualTo(1_000_000_000L);
      charger.complete(new CurrentCommand(5, 16.8, 10_000_000_000L));
      assertThat(charger.awaitTick(SOON).measurement().timeNanos()).isEqualTo(2_000_000_000L);
    }
  }

  @Test
  void takenPortIsNamed() {
    try (BenchServer bench = bench(Pacing.byClock(1))) {
      int port = URI.create(bench.endpointUrl()).getPort();
      assertThatThrownBy(
              () ->
                  BenchServer.start(
                      BenchSettings.onLoopback(
                          port, "u", "p", directory.resolve("second"), Pacing.byClock(1)),
                      new TinyPlant()))
          .isInstanceOf(PortInUseException.class)
          .hasMessageContaining("Port " + port);
    }
  }

  private List<Double> lockstepTrace(String name, int ticks) throws Exception {
    List<Double> volts = new ArrayList<>();
    try (BenchServer bench = bench(Pacing.lockstep(1));
        LockstepOpcUaCharger charger = LockstepOpcUaCharger.of(client(bench, name))) {
      var status = charger.awaitTick(CONNECT);
      for (int i = 0; i < ticks; i++) {
        volts.add(status.measurement().voltageVolts());
        long now = status.measurement().timeNanos();
        charger.complete(new CurrentCommand(12, 16.8, now + 3_000_000_000L));
        status = charger.awaitTick(SOON);
        assertThat(status.link()).isEqualTo(LinkState.UP);
      }
      volts.add(status.measurement().voltageVolts());
    }
    return volts;
  }

  private BenchServer bench(Pacing pacing) {
    return BenchServer.start(
        BenchSettings.onLoopback(0, "controller", "secret", directory.resolve("bench"), pacing),
        new TinyPlant());
  }

  private OpcUaChargerConfig client(BenchServer bench, String name) {
    ApplicationIdentity identity =
        ApplicationIdentity.onThisHost("Controller", "urn:anodyne:test:controller");
    Path pki = directory.resolve("client-" + name);
    try (PkiDirectory client = PkiDirectory.open(pki, identity)) {
      PkiDirectory.trustEachOther(bench.pki(), client);
    }
    return OpcUaChargerConfig.of(
        bench.endpointUrl(), identity, pki, "controller", "secret", TagMapping.bench("CH01"));
  }

  private OpcUaCharger up(BenchServer bench) {
    OpcUaCharger charger = OpcUaCharger.start(client(bench, "clock"), NanoClock.SYSTEM);
    await().atMost(CONNECT).until(() -> charger.status().link() == LinkState.UP);
    return charger;
  }

  private static void awaitAmps(OpcUaCharger charger, double amps) {
    await()
        .pollInterval(Duration.ofMillis(20))
        .atMost(SOON)
        .until(() -> charger.status().measurement().chargeCurrentAmps() == amps);
  }

  private static CurrentCommand command(double amps, Duration validFor) {
    return new CurrentCommand(amps, 16.8, System.nanoTime() + validFor.toNanos());
  }
}
