package dev.anodyne.test.benchmark;

import dev.anodyne.test.benchmark.opcua.OpcUaFigures;
import dev.anodyne.test.benchmark.station.StationFigures;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.runner.RunnerException;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The {@code anodyne benchmark} command. The launcher starts it beside the product's libraries. */
@Command(
    name = "anodyne benchmark",
    description = {
      "Measure the project's own figures with JMH and print them as one table.",
      "",
      "Each figure is timed in a process of its own, on one thread: the median over all"
          + " invocations, the range of the middle 80 %%, and the median as a multiple of a yardstick"
          + " (a plain textbook kernel timed in the same run), which compares between machines.",
      "All figures take about six minutes, one about 20 seconds. Let the machine rest meanwhile.",
      "'loop' is not JMH's: 10,000 decisions of real closed-loop charges, from the first one on."
          + " 'soak' (100,000 decisions and their memory, some minutes) is taken only by name, as"
          + " are 'scada' and 'chargers' (1,000 chargers over OPC UA, two minutes each)."
    },
    footer = {
      "",
      "Examples:",
      "  anodyne benchmark",
      "  anodyne benchmark --only discharge-1c",
      "",
      "Exit codes: 0 every figure reaches what is asked, 1 one misses it, 2 wrong use, 3 a"
          + " benchmark failed."
    })
public final class BenchmarkMain implements Callable<Integer> {
  /** A line of its own while a person watches, said by the launcher. */
  private static final boolean INTERACTIVE = Boolean.getBoolean("anodyne.terminal");

  private static final int DONE = 0;
  private static final int MISSED = 1;
  private static final int WRONG_USE = 2;
  private static final int BROKEN = 3;

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;

  @Option(names = "--json", description = "Print the result as one JSON document.")
  private boolean json;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "One figure (may be repeated): ${COMPLETION-CANDIDATES}.",
      completionCandidates = Names.class)
  private List<String> only = new ArrayList<>();

  @Option(
      names = "--minutes",
      paramLabel = "N",
      description = "How long each figure of a whole station is measured. Default: 2.")
  private double minutes = 2;

  @Option(
      names = "--connectors",
      paramLabel = "N",
      description = "Connectors of a whole station, in place of as many as are asked for.")
  private int connectors;

  /** The names of the figures. */
  static final class Names extends ArrayList<String> {
    private static final long serialVersionUID = 1;

    Names() {
      super(Figures.ALL.stream().map(Figure::name).toList());
      addAll(LoopFigures.NAMES);
      addAll(OpcUaFigures.NAMES);
      addAll(StationFigures.NAMES);
    }
  }

  private final PrintStream out;
  private final PrintStream err;

  private BenchmarkMain(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  public static void main(String[] args) {
    int code = run(System.out, System.err, args);
    System.out.flush();
    System.exit(code);
  }

  /** Runs the command and gives its exit code. */
  static int run(PrintStream out, PrintStream err, String... args) {
    BenchmarkMain command = new BenchmarkMain(out, err);
    CommandLine line = new CommandLine(command);
    line.setUsageHelpAutoWidth(true);
    line.setOut(new PrintWriter(out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler(
        (e, unused) ->
            command.refuse(String.valueOf(e.getMessage()).lines().findFirst().orElse("")));
    return line.execute(args);
  }

  private int refuse(String reason) {
    err.println("anodyne: benchmark: " + reason);
    err.println("Maybe 'anodyne benchmark --help' helps.");
    return WRONG_USE;
  }

  @Override
  public Integer call() throws IOException {
    for (String name : only) {
      if (!new Names().contains(name)) {
        return refuse(
            "--only: '"
                + name
                + "' is not a figure; allowed: "
                + String.join(", ", new Names())
                + ".");
      }
    }
    Path log = Path.of(System.getProperty("anodyne.benchmark.log", "target/benchmark.log"));
    Files.createDirectories(log.toAbsolutePath().getParent());
    try (PrintStream account = new PrintStream(log.toFile(), StandardCharsets.UTF_8)) {
      Report report = run(new Measuring(account), account);
      out.println(json ? report.json() : report.table());
      if (report.hasBroken()) {
        err.println("anodyne: benchmark: a benchmark failed; JMH's account is in " + log + ".");
        return BROKEN;
      }
      return report.hasMissed() ? MISSED : DONE;
    }
  }

  private Report run(Measuring measuring, PrintStream account) {
    List<String> loops = only.isEmpty() ? List.of(LoopFigures.LOOP) : loopsAskedFor();
    List<String> stations =
        Stream.concat(OpcUaFigures.NAMES.stream(), StationFigures.NAMES.stream())
            .filter(only::contains)
            .toList();
    List<Figure> wanted =
        Figures.ALL.stream().filter(f -> only.isEmpty() || only.contains(f.name())).toList();
    List<Figure> plan = withComparisons(wanted);
    Machine machine = Machine.here();
    Map<String, Sample> samples = new HashMap<>();
    try (RunProgress progress =
        new RunProgress(
            err,
            INTERACTIVE,
            plan.size() + loops.size() + stations.size() + (only.isEmpty() ? 2 : 1))) {
      Sample before = baseline(measuring, progress);
      for (Figure figure : plan) {
        Sample sample = progress.during(figure.title(), () -> measure(measuring, figure));
        if (sample != null) {
          samples.put(figure.name(), sample);
        }
      }
      Sample baseline = only.isEmpty() ? before.mean(baseline(measuring, progress)) : before;
      List<Line> lines = new ArrayList<>(lines(wanted, samples, baseline));
      for (String loop : loops) {
        lines.addAll(progress.during(loop, () -> loop(loop, account)));
      }
      for (String station : stations) {
        lines.addAll(progress.during(station, () -> station(station, account, progress)));
      }
      return new Report(machine, baseline, lines);
    }
  }

  private List<String> loopsAskedFor() {
    return LoopFigures.NAMES.stream().filter(only::contains).toList();
  }

  private List<Line> loop(String name, PrintStream account) {
    List<Line> lines = LoopFigures.measure(name, account);
    return lines.isEmpty() ? List.of(Line.failed(name)) : lines;
  }

  private List<Line> station(String name, PrintStream account, RunProgress progress) {
    List<OpcUaFigures.Row> rows =
        StationFigures.NAMES.contains(name)
            ? StationFigures.measure(
                name, new StationFigures.Extent(minutes, connectors), account, progress::say)
            : OpcUaFigures.measure(name, account, progress::say);
    return rows.isEmpty()
        ? List.of(Line.failed(name))
        : rows.stream()
            .map(row -> Line.checked(name, row.title(), row.unit(), row.asked(), row.value()))
            .toList();
  }

  private Sample baseline(Measuring measuring, RunProgress progress) {
    Sample sample =
        progress.during(Figures.BASELINE.title(), () -> measure(measuring, Figures.BASELINE));
    if (sample == null) {
      throw new IllegalStateException("The yardstick itself could not be measured.");
    }
    return sample;
  }

  /** The figures, each after the one that it is compared with. */
  private static List<Figure> withComparisons(List<Figure> wanted) {
    Set<Figure> plan = new LinkedHashSet<>();
    for (Figure figure : wanted) {
      if (figure.over() != null) {
        plan.add(Figures.named(figure.over()).orElseThrow());
      }
      plan.add(figure);
    }
    return List.copyOf(plan);
  }

  private @Nullable Sample measure(Measuring measuring, Figure figure) {
    try {
      return measuring.measure(figure);
    } catch (RunnerException e) {
      err.println("anodyne: benchmark: " + figure.name() + " failed: " + e.getMessage());
      return null;
    }
  }

  private static List<Line> lines(
      List<Figure> wanted, Map<String, Sample> samples, Sample baseline) {
    List<Line> lines = new ArrayList<>();
    for (Figure figure : wanted) {
      Sample sample = samples.get(figure.name());
      Sample over = samples.get(figure.over() == null ? figure.name() : figure.over());
      if (sample == null || over == null) {
        lines.add(Line.broken(figure));
        continue;
      }
      lines.add(Line.of(figure, sample, over, baseline.medianNanos()));
      if (figure.name().equals(Figures.DISCHARGE)) {
        lines.addAll(DischargeAccuracy.check());
      }
      if (figure.subject().method().equals("fixed")) {
        lines.add(ControlStepAccuracy.check(figure));
      }
    }
    return lines;
  }
}
