package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.BuildInfo;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.lab.bench.Controllers;
import dev.anodyne.hil.report.RunFile;
import dev.anodyne.hil.report.TraceCsv;
import dev.anodyne.hil.report.TraceDifference;
import dev.anodyne.hil.scenario.Scenario;
import dev.anodyne.hil.scenario.ScenarioReader;
import dev.anodyne.hil.scenario.ScenarioSuite;
import dev.anodyne.hil.stl.Trace;
import dev.anodyne.hil.verdict.ScenarioResult;
import dev.anodyne.hil.yaml.ScenarioException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Repeats recorded bench runs and compares them with their recordings. */
@Command(
    name = "replay",
    description = {
      "Repeat recorded runs in lock-step and compare every channel, bit for bit.",
      "A recording is ID.run.json of 'hil run --report DIR'; DIR stands for all in it."
    },
    footer = {
      "",
      "Exit code 1: a run is not what was recorded; the first difference is shown.",
      "",
      "Example:",
      "  anodyne hil replay out/hil/charge-25c.run.json",
      "  anodyne hil replay out/hil"
    })
final class HilReplayCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "RECORDING", arity = "1..*", description = "Files or folders.")
  private List<Path> recordings = List.of();

  @Option(
      names = "--sut",
      paramLabel = "F.yaml",
      description = "Another controller than the one that was recorded.")
  private @Nullable String sut;

  HilReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    common.applyLogging();
    List<Map<String, Object>> all = new ArrayList<>();
    boolean same = true;
    try (LongProgress progress = new LongProgress(terminal, "hil replay")) {
      List<Path> files = files();
      for (int i = 0; i < files.size(); i++) {
        Map<String, Object> one = replay(files.get(i));
        same &= Boolean.TRUE.equals(one.get("same"));
        all.add(one);
        if (!common.json) {
          terminal.result(String.valueOf(one.get("text")));
        }
        progress.at((i + 1.0) / files.size(), "");
      }
    } catch (ScenarioException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
    if (common.json) {
      terminal.result(Json.pretty(Map.of("runs", all)));
    }
    return same ? ExitCode.DONE : ExitCode.NO;
  }

  private List<Path> files() throws IOException {
    List<Path> files = new ArrayList<>();
    for (Path path : recordings) {
      if (Files.isDirectory(path)) {
        try (Stream<Path> inside = Files.list(path)) {
          files.addAll(inside.filter(f -> f.toString().endsWith(RunFile.ENDING)).sorted().toList());
        }
      } else {
        files.add(path);
      }
    }
    if (files.isEmpty()) {
      throw new InputException(
          recordings
              + ": there is no recording; allowed: ID.run.json of 'hil run --report DIR', or DIR.");
    }
    return files;
  }

  private Map<String, Object> replay(Path file) throws IOException {
    RunFile run = RunFile.read(file);
    if (!run.pace().equals("lockstep")) {
      throw new ScenarioException(
          file + ": pace: '" + run.pace() + "' cannot be repeated; allowed: lockstep.");
    }
    Scenario scenario = scenario(file, run);
    Trace recorded = TraceCsv.read(file.resolveSibling(run.recording()));
    ScenarioSuite.Runner runner =
        Controllers.runner(
            Controllers.file(sut == null ? run.sut() : sut), Double.POSITIVE_INFINITY);
    ScenarioResult result = runner.run(scenario, (at, of) -> {});
    Trace now = result.trace();
    Optional<TraceDifference> difference =
        now == null
            ? Optional.of(new TraceDifference(0, "", 0, Double.NaN))
            : TraceDifference.first(recorded, now);
    return told(run, result, recorded, difference);
  }

  private static Scenario scenario(Path file, RunFile run) throws IOException {
    Path path = Path.of(run.scenario());
    if (!Files.isReadable(path)) {
      throw new ScenarioException(
          file
              + ": scenario: '"
              + path
              + "' is not there; allowed: the file that was run.\n"
              + "Maybe the recording was made from another directory.");
    }
    if (!RunFile.digest(path).equals(run.digest())) {
      throw new ScenarioException(
          file
              + ": scenario '"
              + path
              + "' has changed since it was recorded.\nMaybe check out the version of then.");
    }
    return ScenarioReader.read(path).withSeed(run.seed());
  }

  private static Map<String, Object> told(
      RunFile run, ScenarioResult result, Trace recorded, Optional<TraceDifference> difference) {
    String id = result.id() + " #" + result.seed();
    String version =
        run.version().equals(BuildInfo.version()) ? "" : " (recorded by " + run.version() + ")";
    String text =
        difference
            .map(d -> "DIFFERS " + id + ": " + sentence(d) + version)
            .orElseGet(
                () ->
                    String.format(
                        Locale.ROOT,
                        "SAME    %s: %d rows of %d channels, %s",
                        id,
                        recorded.length(),
                        recorded.names().size(),
                        result.verdict()));
    Map<String, Object> one = new LinkedHashMap<>();
    one.put("scenario", result.id());
    one.put("seed", result.seed());
    one.put("same", difference.isEmpty());
    one.put("verdict", result.verdict().name());
    one.put("recorded_verdict", run.verdict());
    one.put("recorded_version", run.version());
    one.put("text", text);
    return one;
  }

  private static String sentence(TraceDifference d) {
    if (d.channel().isEmpty()) {
      return "first at "
          + d.timeSeconds()
          + " s: the recording has a sample at "
          + d.recorded()
          + " s, the run at "
          + d.now()
          + " s.";
    }
    return "first at "
        + d.timeSeconds()
        + " s: "
        + d.channel()
        + " was "
        + d.recorded()
        + ", is "
        + d.now()
        + ".";
  }
}
