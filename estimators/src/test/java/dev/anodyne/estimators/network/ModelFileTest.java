package dev.anodyne.estimators.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.estimators.bounds.BoundTable;
import dev.anodyne.estimators.twin.BackOff;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelFileTest {
  @TempDir Path folder;

  static NetworkModel sample() {
    RandomGenerator random = SeededRandom.of(1L);
    int n = FeatureSet.LEARNED.names().size();
    double[] ones = new double[n];
    Arrays.fill(ones, 1.0);
    double[] minus = new double[n];
    Arrays.fill(minus, -1.0);
    return new NetworkModel(
        FeatureSet.LEARNED,
        "lgm50",
        5.0,
        new InputScaling(new double[n], ones, minus, ones),
        List.of(network(random, n), network(random, n)),
        new SigmaScale(new double[] {-7.0, -6.0, -5.0}, new double[] {0.1, 0.5, 0.3}),
        BoundTable.CAUTIOUS,
        BackOff.UNCALIBRATED,
        new ModelCard("test", 1L, 1.5, 3, 2, 1, Map.of("a", "b"), Map.of("c", 1.0), List.of()));
  }

  static List<DenseLayer> network(RandomGenerator random, int inputs) {
    int outputs = Target.outputs();
    return List.of(
        new DenseLayer(
            inputs, 4, DenseLayer.Activation.TANH, floats(random, 4 * inputs), floats(random, 4)),
        new DenseLayer(
            4,
            outputs,
            DenseLayer.Activation.IDENTITY,
            floats(random, 4 * outputs),
            floats(random, outputs)));
  }

  private static double[] floats(RandomGenerator random, int n) {
    return random.doubles(n, -1, 1).map(v -> (float) v).toArray();
  }

  @Test
  void roundTripKeepsEveryAnswer() {
    NetworkModel before = sample();
    Path file = folder.resolve("deep/model.json");
    ModelFile.write(before, file);
    NetworkModel after = ModelFile.read(file);
    double[] x = SeededRandom.of(5L).doubles(before.scaling().size(), -1, 1).toArray();
    Ensemble one = before.newEnsemble();
    Ensemble two = after.newEnsemble();
    one.forward(x);
    two.forward(x);
    for (Target t : Target.values()) {
      assertThat(two.mean(t)).isEqualTo(one.mean(t));
      assertThat(two.sigma(t)).isEqualTo(one.sigma(t)).isPositive();
    }
    assertThat(after.card()).isEqualTo(before.card());
    assertThat(after.bounds()).isEqualTo(before.bounds());
    assertThat(after.twinBackOff()).isEqualTo(before.twinBackOff());
    assertThat(ModelFile.toJson(after)).isEqualTo(ModelFile.toJson(before));
  }

  @Test
  void cutFileIsRefusedInOneLineThatNamesIt() throws IOException {
    Path file = folder.resolve("cut.json");
    String text = ModelFile.toJson(sample());
    Files.writeString(file, text.substring(0, text.length() / 2));
    assertRefused(file, "is damaged");
  }

  @Test
  void changedWeightIsNoticed() throws IOException {
    Path file = folder.resolve("changed.json");
    String text = ModelFile.toJson(sample());
    int at = text.indexOf("\"weights\" : \"") + 20;
    char other = text.charAt(at) == 'A' ? 'B' : 'A';
    Files.writeString(file, text.substring(0, at) + other + text.substring(at + 1));
    assertRefused(file, "is damaged");
  }

  @Test
  void newerVersionIsRefused() throws IOException {
    Path file = folder.resolve("newer.json");
    Files.writeString(
        file, ModelFile.toJson(sample()).replaceFirst("\"version\" : 2", "\"version\" : 3"));
    assertRefused(file, "version 3");
  }

  @Test
  void olderVersionIsRefused() throws IOException {
    Path file = folder.resolve("older.json");
    Files.writeString(
        file, ModelFile.toJson(sample()).replaceFirst("\"version\" : 2", "\"version\" : 1"));
    assertRefused(file, "version 1");
  }

  @Test
  void missingMemberIsNoticed() throws IOException {
    Path file = folder.resolve("member.json");
    NetworkModel two = sample();
    NetworkModel one =
        new NetworkModel(
            two.kind(),
            two.cell(),
            two.nominalAmpHours(),
            two.scaling(),
            two.members().subList(0, 1),
            two.sigmaScale(),
            two.bounds(),
            two.twinBackOff(),
            two.card());
    String sum = ModelFile.toJson(two).replaceAll("(?s).*\"checksum\" : \"(\\w+)\".*", "$1");
    Files.writeString(
        file,
        ModelFile.toJson(one)
            .replaceFirst("\"checksum\" : \"\\w+\"", "\"checksum\" : \"" + sum + "\""));
    assertRefused(file, "checksum");
  }

  @Test
  void otherJsonIsRefused() throws IOException {
    Path file = folder.resolve("other.json");
    Files.writeString(file, "{\"a\": 1}");
    assertRefused(file, "is not an Anodyne model");
  }

  @Test
  void missingSectionIsNamed() throws IOException {
    Path file = folder.resolve("section.json");
    Files.writeString(file, ModelFile.toJson(sample()).replace("\"bounds\"", "\"other\""));
    assertRefused(file, "\"bounds\" is missing");
  }

  @Test
  void notANumberIsNamed() throws IOException {
    Path file = folder.resolve("nan.json");
    Files.writeString(
        file, ModelFile.toJson(sample()).replaceFirst("\"mean\" : 0.0", "\"mean\" : \"NaN\""));
    assertRefused(file, "\"mean\" is not a number");
  }

  @Test
  void missingFileIsNamed() {
    assertRefused(folder.resolve("none.json"), "cannot be read");
  }

  private static void assertRefused(Path file, String words) {
    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file.toString())
        .hasMessageContaining(words)
        .satisfies(e -> assertThat(e.getMessage().lines().count()).isLessThanOrEqualTo(2));
  }
}
