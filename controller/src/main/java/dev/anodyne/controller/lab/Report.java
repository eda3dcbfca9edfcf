package dev.anodyne.controller.lab;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * {@code report.html}: one file with its plots, its data and its code, readable without a network.
 *
 * @param kind what was done, e.g. {@code demo}
 * @param headline the result in one sentence
 * @param subtitle what, where and when
 * @param runs the run that the report is about, then those it is compared with
 * @param limits what the first run is judged by
 * @param targetSoc 0–1
 * @param comparisonNote a sentence under the table's title
 * @param decisionNote a sentence about deadlines
 * @param config what the run was made of, in the order to show
 * @param reproduce the command that makes it again
 * @param created a time for a person
 */
public record Report(
    String kind,
    String headline,
    String subtitle,
    List<RunResult> runs,
    RunLimits limits,
    double targetSoc,
    String comparisonNote,
    String decisionNote,
    List<Map.Entry<String, String>> config,
    String reproduce,
    String created) {
  public Report {
    if (runs.isEmpty()) {
      throw new IllegalArgumentException("A report needs at least one run.");
    }
    runs = List.copyOf(runs);
    config = List.copyOf(config);
  }

  /** Writes the page, complete or not at all. */
  public void write(Path file) throws IOException {
    Page.write(file, html());
  }

  /** The page. */
  String html() throws IOException {
    return Page.of("report.html", "report.js", new ReportData(this).toMap());
  }
}
