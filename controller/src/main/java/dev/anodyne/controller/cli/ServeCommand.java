package dev.anodyne.controller.cli;

import dev.anodyne.controller.app.AnodyneServer;
import dev.anodyne.controller.app.ReadAhead;
import dev.anodyne.controller.app.StartException;
import dev.anodyne.controller.config.ApiConfig;
import dev.anodyne.controller.config.ConfigException;
import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.config.Moment;
import dev.anodyne.controller.config.OpcUaConfig;
import dev.anodyne.controller.config.SiteConfig;
import dev.anodyne.controller.config.StationConfig;
import dev.anodyne.controller.config.StationSource;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.controller.lab.Json;
import dev.anodyne.controller.service.ServiceNotice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
  private static final Set<String> LOOPBACK = Set.of("127.0.0.1", "::1", "localhost");

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
      terminal.result(common.json ? Json.pretty(described(station)) : text(station));
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

  private String text(StationConfig station) {
    StringBuilder text = new StringBuilder(config + " is in order. It would");
    text.append("\n- show the dashboard on ")
        .append(station.http().bind())
        .append(':')
        .append(station.http().port());
    OpcUaConfig opcua = station.opcua();
    if (opcua != null) {
      text.append("\n- serve SCADA systems over OPC UA on ")
          .append(opcua.bind())
          .append(':')
          .append(opcua.port());
      new OpcUaSummary(opcua).lines().forEach(line -> text.append("\n  ").append(line));
    }
    for (ConnectorConfig c : station.connectors()) {
      text.append("\n- charge at connector ")
          .append(c.id())
          .append(" over ")
          .append(c.charger().endpointUrl())
          .append(" (")
          .append(c.charger().security())
          .append(")")
          .append(": ")
          .append(c.layout())
          .append(" of ")
          .append(c.cell().name())
          .append(" to ")
          .append(Checks.text(c.targetSoc()))
          .append(" with policy ")
          .append(c.policy())
          .append(" and estimator ")
          .append(c.estimator())
          .append(wish(c))
          .append(c.batteryFile() == null ? "" : ", remembering the battery in " + c.batteryFile());
    }
    StationConfig.RecordingConfig recordings = station.recordings();
    text.append(
        recordings == null
            ? "\n- record no charge"
            : "\n- record every charge in "
                + recordings.folder()
                + ", the newest "
                + recordings.kept());
    SiteConfig site = station.site();
    if (site != null) {
      text.append("\n- share ")
          .append(Math.round(site.limitWatts()))
          .append(" W of the grid between these connectors; fall-backs need ")
          .append(Math.round(fallbackWatts(station, site)))
          .append(" W of ")
          .append(Math.round(site.lowestLimitWatts() - site.baseLoadWatts()))
          .append(" W");
    }
    warnings(station).forEach(warning -> text.append("\nWarning: ").append(warning));
    return text.toString();
  }

  private static double fallbackWatts(StationConfig station, SiteConfig site) {
    return site.fallbackWatts(station.connectors().stream().map(ConnectorConfig::id).toList());
  }

  /** What is allowed, but not safe. */
  private static List<String> warnings(StationConfig station) {
    List<String> warnings = new ArrayList<>();
    ApiConfig api = station.api();
    boolean clear = api != null && api.tls() == null && !api.tokens().isEmpty();
    if (clear && !LOOPBACK.contains(station.http().bind())) {
      warnings.add(
          "http.bind: tokens travel in clear text. Maybe add api.tls, or put a proxy with TLS in"
              + " front and bind to 127.0.0.1");
    }
    for (ConnectorConfig c : station.connectors()) {
      c.charger()
          .security()
          .warning(c.charger().endpointUrl())
          .ifPresent(warning -> warnings.add("connector " + c.id() + ": " + warning));
    }
    return warnings;
  }

  private static String wish(ConnectorConfig c) {
    Moment departure = c.wish().departure();
    return (departure == null ? "" : ", to a departure at " + departure)
        + (c.wish().tariff() == null ? "" : ", with a tariff")
        + (c.wish().announcedCaps() == null ? "" : ", with announced caps of the power");
  }

  private Map<String, Object> described(StationConfig station) {
    List<Object> connectors = new ArrayList<>();
    for (ConnectorConfig c : station.connectors()) {
      Map<String, Object> one = new LinkedHashMap<>();
      one.put("id", c.id());
      one.put("endpoint", c.charger().endpointUrl());
      one.put("user", c.charger().security().logIn().name());
      one.put("security", c.charger().security().toString());
      one.put("layout", c.layout().toString());
      one.put("cell", c.cell().name());
      one.put("policy", c.policy());
      one.put("estimator", c.estimator());
      one.put("target_soc", c.targetSoc());
      if (c.wish().departure() != null) {
        one.put("departure", c.wish().departure().toString());
      }
      if (c.batteryFile() != null) {
        one.put("battery_file", c.batteryFile().toString());
      }
      connectors.add(one);
    }
    Map<String, Object> json = new LinkedHashMap<>();
    json.put("config", config.toString());
    json.put("bind", station.http().bind());
    json.put("port", station.http().port());
    OpcUaConfig opcua = station.opcua();
    if (opcua != null) {
      json.put("opcua_bind", opcua.bind());
      json.put("opcua_port", opcua.port());
      json.put("opcua_security", new OpcUaSummary(opcua).described());
    }
    json.put("connectors", connectors);
    json.put("warnings", warnings(station));
    if (station.recordings() != null) {
      json.put("recordings", station.recordings().folder().toString());
    }
    if (station.site() != null) {
      json.put("site_limit_W", station.site().limitWatts());
      json.put("site_fallback_W", fallbackWatts(station, station.site()));
    }
    return json;
  }
}
