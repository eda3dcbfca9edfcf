package dev.anodyne.hil.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.signal.SensorErrors;
import dev.anodyne.hil.fault.Fault;
import dev.anodyne.hil.fault.FaultBench;
import dev.anodyne.opcua.client.LockstepOpcUaCharger;
import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.plantsim.PlantConfig;
import java.nio.file.Path;
import java.time.Duration;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Faults of the OPC UA link, as a controller in lock-step sees them. Between two ticks the plant's
 * thread waits, so that the test may start and stop them.
 */
class WireFaultTest {
  private static final Duration CONNECT = Duration.ofSeconds(20);

  /** Shared by all tests: making a certificate takes longer than most of them. */
  @TempDir static Path directory;

  private final SimulatedPack pack =
      new SimulatedPack(
          PlantConfig.of(CellParameters.load("lgm50"), new PackLayout(4, 1))
              .withSensors(SensorErrors.NONE));
  private BenchServer bench;
  private LockstepOpcUaCharger charger;
  private FaultBench faults;
  private ChargerStatus status;

  @BeforeEach
  void connect() throws Exception {
    bench =
        BenchServer.start(
            BenchSettings.onLoopback(
                0, "controller", "secret", directory.resolve("bench"), Pacing.lockstep(1)),
            pack);
    charger = LockstepOpcUaCharger.of(client());
    faults = new FaultBench(pack.plant(), bench.wire());
    status = charger.awaitTick(CONNECT);
  }

  @AfterEach
  void close() {
    charger.close();
    bench.close();
  }

  private OpcUaChargerConfig client() {
    ApplicationIdentity identity =
        ApplicationIdentity.onThisHost("Controller", "urn:anodyne:test:controller");
    Path pki = directory.resolve("client");
    try (PkiDirectory client = PkiDirectory.open(pki, identity)) {
      PkiDirectory.trustEachOther(bench.pki(), client);
    }
    return OpcUaChargerConfig.of(
        bench.endpointUrl(), identity, pki, "controller", "secret", TagMapping.bench("CH01"));
  }

  private Fault start(String kind, String target, double severity) {
    Fault fault = faults.make(kind, target, 1);
    fault.start(severity, 0, 0);
    return fault;
  }

  /** Answers ticks with a command that holds for 3 s; the current at the end. */
  private double charge(double amps, int ticks) throws InterruptedException {
    for (int i = 0; i < ticks; i++) {
      charger.complete(
          new CurrentCommand(amps, 16.8, status.measurement().timeNanos() + 3_000_000_000L));
      status = charger.awaitTick(CONNECT);
    }
    return status.measurement().chargeCurrentAmps();
  }

  @Test
  void ignoredAndLateWrites() throws Exception {
    assertThat(charge(5, 3)).isCloseTo(5, within(1e-9));
    Fault ignored = start("opcua.writeIgnored", "", 1);
    assertThat(charge(2, 2)).as("the command before holds").isCloseTo(5, within(1e-9));
    assertThat(charge(2, 3)).as("and has expired").isZero();
    ignored.stop();
    Fault late = start("opcua.writeLate", "", 2);
    assertThat(charge(4, 1)).isZero();
    assertThat(charge(4, 3)).isCloseTo(4, within(1e-9));
    late.stop();
    assertThat(charge(3, 3)).isCloseTo(3, within(1e-9));
  }

  @Test
  void statusOfTheMeasuredValues() throws Exception {
    charge(5, 1);
    Fault bad = start("opcua.badStatus", "", 1);
    charge(5, 1);
    assertThat(status.measurement().quality()).isEqualTo(Quality.BAD);
    bad.stop();
    Fault uncertain = start("opcua.uncertainStatus", "Meas.MaxCellVoltage", 1);
    charge(5, 1);
    assertThat(status.measurement().quality()).isEqualTo(Quality.UNCERTAIN);
    uncertain.stop();
    charge(5, 1);
    assertThat(status.measurement().quality()).isEqualTo(Quality.GOOD);
  }

  @Test
  void stalledAndDeadServersAnswerNothingAndComeBack() throws Exception {
    charge(5, 2);
    for (String kind : new String[] {"opcua.publishStall", "opcua.serverDown"}) {
      long before = status.measurement().timeNanos();
      Fault fault = start(kind, "", 1);
      if (kind.equals("opcua.serverDown")) {
        awaitNoSession();
      }
      charger.complete(new CurrentCommand(5, 16.8, before + 3_000_000_000L));
      status = charger.awaitTick(Duration.ofMillis(500));
      assertThat(status.measurement().timeNanos()).as(kind).isEqualTo(before);
      fault.stop();
      for (int i = 0; i < 3 && status.measurement().timeNanos() == before; i++) {
        charge(5, 1);
      }
      assertThat(status.measurement().timeNanos()).as(kind).isGreaterThan(before);
    }
  }

  private void awaitNoSession() throws InterruptedException {
    for (int i = 0; i < 500 && bench.sessionCount() > 0; i++) {
      Thread.sleep(10);
    }
    assertThat(bench.sessionCount()).isZero();
  }

  @Test
  void frozenTimestampsStandStill() throws Exception {
    BenchWire wire = (BenchWire) bench.wire();
    Fault frozen = start("opcua.frozenTimestamp", "", 1);
    DateTime first = wire.sourceTime();
    Thread.sleep(5);
    assertThat(wire.sourceTime()).isEqualTo(first);
    frozen.stop();
    assertThat(wire.sourceTime().getUtcTime()).isGreaterThan(first.getUtcTime());
  }
}
