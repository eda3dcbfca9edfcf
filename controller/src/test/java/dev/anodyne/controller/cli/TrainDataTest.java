package dev.anodyne.controller.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The data set on the command line: what cannot be used is refused before anything is simulated.
 */
class TrainDataTest {
  private static Invocation train(Path data, String... more) {
    String[] line = new String[more.length + 3];
    line[0] = "train";
    line[1] = "--data";
    line[2] = data.toString();
    System.arraycopy(more, 0, line, 3, more.length);
    return Invocation.of(line);
  }

  @Test
  void aFolderWithADamagedManifestIsRefused(@TempDir Path folder) throws IOException {
    Files.writeString(folder.resolve("manifest.json"), "{");
    BadInput.assertRefused(
        train(folder, "--out", folder.resolve("m.json").toString()), "--data", "manifest.json");
    BadInput.assertRefused(train(folder, "--generate-only"), "--data", "damaged");
    assertThat(folder.resolve("m.json")).doesNotExist();
  }

  @Test
  void aFolderOfANewerVersionIsRefused(@TempDir Path folder) throws IOException {
    Files.writeString(
        folder.resolve("manifest.json"),
        "{\"format\": \"anodyne-training-data\", \"schemaVersion\": 99, \"softwareVersion\": \"7\"}");
    Invocation refused = train(folder, "--generate-only");
    BadInput.assertRefused(refused, "schemaVersion 99", "allowed: 2");
    assertThat(refused.err()).contains("Maybe the data were made by a newer version (7)");
  }

  @Test
  void aFileIsNoFolder(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "");
    BadInput.assertRefused(train(file, "--generate-only"), "--data", "is a file");
  }
}
