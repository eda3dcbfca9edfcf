package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.OutputFiles;
import dev.anodyne.hil.bench.PlantForm;
import dev.anodyne.hil.fmi.FmiException;
import dev.anodyne.hil.fmi.FmuExport;
import dev.anodyne.hil.fmi.FmuServer;
import dev.anodyne.plantsim.PlantConfig;
import java.io.IOException;
import java.net.BindException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Exports the plant as a unit, and is what the unit calls. */
@Command(
    name = "fmu",
    description = {
      "Write the plant as an FMI 2 co-simulation unit for another tool, and serve it.",
      "The unit calls back into this command, which runs until Ctrl-C. Needs a C compiler once."
    },
    footer = {"", "Example:", "  anodyne hil fmu --config examples/bench.yaml --out plant.fmu"})
final class HilFmuCommand implements Callable<Integer> {
  private static final int PORT = 4899;
  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--config",
      paramLabel = "bench.yaml",
      required = true,
      description = "Battery and charger; server and pacing in it do not count.")
  private Path config = Path.of("");

  @Option(names = "--out", paramLabel = "F.fmu", required = true, description = "The unit.")
  private Path out = Path.of("");

  @Option(
      names = "--port",
      paramLabel = "P",
      description = "Where the unit finds this command, on this machine only. Default: 4899.")
  private int port = PORT;

  HilFmuCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    common.applyLogging();
    Checks.readable("--config", config);
    OutputFiles.file("--out", out);
    PlantConfig plant = InputException.checking("--config", () -> PlantForm.load(config));
    try (FmuServer server = FmuServer.start(plant, port);
        Shutdown ignored = Shutdown.ending(() -> terminal.note("Ended."), () -> ExitCode.DONE)) {
      FmuExport.write(out, plant, "127.0.0.1", server.port());
      terminal.result(out + " is written; it works while this command runs. Ctrl-C ends it.");
      new CountDownLatch(1).await();
      return ExitCode.DONE;
    } catch (BindException e) {
      throw new InputException("--port: " + port + " is in use.\nMaybe choose another one.", e);
    } catch (FmiException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }
}
