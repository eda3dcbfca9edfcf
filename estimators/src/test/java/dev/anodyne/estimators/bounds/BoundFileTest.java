package dev.anodyne.estimators.bounds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.core.cell.CellParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BoundFileTest {
  private static final CellParameters CELL = CellParameters.load("lgm50");
  private static final BoundFile FILE =
      new BoundFile(
          CELL.name(),
          CELL.nominalCapacityAmpHours(),
          Map.of("made with", "a test"),
          BoundTable.CAUTIOUS);

  @Test
  void comesBackTheSame(@TempDir Path folder) {
    Path file = folder.resolve("made/lgm50-physics.json");
    FILE.write(file);
    assertThat(BoundFile.readIfBounds(file)).contains(FILE);
    assertThat(file.resolveSibling("lgm50-physics.json.part")).doesNotExist();
  }

  @Test
  void anOlderVersionIsReadAndANewerOneIsRefused() {
    String now = FILE.toJson();
    String older =
        now.replace("\"version\" : 2", "\"version\" : 1")
            .replaceAll(",\\s*\"perDoubt\" : [0-9.]+", "");
    assertThat(older).doesNotContain("perDoubt").contains("\"version\" : 1");
    assertThat(BoundFile.parse(older, "old.json")).isEqualTo(FILE);
    assertThatThrownBy(
            () -> BoundFile.parse(now.replace("\"version\" : 2", "\"version\" : 3"), "x"))
        .hasMessageContaining("has version 3")
        .hasMessageContaining("1 to 2")
        .hasMessageContaining("\nMaybe");
  }

  @Test
  void anotherFileIsNotTakenForBounds(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("other.json");
    Files.writeString(file, "{}");
    assertThat(BoundFile.readIfBounds(file)).isEmpty();
    assertThatThrownBy(() -> BoundFile.parse("{", "cut.json"))
        .hasMessageContaining("cut.json")
        .hasMessageContaining("damaged");
  }

  @Test
  void boundsOfAnotherCellAreRefused() {
    BoundFile other = new BoundFile("lgm50", 4.0, Map.of(), BoundTable.CAUTIOUS);
    assertThat(other.isOf(CELL)).isFalse();
    assertThatThrownBy(() -> other.requireCell(CELL, "small.json"))
        .hasMessageContaining("small.json")
        .hasMessageContaining("4.0 A·h");
  }
}
