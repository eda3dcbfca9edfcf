package dev.anodyne.controller.storage;

import dev.anodyne.controller.config.StorageConfig;
import dev.anodyne.controller.storage.export.TableColumn;
import dev.anodyne.controller.storage.export.TableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes charges and their telemetry into files: {@code charges.csv} with a line a charge, and
 * {@code telemetry-ID.csv} for each; or the same as Parquet. Every file is complete or absent. It
 * may run beside the server. Everything blocks.
 */
public final class StorageExport {
  private final StorageConfig config;
  private final Path folder;
  private final TableFile.Format format;

  /**
   * Into a folder.
   *
   * @param folder made when it is not there
   */
  public StorageExport(StorageConfig config, Path folder, TableFile.Format format) {
    this.config = config;
    this.folder = folder;
    this.format = format;
  }

  /**
   * What is wanted.
   *
   * @param charge only this one; null: all
   * @param from begun at or after; null: any time
   * @param to begun before; null: any time
   */
  public record Request(@Nullable String charge, @Nullable Instant from, @Nullable Instant to) {}

  /**
   * What was written.
   *
   * @param charges how many
   * @param rows of telemetry
   */
  public record Result(int charges, long rows, List<Path> files) {}

  /**
   * Writes the files.
   *
   * @throws StorageException when the database cannot be read
   * @throws IllegalArgumentException when there is no such charge
   * @throws IOException when a file cannot be written
   */
  public Result run(Request request) throws IOException {
    StorageTool.requireKnownSchema(config.target());
    Files.createDirectories(folder);
    try (Database database = new Database(config.target())) {
      StationStore store = new StationStore(database);
      List<ChargeRow> charges = charges(store, request);
      List<Path> files = new ArrayList<>();
      Path list = folder.resolve("charges" + format.end());
      TableFile.write(list, format, ChargeColumns.columns(), to -> write(charges, to));
      files.add(list);
      long rows = 0;
      for (ChargeRow charge : charges) {
        if (charge.detail() != ChargeRow.Detail.NONE) {
          Path file = folder.resolve("telemetry-" + safe(charge.id()) + format.end());
          rows += telemetry(store, charge, file);
          files.add(file);
        }
      }
      return new Result(charges.size(), rows, files);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static List<ChargeRow> charges(StationStore store, Request request) {
    if (request.charge() != null) {
      return List.of(
          store
              .charge(request.charge())
              .orElseThrow(
                  () ->
                      new IllegalArgumentException(
                          "Charge '" + request.charge() + "' is not in the database.")));
    }
    List<ChargeRow> all = new ArrayList<>();
    String cursor = null;
    do {
      Page<ChargeRow> page =
          store.charges(
              new ChargeQuery(
                  null,
                  null,
                  request.from(),
                  request.to(),
                  new PageRequest(PageRequest.MOST, cursor)));
      all.addAll(page.items());
      cursor = page.next();
    } while (cursor != null);
    return all;
  }

  private static void write(List<ChargeRow> charges, TableFile to) throws IOException {
    for (ChargeRow charge : charges) {
      to.row(ChargeColumns.values(charge));
    }
  }

  private long telemetry(StationStore store, ChargeRow charge, Path file) throws IOException {
    long[] rows = {0};
    boolean extremes = charge.detail() == ChargeRow.Detail.MINUTES;
    TableFile.write(
        file,
        format,
        columns(extremes),
        to ->
            each(
                store,
                charge,
                row -> {
                  to.row(values(charge, row, extremes));
                  rows[0]++;
                }));
    return rows[0];
  }

  private interface Taker {
    void take(Telemetry.Row row) throws IOException;
  }

  private static void each(StationStore store, ChargeRow charge, Taker taker) {
    Function<Handle, Boolean> question =
        handle -> {
          Rows.NumberedCharge numbered = StationStore.find(handle, charge.id()).orElseThrow();
          try {
            new TelemetryReader(handle.getConnection(), numbered)
                .each(
                    Long.MIN_VALUE,
                    Long.MAX_VALUE,
                    row -> {
                      try {
                        taker.take(row);
                      } catch (IOException e) {
                        throw new UncheckedIOException(e);
                      }
                    });
          } catch (SQLException e) {
            throw new StorageUnavailableException(
                "Charge " + charge.id() + " cannot be read: " + e.getMessage(), e);
          }
          return true;
        };
    store.ask(question);
  }

  private static List<TableColumn> columns(boolean extremes) {
    List<TableColumn> columns = new ArrayList<>();
    columns.add(TableColumn.number("Time [s]"));
    columns.add(TableColumn.time("UTC"));
    for (TelemetryColumn column : TelemetryColumn.values()) {
      columns.add(TableColumn.number(column.header()));
      if (extremes && column.hasExtremes()) {
        columns.add(TableColumn.number("Minimum of " + column.header()));
        columns.add(TableColumn.number("Maximum of " + column.header()));
      }
    }
    for (TelemetryWord word : TelemetryWord.values()) {
      columns.add(TableColumn.text(word.header()));
    }
    return columns;
  }

  private static @Nullable Object[] values(ChargeRow charge, Telemetry.Row row, boolean extremes) {
    List<@Nullable Object> values = new ArrayList<>();
    values.add((row.timeMicros() - Micros.of(charge.begun())) * 1e-6);
    values.add(row.timeMicros());
    for (TelemetryColumn column : TelemetryColumn.values()) {
      values.add(row.mean(column));
      if (extremes && column.hasExtremes()) {
        values.add(row.lowest(column));
        values.add(row.highest(column));
      }
    }
    for (TelemetryWord word : TelemetryWord.values()) {
      values.add(row.word(word).isEmpty() ? null : row.word(word));
    }
    return values.toArray();
  }

  /** An id is a file's name as it is, unless somebody else has made it. */
  private static String safe(String id) {
    return id.replaceAll("[^A-Za-z0-9_.-]", "_");
  }
}
