package dev.anodyne.test.interop;

import dev.anodyne.controller.config.StationConfig;
import dev.anodyne.controller.config.StationConfigReader;
import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.opcua.client.OpcUaCharger;
import dev.anodyne.opcua.security.ApplicationIdentity;
import dev.anodyne.opcua.security.PkiDirectory;
import dev.anodyne.test.interop.Certificates.Subject;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The controller's links to chargers, each as its {@code station.yaml} has it. Scripts are the
 * chargers, and say when to connect, what to command and what the link ought to know.
 */
final class ChargerRemote implements NodeScript.Remote, AutoCloseable {
  private static final String CHARGER_URI = "urn:anodyne:interop:charger";

  private final Path folder;
  private final Map<String, OpcUaCharger> links = new LinkedHashMap<>();

  ChargerRemote(Path folder) throws IOException, GeneralSecurityException {
    this.folder = Files.createDirectories(folder);
    Certificates certificates = new Certificates(folder.resolve("certificates"));
    List<Subject> chargers =
        List.of(
            Subject.of("charger", CHARGER_URI),
            new Subject("expired", CHARGER_URI, Duration.ofDays(-730), null),
            new Subject("early", CHARGER_URI, Duration.ofDays(30), null));
    List<Path> trusting = List.of(own("controller-pki"), own("strange-pki"));
    for (Subject charger : chargers) {
      byte[] made = certificates.selfSigned(charger).getEncoded();
      for (Path trusted : trusting) {
        Files.write(trusted.resolve(charger.name() + ".der"), made);
      }
    }
    certificates.selfSigned(Subject.of("stranger", CHARGER_URI));
    certificates.user(Subject.of("panel", "urn:anodyne:interop:panel"));
    certificates.user(Subject.of("thief", "urn:anodyne:interop:thief"));
    Path examples = Path.of("..", "examples", "chargers");
    for (String name : new String[] {"anodyne-bench.yaml", "vendor-centiamp.yaml"}) {
      Files.copy(examples.resolve(name), folder.resolve(name));
    }
  }

  /** The controller's folder with its certificate, and where those that it trusts lie. */
  private Path own(String pki) {
    ApplicationIdentity controller =
        ApplicationIdentity.onThisHost("Anodyne controller", "urn:anodyne:controller");
    PkiDirectory.open(folder.resolve(pki), controller).close();
    return folder.resolve(pki).resolve("trusted/certs");
  }

  @Override
  public Object ask(String order, JsonObject with) throws IOException {
    String name = with.getString("name", "");
    switch (order) {
      case "world" -> {
        return new JsonObject().put("folder", folder.toAbsolutePath().toString());
      }
      case "connect" -> connect(name, with.getJsonObject("charger"));
      case "apply" ->
          links
              .get(name)
              .apply(
                  new CurrentCommand(
                      with.getDouble("amps"),
                      with.getDouble("volts"),
                      System.nanoTime() + with.getLong("millis") * 1_000_000));
      case "status" -> {
        return shown(links.get(name).status());
      }
      case "close" -> links.remove(name).close();
      default -> throw new IllegalArgumentException("Unknown order " + order);
    }
    return null;
  }

  /** JSON is YAML, too. */
  private void connect(String name, JsonObject charger) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("station.yaml"),
            """
            http: {port: 0}
            connectors:
              - id: C1
                charger: %s
                battery: {cell: lgm50, layout: 4s1p}
                policy: "cccv:1"
                estimator: physics
            """
                .formatted(charger.encode()));
    StationConfig config = StationConfigReader.read(file);
    links.put(name, OpcUaCharger.start(config.connectors().get(0).charger(), NanoClock.SYSTEM));
  }

  private static JsonObject shown(ChargerStatus status) {
    Measurement m = status.measurement();
    ChargerCapabilities c = status.capabilities();
    BatteryLimits b = status.batteryLimits();
    JsonArray faults = new JsonArray();
    status.faults().stream().map(Enum::name).sorted().forEach(faults::add);
    return new JsonObject()
        .put("link", status.link().name())
        .put("reason", status.reason())
        .put("vehicleConnected", status.vehicleConnected())
        .put("faults", faults)
        .put("quality", m.quality().name())
        .put("ageMillis", (System.nanoTime() - m.timeNanos()) * 1e-6)
        .put("currentAmps", number(m.chargeCurrentAmps()))
        .put("voltageVolts", number(m.voltageVolts()))
        .put("surfaceKelvin", number(m.surfaceTemperatureKelvin()))
        .put("minCellVolts", number(m.minCellVoltageVolts()))
        .put("maxCellVolts", number(m.maxCellVoltageVolts()))
        .put("minCellKelvin", number(m.minCellTemperatureKelvin()))
        .put("maxCellKelvin", number(m.maxCellTemperatureKelvin()))
        .put("chargerMinVolts", number(c.minVoltageVolts()))
        .put("chargerMaxVolts", number(c.maxVoltageVolts()))
        .put("chargerMaxAmps", number(c.maxCurrentAmps()))
        .put("chargerMaxWatts", number(c.maxPowerWatts()))
        .put("chargerMaxRamp", number(c.maxRampAmpsPerSecond()))
        .put("batteryAmps", number(b.targetCurrentAmps()))
        .put("batteryVolts", number(b.maxVoltageVolts()))
        .put("batteryCellVolts", number(b.maxCellVoltageVolts()))
        .put("batteryKelvin", number(b.maxTemperatureKelvin()))
        .put("batteryWatts", number(b.maxPowerWatts()));
  }

  /** JSON knows no other numbers. */
  private static Double number(double value) {
    return Double.isFinite(value) ? value : null;
  }

  @Override
  public void close() {
    links.values().forEach(OpcUaCharger::close);
  }
}
