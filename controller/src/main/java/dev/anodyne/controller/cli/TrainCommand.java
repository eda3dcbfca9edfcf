package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.lab.OutputFiles;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.training.TrainRequest;
import dev.anodyne.estimators.training.TrainedModel;
import dev.anodyne.estimators.training.Trainer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains an estimator on synthetic data. */
@Command(
    name = "train",
    description = {
      "Train an estimator on simulated charges: simulate, fit, calibrate the bound, evaluate.",
      "The same request gives the same model. Takes many minutes at full size."
    },
    footer = {
      "",
      "Example:",
      "  anodyne train --cell lgm50 --estimator augmented --out models/lgm50-augmented.json",
      "  anodyne train --cell lgm50 --sessions 40 --epochs 4 --out models/quick.json"
    })
final class TrainCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private CellOptions cellOptions = new CellOptions();

  @Option(
      names = "--estimator",
      paramLabel = "E",
      defaultValue = "augmented",
      description = "augmented or learned. Default: ${DEFAULT-VALUE}.")
  private String estimator = "augmented";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Keep the simulated data here, and use what is here already.")
  private @Nullable Path data;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of data and initial weights. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--sessions",
      paramLabel = "N",
      description =
          "Simulated charges to fit; half as many to calibrate and to test. Default: 500 to fit, "
              + "500 to calibrate, 250 to test.")
  private @Nullable Integer sessions;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "At most this many. Default: 20, learned 60.")
  private @Nullable Integer epochs;

  @Option(
      names = "--out",
      paramLabel = "MODEL",
      required = true,
      description = "The model file (JSON).")
  private Path out = Path.of("model.json");

  TrainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    common.applyLogging();
    FeatureSet kind = kind();
    CellParameters cell = cellOptions.load();
    OutputFiles.file("--out", out);
    if (data != null) {
      OutputFiles.directory("--data", data);
    }
    long start = System.nanoTime();
    TrainedModel model;
    try (StageProgress progress = new StageProgress(terminal)) {
      model = Trainer.train(request(cell, kind).withProgress(progress::advanced));
    }
    model.save(out);
    report(model, (System.nanoTime() - start) * 1e-9);
    return ExitCode.DONE;
  }

  private TrainRequest request(CellParameters cell, FeatureSet kind) {
    TrainRequest request = TrainRequest.of(cell, kind).withSeed(seed);
    if (data != null) {
      request = request.withDataFolder(data);
    }
    if (sessions != null) {
      int n = (int) Checks.within("--sessions", sessions, 20, 100_000, "");
      request = request.withSessions(n, n / 2, n / 2);
    }
    return epochs == null
        ? request
        : request.withEpochs((int) Checks.within("--epochs", epochs, 1, 10_000, ""));
  }

  private FeatureSet kind() {
    for (FeatureSet kind : FeatureSet.values()) {
      if (kind.estimatorName().equals(estimator)) {
        return kind;
      }
    }
    throw new InputException(
        "--estimator: '" + estimator + "' cannot be trained; allowed: augmented, learned.");
  }

  private void report(TrainedModel model, double seconds) {
    Map<String, Double> metrics = model.model().card().metrics();
    if (common.json) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("out", out.toString());
      json.put("seconds", seconds);
      json.put("metrics", metrics);
      terminal.result(Json.pretty(json));
      return;
    }
    metrics.forEach(
        (name, value) -> terminal.result(String.format(Locale.ROOT, "%-48s %10.4g", name, value)));
    terminal.result(String.format(Locale.ROOT, "Model in %s after %.0f s.", out, seconds));
  }
}
