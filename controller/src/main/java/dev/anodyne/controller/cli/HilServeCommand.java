package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.hil.bench.BenchConfig;
import dev.anodyne.hil.bench.BenchModel;
import dev.anodyne.hil.bench.BenchPlant;
import dev.anodyne.hil.bench.BenchServer;
import dev.anodyne.hil.bench.BenchSettings;
import dev.anodyne.hil.bench.Pacing;
import dev.anodyne.hil.bench.PacingStatistics;
import dev.anodyne.hil.bench.SimulatedPack;
import dev.anodyne.hil.bench.WarmUp;
import dev.anodyne.hil.fmi.FmiException;
import dev.anodyne.hil.fmi.Fmu;
import dev.anodyne.hil.fmi.FmuBattery;
import dev.anodyne.hil.fmi.FmuFile;
import dev.anodyne.hil.recording.Recorder;
import dev.anodyne.hil.yaml.ScenarioException;
import dev.anodyne.opcua.security.PkiException;
import dev.anodyne.opcua.server.PortInUseException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The bench's plant as an OPC UA charger, for any controller. */
@Command(
    name = "serve",
    description = {
      "Run the bench's plant as an OPC UA charger for any controller, until Ctrl-C.",
      "With --json the first line of standard output tells where it listens."
    },
    footer = {"", "Example:", "  anodyne hil serve --config bench.yaml"})
final class HilServeCommand implements Callable<Integer> {
  /** A bench that starts is waited for. */
  private static final double WARM_UP_SECONDS = 2;

  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--config",
      paramLabel = "bench.yaml",
      required = true,
      description = "The bench.")
  private Path config = Path.of("bench.yaml");

  @Option(
      names = "--model",
      paramLabel = "NAME",
      description = "Whose charger it looks like: anodyne or centiamp. Default: the file's.")
  private @Nullable String model;

  @Option(
      names = "--record",
      paramLabel = "FILE",
      description = {
        "Record the run with units; the name ends with .mf4 (MDF 4.10), .parquet or .csv.",
        "By the clock one row a step, in lock-step one a control period."
      })
  private @Nullable Path record;

  @Option(
      names = "--channels",
      paramLabel = "PATTERN",
      split = ",",
      description = "Channels to record, * for any text; may be repeated. Default: all.")
  private List<String> channels = new ArrayList<>();

  @Option(
      names = "--fmu",
      paramLabel = "F.yaml",
      description = "A battery of your own, an FMI 2 or 3 co-simulation unit, in place of ours.")
  private @Nullable Path fmu;

  HilServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    common.applyLogging();
    Checks.readable("--config", config);
    BenchConfig bench = bench();
    Pacing pacing = bench.settings().pacing();
    Path unit = fmu;
    if (unit != null) {
      return serveUnit(bench, unit);
    }
    if (pacing.mode() == Pacing.Mode.REALTIME) {
      WarmUp.of(bench.plant(), pacing.stepSeconds(), WARM_UP_SECONDS);
    }
    SimulatedPack pack = new SimulatedPack(bench.plant());
    int threads = bench.threads();
    if (threads > 1) {
      pack.setThreads(threads, pacing.realtimePriority());
    }
    Recorder recorder = recorder(bench, pack);
    try (BenchServer server = start(bench, pack);
        Shutdown ignored =
            Shutdown.ending(() -> end(bench, server, pack, recorder), () -> ExitCode.DONE)) {
      if (recorder != null) {
        server.addPublishListener(now -> recorder.sample());
      }
      announce(bench, server);
      new CountDownLatch(1).await();
      return ExitCode.DONE;
    }
  }

  private int serveUnit(BenchConfig bench, Path file) throws InterruptedException {
    if (record != null) {
      throw new InputException("--record: the inside of an FMU is not known; use one of the two.");
    }
    try (FmuBattery battery = battery(bench, file);
        BenchServer server = start(bench, battery);
        Shutdown ignored = Shutdown.ending(() -> end(bench, server), () -> ExitCode.DONE)) {
      announce(bench, server);
      new CountDownLatch(1).await();
      return ExitCode.DONE;
    }
  }

  private static FmuBattery battery(BenchConfig bench, Path file) {
    try {
      FmuFile form = FmuFile.read(file);
      return new FmuBattery(Fmu.load(form.unit()), form.mapping(), bench.plant());
    } catch (FmiException | ScenarioException e) {
      throw new InputException("--fmu: " + e.getMessage(), e);
    }
  }

  private BenchConfig bench() {
    BenchConfig read = InputException.checking("--config", () -> BenchConfig.load(config));
    String named = model;
    if (named == null) {
      return read;
    }
    BenchSettings settings =
        InputException.checking(
            "--model", () -> read.settings().withModel(BenchModel.named(named)));
    return new BenchConfig(settings, read.plant(), read.threads());
  }

  private static BenchServer start(BenchConfig bench, BenchPlant pack) {
    try {
      return BenchServer.start(bench.settings(), pack);
    } catch (PortInUseException | PkiException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  private @Nullable Recorder recorder(BenchConfig bench, SimulatedPack pack) {
    Path file = record;
    if (file == null) {
      if (!channels.isEmpty()) {
        throw new InputException("--channels is of no use without --record.");
      }
      return null;
    }
    Recorder.WhenFull whenFull =
        bench.settings().pacing().isByClock() ? Recorder.WhenFull.DROP : Recorder.WhenFull.WAIT;
    return InputException.checking(
        "--record", () -> Recorder.start(file, pack.channels(), channels, whenFull));
  }

  private void end(
      BenchConfig bench, BenchServer server, SimulatedPack pack, @Nullable Recorder recorder) {
    end(bench, server);
    if (recorder != null) {
      close(recorder);
    }
    pack.weakestCells().forEach(terminal::note);
  }

  private void end(BenchConfig bench, BenchServer server) {
    server.close();
    PacingStatistics statistics = server.statistics();
    terminal.note("Bench stopped. " + statistics);
    Pacing pacing = bench.settings().pacing();
    if (pacing.isByClock() && !statistics.isKept(pacing.maxOverrunShare())) {
      terminal.note(statistics.whyNot(pacing.maxOverrunShare()));
    }
  }

  private void close(Recorder recorder) {
    try {
      recorder.close();
      terminal.note(
          "Recorded "
              + recorder.rows()
              + " rows, "
              + recorder.lost()
              + " lost: "
              + recorder.file());
    } catch (IOException e) {
      terminal.note("Recording " + recorder.file() + " ended early: " + e.getMessage());
    }
  }

  private static String look(BenchModel model) {
    return model == BenchModel.ANODYNE ? "" : ", as a " + model.title();
  }

  private void announce(BenchConfig bench, BenchServer server) {
    Path trusted = bench.settings().pkiDirectory().resolve("trusted/certs");
    String mode = bench.settings().pacing().mode().name().toLowerCase(Locale.ROOT);
    if (common.json) {
      Map<String, Object> json = new LinkedHashMap<>();
      json.put("endpoint", server.endpointUrl());
      json.put("cell", bench.plant().cell().name());
      json.put("layout", bench.plant().layout().toString());
      json.put("pacing", mode);
      json.put("model", bench.settings().model().title());
      json.put("trusted_certificates", trusted.toString());
      terminal.result(Json.compact(json));
      return;
    }
    terminal.note(
        "Bench ready at "
            + server.endpointUrl()
            + ": "
            + bench.plant().layout()
            + " of "
            + bench.plant().cell().name()
            + ", "
            + mode
            + look(bench.settings().model())
            + ". Put clients' certificates into "
            + trusted
            + ".");
  }
}
