package dev.anodyne.hil.sut;

import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.hil.bench.BenchSettings;
import dev.anodyne.opcua.client.LockstepOpcUaCharger;
import dev.anodyne.opcua.client.OpcUaChargerConfig;
import dev.anodyne.opcua.model.TagMapping;
import dev.anodyne.opcua.security.ApplicationIdentity;
import java.nio.file.Path;
import java.time.Duration;

/** Somebody's controller as a program of its own: 5 A in lock-step until nobody asks any more. */
public final class NaiveClient {
  private NaiveClient() {}

  /**
   * @param args endpoint, user, password
   */
  public static void main(String[] args) throws InterruptedException {
    OpcUaChargerConfig config =
        OpcUaChargerConfig.of(
            args[0],
            ApplicationIdentity.onThisHost("Naive client", "urn:naive:client"),
            Path.of("pki"),
            args[1],
            args[2],
            TagMapping.bench(BenchSettings.DEFAULT_CHARGER_ID));
    try (LockstepOpcUaCharger charger = LockstepOpcUaCharger.of(config)) {
      while (true) {
        ChargerStatus status = charger.awaitTick(Duration.ofSeconds(1));
        if (status.link() == LinkState.UP) {
          long now = status.measurement().timeNanos();
          charger.complete(new CurrentCommand(5, 4.2, now + 60_000_000_000L));
        }
      }
    }
  }
}
