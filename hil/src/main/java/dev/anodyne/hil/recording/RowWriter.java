package dev.anodyne.hil.recording;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Writes rows of numbers into a file. Not thread-safe. */
public interface RowWriter extends AutoCloseable {
  /**
   * Appends one row.
   *
   * @param row values in the columns' order, the time first; read at once
   */
  void write(double[] row) throws IOException;

  /** Makes what was written readable for others, as far as the format can. */
  void flush() throws IOException;

  @Override
  void close() throws IOException;

  /**
   * A writer of the format that the file's name ends with.
   *
   * @param columns the time first
   * @throws IllegalArgumentException for another ending; one line that says what is allowed
   */
  static RowWriter to(Path file, List<RecordedColumn> columns) throws IOException {
    String name = file.toString().toLowerCase(Locale.ROOT);
    if (name.endsWith(".mf4")) {
      return new MdfWriter(file, columns);
    }
    if (name.endsWith(".parquet")) {
      return new ParquetRows(file, columns);
    }
    if (name.endsWith(".csv")) {
      return new CsvRows(file, columns);
    }
    throw new IllegalArgumentException(
        "Recording "
            + file
            + " has no known format; its name must end with .mf4, .parquet or .csv.");
  }
}
