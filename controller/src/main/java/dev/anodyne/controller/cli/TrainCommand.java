package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.BuildInfo;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.lab.OutputFiles;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.estimators.SensorClass;
import dev.anodyne.estimators.bounds.BoundFile;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.training.BoundTraining;
import dev.anodyne.estimators.training.DataPlan;
import dev.anodyne.estimators.training.DataRequest;
import dev.anodyne.estimators.training.DataSet;
import dev.anodyne.estimators.training.DataSetException;
import dev.anodyne.estimators.training.TrainRequest;
import dev.anodyne.estimators.training.TrainedModel;
import dev.anodyne.estimators.training.Trainer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains an estimator on synthetic data. */
@Command(
    name = "train",
    description = {
      "Train an estimator on simulated charges: simulate, fit, calibrate the bound, evaluate.",
      "The same request gives the same model. Takes many minutes at full size.",
      "With --data the simulated data are kept as a data set (Parquet and manifest.json) and read",
      "from there; an interrupted generation goes on where it stopped."
    },
    footer = {
      "",
      "Example:",
      "  anodyne train --cell lgm50 --estimator augmented --out models/lgm50-augmented.json",
      "  anodyne train --cell lgm50 --sessions 40 --epochs 4 --out models/quick.json",
      "  anodyne train --data data/wide --plan wide --sessions 2000 --generate-only",
      "  anodyne train --data data/wide --estimator learned --out models/wide-learned.json",
      "  anodyne train --estimator physics --sessions 100 --out lgm50-physics.json"
    })
final class TrainCommand implements Callable<Integer> {
  private static final String PHYSICS = "physics";
  private static final int BATTERIES = 100;

  /** Fewer do not make the sessions that a bound for 99 of 100 needs. */
  private static final int LEAST_BATTERIES = 30;

  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private CellOptions cellOptions = new CellOptions();

  @Option(
      names = "--estimator",
      paramLabel = "E",
      defaultValue = "augmented",
      description =
          "augmented, learned or informed; physics has nothing to train: its bounds are calibrated."
              + " Default: ${DEFAULT-VALUE}.")
  private String estimator = "augmented";

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Train on the data set in this folder; it is generated or completed there first when it is"
              + " not all there.")
  private @Nullable Path data;

  @Option(
      names = "--plan",
      paramLabel = "P",
      description =
          "What the data set is drawn from: shipped (standard sensors, to mildly aged) or wide (every"
              + " temperature, age and quality of sensors). Only with --data. Default: the data"
              + " set's own, shipped for a new one.")
  private @Nullable String plan;

  @Option(
      names = "--generate-only",
      description = "Generate, complete or repair the data set in --data, and train nothing.")
  private boolean generateOnly;

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Of data and initial weights. Default: the data set's own; 1 without one.")
  private @Nullable Long seed;

  @Option(
      names = "--sessions",
      paramLabel = "N",
      description =
          "Simulated charges to fit; half as many to calibrate and to test. Default: 500 to fit, "
              + "500 to calibrate, 250 to test. With the plan wide: charges in all, default 2000."
              + " Physics: batteries of each kind, default 100.")
  private @Nullable Integer sessions;

  @Option(
      names = "--epochs",
      paramLabel = "N",
      description = "At most this many. Default: 10; learned 20.")
  private @Nullable Integer epochs;

  @Option(
      names = "--sensor-accuracy",
      paramLabel = "CLASS",
      defaultValue = "ordinary",
      description =
          "ordinary (±5 mV, ±0.5 %%, ±1 K) or calibrated (±1.5 mV, ±0.25 %%, ±0.5 K): the sensors"
              + " that the bounds of physics, and of the shipped networks beside them, are to hold"
              + " for. Default: ${DEFAULT-VALUE}.")
  private String sensorAccuracy = "ordinary";

  @Option(
      names = "--workers",
      paramLabel = "N",
      description = "Physics: batteries that are simulated at once. Default: all processors.")
  private @Nullable Integer parallel;

  @Option(
      names = "--out",
      paramLabel = "MODEL",
      description = "The model file (JSON). Required unless --generate-only.")
  private @Nullable Path out;

  TrainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    common.applyLogging();
    if (estimator.equals(PHYSICS)) {
      return calibrate();
    }
    FeatureSet kind = kind();
    CellParameters cell = cellOptions.load();
    long start = System.nanoTime();
    if (generateOnly) {
      DataSet set = dataSet(cell, DataSet::generate);
      reportData(set, seconds(start));
      return ExitCode.DONE;
    }
    Path model = out;
    if (model == null) {
      throw new InputException(
          "Missing required option: '--out=MODEL'.\nMaybe see anodyne train --help.");
    }
    OutputFiles.file("--out", model);
    TrainedModel trained = train(cell, kind);
    trained.save(model);
    report(trained, model, seconds(start));
    return ExitCode.DONE;
  }

  /** The twin's bounds: simulated batteries of every kind, each with its first sessions. */
  private int calibrate() {
    Path file = out;
    if (file == null || data != null || plan != null || generateOnly || epochs != null) {
      throw new InputException(
          "--estimator: 'physics' takes --cell, --seed, --sessions and --out; --out is needed.");
    }
    OutputFiles.file("--out", file);
    long start = System.nanoTime();
    int batteries =
        sessions == null
            ? BATTERIES
            : (int) Checks.within("--sessions", sessions, LEAST_BATTERIES, 10_000, "");
    int processors = Math.max(1, Runtime.getRuntime().availableProcessors());
    int workers =
        parallel == null ? processors : (int) Checks.within("--workers", parallel, 1, 1000, "");
    BoundFile bounds;
    try (StageProgress progress = new StageProgress(terminal)) {
      bounds =
          BoundTraining.physics(
              cellOptions.load(),
              InputException.checking("--sensor-accuracy", () -> SensorClass.of(sensorAccuracy)),
              seed == null ? 1L : seed,
              batteries,
              workers,
              progress::advanced);
    }
    bounds.write(file);
    if (common.json) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("out", file.toString());
      json.put("seconds", seconds(start));
      json.put("card", bounds.card());
      terminal.result(Json.pretty(json));
      return ExitCode.DONE;
    }
    bounds.card().forEach((k, v) -> terminal.result(k + ": " + v));
    terminal.result(String.format(Locale.ROOT, "Bounds in %s after %.0f s.", file, seconds(start)));
    return ExitCode.DONE;
  }

  private static double seconds(long startNanos) {
    return (System.nanoTime() - startNanos) * 1e-9;
  }

  private TrainedModel train(CellParameters cell, FeatureSet kind) {
    if (data == null) {
      if (plan != null) {
        throw new InputException(
            "--plan: '" + plan + "' without a data set; allowed: with --data DIR.");
      }
      try (StageProgress progress = new StageProgress(terminal)) {
        return Trainer.train(request(cell, kind).withProgress(progress::advanced));
      }
    }
    DataSet set = dataSet(cell, DataSet::prepare);
    try (StageProgress progress = new StageProgress(terminal)) {
      TrainRequest request = epochs(TrainRequest.of(cell, kind)).withSeed(set.seed());
      return Trainer.train(request.withProgress(progress::advanced), set);
    } catch (DataSetException e) {
      throw refused(e);
    }
  }

  private DataSet dataSet(CellParameters cell, Function<DataRequest, DataSet> action) {
    Path folder = data;
    if (folder == null) {
      throw new InputException(
          "--generate-only: nowhere to keep the data; allowed: with --data DIR.");
    }
    DataRequest request = dataRequest(folder, cell);
    OutputFiles.directory("--data", folder);
    try (StageProgress progress = new StageProgress(terminal)) {
      return action.apply(request.withProgress(progress::advanced));
    } catch (DataSetException e) {
      throw refused(e);
    }
  }

  private static InputException refused(DataSetException e) {
    return new InputException("--data: " + e.getMessage(), e);
  }

  private DataRequest dataRequest(Path folder, CellParameters cell) {
    DataRequest request = DataRequest.of(folder, cell).withSoftwareVersion(BuildInfo.version());
    String name = plan;
    DataPlan wanted =
        name == null
            ? DataPlan.SHIPPED
            : InputException.checking("--plan", () -> DataPlan.of(name));
    if (name != null) {
      request = request.withPlan(wanted);
    }
    if (seed != null) {
      request = request.withSeed(seed);
    }
    if (sessions != null) {
      int n =
          (int)
              Checks.within(
                  "--sessions", sessions, wanted.leastSessions(), wanted.mostSessions(), "");
      request = request.withSessions(n);
    }
    return request;
  }

  private TrainRequest request(CellParameters cell, FeatureSet kind) {
    TrainRequest request = epochs(TrainRequest.of(cell, kind)).withSeed(seed == null ? 1L : seed);
    if (sessions != null) {
      int n = (int) Checks.within("--sessions", sessions, 20, 100_000, "");
      request = request.withSessions(n, n / 2, n / 2);
    }
    return request;
  }

  private TrainRequest epochs(TrainRequest request) {
    return epochs == null
        ? request
        : request.withEpochs((int) Checks.within("--epochs", epochs, 1, 10_000, ""));
  }

  private void reportData(DataSet set, double seconds) {
    if (common.json) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("data", set.folder().toString());
      json.put("plan", set.plan().text());
      json.put("seed", set.seed());
      Map<String, Integer> splits = new LinkedHashMap<>();
      set.sizes().forEach((split, size) -> splits.put(split.text(), size));
      json.put("sessions", splits);
      json.put("calibration_sessions", set.calibrationSizes());
      json.put("pack_hours", set.packHours());
      json.put("bytes", set.bytes());
      json.put("seconds", seconds);
      terminal.result(Json.pretty(json));
      return;
    }
    terminal.result(
        String.format(
            Locale.ROOT,
            "%s: %d sessions of the plan %s (%s), %.1f pack hours, %.1f MB, after %.0f s.%n"
                + "To calibrate: %s.",
            set.folder(),
            set.sessions(),
            set.plan().text(),
            set.sizes().entrySet().stream()
                .filter(e -> e.getValue() > 0)
                .map(e -> e.getValue() + " " + e.getKey().text())
                .collect(Collectors.joining(", ")),
            set.packHours(),
            set.bytes() / 1e6,
            seconds,
            set.calibrationSizes().entrySet().stream()
                .map(e -> e.getValue() + " " + e.getKey())
                .collect(Collectors.joining("; "))));
  }

  private FeatureSet kind() {
    for (FeatureSet kind : FeatureSet.values()) {
      if (kind.estimatorName().equals(estimator)) {
        return kind;
      }
    }
    throw new InputException(
        "--estimator: '"
            + estimator
            + "' cannot be trained; allowed: augmented, learned, informed, physics.");
  }

  private void report(TrainedModel model, Path file, double seconds) {
    Map<String, Double> metrics = model.model().card().metrics();
    if (common.json) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("out", file.toString());
      json.put("seconds", seconds);
      json.put("metrics", metrics);
      terminal.result(Json.pretty(json));
      return;
    }
    metrics.forEach(
        (name, value) -> terminal.result(String.format(Locale.ROOT, "%-48s %10.4g", name, value)));
    terminal.result(String.format(Locale.ROOT, "Model in %s after %.0f s.", file, seconds));
  }
}
