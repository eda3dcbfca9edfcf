package dev.anodyne.hil.recording;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Comma-separated values: a header line with units, then a row a line; numbers as Java's shortest
 * form that reads back the same, no value as nothing.
 */
final class CsvRows implements RowWriter {
  private static final int BUFFER_CHARS = 1 << 16;

  private final BufferedWriter out;
  private final StringBuilder line = new StringBuilder();

  CsvRows(Path file, List<RecordedColumn> columns) throws IOException {
    out = new BufferedWriter(Files.newBufferedWriter(file), BUFFER_CHARS);
    out.write(
        columns.stream().map(RecordedColumn::header).collect(Collectors.joining(",", "", "\n")));
  }

  @Override
  public void write(double[] row) throws IOException {
    line.setLength(0);
    for (int i = 0; i < row.length; i++) {
      if (i > 0) {
        line.append(',');
      }
      if (!Double.isNaN(row[i])) {
        line.append(row[i]);
      }
    }
    out.append(line.append('\n'));
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
