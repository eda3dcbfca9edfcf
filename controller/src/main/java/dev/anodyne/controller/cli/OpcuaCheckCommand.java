package dev.anodyne.controller.cli;

import dev.anodyne.controller.config.ConfigException;
import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.config.StationConfig;
import dev.anodyne.controller.config.StationConfigReader;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.opcua.inspect.CheckReport;
import dev.anodyne.opcua.inspect.ConnectorCheck;
import dev.anodyne.opcua.security.PkiException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A dry run of a station's connectors. */
@Command(
    name = "check",
    description = {
      "Try a station's chargers without charging: connect, read every tag, and report type, range,",
      "unit, status, age, round-trip times, what is missing and the certificates' state.",
      "Exit code 1 when a connector would not charge like this."
    },
    footer = {"", "Example:", "  anodyne opcua check station.yaml --connector C1"})
final class OpcuaCheckCommand implements Callable<Integer> {
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();

  @Parameters(paramLabel = "station.yaml", description = "The station.")
  private Path config = Path.of("station.yaml");

  @Option(
      names = "--connector",
      paramLabel = "ID",
      description = "Only this connector. Default: all.")
  private @Nullable String connector;

  @Option(
      names = "--reads",
      paramLabel = "N",
      description = "How often everything is read, a tenth of a second apart. Default: 20.")
  private int reads = 20;

  @Option(
      names = "--write-test",
      description = {
        "Also write no current, once, as a controller does. It ends a charge that is under way:",
        "stop the station first."
      })
  private boolean writeTest;

  OpcuaCheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws InterruptedException {
    common.applyLogging();
    Checks.readable("station.yaml", config);
    Checks.within("--reads", reads, 2, 10_000, "");
    List<CheckReport> reports = new ArrayList<>();
    for (ConnectorConfig one : chosen(station())) {
      terminal.note("Trying connector " + one.id() + " …");
      try {
        reports.add(
            ConnectorCheck.run(
                one.id(), one.charger(), new ConnectorCheck.Settings(reads, PAUSE, writeTest)));
      } catch (PkiException e) {
        throw new InputException(config + ": " + e.getMessage(), e);
      }
    }
    terminal.result(common.json ? Json.pretty(described(reports)) : text(reports));
    return reports.stream().allMatch(CheckReport::isGood) ? ExitCode.DONE : ExitCode.NO;
  }

  private StationConfig station() {
    try {
      return StationConfigReader.read(config);
    } catch (ConfigException e) {
      throw new InputException(String.valueOf(e.getMessage()), e);
    }
  }

  private List<ConnectorConfig> chosen(StationConfig station) {
    String id = connector;
    if (id == null) {
      return station.connectors();
    }
    List<ConnectorConfig> found =
        station.connectors().stream().filter(one -> one.id().equals(id)).toList();
    if (found.isEmpty()) {
      throw new InputException(
          "--connector: '"
              + id
              + "' is not in "
              + config
              + "; allowed: "
              + String.join(", ", station.connectors().stream().map(ConnectorConfig::id).toList())
              + ".");
    }
    return found;
  }

  private static String text(List<CheckReport> reports) {
    return String.join("\n\n", reports.stream().map(CheckReport::text).toList());
  }

  private Map<String, Object> described(List<CheckReport> reports) {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("config", config.toString());
    map.put("good", reports.stream().allMatch(CheckReport::isGood));
    map.put("connectors", reports.stream().map(CheckReport::toMap).toList());
    return map;
  }
}
