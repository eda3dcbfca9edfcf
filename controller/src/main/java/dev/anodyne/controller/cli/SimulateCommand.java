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
import java.io.IOException;
import java.nio.file.Path;
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
      "'Hold anode potential at 10 mV until 4.2 V', 'Charge at 20 W until 4.2 V or 45 °C',",
      "'Discharge at 50 mA for 1 hour or until 20 %%'.",
      "",
      "Example:",
      "  anodyne simulate --cell lgm50 --initial-soc 0.1 --out out/2C.csv \\",
      "    --protocol 'Charge at 2C until 4.2 V; Hold at 4.2 V until C/20'",
      "  anodyne simulate --ageing full --cycles 200 --period 60 --out out/ageing.csv \\",
      "    --protocol 'Charge at 1C until 4.2 V; Discharge at 1C until 2.5 V' --plot out/ageing.html"
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

  @Option(
      names = "--voltage-parts",
      description = "Also columns for what the voltage is made of, and a stacked plot of them.")
  private boolean voltageParts;

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
    try (TerminalProgress progress = new TerminalProgress(terminal, "Simulating", true)) {
      result = ProtocolRunner.run(request, (seconds, share, doing) -> progress.at(share, doing));
    }
    OutputFiles.write(out, result.table()::writeTo);
    if (plot != null) {
      SimulationPlot.write(plot, request.cell().name(), result);
    }
    SimulationSummary summary = new SimulationSummary(out, plot, result);
    if (common.json) {
      terminal.result(Json.pretty(summary.json()));
    } else {
      summary.lines().forEach(terminal::result);
    }
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
    return new SimulationRequest(
        cell, options, readLoad(), initialSoc, ambient, cycles, period, voltageParts);
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
}
