package dev.anodyne.controller.cli;

import dev.anodyne.controller.config.ConfigException;
import dev.anodyne.controller.config.PolicyFile;
import dev.anodyne.controller.config.PolicyFileReader;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.lab.OutputFiles;
import dev.anodyne.controller.lab.compare.Scenario;
import dev.anodyne.controller.lab.compare.ScenarioAxes;
import dev.anodyne.controller.lab.compare.ScenarioFile;
import dev.anodyne.controller.lab.compare.ScenarioGrid;
import dev.anodyne.controller.lab.compare.ScenarioRunner;
import dev.anodyne.controller.lab.tuning.TuneRequest;
import dev.anodyne.controller.lab.tuning.TuneResult;
import dev.anodyne.controller.lab.tuning.TuneSession;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Searches a policy's parameters over a set of scenarios. */
@Command(
    name = "tune",
    description = {
      "Search a policy's parameters for the least mean charging time without plating, over a set",
      "of scenarios. What is varied stands under 'tune:' in the policy's file, or in --range. The",
      "outcome is judged on other seeds than it was searched with. Interrupted, the same command",
      "goes on."
    },
    footer = {
      "",
      "Exit code 1: nothing without plating was found; no file is written then.",
      "",
      "Example:",
      "  anodyne tune examples/policies/standard.yaml --scenarios examples/compare/scenarios.yaml \\",
      "      --out out/tuned.yaml",
      "  anodyne tune examples/policies/standard.yaml --scenarios examples/compare/tune.yaml \\",
      "      --range search.anodeRiseSeconds=2..40 --range weights.decay=1..4 --out out/tuned.yaml"
    })
final class TuneCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private RangeOptions ranges = new RangeOptions();
  @Mixin private SeedOption seed = new SeedOption();
  @Mixin private ThreadsOption threads = new ThreadsOption();

  @Parameters(paramLabel = "POLICY.yaml", description = "The policy to begin from.")
  private Path policy = Path.of("policy.yaml");

  @Option(
      names = "--scenarios",
      paramLabel = "F.yaml",
      required = true,
      description = "The scenarios, as for compare; weights count.")
  private Path scenarios = Path.of("scenarios.yaml");

  @Option(
      names = "--out",
      paramLabel = "P.yaml",
      required = true,
      description = "The tuned policy. Its journal stands beside it while the search lasts.")
  private Path out = Path.of("tuned.yaml");

  @Option(
      names = "--evaluations",
      paramLabel = "N",
      defaultValue = "60",
      description = "Candidates to try. Default: ${DEFAULT-VALUE}.")
  private int evaluations;

  @Option(
      names = "--validation-seeds",
      paramLabel = "N",
      description = "Other seeds of each scenario to judge by. Default: as many as to search with.")
  private @Nullable Integer validationSeeds;

  /** Set by the thread that ends the process. */
  private volatile boolean interrupted;

  TuneCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    common.applyLogging();
    Checks.within("--evaluations", evaluations, 2, 100_000, "");
    if (validationSeeds != null) {
      Checks.within("--validation-seeds", validationSeeds, 1, 100_000, "");
    }
    int cores = threads.count();
    PolicyFile file = ranges.applyTo(read());
    ScenarioRunner runner = new ScenarioRunner();
    TuneRequest request = request(file, runner);
    OutputFiles.file("--out", out);
    if (Files.exists(out) && Files.isSameFile(out, policy)) {
      throw new InputException(
          "--out: '" + out + "' is the policy to begin from; allowed: another file.");
    }
    try (TuneSession session = new TuneSession(request, out, runner, cores);
        Shutdown ignored = Shutdown.of(() -> interrupted(session))) {
      if (session.known() > 0) {
        terminal.note("Going on: " + session.known() + " evaluations are in the journal.");
      }
      TuneResult result;
      try (LongProgress progress = new LongProgress(terminal, "tune")) {
        result = session.run(progress);
      }
      terminal.result(common.json ? Json.pretty(result.toMap()) : result.text());
      if (!result.found()) {
        terminal.note("Nothing without plating was found; no file is written.");
        return ExitCode.NO;
      }
      if (!common.json) {
        terminal.result("Policy in " + out + ".");
      }
      return ExitCode.DONE;
    } catch (CancellationException e) {
      if (!interrupted) {
        throw e;
      }
      return ExitCode.NO;
    }
  }

  private PolicyFile read() {
    Checks.readable("POLICY.yaml", policy);
    try {
      return PolicyFileReader.read(policy);
    } catch (ConfigException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  private TuneRequest request(PolicyFile file, ScenarioRunner runner) {
    Checks.readable("--scenarios", scenarios);
    List<ScenarioAxes> parts = ScenarioFile.read(scenarios, ScenarioAxes.REFERENCE);
    List<ScenarioAxes> others =
        parts.stream()
            .map(
                p ->
                    p.with(
                        p.periodsSeconds(),
                        p.firstSeed() + p.seeds(),
                        validationSeeds == null ? p.seeds() : validationSeeds))
            .toList();
    List<Scenario> training = ScenarioGrid.of(parts).checked(runner).scenarios();
    List<Scenario> validation = ScenarioGrid.of(others).scenarios();
    return TuneRequest.of(file, scenarios.toString(), training, validation, evaluations, seed.seed);
  }

  private void interrupted(TuneSession session) throws IOException {
    interrupted = true;
    boolean written = session.stop();
    terminal.note(
        "anodyne: interrupted; "
            + (written
                ? "the best so far, not judged, is in " + out
                : "nothing without plating yet")
            + "; the same command goes on.");
  }
}
