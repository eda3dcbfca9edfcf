package dev.anodyne.hil.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How fast rows of 20 channels and a time are written. */
@Tag("slow")
class RecordingThroughputTest {
  private static final int CHANNELS = 20;

  @TempDir private Path directory;

  @Test
  void mdf() throws Exception {
    measure("warm.mf4", 200_000);
    double rate = measure("run.mf4", 5_000_000);
    // Required; a disk slower than 168 MB/s would be the limit.
    assertThat(rate).isGreaterThan(1e6);
  }

  @Test
  void othersForComparison() throws Exception {
    measure("warm.csv", 20_000);
    measure("run.csv", 200_000);
    measure("warm.parquet", 20_000);
    measure("run.parquet", 500_000);
  }

  private double measure(String name, int rows) throws Exception {
    List<RecordedColumn> columns = new ArrayList<>(List.of(RecordedColumn.TIME));
    for (int i = 0; i < CHANNELS; i++) {
      columns.add(new RecordedColumn("channel" + i, "V", ""));
    }
    double[] row = new double[CHANNELS + 1];
    Path file = directory.resolve(name);
    long begin = System.nanoTime();
    try (RowWriter writer = RowWriter.to(file, columns)) {
      for (int r = 0; r < rows; r++) {
        row[0] = 0.01 * r;
        for (int i = 1; i <= CHANNELS; i++) {
          row[i] = Math.sqrt(r + i);
        }
        writer.write(row);
      }
    }
    double seconds = (System.nanoTime() - begin) * 1e-9;
    System.out.printf(
        "%s: %,.0f rows/s of %d channels and time, %.0f MB in %.2f s%n",
        name, rows / seconds, CHANNELS, Files.size(file) * 1e-6, seconds);
    Files.delete(file);
    return rows / seconds;
  }
}
