package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.lab.OutputFiles;
import dev.anodyne.controller.lab.ShellLine;
import dev.anodyne.controller.lab.bench.Controllers;
import dev.anodyne.hil.scenario.Mutation;
import dev.anodyne.hil.scenario.Scenario;
import dev.anodyne.hil.scenario.ScenarioFiles;
import dev.anodyne.hil.scenario.ScenarioReader;
import dev.anodyne.hil.scenario.ScenarioSuite;
import dev.anodyne.hil.sut.SutFile;
import dev.anodyne.hil.verdict.ScenarioResult;
import dev.anodyne.hil.verdict.Verdict;
import dev.anodyne.hil.yaml.ScenarioException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs and judges scenarios. */
@Command(
    name = "run",
    description = {
      "Run scenarios on the bench and judge them.",
      "A scenario is a YAML file or a table (*.csv); a folder stands for all in it."
    },
    footer = {
      "",
      "Exit code 1: a verdict is not PASS (with --as-stated: not what its scenario states),",
      "or a check cannot fail (with --mutate).",
      "",
      "Example:",
      "  anodyne hil run examples/hil --report out/hil",
      "  anodyne hil run examples/hil --sut examples/hil/sut/naive.yaml --as-stated",
      "  anodyne hil run examples/hil/charge-25c.yaml --seeds 5 --junit out/hil.xml"
    })
final class HilRunCommand implements Callable<Integer> {
  private static final long END_SECONDS = 30;

  private final Terminal terminal;
  private final CountDownLatch written = new CountDownLatch(1);
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ThreadsOption threads = new ThreadsOption();

  @Parameters(paramLabel = "SCENARIO", arity = "1..*", description = "Files or folders.")
  private List<Path> scenarios = List.of();

  @Option(
      names = "--sut",
      paramLabel = "F.yaml",
      description = "The controller: a SUT file, or anodyne or naive. Default: anodyne.")
  private String sut = "anodyne";

  @Option(names = "--junit", paramLabel = "F.xml", description = "Write the results as JUnit XML.")
  private @Nullable Path junit;

  @Option(
      names = "--report",
      paramLabel = "DIR",
      description = "Write report.html, results.json and each run's channels as CSV.")
  private @Nullable Path report;

  @Option(
      names = "--recording",
      paramLabel = "FORMAT,…",
      split = ",",
      description = "Further forms of the channels in --report: mf4, parquet.")
  private List<String> recordings = List.of();

  @Option(
      names = "--allure",
      paramLabel = "DIR",
      description = "Write the results for Allure's report generator.")
  private @Nullable Path allure;

  @Option(
      names = "--pace",
      paramLabel = "MODE",
      description = "lockstep, accelerated or realtime. Default: lockstep.")
  private String pace = "lockstep";

  @Option(
      names = "--speed",
      paramLabel = "F",
      description = "Plant seconds a second with --pace accelerated. Default: 10.")
  private double speed = 10;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "Run each scenario with N seeds from its own on. Default: 1.")
  private int seeds = 1;

  @Option(
      names = "--as-stated",
      description = "Exit with 0 when every verdict is the one that its scenario states.")
  private boolean asStated;

  @Option(
      names = "--mutate",
      description = "Judge each run again with its limits tightened: checks that cannot fail.")
  private boolean mutate;

  HilRunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    common.applyLogging();
    Checks.within("--seeds", seeds, 1, 100_000, "");
    SutFile file = Controllers.file(sut);
    List<Scenario> all = withSeeds(read());
    checkOutputs();
    ScenarioSuite.Runner runner = Controllers.runner(file, plantSpeed());
    int atOnce = plantSpeed() == Double.POSITIVE_INFINITY ? threads.count() : 1;
    try (ScenarioSuite suite = new ScenarioSuite(runner, atOnce);
        Shutdown ignored = Shutdown.ending(() -> interrupted(suite), () -> ExitCode.NO)) {
      List<ScenarioResult> results;
      try (LongProgress progress = new LongProgress(terminal, "hil run")) {
        results = suite.run(all, this::tell, share -> progress.at(share, ""));
      }
      write(results);
      conclude(results);
      boolean isSharp = !mutate || mutations(all, results);
      written.countDown();
      return isGood(results) && isSharp ? ExitCode.DONE : ExitCode.NO;
    } catch (ScenarioException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  /** Whether every check of the runs can fail; names those that cannot. */
  private boolean mutations(List<Scenario> all, List<ScenarioResult> results) {
    int checks = 0;
    int blunt = 0;
    for (int i = 0; i < results.size(); i++) {
      for (Mutation mutation : Mutation.of(all.get(i), results.get(i))) {
        checks++;
        if (!mutation.canFail()) {
          blunt++;
          String line = results.get(i).id() + ", " + mutation.check() + ": " + mutation.tightened();
          terminal.note("Cannot fail: " + line + " with its limits tightened.");
        }
      }
    }
    terminal.note((checks - blunt) + " of " + checks + " checks fail when they are tightened.");
    return blunt == 0;
  }

  private void checkOutputs() {
    for (String format : recordings) {
      if (!List.of("mf4", "parquet").contains(format)) {
        throw new InputException(
            "--recording: '" + format + "' is not possible; allowed: mf4, parquet.");
      }
    }
    if (report != null) {
      OutputFiles.directory("--report", report);
    } else if (!recordings.isEmpty()) {
      throw new InputException("--recording: needs --report DIR, where the files go.");
    }
    if (junit != null) {
      OutputFiles.file("--junit", junit);
    }
    if (allure != null) {
      OutputFiles.directory("--allure", allure);
    }
  }

  private boolean isGood(List<ScenarioResult> results) {
    return results.stream().allMatch(r -> asStated ? r.isAsStated() : r.verdict() == Verdict.PASS);
  }

  private double plantSpeed() {
    return switch (pace) {
      case "lockstep" -> Double.POSITIVE_INFINITY;
      case "realtime" -> 1;
      case "accelerated" -> Checks.within("--speed", speed, 0.01, 10_000, "");
      default ->
          throw new InputException(
              "--pace: '" + pace + "' is not possible; allowed: lockstep, accelerated, realtime.");
    };
  }

  private List<Scenario> read() {
    try {
      List<Scenario> read = new ArrayList<>();
      for (Path path : ScenarioFiles.of(scenarios)) {
        read.add(ScenarioReader.read(path));
      }
      return read;
    } catch (ScenarioException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  private List<Scenario> withSeeds(List<Scenario> read) {
    List<Scenario> all = new ArrayList<>();
    for (Scenario scenario : read) {
      for (int i = 0; i < seeds; i++) {
        all.add(i == 0 ? scenario : scenario.withSeed(scenario.plant().seed() + i));
      }
    }
    return all;
  }

  /** One line a run, as soon as it is judged. */
  private void tell(ScenarioResult result) {
    if (!common.json) {
      terminal.result(HilResultText.line(result, seeds > 1));
    }
  }

  private void conclude(List<ScenarioResult> results) {
    if (common.json) {
      terminal.result(Json.pretty(HilResultText.json(results)));
      return;
    }
    if (seeds > 1) {
      HilResultText.statistics(results).forEach(terminal::result);
    }
    terminal.result(HilResultText.summary(results));
    if (report != null) {
      terminal.result("Report in " + report.resolve("report.html") + ".");
    }
  }

  private void write(List<ScenarioResult> results) throws IOException {
    String command = ShellLine.of("./anodyne", spec.commandLine().getParseResult().originalArgs());
    HilRunFiles files = new HilRunFiles(results, seeds > 1);
    if (junit != null) {
      files.junit(junit);
    }
    if (allure != null) {
      files.allure(allure);
    }
    if (report != null) {
      files.report(report, command, recordings);
      files.runs(report, sut, pace);
    }
  }

  /** Ctrl-C: the runs end with their step, what they recorded is judged and written. */
  private void interrupted(ScenarioSuite suite) throws InterruptedException {
    suite.abort();
    if (!written.await(END_SECONDS, TimeUnit.SECONDS)) {
      terminal.note("anodyne: the runs did not end in time; their results are lost.");
    }
  }
}
