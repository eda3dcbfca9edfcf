package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.hil.bench.InProcessBench;
import dev.anodyne.hil.bench.Pacing;
import dev.anodyne.hil.bench.PacingStatistics;
import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.hil.bench.WarmUp;
import dev.anodyne.hil.recording.Recorder;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.pack.CellSpread;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Whether this machine keeps the clock with a pack of this size: run it before a bench is. */
@Command(
    name = "pace",
    description = {
      "Charge a simulated pack in real time, in process, and tell how well the clock was kept:",
      "lateness, execution time, overruns. Exit code 1 when too many steps overran.",
      "The current steps between 1C and 0.5C every 10 s; sensors are read at every step."
    },
    footer = {"", "Example:", "  anodyne hil pace --layout 96s2p --step 0.01 --seconds 60"})
final class HilPaceCommand implements Callable<Integer> {
  private static final Pattern LAYOUT = Pattern.compile("(\\d{1,4})s(\\d{1,4})p");
  private static final double WARM_UP_SECONDS = 30;
  private static final long VALID_NANOS = 3_000_000_000L;

  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--cell",
      paramLabel = "CELL",
      defaultValue = "lgm50",
      description = "Parameter set or BPX file. Default: ${DEFAULT-VALUE}.")
  private String cell = "lgm50";

  @Option(
      names = "--layout",
      paramLabel = "NsMp",
      defaultValue = "4s1p",
      description = "Cells in series and parallel. Default: ${DEFAULT-VALUE}.")
  private String layout = "4s1p";

  @Option(
      names = "--step",
      paramLabel = "SECONDS",
      defaultValue = "0.1",
      description = "Length of a step, 0.001 to 10 s. Default: ${DEFAULT-VALUE}.")
  private double step = 0.1;

  @Option(
      names = "--seconds",
      paramLabel = "SECONDS",
      defaultValue = "60",
      description = "How long. Default: ${DEFAULT-VALUE}.")
  private double seconds = 60;

  @Option(
      names = "--threads",
      paramLabel = "N",
      defaultValue = "1",
      description = "Threads that step the cells, the plant's included. Default: ${DEFAULT-VALUE}.")
  private int threads = 1;

  @Option(
      names = "--priority",
      paramLabel = "P",
      defaultValue = "0",
      description = "SCHED_FIFO priority of these threads, 1 to 99; 0 for none (the default).")
  private int priority;

  @Option(names = "--record", paramLabel = "FILE", description = "Record all channels meanwhile.")
  private @Nullable Path record;

  HilPaceCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException, IOException {
    common.applyLogging();
    if (!(step >= 0.001 && step <= 10 && seconds > 0 && threads >= 1 && threads <= 64)) {
      throw new InputException(
          "--step must be 0.001 to 10 s, --seconds above 0 and --threads 1 to 64.");
    }
    Pacing pacing =
        InputException.checking(
            "--priority",
            () -> new Pacing(Pacing.Mode.REALTIME, 1, step, step).withRealtimePriority(priority));
    SimulatedPack pack = new SimulatedPack(plant());
    double nominal = pack.plant().config().layout().packAmps(nominalAmps(pack));
    InProcessBench.Control control =
        (image, now) ->
            new CurrentCommand(
                now / 10_000_000_000L % 2 == 0 ? nominal : 0.5 * nominal, 5000, now + VALID_NANOS);
    terminal.note("Warming up …");
    WarmUp.of(plant(), step, WARM_UP_SECONDS);
    pack.setThreads(threads, priority);
    PacingStatistics statistics = run(pack, pacing, control);
    boolean kept = statistics.isKept(pacing.maxOverrunShare());
    report(statistics, kept);
    if (!kept) {
      terminal.note(statistics.whyNot(pacing.maxOverrunShare()));
    }
    return kept ? ExitCode.DONE : ExitCode.NO;
  }

  private static double nominalAmps(SimulatedPack pack) {
    return pack.plant().config().cell().nominalCapacityAmpHours();
  }

  private PlantConfig plant() {
    Matcher matcher = LAYOUT.matcher(layout);
    if (!matcher.matches()) {
      throw new InputException(
          "--layout '" + layout + "' is not possible; it must look like 4s1p.");
    }
    PackLayout wiring =
        InputException.checking(
            "--layout",
            () ->
                new PackLayout(
                    Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
    CellParameters parameters = InputException.checking("--cell", () -> CellParameters.load(cell));
    return PlantConfig.of(parameters, wiring).withSpread(CellSpread.PRODUCTION).withInitialSoc(0.2);
  }

  private PacingStatistics run(SimulatedPack pack, Pacing pacing, InProcessBench.Control control)
      throws InterruptedException, IOException {
    InProcessBench bench = new InProcessBench(pack, pacing, control);
    terminal.note("Running for " + seconds + " s …");
    Path file = record;
    if (file == null) {
      return bench.run(seconds);
    }
    try (Recorder recorder = InputException.checking("--record", () -> recorder(file, pack))) {
      bench.setListener(now -> recorder.sample());
      PacingStatistics statistics = bench.run(seconds);
      terminal.note(recorder.rows() + " rows recorded, " + recorder.lost() + " lost.");
      return statistics;
    }
  }

  private static Recorder recorder(Path file, SimulatedPack pack) {
    try {
      return Recorder.start(file, pack.channels(), List.of(), Recorder.WhenFull.DROP);
    } catch (IOException e) {
      throw new InputException("--record " + file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private void report(PacingStatistics s, boolean kept) {
    if (!common.json) {
      terminal.result(layout + " of " + cell + ", " + step + " s steps: " + s);
      return;
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("layout", layout);
    json.put("cell", cell);
    json.put("step_s", step);
    json.put("threads", threads);
    json.put("steps", s.steps());
    json.put("overruns", s.overruns());
    json.put("skipped_periods", s.skippedPeriods());
    json.put("lateness_ms", times(s.lateness()));
    json.put("execution_ms", times(s.execution()));
    json.put("scheduling_policy", s.schedulingPolicy());
    json.put("collector", s.collector());
    json.put("kept", kept);
    terminal.result(Json.pretty(json));
  }

  private static Map<String, Object> times(PacingStatistics.Times times) {
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("p50", times.p50Millis());
    json.put("p99", times.p99Millis());
    json.put("p999", times.p999Millis());
    json.put("max", times.maxMillis());
    return json;
  }
}
