package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.lab.OutputFiles;
import dev.anodyne.controller.lab.RunResult;
import dev.anodyne.controller.lab.Trace;
import dev.anodyne.controller.lab.study.SafetyStudy;
import dev.anodyne.controller.lab.study.StudyRequest;
import dev.anodyne.controller.lab.study.StudyResult;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.estimators.Estimators;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Many charges of batteries that differ from what the controller believes. */
@Command(
    name = "study",
    description = {
      "Charge many simulated batteries that differ from what the controller believes: parameters",
      "±20 %% off, new and aged, noisy and biased sensors, -10 to 45 °C; each for the first time and",
      "once more with what the first charge told. Tells how many plated, with the exact 95 %%",
      "interval, how low the anode came, and how long it took."
    },
    footer = {
      "",
      "Example:",
      "  anodyne study --batteries 500 --out out/study",
      "  anodyne study --battery 17 --traces --out out/one",
      "  anodyne study --battery 8,32,276 --seed 3 --out out/hard"
    })
final class StudyCommand implements Callable<Integer> {
  private static final int DEFAULT_BATTERIES = 100;

  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private CellOptions cellOptions = new CellOptions();

  @Option(
      names = "--policy",
      paramLabel = "P",
      defaultValue = "mpc",
      description = "Who chooses the current. Default: ${DEFAULT-VALUE}.")
  private String policy = "mpc";

  @Option(
      names = "--estimator",
      paramLabel = "E",
      description = "Who perceives the state. Default: augmented where a model is shipped.")
  private @Nullable String estimator;

  @Option(
      names = "--batteries",
      paramLabel = "N",
      description = "How many; each is charged twice. Default: 100, with --battery 1.")
  private @Nullable Integer batteries;

  @Option(
      names = "--battery",
      paramLabel = "K",
      split = ",",
      description = {
        "Only this one, or these (8,32,276), or the first one of --batteries: repeats charges of",
        "a study."
      })
  private List<Integer> battery = List.of();

  @Option(
      names = "--period",
      paramLabel = "S",
      defaultValue = "10",
      description = "Time between decisions, s. Default: ${DEFAULT-VALUE}.")
  private double period = 10;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Of all that is drawn. Default: ${DEFAULT-VALUE}.")
  private long seed = 1;

  @Option(names = "--traces", description = "Also write every charge's trace.")
  private boolean traces;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where charges.csv and summary.json go.")
  private Path out = Path.of("out");

  StudyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    common.applyLogging();
    StudyRequest request = request();
    SafetyStudy.check(request);
    OutputFiles.directory("--out", out);
    StudyResult result;
    try (LongProgress progress = new LongProgress(terminal, "study")) {
      result = SafetyStudy.run(request, progress, this::trace);
    }
    result.write(out);
    if (common.json) {
      terminal.result(Json.pretty(result.toMap()));
    } else {
      terminal.result(result.text());
      terminal.result("Results in " + out + ".");
    }
    return ExitCode.DONE;
  }

  private void trace(String name, RunResult run) {
    if (traces) {
      try {
        Trace.write(out.resolve("trace-" + name + ".csv"), run.trace());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private StudyRequest request() {
    Double given = cellOptions.checkedHeatTransfer();
    double heat = given == null ? CellOptions.CLOSED_LOOP_HEAT_TRANSFER : given;
    CellParameters cell = cellOptions.load(heat);
    return new StudyRequest(
        cell,
        policy,
        estimator == null ? Estimators.defaultFor(cell) : estimator,
        heat,
        numbers(),
        Checks.within("--period", period, 0.05, 60, "s"),
        seed);
  }

  /** Which batteries. */
  private List<Integer> numbers() {
    for (int number : battery) {
      Checks.within("--battery", number, 0, 1_000_000, "");
    }
    Integer many = batteries;
    if (battery.size() > 1 && many != null) {
      throw new InputException(
          "--batteries is %d, but --battery names %d; allowed: one of both.\nMaybe leave --batteries out."
              .formatted(many, battery.size()));
    }
    if (!battery.isEmpty() && many == null) {
      return battery.stream().distinct().toList();
    }
    int count = many == null ? DEFAULT_BATTERIES : many;
    Checks.within("--batteries", count, 1, 100_000, "");
    int first = battery.isEmpty() ? 0 : battery.get(0);
    return IntStream.range(first, first + count).boxed().toList();
  }
}
