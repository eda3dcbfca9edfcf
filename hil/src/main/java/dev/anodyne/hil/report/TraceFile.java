package dev.anodyne.hil.report;

import dev.anodyne.hil.recording.RecordedColumn;
import dev.anodyne.hil.recording.RowWriter;
import dev.anodyne.hil.scenario.Aliases;
import dev.anodyne.hil.stl.Trace;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A run's channels as a measurement file with units: MDF4 or Parquet. */
public final class TraceFile {
  private TraceFile() {}

  /**
   * Writes all channels; short names only where they are not there under their own.
   *
   * @param file its name ends with .mf4 or .parquet
   */
  public static void write(Trace trace, Path file) throws IOException {
    List<String> names =
        trace.names().stream().filter(name -> !Aliases.ALL.containsKey(name)).toList();
    List<RecordedColumn> columns = new ArrayList<>(List.of(RecordedColumn.TIME));
    for (String name : names) {
      String unit = trace.unit(name).symbol();
      columns.add(new RecordedColumn(name, unit.isEmpty() ? "1" : unit, ""));
    }
    double[] row = new double[columns.size()];
    try (RowWriter writer = RowWriter.to(file, columns)) {
      for (int i = 0; i < trace.length(); i++) {
        row[0] = trace.time(i);
        for (int j = 0; j < names.size(); j++) {
          row[j + 1] = trace.values(names.get(j))[i];
        }
        writer.write(row);
      }
    }
  }
}
