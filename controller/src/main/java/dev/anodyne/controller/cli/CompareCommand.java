package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.lab.OutputFiles;
import dev.anodyne.controller.lab.ShellLine;
import dev.anodyne.controller.lab.compare.Compare;
import dev.anodyne.controller.lab.compare.CompareRequest;
import dev.anodyne.controller.lab.compare.CompareResult;
import dev.anodyne.controller.lab.compare.ScenarioRunner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares policies over a grid of charges. */
@Command(
    name = "compare",
    description = {
      "Compare policies over a grid of simulated charges: cells, temperatures,",
      "states of charge, ages, plants off the model, sensor errors, departures, seeds.",
      "On all cores. What is finished is kept in DIR: the same command goes on",
      "after an interruption."
    },
    footer = {
      "",
      "Every combination is charged by every policy with the same seeds.",
      "Exit code 1: a charge ended with an error.",
      "",
      "Example:",
      "  anodyne compare --policies mpc,rider,cccv:1 --ambient-c 0,25 --report out/c",
      "  anodyne compare --policies mpc --plant mismatch --seeds 20 --report out/m",
      "  anodyne compare --policies mpc,rider \\",
      "      --scenarios examples/compare/scenarios.yaml --report out/grid"
    })
final class CompareCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private GridOptions grid = new GridOptions();
  @Mixin private ThreadsOption threads = new ThreadsOption();

  @Option(
      names = "--policies",
      paramLabel = "A",
      split = ",",
      splitSynopsisLabel = ",",
      required = true,
      description = "Names or policy files. Differences count against the first.")
  private List<String> policies = List.of();

  @Option(
      names = {"--estimators", "--estimator"},
      paramLabel = "A",
      split = ",",
      splitSynopsisLabel = ",",
      description = "Names or model files. Default: the best that is shipped for the cell.")
  private @Nullable List<String> estimators;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      required = true,
      description = "Where report.html, results.csv, summary.json and journal.jsonl go.")
  private Path report = Path.of("");

  /** Set by the thread that ends the process. */
  private volatile boolean interrupted;

  CompareCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    common.applyLogging();
    CompareRequest request =
        CompareRequest.of(
            policies,
            estimators == null ? List.of(ScenarioRunner.DEFAULT_ESTIMATOR) : estimators,
            grid.read(spec.commandLine().getParseResult()));
    OutputFiles.directory("--report", report);
    long start = System.nanoTime();
    try (Compare compare = Compare.open(request, report, threads.count());
        Shutdown ignored = Shutdown.of(() -> interrupted(compare))) {
      CompareResult result;
      try (LongProgress progress = new LongProgress(terminal, "compare")) {
        result = compare.run(progress);
      }
      try (LongProgress progress = new LongProgress(terminal, "report")) {
        compare.write(result, commandLine(), progress);
      }
      tell(compare, result, (System.nanoTime() - start) * 1e-9);
      return result.failures().isEmpty() ? ExitCode.DONE : ExitCode.NO;
    } catch (CancellationException e) {
      if (!interrupted) {
        throw e;
      }
      return ExitCode.NO;
    }
  }

  private void tell(Compare compare, CompareResult result, double seconds) {
    if (common.json) {
      terminal.result(Json.pretty(compare.summary(result)));
      return;
    }
    terminal.result(compare.text(result));
    if (!result.failures().isEmpty()) {
      terminal.result(
          result.failures().size()
              + " charges ended with an error; the first: "
              + result.failures().get(0).error());
    }
    terminal.result(
        String.format(
            Locale.ROOT,
            "%d charges, %.0f s. Report in %s.",
            result.rows().size(),
            seconds,
            report.resolve("report.html")));
  }

  private void interrupted(Compare compare) throws IOException {
    interrupted = true;
    compare.close();
    terminal.note("anodyne: interrupted; what is finished is kept, the same command goes on.");
  }

  /** As the person typed it. */
  private String commandLine() {
    return ShellLine.of("./anodyne", spec.commandLine().getParseResult().originalArgs());
  }
}
