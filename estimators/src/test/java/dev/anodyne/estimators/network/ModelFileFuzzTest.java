package dev.anodyne.estimators.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.Estimators;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A damaged model file is refused in words; it never becomes another estimator. */
class ModelFileFuzzTest {
  private static final byte[] SOUND =
      ModelFile.toJson(ModelFileTest.sample()).getBytes(StandardCharsets.UTF_8);
  private static final String SOUND_TEXT = ModelFile.toJson(ModelFileTest.sample());

  @Property(tries = 1500)
  void aFlippedBitIsRefusedOrChangesNothing(
      @ForAll @IntRange(max = 1 << 20) int place, @ForAll @IntRange(max = 7) int bit) {
    byte[] bytes = SOUND.clone();
    bytes[place % bytes.length] ^= (byte) (1 << bit);
    assertRefusedOrTheSame(new String(bytes, StandardCharsets.UTF_8));
  }

  @Property(tries = 500)
  void aCutFileIsRefused(@ForAll @IntRange(max = 1 << 20) int length) {
    int kept = length % (SOUND.length - 1);
    assertRefusedOrTheSame(new String(SOUND, 0, kept, StandardCharsets.UTF_8));
  }

  @Property(tries = 500)
  void aPieceOfTheFileInTheWrongPlaceIsRefusedOrChangesNothing(
      @ForAll @IntRange(max = 1 << 20) int from,
      @ForAll @IntRange(max = 1 << 20) int to,
      @ForAll @IntRange(min = 1, max = 64) int length) {
    int source = from % (SOUND.length - length);
    int target = to % (SOUND.length - length);
    byte[] bytes = SOUND.clone();
    System.arraycopy(SOUND, source, bytes, target, length);
    assertRefusedOrTheSame(new String(bytes, StandardCharsets.UTF_8));
  }

  @Property(tries = 300)
  void anyTextIsRefused(@ForAll String text) {
    assertRefusedOrTheSame(text);
  }

  private static void assertRefusedOrTheSame(String text) {
    NetworkModel read;
    try {
      read = ModelFile.parse(text, "m.json");
    } catch (IllegalArgumentException e) {
      assertThat(e.getMessage()).startsWith("Model file m.json ");
      assertThat(e.getMessage().lines().count()).isLessThanOrEqualTo(2);
      return;
    }
    assertThat(ModelFile.toJson(read)).isEqualTo(SOUND_TEXT);
  }

  @Test
  void aDigitOfABoundIsNoticed() {
    String changed = SOUND_TEXT.replaceFirst("\"coverage\" : 0.99", "\"coverage\" : 0.98");
    assertThat(changed).isNotEqualTo(SOUND_TEXT);
    assertThatThrownBy(() -> ModelFile.parse(changed, "m.json"))
        .hasMessageContaining("digest of its contents");
  }

  @Test
  void whatFollowsTheModelIsRefused() {
    assertThatThrownBy(() -> ModelFile.parse(SOUND_TEXT + "{}", "m.json"))
        .hasMessageContaining("is damaged");
  }

  @Test
  void aHugeFileIsNotReadIntoMemory(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("huge.json");
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      sparse.setLength(10L << 30);
    }
    assertThatThrownBy(() -> ModelFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("bytes; allowed are");
    Files.delete(file);
  }

  @Test
  void aFolderIsNamedAsOne(@TempDir Path folder) {
    assertThatThrownBy(
            () ->
                Estimators.create(
                    folder.toString(),
                    CellParameters.load("lgm50"),
                    PackLayout.SINGLE_CELL,
                    EstimatorOptions.DEFAULT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is a folder");
  }
}
