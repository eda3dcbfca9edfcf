package dev.anodyne.controller.storage.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Comma-separated values (RFC 4180, lines end with a line feed): numbers in Java's shortest form
 * that reads back the same, instants as ISO 8601, no value as nothing.
 */
final class CsvTable implements TableFile {
  private final List<TableColumn> columns;
  private final BufferedWriter out;
  private final StringBuilder line = new StringBuilder();

  CsvTable(Path file, List<TableColumn> columns) throws IOException {
    this.columns = columns;
    out = Files.newBufferedWriter(file);
    out.write(
        columns.stream().map(c -> quoted(c.header())).collect(Collectors.joining(",", "", "\n")));
  }

  @Override
  public void row(@Nullable Object[] values) throws IOException {
    line.setLength(0);
    for (int i = 0; i < values.length; i++) {
      if (i > 0) {
        line.append(',');
      }
      line.append(text(columns.get(i).kind(), values[i]));
    }
    out.append(line.append('\n'));
  }

  private static String text(TableColumn.Kind kind, @Nullable Object value) {
    if (value == null || value instanceof Double number && number.isNaN()) {
      return "";
    }
    return switch (kind) {
      case NUMBER -> value.toString();
      case TEXT -> quoted(value.toString());
      case TIME -> Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS).toString();
    };
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
