package dev.anodyne.hil.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.opcua.client.LockstepOpcUaCharger;
import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.PlantExtremes;
import dev.anodyne.plantsim.pack.CellSpread;
import dev.anodyne.plantsim.pack.PackState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The simulated pack behind OPC UA. */
class SimulatedPackTest {
  private static final Duration CONNECT = Duration.ofSeconds(15);
  private static final Duration TICK = Duration.ofSeconds(5);
  private static final double AMPS = 5;

  /** Shared by all tests: making a certificate takes longer than most of them. */
  @TempDir static Path directory;

  @Test
  void chargesInLockstepWithTheSameTraceTwiceAndTellsTheTruthInsideOnly() throws Exception {
    List<PackState> truth = new ArrayList<>();
    List<Measurement> first = charge("a", truth);
    List<Measurement> second = charge("b", new ArrayList<>());
    assertThat(second).as("same seed, same noise, bit for bit").isEqualTo(first);
    Measurement last = first.get(first.size() - 1);
    PackState end = truth.get(truth.size() - 1);
    // Half a dozen standard deviations of the sensors' noise: 1 mV a cell, 0.1 % of the current.
    assertThat(last.chargeCurrentAmps()).isCloseTo(AMPS, within(0.006 * AMPS));
    assertThat(last.maxCellVoltageVolts()).isCloseTo(end.maxCellVoltageVolts(), within(0.006));
    assertThat(last.maxCellVoltageVolts()).isNotEqualTo(end.maxCellVoltageVolts());
    assertThat(end.soc()).isGreaterThan(0.1);
    assertThat(end.cells()).hasSize(4);
  }

  @Test
  void reportedFaultStopsThePlant() throws Exception {
    try (BenchServer bench = bench(new SimulatedPack(plant()));
        LockstepOpcUaCharger charger = LockstepOpcUaCharger.of(client(bench, "fault"))) {
      step(charger, charger.awaitTick(CONNECT));
      assertThat(step(charger, charger.status()).measurement().chargeCurrentAmps())
          .isGreaterThan(0.9 * AMPS);
      bench.raiseFault(ChargerFault.ISOLATION_FAULT);
      step(charger, charger.status());
      step(charger, charger.status());
      ChargerStatus stopped = step(charger, charger.status());
      assertThat(stopped.faults()).containsExactly(ChargerFault.ISOLATION_FAULT);
      // The charger goes to zero within 1 s of a fault; 0.1 % relative noise of zero is zero.
      assertThat(stopped.measurement().chargeCurrentAmps()).isCloseTo(0, within(1e-3));
    }
  }

  @Test
  void namesTheCellsThatSetTheExtremes() {
    SimulatedPack pack = new SimulatedPack(plant().withSpread(CellSpread.NONE));
    // 5 mΩ more: the highest voltage and the hottest; half the diffusivity: plates first.
    pack.plant().pack().disturb(2, new CellVariation(1, 5e-3, 1, 1, 1, 1, 1, 1, 0, 0, 0, 1));
    pack.plant().pack().disturb(1, new CellVariation(1, 0, 0.5, 1, 1, 1, 1, 1, 0, 0, 0, 1));
    for (int i = 0; i < 60; i++) {
      long now = i * 1_000_000_000L;
      pack.step(1, new CurrentCommand(10, 18, now + 3_000_000_000L), now);
    }
    PlantExtremes extremes = pack.plant().extremes();
    assertThat(extremes.minAnodePotentialCell()).isEqualTo(1);
    assertThat(extremes.maxVoltageCell()).isEqualTo(2);
    assertThat(extremes.maxTemperatureCell()).isEqualTo(2);
    List<String> weakest = pack.weakestCells();
    assertThat(weakest).hasSize(3);
    assertThat(weakest.get(0))
        .startsWith("Lowest anode potential ")
        .contains("mV: cell 1 (group 1, position 0), anode diffusivity -37.50 % from the mean");
    assertThat(weakest.get(1))
        .contains("V: cell 2 (group 2, position 0), series resistance +3.75 mΩ from the mean");
  }

  private List<Measurement> charge(String name, List<PackState> truth) throws Exception {
    SimulatedPack pack = new SimulatedPack(plant());
    pack.addTruthListener(truth::add);
    List<Measurement> seen = new ArrayList<>();
    try (BenchServer bench = bench(pack);
        LockstepOpcUaCharger charger = LockstepOpcUaCharger.of(client(bench, name))) {
      ChargerStatus status = charger.awaitTick(CONNECT);
      for (int i = 0; i < 20; i++) {
        status = step(charger, status);
        seen.add(status.measurement());
      }
    }
    return seen;
  }

  private static ChargerStatus step(LockstepOpcUaCharger charger, ChargerStatus status)
      throws InterruptedException {
    charger.complete(
        new CurrentCommand(AMPS, 16.8, status.measurement().timeNanos() + 3_000_000_000L));
    ChargerStatus next = charger.awaitTick(TICK);
    assertThat(next.link()).as(next.reason()).isEqualTo(LinkState.UP);
    return next;
  }

  private static PlantConfig plant() {
    return PlantConfig.of(CellParameters.load("lgm50"), new PackLayout(4, 1))
        .withSpread(CellSpread.PRODUCTION)
        .withSeed(7);
  }

  private BenchServer bench(SimulatedPack pack) {
    return BenchServer.start(
        BenchSettings.onLoopback(
            0, "controller", "secret", directory.resolve("bench"), Pacing.lockstep(1)),
        pack);
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
}
