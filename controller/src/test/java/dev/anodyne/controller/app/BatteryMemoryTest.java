package dev.anodyne.controller.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.controller.Images;
import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.config.StationConfigReader;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.core.p2d.P2dControl;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOutputs;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.P2dStepper;
import dev.anodyne.core.p2d.P2dWorkspace;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.estimators.identification.BatteryFile;
import dev.anodyne.estimators.identification.BatteryRecord;
import dev.anodyne.estimators.identification.IdentifiedParameter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The file of a connector's battery, from session to session. */
class BatteryMemoryTest {
  private static final ConnectorConfig CONNECTOR =
      StationConfigReader.read(Path.of("../examples/station.yaml")).connectors().get(0);
  private static final Instant ENDED = Instant.parse("2026-01-31T12:00:00Z");
  private static final double LOST = 0.05;

  @TempDir Path folder;

  static BatteryMemory memory(Path file) {
    return new BatteryMemory(file, CONNECTOR, Clock.fixed(ENDED, ZoneOffset.UTC));
  }

  /** Rest, then 1C for half an hour, of four like cells that have lost lithium. */
  private static void charge(StateEstimator estimator) {
    charge(estimator, 5);
  }

  private static void charge(StateEstimator estimator, double most) {
    CellParameters worn =
        CONNECTOR.cell().with(new CellVariation(1, 0, 1, 1, 1, 1, 1, 1, LOST, 0, 0, 1));
    P2dModel model = P2dModel.of(worn, P2dOptions.CONTROL);
    P2dState state = model.newState(0.1, CONNECTOR.ambientKelvin());
    P2dWorkspace workspace = model.newWorkspace();
    P2dOutputs out = new P2dOutputs();
    for (int t = 0; t < 1800; t++) {
      double amps = t < 10 ? 0 : most;
      P2dStepper.step(
          model, state, P2dControl.CURRENT, amps, 1, CONNECTOR.ambientKelvin(), workspace, out);
      double v = out.voltageVolts;
      double k = out.temperatureKelvin;
      Measurement m = new Measurement(t * 1_000_000_000L, amps, 4 * v, k, v, v, k, k, Quality.GOOD);
      estimator.update(m, CurrentCommand.zero(0));
    }
  }

  @Test
  void aChargeIsRememberedUnderTheConnectorsSensors() {
    Path file = folder.resolve("batteries/bus-17.json");
    BatteryMemory memory = memory(file);
    assertThat(memory.known()).isEmpty();
    charge(memory.recording((m, c) -> Images.estimate(m, 0.4)));
    Runnable lesson = memory.endSession();
    assertThat(file).doesNotExist();
    lesson.run();
    BatteryRecord record = BatteryFile.read(file, CONNECTOR.cell());
    assertThat(record.entries()).hasSize(1);
    assertThat(record.entries().get(0).endedAt()).isEqualTo(ENDED.toString());
    assertThat(memory.known().orElseThrow().sensors().sensors()).isEqualTo(CONNECTOR.id());
    double lost = memory.known().orElseThrow().value(IdentifiedParameter.LITHIUM_LOSS);
    double sigma = memory.known().orElseThrow().standardDeviation(IdentifiedParameter.LITHIUM_LOSS);
    assertThat(Math.abs(lost - LOST)).isLessThan(3 * sigma);
    // Once is enough.
    memory.endSession().run();
    assertThat(BatteryFile.read(file, CONNECTOR.cell()).entries()).hasSize(1);
  }

  /** While the station runs, before its next charge, and after it was started anew. */
  @Test
  void whatIsTakenBackIsUndoneExactly() throws IOException {
    Path file = folder.resolve("bus-17.json");
    BatteryMemory memory = memory(file);
    charge(memory.recording((m, c) -> Images.estimate(m, 0.4)));
    memory.endSession().run();
    String first = Files.readString(file);
    double[] mean = memory.known().orElseThrow().mean();
    // Faster: the same again would tell nothing new.
    charge(memory.recording((m, c) -> Images.estimate(m, 0.4)), 7);
    Runnable lesson = memory.endSession();
    lesson.run();
    assertThat(BatteryFile.read(file, CONNECTOR.cell()).entries()).hasSize(2);
    BatteryFile.update(file, BatteryRecord::restorePrevious);
    assertThat(file).hasContent(first);
    for (BatteryMemory any : List.of(memory, memory(file))) {
      assertThat(any.known().orElseThrow().mean()).containsExactly(mean);
      assertThat(any.known().orElseThrow().sessions()).isEqualTo(1);
    }
  }

  /** A session that ends after its battery was taken back starts from what is left. */
  @Test
  void aLessonDoesNotUndoWhatWasTakenBackMeanwhile() {
    Path file = folder.resolve("bus-17.json");
    BatteryMemory memory = memory(file);
    charge(memory.recording((m, c) -> Images.estimate(m, 0.4)));
    memory.endSession().run();
    charge(memory.recording((m, c) -> Images.estimate(m, 0.4)));
    Runnable lesson = memory.endSession();
    BatteryFile.update(file, r -> r.restoreTo(0));
    lesson.run();
    BatteryRecord record = BatteryFile.read(file, CONNECTOR.cell());
    assertThat(record.entries()).hasSize(1);
    assertThat(record.current(CONNECTOR.cell()).sessions()).isEqualTo(1);
  }

  @Test
  void aDamagedFileStopsNothingAndIsLeftAsItIs() throws IOException {
    Path file = folder.resolve("bus-17.json");
    Files.writeString(file, "{");
    BatteryMemory memory = memory(file);
    assertThat(memory.known()).isEmpty();
    charge(memory.recording((m, c) -> Images.estimate(m, 0.4)));
    memory.endSession().run();
    assertThat(file).hasContent("{");
  }

  @Test
  void samplesWithoutAnEstimateAreNotTheBatterys() {
    BatteryMemory memory = memory(folder.resolve("bus-17.json"));
    StateEstimator physics =
        Estimators.create(
            "physics", CONNECTOR.cell(), CONNECTOR.layout(), EstimatorOptions.DEFAULT);
    charge(memory.recording((m, c) -> physics.update(m.withQuality(Quality.BAD), c)));
    memory.endSession().run();
    assertThat(folder.resolve("bus-17.json")).doesNotExist();
  }
}
