package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.lab.OutputFiles;
import dev.anodyne.controller.lab.SimulationPlot;
import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dOptions.Thermal;
import dev.anodyne.core.protocol.CurrentProfile;
import dev.anodyne.core.protocol.Load;
import dev.anodyne.core.protocol.Protocol;
import dev.anodyne.core.protocol.ProtocolRunner;
import dev.anodyne.core.protocol.SimulationRequest;
import dev.anodyne.core.protocol.SimulationResult;
import dev.anodyne.core.protocol.StepOutcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The electrochemical model alone. */
@Command(
    name = "simulate",
    description = "Simulate a cell with the electrochemical model (P2D) alone.",
    footer = {
      "",
      "A protocol is steps separated by ';': 'Charge at 2C until 4.2 V',",
      "'Charge at 10 A for 5 minutes or until 4.2 V', 'Hold at 4.2 V until C/20',",
      "'Discharge at 1C until 2.5 V', 'Rest for 10 minutes',",
      "'Charge at 2C until anode potential 10 mV',",
      "'Hold anode potential at 10 mV until 4.2 V'.",
      "",
      "Example:",
      "  anodyne simulate --cell lgm50 --initial-soc 0.1 --out out/2C.csv \\",
      "    --protocol 'Charge at 2C until 4.2 V; Hold at 4.2 V until C/20'"
    })
final class SimulateCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();
  @Mixin private CellOptions cellOptions = new CellOptions();
  @Mixin private AmbientOption ambientOption = new AmbientOption();
  @Mixin private AgeingOptions ageingOptions = new AgeingOptions();

  /** Exactly one of the two. */
  static final class LoadOptions {
    @Option(names = "--protocol", paramLabel = "P", description = "Steps, separated by ';'.")
    @Nullable String protocol;

    @Option(
        names = "--profile",
        paramLabel = "F.csv",
        description = "Current over time: columns 'Time [s]', 'Current [A]'.")
    @Nullable Path profile;
  }

  @ArgGroup(multiplicity = "1")
  private LoadOptions load = new LoadOptions();

  @Option(
      names = "--initial-soc",
      paramLabel = "S",
      defaultValue = "0.5",
      description = "State of charge at the start, 0 to 1. Default: ${DEFAULT-VALUE}.")
  private double initialSoc;

  @Option(
      names = "--thermal",
      description = "${COMPLETION-CANDIDATES}. Default: lumped.",
      paramLabel = "MODE")
  private @Nullable Thermal thermal;

  @Option(
      names = "--cycles",
      paramLabel = "N",
      defaultValue = "1",
      description = "How often to repeat. Default: ${DEFAULT-VALUE}.")
  private int cycles;

  @Option(
      names = "--period",
      paramLabel = "S",
      defaultValue = "1",
      description = "Time between rows, s. Default: ${DEFAULT-VALUE}.")
  private double period;

  @Option(names = "--plot", paramLabel = "F.html", description = "Also write plots.")
  private @Nullable Path plot;

  @Option(
      names = "--out",
      paramLabel = "F.csv",
      required = true,
      description = "Where the rows go.")
  private Path out = Path.of("simulation.csv");

  SimulateCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    common.applyLogging();
    SimulationRequest request = request();
    OutputFiles.file("--out", out);
    if (plot != null) {
      OutputFiles.file("--plot", plot);
    }
    SimulationResult result;
    try (TerminalProgress progress = new TerminalProgress(terminal, "Simulating")) {
      result = ProtocolRunner.run(request, (seconds, share, doing) -> progress.at(share, doing));
    }
    result.table().writeCsv(out);
    if (plot != null) {
      SimulationPlot.write(plot, request.cell().name(), result);
    }
    report(result);
    return result.termination().isCompleted() ? ExitCode.DONE : ExitCode.NO;
  }

  private SimulationRequest request() {
    Checks.soc("--initial-soc", initialSoc);
    Checks.within("--cycles", cycles, 1, 100_000, "");
    Checks.within("--period", period, 0.001, 86_400, "s");
    double ambient = ambientOption.kelvin();
    CellParameters cell = ageingOptions.choose(cellOptions.load());
    P2dOptions options =
        new P2dOptions(
            thermalOf(cell),
            ageingOptions.ageing,
            P2dOptions.PLANT.anodeNodes(),
            P2dOptions.PLANT.separatorNodes(),
            P2dOptions.PLANT.cathodeNodes(),
            P2dOptions.PLANT.radialUnknowns());
    return new SimulationRequest(cell, options, readLoad(), initialSoc, ambient, cycles, period);
  }

  private Load readLoad() {
    String protocol = load.protocol;
    if (protocol != null) {
      return InputException.checking("--protocol", () -> Protocol.parse(protocol));
    }
    Path profile = load.profile == null ? Path.of("") : load.profile;
    Checks.readable("--profile", profile);
    return InputException.checking("--profile", () -> CurrentProfile.read(profile));
  }

  private Thermal thermalOf(CellParameters cell) {
    if (cell.thermal().isPresent()) {
      return thermal == null ? Thermal.LUMPED : thermal;
    }
    if (thermal != Thermal.ISOTHERMAL) {
      terminal.note(
          "Warning: cell " + cell.name() + " has no thermal data; simulated isothermally.");
    }
    return Thermal.ISOTHERMAL;
  }

  private void report(SimulationResult result) {
    var end = result.termination();
    if (!common.json) {
      for (StepOutcome step : result.steps()) {
        terminal.result(
            String.format(
                Locale.ROOT,
                "%8.1f – %8.1f s  %s: %s",
                step.startSeconds(),
                step.endSeconds(),
                step.text(),
                step.endedBy()));
      }
      terminal.result(
          end.description() + " " + result.table().rowCount() + " rows in " + out + ".");
      return;
    }
    Map<String, @Nullable Object> json = new LinkedHashMap<>();
    json.put("out", out.toString());
    json.put("plot", plot == null ? null : plot.toString());
    json.put("rows", result.table().rowCount());
    json.put("end", end.kind().name().toLowerCase(Locale.ROOT));
    json.put("reason", end.description());
    json.put("time_s", end.timeSeconds());
    List<Map<String, Object>> steps = new ArrayList<>();
    for (StepOutcome step : result.steps()) {
      Map<String, Object> item = new LinkedHashMap<>();
      item.put("cycle", step.cycle());
      item.put("step", step.text());
      item.put("start_s", step.startSeconds());
      item.put("end_s", step.endSeconds());
      item.put("ended_by", step.endedBy());
      steps.add(item);
    }
    json.put("steps", steps);
    terminal.result(Json.pretty(json));
  }
}
