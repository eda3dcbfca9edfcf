package dev.anodyne.hil.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.opcua.client.LockstepOpcUaCharger;
import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.pack.CellSpread;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How fast the reference pack (4s1p, P2D in every cell) can be paced; prints its figures. */
@Tag("slow")
class PackPaceTest {
  @TempDir static Path directory;

  @Test
  void tenTimesTheClock() throws Exception {
    try (BenchServer bench = bench(Pacing.byClock(10))) {
      Thread.sleep(20_000);
      PacingStatistics statistics = bench.statistics();
      System.out.println("speed 10, 0.1 s steps: " + statistics);
      // 2000 steps are due; a machine that cannot keep up falls behind by whole seconds.
      assertThat(statistics.steps()).isGreaterThan(1900);
      assertThat(statistics.skippedPeriods()).isZero();
    }
  }

  @Test
  void lockstepThroughput() throws Exception {
    int ticks = 600;
    try (BenchServer bench = bench(Pacing.lockstep(1));
        LockstepOpcUaCharger charger = LockstepOpcUaCharger.of(client(bench))) {
      ChargerStatus status = charger.awaitTick(Duration.ofSeconds(15));
      long begin = System.nanoTime();
      for (int i = 0; i < ticks; i++) {
        charger.complete(
            new CurrentCommand(5, 16.8, status.measurement().timeNanos() + 3_000_000_000L));
        status = charger.awaitTick(Duration.ofSeconds(5));
      }
      double rate = ticks / ((System.nanoTime() - begin) * 1e-9);
      System.out.printf("lock-step with the pack: %.0f ticks/s; %s%n", rate, bench.statistics());
      // 30 simulated minutes in 30 s, half of which is left to the controller.
      assertThat(rate).isGreaterThan(120);
    }
  }

  private static BenchServer bench(Pacing pacing) {
    return BenchServer.start(
        BenchSettings.onLoopback(0, "controller", "secret", directory.resolve("bench"), pacing),
        new SimulatedPack(
            PlantConfig.of(CellParameters.load("lgm50"), new PackLayout(4, 1))
                .withSpread(CellSpread.PRODUCTION)));
  }

  private static OpcUaChargerConfig client(BenchServer bench) {
    ApplicationIdentity identity =
        ApplicationIdentity.onThisHost("Controller", "urn:anodyne:test:controller");
    Path pki = directory.resolve("client");
    try (PkiDirectory client = PkiDirectory.open(pki, identity)) {
      PkiDirectory.trustEachOther(bench.pki(), client);
    }
    return OpcUaChargerConfig.of(
        bench.endpointUrl(), identity, pki, "controller", "secret", TagMapping.bench("CH01"));
  }
}
