package dev.anodyne.controller.lab.compare;

import dev.anodyne.controller.lab.BuildInfo;
import dev.anodyne.controller.lab.Journal;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.lab.OutputFiles;
import dev.anodyne.controller.lab.Progress;
import dev.anodyne.controller.lab.RunResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A whole comparison: charges the grid, goes on where an earlier one was interrupted, and writes
 * the results. To be closed; closing from another thread ends it, and what is finished stays.
 */
public final class Compare implements AutoCloseable {
  private static final int WORST_TOLD = 20;

  private final CompareRequest request;
  private final ScenarioRunner runner;
  private final Path report;
  private final Journal<CompareRow.Outcome> journal;
  private final ComparisonRun run;
  private final PlantFiles plants;
  private final ChargeCommandLine commands;

  private Compare(
      CompareRequest request,
      ScenarioRunner runner,
      Path report,
      Journal<CompareRow.Outcome> journal,
      int threads) {
    this.request = request;
    this.runner = runner;
    this.report = report;
    this.journal = journal;
    run = new ComparisonRun(runner, report, journal, threads);
    plants = new PlantFiles(report);
    commands = new ChargeCommandLine(runner, plants, report);
  }

  /**
   * Checks the request and opens the journal in the report's folder.
   *
   * @param report an existing folder
   * @param threads how many charges at once
   * @throws dev.anodyne.controller.lab.InputException naming what cannot be used
   */
  public static Compare open(CompareRequest request, Path report, int threads) throws IOException {
    ScenarioRunner runner = new ScenarioRunner();
    request.checked(runner);
    Journal<CompareRow.Outcome> journal =
        Journal.open("--report", report, CompareRow.Outcome.class);
    Compare compare = new Compare(request, runner, report, journal, threads);
    compare.plants.write(request.grid().scenarios());
    return compare;
  }

  /** Charges what the journal does not hold. */
  public CompareResult run(Progress progress) throws InterruptedException {
    List<CompareRow> rows = run.run(request.tasks(new TaskDigest()), progress);
    return new CompareResult(request.contenders(), rows);
  }

  /**
   * Writes {@code results.csv}, {@code summary.json} and {@code report.html}.
   *
   * @param reproduce the command that makes the comparison again
   * @param progress of the few charges that are made again for their traces
   */
  public void write(CompareResult result, String reproduce, Progress progress)
      throws InterruptedException, IOException {
    ResultsCsv.write(report.resolve("results.csv"), result.rows(), this::command);
    String json = Json.pretty(summary(result));
    OutputFiles.write(report.resolve("summary.json"), w -> w.append(json).append('\n'));
    TracedRuns traced = new TracedRuns(result);
    List<TracedRuns.Group> groups = traced.groups();
    Map<CompareRow, RunResult> runs = traced.runs(groups, runner, report, run, progress);
    new CompareReport(result, groups, runs, this::command, reproduce)
        .write(report.resolve("report.html"));
  }

  /** The command that makes a charge again. */
  public String command(CompareRow row) {
    return commands.of(row.scenario(), row.contender(), row.key());
  }

  /** For a terminal. */
  public String text(CompareResult result) {
    return CompareTable.text(result.stats());
  }

  /** For {@code --json}. */
  public Map<String, @Nullable Object> summary(CompareResult result) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("version", BuildInfo.version());
    map.put("scenarios", request.grid().scenarios().size());
    map.put("contenders", stats(result.stats()));
    Map<String, Object> breakdowns = new LinkedHashMap<>();
    for (CompareResult.Breakdown b : result.breakdowns()) {
      Map<String, Object> parts = new LinkedHashMap<>();
      b.parts().forEach((name, stats) -> parts.put(name, stats(stats)));
      breakdowns.put(b.title(), parts);
    }
    map.put("breakdowns", breakdowns);
    map.put("worst", result.worstFirst().stream().limit(WORST_TOLD).map(this::row).toList());
    map.put("failures", result.failures().stream().map(this::row).toList());
    return map;
  }

  private static Map<String, Object> stats(List<ContenderStats> all) {
    Map<String, Object> map = new LinkedHashMap<>();
    all.forEach(s -> map.put(s.label(), s.toMap()));
    return map;
  }

  private Map<String, @Nullable Object> row(CompareRow row) {
    Map<String, @Nullable Object> map = new LinkedHashMap<>();
    map.put("policy", row.contender().policy());
    map.put("scenario", row.scenario().name());
    CompareRow.Outcome outcome = row.outcome();
    if (outcome == null) {
      map.put("error", row.error());
    } else {
      map.put("summary", outcome.summary().toMap());
    }
    map.put("command", command(row));
    return map;
  }

  @Override
  public void close() throws IOException {
    run.close();
    journal.close();
  }
}
