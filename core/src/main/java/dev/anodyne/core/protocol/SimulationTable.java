package dev.anodyne.core.protocol;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;

/** Rows of numbers under named columns. Filled by the runner, then only read. */
public final class SimulationTable {
  /** Numbers that a table may hold: 1.2 GB. */
  static final long MOST_VALUES = 150_000_000;

  private final List<String> columns;
  private final List<double[]> rows = new ArrayList<>();

  SimulationTable(List<String> columns) {
    this.columns = List.copyOf(columns);
  }

  void add(double[] row) {
    rows.add(row);
  }

  /** Column names with their units, in order. */
  public List<String> columns() {
    return columns;
  }

  /** Whether the table holds as much as it should. */
  boolean isFull() {
    return (long) rows.size() * columns.size() >= MOST_VALUES;
  }

  public int rowCount() {
    return rows.size();
  }

  /** One value. */
  public double value(int row, String column) {
    return rows.get(row)[indexOf(column)];
  }

  /** All values of a column; a copy. */
  public double[] column(String column) {
    int at = indexOf(column);
    return rows.stream().mapToDouble(row -> row[at]).toArray();
  }

  private int indexOf(String column) {
    int at = columns.indexOf(column);
    if (at < 0) {
      throw new IllegalArgumentException(
          "Column '" + column + "' does not exist; there are " + columns + ".");
    }
    return at;
  }

  /**
   * Writes the table as CSV: to a temporary file beside the target, then renamed, so that the
   * target is complete or absent. Missing folders are made.
   */
  public void writeCsv(Path target) throws IOException {
    Path folder = target.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path temporary = Files.createTempFile(folder, target.getFileName().toString(), ".part");
    try {
      try (BufferedWriter writer = Files.newBufferedWriter(temporary, StandardCharsets.UTF_8)) {
        writeTo(writer);
      }
      try {
        Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Writes the table as CSV. */
  public void writeTo(Writer writer) throws IOException {
    writer.write(String.join(",", columns));
    writer.write('\n');
    StringBuilder line = new StringBuilder();
    for (double[] row : rows) {
      line.setLength(0);
      for (int i = 0; i < row.length; i++) {
        line.append(i == 0 ? "" : ",").append(row[i]);
      }
      line.append('\n');
      writer.append(line);
    }
  }
}
