package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.lab.OutputFiles;
import dev.anodyne.controller.lab.evaluation.DataRequirement;
import dev.anodyne.controller.lab.evaluation.Evaluation;
import dev.anodyne.controller.lab.evaluation.EvaluationFiles;
import dev.anodyne.controller.lab.evaluation.EvaluationRequest;
import dev.anodyne.controller.lab.evaluation.EvaluationResult;
import dev.anodyne.controller.lab.evaluation.EvaluationTable;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.estimators.training.DataRequest;
import dev.anodyne.estimators.training.DataSet;
import dev.anodyne.estimators.training.DataSetException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares estimators side by side. */
@Command(
    name = "evaluate",
    description = {
      "Compare estimators side by side: simulated batteries that none was trained on, charged over",
      "the grid of temperatures, ages, mismatches and sensor errors, in a first session and after",
      "one identified session. Writes report.html, results.csv, summary.json and table.md."
    },
    footer = {
      "",
      "Example:",
      "  anodyne evaluate --report out/evaluate",
      "  anodyne evaluate --estimators physics,augmented --quick --report out/quick",
      "  anodyne evaluate --stratum aged-4s --battery 3 --report out/one",
      "  anodyne evaluate --data data/wide --report out/evaluate"
    })
final class EvaluateCommand implements Callable<Integer> {
  private static final int DEFAULT_SEEDS = 8;
  private static final double PERIOD_SECONDS = 1;
  private static final double QUICK_PERIOD_SECONDS = 2;

  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private CellOptions cellOptions = new CellOptions();

  @Option(
      names = "--estimators",
      paramLabel = "A,B,…",
      split = ",",
      description = "Names or model files. Default: all that there are for the cell.")
  private @Nullable List<String> estimators;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Batteries of each stratum. Default: 8, with --quick 1.")
  private @Nullable Integer seeds;

  @Option(
      names = "--quick",
      description = "One battery of each stratum and a sample every 2 s: minutes become seconds.")
  private boolean quick;

  @Option(names = "--stratum", paramLabel = "NAME", description = "Only this part of the grid.")
  private @Nullable String stratum;

  @Option(
      names = "--battery",
      paramLabel = "N",
      description = "Only this battery of each stratum: repeats a session of the report.")
  private @Nullable Integer battery;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Also measure the data requirement: train every kind of network on 1/8, 1/4, 1/2 and all"
              + " of this data set's training batteries. Takes 4 trainings a kind.")
  private @Nullable Path data;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      defaultValue = "6",
      description = "Of each training with --data. Default: ${DEFAULT-VALUE}.")
  private int epochs = 6;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      required = true,
      description = "Where report.html, results.csv, summary.json and table.md go.")
  private Path report = Path.of("");

  EvaluateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    common.applyLogging();
    EvaluationRequest request = request().checked();
    OutputFiles.directory("--report", report);
    DataSet set = dataSet(request);
    EvaluationResult result;
    try (LongProgress progress = new LongProgress(terminal, "evaluate")) {
      result = Evaluation.run(request, progress);
    }
    if (set != null) {
      result = result.with(measured(request, set));
    }
    EvaluationFiles files = new EvaluationFiles(result);
    files.write(report);
    if (common.json) {
      terminal.result(Json.pretty(files.summary()));
    } else {
      terminal.result(EvaluationTable.text(result));
      terminal.result(
          String.format(
              Locale.ROOT,
              "✗: misses what it must reach. Report in %s after %.0f s.",
              report.resolve("report.html"),
              result.seconds()));
    }
    return ExitCode.DONE;
  }

  /** The data set of {@code --data}, read before minutes of computing; null without. */
  private @Nullable DataSet dataSet(EvaluationRequest request) {
    Path folder = data;
    if (folder == null) {
      return null;
    }
    if (!Files.exists(folder.resolve("manifest.json"))) {
      throw new InputException(
          "--data: '"
              + folder
              + "' holds no data set; allowed: a folder with manifest.json.\nMaybe generate one:"
              + " anodyne train --data "
              + folder
              + " --plan wide --generate-only");
    }
    return InputException.checking(
        "--data", () -> DataSet.prepare(DataRequest.of(folder, request.cell())));
  }

  private DataRequirement measured(EvaluationRequest request, DataSet set)
      throws InterruptedException, IOException {
    int passes = (int) Checks.within("--epochs", epochs, 1, 10_000, "");
    try (LongProgress training = new LongProgress(terminal, "train");
        LongProgress judging = new LongProgress(terminal, "judge")) {
      return DataRequirement.measure(request, set, passes, training, judging);
    } catch (DataSetException e) {
      throw new InputException("--data: " + e.getMessage(), e);
    }
  }

  private EvaluationRequest request() {
    CellParameters cell = cellOptions.closedLoop();
    int batteries =
        seeds == null
            ? quick ? 1 : DEFAULT_SEEDS
            : (int) Checks.within("--seeds", seeds, 1, 10_000, "");
    int only = battery == null ? -1 : (int) Checks.within("--battery", battery, 0, 9_999, "");
    return new EvaluationRequest(
        cell,
        cellArguments(),
        estimators == null ? available(cell) : chosen(estimators),
        batteries,
        quick ? QUICK_PERIOD_SECONDS : PERIOD_SECONDS,
        stratum == null ? "" : stratum,
        only);
  }

  private String cellArguments() {
    String cell = "--cell " + cellOptions.cell;
    Double heat = cellOptions.heatTransfer.checked();
    return heat == null ? cell : cell + " --heat-transfer " + Checks.text(heat);
  }

  private static List<String> chosen(List<String> names) {
    List<String> chosen = names.stream().map(String::strip).distinct().toList();
    if (chosen.size() < names.size() || chosen.contains("")) {
      throw new InputException(
          "--estimators: '"
              + String.join(",", names)
              + "' names one twice or none; allowed: names or model files, each once.");
    }
    return chosen;
  }

  private List<String> available(CellParameters cell) {
    List<String> available = new ArrayList<>();
    for (String name : Estimators.NAMES) {
      try {
        Estimators.create(name, cell, PackLayout.SINGLE_CELL, EstimatorOptions.DEFAULT);
        available.add(name);
      } catch (IllegalArgumentException e) {
        terminal.note("Without " + name + ": no model is shipped for " + cell.name() + ".");
      }
    }
    return available;
  }
}
