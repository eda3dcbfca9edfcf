package dev.anodyne.estimators.training;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.network.ModelFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainerTest {
  private static final P2dOptions COARSE =
      new P2dOptions(P2dOptions.Thermal.LUMPED, P2dOptions.Ageing.NONE, 6, 4, 5, 4);

  private static TrainRequest small(FeatureSet kind) {
    return TrainRequest.of(CellParameters.load("lgm50"), kind)
        .withSeed(3L)
        .withSessions(10, 12, 4)
        .withEpochs(2)
        .withTruth(COARSE);
  }

  @Test
  void sameSeedSameFileWhateverTheThreadsAndFromADataSetOfTheSamePlan(@TempDir Path folder)
      throws Exception {
    TrainRequest request = small(FeatureSet.AUGMENTED);
    TrainedModel one = Trainer.train(request.withWorkers(2));
    TrainRequest kept = request.withSessions(20, 10, 10);
    DataRequest wanted =
        DataRequest.of(folder.resolve("data"), kept.cell())
            .withSeed(kept.seed())
            .withSessions(20)
            .withTruth(COARSE);
    TrainedModel simulated = Trainer.train(kept);
    TrainedModel read = Trainer.train(kept, DataSet.prepare(wanted));
    assertThat(ModelFile.toJson(read.model())).isEqualTo(ModelFile.toJson(simulated.model()));
    TrainedModel two = Trainer.train(request.withWorkers(1));
    assertThat(ModelFile.toJson(two.model())).isEqualTo(ModelFile.toJson(one.model()));
    Path file = folder.resolve("out/model.json");
    one.save(file);
    assertThat(ModelFile.toJson(ModelFile.read(file))).isEqualTo(ModelFile.toJson(one.model()));
    assertThat(Files.readString(folder.resolve("out/model.svg"))).startsWith("<svg");
    assertThat(one.model().card().metrics()).isNotEmpty();
    assertThat(one.curve().runs()).hasSize(one.model().members().size());
    assertThat(one.curve().runs().get(0).validation()).hasSize(2);
  }

  @Test
  void physicsInTheLossTrainsTheSameFileForTheSameSeedAndIsOnTheCard() {
    List<String> told = java.util.Collections.synchronizedList(new java.util.ArrayList<>());
    TrainRequest request =
        small(FeatureSet.INFORMED).withProgress((stage, share, detail) -> told.add(detail));
    TrainedModel two = Trainer.train(request.withWorkers(2));
    TrainedModel one = Trainer.train(request.withWorkers(1));
    assertThat(ModelFile.toJson(two.model())).isEqualTo(ModelFile.toJson(one.model()));
    assertThat(one.model().kind()).isEqualTo(FeatureSet.INFORMED);
    assertThat(told).anyMatch(s -> s.contains("physics: lithium"));
    assertThat(one.model().card().purpose()).contains("Physics in the loss");
    assertThat(one.model().card().metrics())
        .containsKeys("physics in the loss, lithium", "lithium drift [% of capacity]")
        .doesNotContainEntry("physics in the loss, voltage", 0.0);
    // The labels alone make another network of the same size.
    TrainedModel learned = Trainer.train(small(FeatureSet.LEARNED).withWorkers(2));
    assertThat(learned.model().members().get(0).get(0).weights())
        .hasSameSizeAs(one.model().members().get(0).get(0).weights())
        .isNotEqualTo(one.model().members().get(0).get(0).weights());
    assertThat(learned.model().card().metrics()).doesNotContainKey("physics in the loss, lithium");
  }

  @Test
  void sessionsDoNotDependOnTheThreadsThatMakeThem() {
    SessionGenerator generator = new SessionGenerator(CellParameters.load("lgm50"), COARSE, 9L);
    List<SessionData> two = generator.generate(0, 3, false, 2, "data", TrainingProgress.SILENT);
    SessionData again = generator.one(2, false);
    assertThat(two.get(2).columns).isEqualTo(again.columns);
    assertThat(two.get(2).augmented).isEqualTo(again.augmented);
    assertThat(two.get(0).columns).isNotEqualTo(again.columns);
  }
}
