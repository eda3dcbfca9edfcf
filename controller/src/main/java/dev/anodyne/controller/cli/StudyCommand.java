package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.lab.OutputFiles;
import dev.anodyne.controller.lab.Parts;
import dev.anodyne.controller.lab.ShellLine;
import dev.anodyne.controller.lab.study.SafetyStudy;
import dev.anodyne.controller.lab.study.StudyRequest;
import dev.anodyne.controller.lab.study.StudyResult;
import dev.anodyne.core.cell.CellParameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Many charges of batteries that differ from what the controller believes. */
@Command(
    name = "study",
    description = {
      "Charge many simulated batteries that differ from what the controller believes: parameters",
      "±20 %% off, new and aged, noisy and biased sensors, -10 to 45 °C; each for the first time and",
      "once more with what the first charge told. Tells how many plated, with the exact 95 %%",
      "interval, how low the anode came, and how long it took. On all cores. What is finished is kept",
      "in DIR: the same command goes on after an interruption, a larger one from there."
    },
    footer = {
      "",
      "Exit code 0 whatever the anodes went through: it is a measurement, not a verdict.",
      "",
      "Example:",
      "  anodyne study --batteries 500 --out out/study",
      "  anodyne study --battery 17 --traces --out out/one",
      "  anodyne study --battery 8,32,276 --seed 3 --out out/hard"
    })
final class StudyCommand implements Callable<Integer> {
  private static final int DEFAULT_BATTERIES = 100;

  private final Terminal terminal;
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private CellOptions cellOptions = new CellOptions();
  @Mixin private ControlOptions control = new ControlOptions();
  @Mixin private PeriodOption period = new PeriodOption(PeriodOption.LAB_SECONDS);
  @Mixin private SeedOption seed = new SeedOption();

  @Option(
      names = "--batteries",
      paramLabel = "N",
      description = "How many; each is charged twice. Default: 100, or those of --battery.")
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

  @Option(names = "--traces", description = "Also write every charge's trace.")
  private boolean traces;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "Where report.html, charges.csv, summary.json and journal.jsonl go.")
  private Path out = Path.of("out");

  /** Set by the thread that ends the process. */
  private volatile boolean interrupted;

  StudyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    common.applyLogging();
    StudyRequest request = request();
    SafetyStudy.check(request);
    OutputFiles.directory("--out", out);
    try (SafetyStudy study = SafetyStudy.open(request, cellOptions.cell, out, traces);
        Shutdown ignored = Shutdown.of(() -> interrupted(study))) {
      int kept = study.kept();
      if (kept > 0) {
        terminal.note("Going on: " + kept + " batteries are in the journal.");
      }
      StudyResult result;
      try (LongProgress progress = new LongProgress(terminal, "study")) {
        result = study.run(progress);
      }
      String reproduce =
          ShellLine.of("./anodyne", spec.commandLine().getParseResult().originalArgs());
      result.write(out, reproduce, this::again);
      tell(result);
      return ExitCode.DONE;
    } catch (CancellationException e) {
      if (!interrupted) {
        throw e;
      }
      return ExitCode.NO;
    }
  }

  private void tell(StudyResult result) {
    if (common.json) {
      terminal.result(Json.pretty(result.toMap()));
    } else {
      terminal.result(result.text());
      terminal.result("Report in " + out.resolve("report.html") + ".");
    }
  }

  private void interrupted(SafetyStudy study) throws IOException {
    interrupted = true;
    study.close();
    terminal.note("anodyne: interrupted; what is finished is kept, the same command goes on.");
  }

  /** The command that charges a battery of this study again. */
  private String again(int number) {
    ShellLine line = new ShellLine("./anodyne study").option("--cell", cellOptions.cell);
    line.option("--heat-transfer", cellOptions.heatTransfer.closedLoop());
    line.option("--policy", control.policy);
    if (control.estimator != null) {
      line.option("--estimator", control.estimator);
    }
    line.option("--period", period.seconds()).option("--seed", Long.toString(seed.seed));
    line.option("--battery", Integer.toString(number)).flag("--traces");
    return line.option("--out", "out/battery-" + number).toString();
  }

  private StudyRequest request() {
    CellParameters cell = cellOptions.closedLoop();
    return new StudyRequest(
        cell,
        control.policy,
        control.belief(cell, Parts.spec(control.policy)),
        cellOptions.heatTransfer.closedLoop(),
        numbers(),
        period.seconds(),
        seed.seed);
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
