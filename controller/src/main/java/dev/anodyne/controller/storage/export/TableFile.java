package dev.anodyne.controller.storage.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a table into a file. Not thread-safe. */
public interface TableFile extends AutoCloseable {
  /**
   * Appends a row.
   *
   * @param values in the order of the columns; null for what is not known
   */
  void row(@Nullable Object[] values) throws IOException;

  @Override
  void close() throws IOException;

  /** Which kind of file. */
  enum Format {
    /** Comma-separated values in UTF-8. */
    CSV(".csv"),
    /** Apache Parquet. */
    PARQUET(".parquet");

    private final String end;

    Format(String end) {
      this.end = end;
    }

    /** How its files' names end. */
    public String end() {
      return end;
    }
  }

  /** What fills a file. */
  interface Content {
    /** Writes all rows. */
    void writeTo(TableFile file) throws IOException;
  }

  /** Writes a whole file; when that fails there is none, or still the one from before. */
  static void write(Path file, Format format, List<TableColumn> columns, Content content)
      throws IOException {
    Path part = file.resolveSibling("." + file.getFileName() + ".part");
    Files.deleteIfExists(part);
    try {
      try (TableFile table =
          format == Format.CSV ? new CsvTable(part, columns) : new ParquetTable(part, columns)) {
        content.writeTo(table);
      }
      Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(part);
    }
  }
}
