package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.BuildInfo;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.lab.OutputFiles;
import dev.anodyne.controller.lab.ShellLine;
import dev.anodyne.controller.lab.bench.Controllers;
import dev.anodyne.hil.search.SearchPlan;
import dev.anodyne.hil.search.SearchReader;
import dev.anodyne.hil.search.SearchReport;
import dev.anodyne.hil.search.SearchRun;
import dev.anodyne.hil.search.SearchSample;
import dev.anodyne.hil.search.SearchStatistics;
import dev.anodyne.hil.sut.SutFile;
import dev.anodyne.hil.verdict.Verdict;
import dev.anodyne.hil.yaml.ScenarioException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Sweeps a scenario's parameters and searches for the worst case. */
@Command(
    name = "search",
    description = {
      "Sweep a scenario's parameters and search for its worst case (falsification).",
      "Goes on where it was when DIR holds the same search. The worst cases are kept as scenarios."
    },
    footer = {
      "",
      "Exit code 1: a run violated the check, or broke.",
      "",
      "Example:",
      "  anodyne hil search examples/hil/search/over-delivery.yaml --out out/search",
      "  anodyne hil search examples/hil/search/over-delivery.yaml --sut naive --out out/naive"
    })
final class HilSearchCommand implements Callable<Integer> {
  private static final long END_SECONDS = 60;

  private final Terminal terminal;
  private final CountDownLatch written = new CountDownLatch(1);
  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private ThreadsOption threads = new ThreadsOption();

  @Parameters(paramLabel = "SEARCH.yaml", description = "What is varied, and how far.")
  private Path file = Path.of("");

  @Option(
      names = "--sut",
      paramLabel = "F.yaml",
      description = "The controller: a SUT file, or anodyne or naive. Default: anodyne.")
  private String sut = "anodyne";

  @Option(
      names = "--out",
      paramLabel = "DIR",
      required = true,
      description = "samples.csv, search.html, search.json and worst-N.yaml.")
  private Path out = Path.of("");

  HilSearchCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    common.applyLogging();
    SutFile controller = Controllers.file(sut);
    OutputFiles.directory("--out", out);
    try {
      SearchPlan plan = SearchReader.read(file);
      return search(plan, controller);
    } catch (ScenarioException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  private int search(SearchPlan plan, SutFile controller) throws IOException, InterruptedException {
    List<SearchSample> samples;
    try (LongProgress progress = new LongProgress(terminal, "hil search");
        SearchRun run =
            new SearchRun(
                plan,
                controller.name(),
                Controllers.runner(controller, Double.POSITIVE_INFINITY),
                out,
                (done, of, worst) -> progress.at((double) done / of, shown(worst)));
        Shutdown ignored = Shutdown.ending(() -> interrupted(run), () -> ExitCode.NO)) {
      if (run.known() > 0) {
        terminal.note("Going on: " + run.known() + " samples are there.");
      }
      samples = run.run(controller.inProcess().isEmpty() ? 1 : threads.count());
      write(plan, controller, run, samples);
      written.countDown();
    }
    conclude(plan, samples);
    boolean isBad = samples.stream().anyMatch(s -> s.verdict() == Verdict.FAIL || s.isBroken());
    return isBad || samples.isEmpty() ? ExitCode.NO : ExitCode.DONE;
  }

  private static String shown(SearchSample worst) {
    return String.format(Locale.ROOT, "lowest %+.4g %s", worst.margin(), worst.unit());
  }

  private void write(SearchPlan plan, SutFile controller, SearchRun run, List<SearchSample> samples)
      throws IOException {
    List<SearchSample> worst = run.worst(samples, plan.kept());
    for (int i = 0; i < worst.size(); i++) {
      String text = run.scenario(worst.get(i), i + 1);
      OutputFiles.write(out.resolve("worst-" + (i + 1) + ".yaml"), w -> w.write(text));
    }
    String command = ShellLine.of("./anodyne", spec.commandLine().getParseResult().originalArgs());
    String page =
        SearchReport.of(plan, controller.name(), samples, worst, command, BuildInfo.version());
    OutputFiles.write(out.resolve("search.html"), w -> w.write(page));
    OutputFiles.write(
        out.resolve("search.json"), w -> w.write(Json.pretty(json(plan, samples, worst))));
  }

  private void conclude(SearchPlan plan, List<SearchSample> samples) {
    if (common.json) {
      terminal.result(Json.pretty(json(plan, samples, List.of())));
      return;
    }
    SearchStatistics sweep = SearchStatistics.of(samples, plan.parameters().size());
    terminal.result("Sweep: " + SearchReport.sentence(sweep, samples) + ".");
    terminal.result("All " + SearchReport.headline(samples) + ".");
    if (samples.size() < plan.samples()) {
      terminal.result(
          samples.size()
              + " of "
              + plan.samples()
              + " runs: the search was cut, or settled early; the same command goes on.");
    }
    terminal.result("Report in " + out.resolve("search.html") + ".");
  }

  private static Map<String, Object> json(
      SearchPlan plan, List<SearchSample> samples, List<SearchSample> worst) {
    SearchStatistics sweep = SearchStatistics.of(samples, plan.parameters().size());
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("search", plan.name());
    all.put("check", plan.check());
    all.put("runs", samples.size());
    all.put("planned_runs", plan.samples());
    all.put("fail", samples.stream().filter(s -> s.verdict() == Verdict.FAIL).count());
    all.put("broken", samples.stream().filter(SearchSample::isBroken).count());
    all.put("sweep_runs", sweep.runs());
    all.put("sweep_fail", sweep.failed());
    all.put("sweep_mean_margin", finite(sweep.mean()));
    all.put("sweep_sigma_margin", finite(sweep.sigma()));
    all.put("sweep_worst_margin", finite(sweep.worst()));
    all.put(
        "worst_margin",
        finite(
            samples.stream()
                .mapToDouble(SearchSample::margin)
                .filter(Double::isFinite)
                .min()
                .orElse(Double.NaN)));
    all.put("kept", worst.stream().map(SearchSample::id).toList());
    return all;
  }

  private static @org.jspecify.annotations.Nullable Double finite(double value) {
    return Double.isFinite(value) ? value : null;
  }

  /** Ctrl-C: runs under way end, what is there is written; the same command goes on. */
  private void interrupted(SearchRun run) throws InterruptedException {
    run.abort();
    if (!written.await(END_SECONDS, TimeUnit.SECONDS)) {
      terminal.note("anodyne: the runs did not end in time; their samples are kept.");
    }
  }
}
