package dev.anodyne.hil.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.opcua.client.LockstepOpcUaCharger;
import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PkiDirectory;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What encryption and network cost a tick: the plant does next to nothing here. */
@Tag("slow")
class LockstepThroughputTest {
  private static final int WARM_UP = 1000;
  private static final int TICKS = 3000;

  /**
   * A charge of 30 simulated minutes at 1 s in 12 s, which leaves time for plant and controller.
   */
  private static final double LEAST_TICKS_PER_SECOND = 150;

  @TempDir Path directory;

  @Test
  void ticksPerSecondOverEncryptedLoopback() throws Exception {
    ApplicationIdentity identity =
        ApplicationIdentity.onThisHost("Controller", "urn:anodyne:test:controller");
    Path pki = directory.resolve("client");
    try (BenchServer bench =
        BenchServer.start(
            BenchSettings.onLoopback(
                0, "controller", "secret", directory.resolve("bench"), Pacing.lockstep(1)),
            new TinyPlant())) {
      try (PkiDirectory client = PkiDirectory.open(pki, identity)) {
        PkiDirectory.trustEachOther(bench.pki(), client);
      }
      OpcUaChargerConfig config =
          OpcUaChargerConfig.of(
              bench.endpointUrl(), identity, pki, "controller", "secret", TagMapping.bench("CH01"));
      try (LockstepOpcUaCharger charger = LockstepOpcUaCharger.of(config)) {
        long connect = System.nanoTime();
        ChargerStatus status = charger.awaitTick(Duration.ofSeconds(15));
        System.out.printf("connected in %.2f s%n", (System.nanoTime() - connect) * 1e-9);
        run(charger, status, WARM_UP);
        long begin = System.nanoTime();
        run(charger, charger.status(), TICKS);
        double rate = TICKS / ((System.nanoTime() - begin) * 1e-9);
        System.out.printf("%.0f ticks/s over encrypted loopback%n", rate);
        assertThat(rate).isGreaterThan(LEAST_TICKS_PER_SECOND);
      }
    }
  }

  private static void run(LockstepOpcUaCharger charger, ChargerStatus first, int ticks)
      throws InterruptedException {
    ChargerStatus status = first;
    for (int i = 0; i < ticks; i++) {
      long now = status.measurement().timeNanos();
      charger.complete(new CurrentCommand(12, 16.8, now + 3_000_000_000L));
      status = charger.awaitTick(Duration.ofSeconds(5));
      assertThat(status.link()).isEqualTo(LinkState.UP);
    }
  }
}
