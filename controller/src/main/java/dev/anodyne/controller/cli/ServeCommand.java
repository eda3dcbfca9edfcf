package dev.anodyne.controller.cli;

import dev.anodyne.controller.app.AnodyneServer;
import dev.anodyne.controller.app.ReadAhead;
import dev.anodyne.controller.app.StartException;
import dev.anodyne.controller.config.ConfigException;
import dev.anodyne.controller.config.OpcUaConfig;
import dev.anodyne.controller.config.StationConfig;
import dev.anodyne.controller.config.StationSource;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.service.ServiceNotice;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The charging server. */
@Command(
    name = "serve",
    description = {
      "Run a station: charge at its connectors, with the dashboard.",
      "Ctrl-C brings every charger to zero first. A station.yaml that changes while the server"
          + " runs",
      "is read again, as it is on SIGHUP; charges go on."
    },
    footer = {
      "",
      "Example:",
      "  anodyne serve --config station.yaml --check",
      "  anodyne serve --config station.yaml"
    })
final class ServeCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--config",
      paramLabel = "station.yaml",
      required = true,
      description = "The station.")
  private Path config = Path.of("station.yaml");

  @Option(names = "--check", description = "Check the file, say what it would do, and exit.")
  private boolean check;

  @Option(
      names = "--pace",
      paramLabel = "MODE",
      description = {"clock, or lockstep with benches that wait for an answer.", "Default: clock."})
  private String pace = "clock";

  @Option(
      names = "--log-format",
      paramLabel = "FORMAT",
      description = {"text, or json: one JSON object a line.", "Default: text."})
  private String logFormat = "text";

  ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    if (!logFormat.equals("text") && !logFormat.equals("json")) {
      throw new InputException(
          "--log-format: '" + logFormat + "' is not possible; allowed: text, json.");
    }
    // Before the first logger is made: logback reads it once.
    System.setProperty("anodyne.log.format", logFormat);
    common.applyLogging();
    Checks.readable("--config", config);
    if (!pace.equals("clock") && !pace.equals("lockstep")) {
      throw new InputException("--pace: '" + pace + "' is not possible; allowed: clock, lockstep.");
    }
    if (!check) {
      ReadAhead.begin();
    }
    StationSource source = read();
    StationConfig station = source.config();
    if (check) {
      StationSummary summary = new StationSummary(config, station);
      terminal.result(common.json ? Json.pretty(summary.described()) : summary.text());
      return ExitCode.DONE;
    }
    Checks.freePort("http.port", station.http().port());
    OpcUaConfig opcua = station.opcua();
    if (opcua != null) {
      Checks.freePort("opcua.port", opcua.port());
    }
    try (AnodyneServer server = start(source);
        ServiceNotice service = ServiceNotice.ofProcess(server.vitals());
        Shutdown ignored = Shutdown.ending(inOrder(service, server), () -> ExitCode.DONE)) {
      terminal.note("Dashboard: " + server.url());
      if (server.opcuaUrl() != null) {
        terminal.note("OPC UA: " + server.opcuaUrl());
      }
      if (pace.equals("clock")) {
        server.watchFile(config);
        Hangup.calls(
            () -> {
              var unused = server.reload(false);
            });
      }
      terminal.note("Running until Ctrl-C.");
      service.ready("Dashboard: " + server.url());
      new CountDownLatch(1).await();
      return ExitCode.DONE;
    } catch (StartException | ConfigException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  private static AutoCloseable inOrder(ServiceNotice service, AnodyneServer server) {
    return () -> {
      service.stopping();
      server.close();
    };
  }

  private AnodyneServer start(StationSource source) {
    return pace.equals("clock")
        ? AnodyneServer.start(config, source)
        : AnodyneServer.startInStep(source.config());
  }

  private StationSource read() {
    try {
      return StationSource.read(config);
    } catch (ConfigException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }
}
