package dev.anodyne.controller.lab.compare;

import dev.anodyne.controller.lab.ChargeSummary;
import dev.anodyne.controller.lab.OutputFiles;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * {@code results.csv}: one line a charge, in the order of the grid: the scenario, every figure of
 * the charge's summary, and the command that makes it again. Quoted after RFC 4180.
 */
final class ResultsCsv {
  private ResultsCsv() {}

  /** Writes the file, complete or not at all. */
  static void write(Path file, List<CompareRow> rows, Function<CompareRow, String> command)
      throws IOException {
    List<Map<String, @Nullable Object>> lines = rows.stream().map(r -> line(r, command)).toList();
    Set<String> columns = new LinkedHashSet<>();
    lines.stream()
        .max(java.util.Comparator.comparingInt(Map::size))
        .ifPresent(longest -> columns.addAll(longest.keySet()));
    OutputFiles.write(
        file,
        writer -> {
          writeRecord(writer, new ArrayList<>(columns));
          for (Map<String, @Nullable Object> line : lines) {
            List<@Nullable Object> fields = new ArrayList<>();
            columns.forEach(column -> fields.add(line.get(column)));
            writeRecord(writer, fields);
          }
        });
  }

  private static Map<String, @Nullable Object> line(
      CompareRow row, Function<CompareRow, String> command) {
    Scenario s = row.scenario();
    Map<String, @Nullable Object> line = new LinkedHashMap<>();
    line.put("scenario", s.name());
    line.put("part", s.block());
    line.put("cell", s.cell());
    line.put("policy", row.contender().policy());
    line.put("estimator", row.contender().estimator());
    line.put("plant", s.plant());
    line.put("aged", s.aged());
    line.put("sensors", s.sensors());
    line.put("battery", s.known() ? "known" : "new");
    line.put("ambient_C", s.ambientCelsius());
    line.put("from_soc", s.fromSoc());
    line.put("to_soc", s.toSoc());
    line.put("period_s", s.periodSeconds());
    line.put("goal", s.aim().name());
    line.put("seed", s.seed());
    CompareRow.Outcome outcome = row.outcome();
    line.put("reached", outcome == null ? null : outcome.reached());
    if (outcome != null) {
      putSummary(line, outcome.summary());
      if (outcome.stay() != null) {
        line.putAll(outcome.stay().toMap());
      }
    }
    line.put("limits_passed", outcome == null ? null : String.join(" ", outcome.violations()));
    line.put("compute_s", outcome == null ? null : outcome.seconds());
    line.put("error", row.error());
    line.put("command", command.apply(row));
    return line;
  }

  /** Every key of {@code summary.json} that the scenario has not said already. */
  private static void putSummary(Map<String, @Nullable Object> line, ChargeSummary summary) {
    summary
        .toMap()
        .forEach(
            (key, value) -> {
              if (value instanceof Map<?, ?> nested) {
                nested.forEach((name, v) -> line.put(key + "_" + name, v));
              } else if (key.equals("estimator")) {
                line.put(key, value); // The default by its own name.
              } else {
                line.putIfAbsent(key, value);
              }
            });
  }

  private static void writeRecord(Writer writer, List<@Nullable Object> fields) throws IOException {
    for (int i = 0; i < fields.size(); i++) {
      Object field = fields.get(i);
      writer.append(i == 0 ? "" : ",").append(field == null ? "" : quoted(field.toString()));
    }
    writer.append('\n');
  }

  private static String quoted(String field) {
    boolean plain = field.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? field : '"' + field.replace("\"", "\"\"") + '"';
  }
}
