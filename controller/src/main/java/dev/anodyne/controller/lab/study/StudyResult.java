package dev.anodyne.controller.lab.study;

import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.lab.OutputFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** What a study found. */
public final class StudyResult {
  private final StudyRequest request;
  private final List<StudyRow> rows;

  StudyResult(StudyRequest request, List<StudyRow> rows) {
    this.request = request;
    this.rows = List.copyOf(rows);
  }

  /** Every charge, a battery's first before its second. */
  List<StudyRow> rows() {
    return rows;
  }

  /**
   * Writes {@code charges.csv}, a line a charge, {@code summary.json} and {@code report.html}.
   *
   * @param reproduce the command that makes the study again
   * @param command that makes the charges of a battery again, by its number
   */
  public void write(Path directory, String reproduce, IntFunction<String> command)
      throws IOException {
    OutputFiles.write(directory.resolve("charges.csv"), out -> StudyFiles.write(out, rows));
    OutputFiles.write(
        directory.resolve("summary.json"), out -> out.write(Json.pretty(toMap()) + "\n"));
    new StudyReport(request, rows, reproduce, command).write(directory.resolve("report.html"));
  }

  /** The figures as a table. */
  public String text() {
    return new StudySummary(rows).text();
  }

  /** The figures for programs. */
  public Map<String, @Nullable Object> toMap() {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("policy", request.policy());
    map.put("estimator", request.estimator());
    map.put("cell", request.cell().name());
    map.put("period_s", request.periodSeconds());
    map.put("seed", request.seed());
    map.put("batteries", request.batteries());
    map.put("charges", new StudySummary(rows).toMap());
    return map;
  }
}
