package dev.anodyne.controller.lab;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.controller.lab.recording.Replay;
import dev.anodyne.controller.lab.recording.ReplayResult;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.plantsim.PlantConfig;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A few percent of the demo's charge, over OPC UA, with the dashboard up. */
class DemoTest {
  @TempDir Path folder;

  @Test
  @Timeout(90)
  void thePackIsChargedOverOpcUaAndTheTruthIsBesideTheBelief()
      throws IOException, InterruptedException {
    CellParameters cell = CellParameters.load("lgm50").withHeatTransfer(40);
    ChargeSetup setup =
        new ChargeSetup(
            cell,
            new PackLayout(4, 1),
            "mpc",
            "physics",
            0.1,
            0.13,
            298.15,
            40,
            4.2,
            318.15,
            3,
            1,
            1);
    PlantConfig plant = Demo.plant(setup);
    Path recording = folder.resolve("recording.jsonl.gz");
    try (Demo demo = Demo.start(setup, plant, 10_000, 0, recording)) {
      RunResult run = demo.awaitCharge(Progress.NONE);
      assertThat(run.reached()).isTrue();
      assertThat(run.violations()).isEmpty();
      assertThat(run.summary().reachedSoc()).isBetween(0.13, 0.132);
      assertThat(run.summary().fallbackShare()).isZero();
      // Every tick of the plant has its row, in order, from the start to the target.
      for (int i = 0; i < run.trace().size() - 1; i++) {
        assertThat(run.trace().get(i).timeSeconds()).isEqualTo(i);
      }
      // Twin against a pack with 0.5 % spread in charge: some ten millivolts on the steep start.
      TraceRow late = run.trace().get(run.trace().size() - 2);
      assertThat(late.estimatedAnodePotentialVolts())
          .isBetween(late.anodePotentialVolts() - 0.03, late.anodePotentialVolts() + 0.03);
      assertThat(late.anodePotentialLowerBoundVolts()).isLessThan(late.anodePotentialVolts());
      HttpResponse<String> page =
          HttpClient.newHttpClient()
              .send(
                  HttpRequest.newBuilder(URI.create(demo.dashboardUrl())).build(),
                  HttpResponse.BodyHandlers.ofString());
      assertThat(page.statusCode()).isEqualTo(200);
      assertThat(page.body()).contains("Anodyne");
    }
    ReplayResult replayed = Replay.run(recording);
    assertThat(replayed.found()).isNull();
    assertThat(replayed.remarks()).isEmpty();
    assertThat(replayed.decisions()).isGreaterThan(30);
  }
}
