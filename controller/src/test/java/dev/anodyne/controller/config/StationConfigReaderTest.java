package dev.anodyne.controller.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.opcua.client.LogIn;
import dev.anodyne.opcua.model.ChargerLink;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.TagMapping;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StationConfigReaderTest {
  private static final String GOOD =
      """
      http:
        port: 9090
      connectors:
        - id: C1
          title: Bay 1
          charger:
            endpoint: opc.tcp://localhost:4841/anodyne
            user: controller
            password: secret
            tags:
              Meas.OutputCurrent: {namespace: "urn:vendor", node: "I", scale: -1}
          battery:
            cell: lgm50
            layout: 4s2p
          policy: cccv:1.5
          estimator: physics
          targetSoc: 0.9
          maxTemperatureC: 40
      """;

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("station.yaml"), text);
  }

  @Test
  void readsAFileAndFillsInWhatIsLeftOut() throws IOException {
    StationConfig config = StationConfigReader.read(file(GOOD));
    assertThat(config.http()).isEqualTo(new StationConfig.HttpConfig("127.0.0.1", 9090));
    ConnectorConfig c = config.connectors().get(0);
    assertThat(c.layout()).isEqualTo(new PackLayout(4, 2));
    assertThat(c.policy()).isEqualTo("cccv:1.5");
    assertThat(c.targetSoc()).isEqualTo(0.9);
    assertThat(c.maxTemperatureKelvin()).isEqualTo(313.15);
    assertThat(c.maxVoltageVolts()).isEqualTo(4.2);
    assertThat(c.maxCellCurrentAmps()).isEqualTo(3 * c.cell().nominalCapacityAmpHours());
    assertThat(c.periodSeconds()).isEqualTo(1);
    assertThat(c.charger().pkiDirectory()).isEqualTo(folder.resolve("pki/controller"));
    assertThat(c.charger().mapping().bindings().get(ChargerTag.OUTPUT_CURRENT).scale())
        .isEqualTo(-1);
    assertThat(c.guard().stalenessSeconds()).isEqualTo(2);
  }

  @Test
  void aCommandsExpiryHoldsWithAndWithoutMovedTags() throws IOException {
    TagMapping moved = StationConfigReader.read(file(GOOD)).connectors().get(0).charger().mapping();
    assertThat(moved.link().lead()).isEqualTo(Duration.ofMillis(600));
    assertThat(moved.link().onReconnect()).isEqualTo(ChargerLink.OnReconnect.ZERO);
    assertThat(moved.forModel()).as("somebody's charger").isTrue();
    assertThat(moved.thermalIfPresent()).isTrue();
    assertThat(moved.bindings().get(ChargerTag.OUTPUT_CURRENT).details().checksUnit()).isTrue();
    String plain = GOOD.replaceAll("(?m)^ +tags:\n.*\n", "");
    TagMapping bench =
        StationConfigReader.read(file(plain)).connectors().get(0).charger().mapping();
    assertThat(bench)
        .isEqualTo(
            TagMapping.bench("CH01")
                .withLink(ChargerLink.PLAIN.confirmedWithin(Duration.ofMillis(500))));
  }

  @Test
  void theSensorsAccuracyIsAClassOrItsLimits() throws IOException {
    assertThat(estimatorWith("calibrated")).isEqualTo("physics:calibrated");
    assertThat(estimatorWith("ordinary")).isEqualTo("physics:ordinary");
    String limits = "{voltageBiasVolts: %s, currentGain: 0.001, temperatureBiasKelvin: 0.3}";
    assertThat(estimatorWith(limits.formatted("0.0012"))).isEqualTo("physics:calibrated");
    assertThat(estimatorWith(limits.formatted("0.004"))).isEqualTo("physics:ordinary");
    assertThatThrownBy(() -> estimatorWith(limits.formatted("2")))
        .hasMessageContaining("connectors[0].sensors")
        .hasMessageContaining("0 to 0.005 V");
    assertThatThrownBy(() -> estimatorWith("exact"))
        .hasMessageContaining("connectors[0].sensors")
        .hasMessageContaining("ordinary, calibrated");
    assertThatThrownBy(() -> estimatorWith("{voltageBias: 0.001}"))
        .hasMessageContaining("voltageBiasVolts");
    assertThatThrownBy(() -> estimatorWith("{voltageBiasVolts: 0.001}"))
        .hasMessageContaining("currentGain");
  }

  private String estimatorWith(String sensors) throws IOException {
    String text = GOOD.replace("estimator: physics", "estimator: physics\n    sensors: " + sensors);
    return StationConfigReader.read(file(text)).connectors().get(0).estimator();
  }

  @Test
  void theShippedExampleIsReadable() {
    StationConfig config = StationConfigReader.read(Path.of("../examples/station.yaml"));
    ConnectorConfig c = config.connectors().get(0);
    assertThat(c.cell().name()).isEqualTo("lgm50");
    assertThat(c.policy()).isEqualTo("mpc");
    assertThat(c.charger().endpointUrl()).isEqualTo("opc.tcp://localhost:4840/anodyne");
  }

  @Test
  void aPolicyMayBeAFileBesideTheStation() throws IOException {
    Files.createDirectory(folder.resolve("policies"));
    Path policy = folder.resolve("policies/winter.yaml");
    Files.writeString(policy, "{policy: mpc, estimator: learned}");
    String text =
        GOOD.replace("policy: cccv:1.5", "policy: policies/winter.yaml")
            .replace("estimator: physics", "# none");
    ConnectorConfig c = StationConfigReader.read(file(text)).connectors().get(0);
    assertThat(c.policy()).isEqualTo(policy.toString());
    assertThat(c.estimator())
        .as("the policy's, where the station says nothing")
        .isEqualTo("learned");
    Files.writeString(policy, "horizon:\n  steps: 0\n");
    assertThatThrownBy(() -> StationConfigReader.read(file(text)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("winter.yaml:2: horizon.steps is '0'");
    assertThatThrownBy(
            () -> StationConfigReader.read(file(GOOD.replace("cccv:1.5", "policies/none.yaml"))))
        .hasMessageContaining("none.yaml: there is no such file");
    assertThatThrownBy(() -> StationConfigReader.read(file(GOOD.replace("cccv:1.5", "fastest"))))
        .hasMessageContaining("station.yaml:15: connectors[0].policy")
        .hasMessageContaining("or a policy file");
  }

  @Test
  void thePasswordMayStandInAFileOfItsOwn() throws IOException {
    Files.writeString(folder.resolve("pw"), "hidden\n");
    StationConfig config =
        StationConfigReader.read(file(GOOD.replace("password: secret", "passwordFile: pw")));
    assertThat(config.connectors().get(0).charger().security().logIn())
        .isEqualTo(new LogIn.Password("controller", "hidden"));
    assertThat(config.toString()).doesNotContain("hidden");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          port: 9090                     | port: 70000                  | 2  | http.port                          | 65535
          port: 9090                     | port: eighty                 | 2  | http.port                          | a whole number
          port: 9090                     | prot: 9090                   | 2  | http.prot                          | Maybe port
          id: C1                         | id: 'C 1'                    | 4  | connectors[0].id                   | letters
          endpoint: opc.tcp://localhost:4841/anodyne | endpoint: http://x | 7 | connectors[0].charger.endpoint    | opc.tcp
          user: controller               | name: controller             | 8  | connectors[0].charger.name         | user
          cell: lgm50                    | cell: lgm51                  | 13 | connectors[0].battery.cell         | lgm50
          layout: 4s2p                   | layout: 4x2                  | 14 | connectors[0].battery.layout       | 4s1p
          policy: cccv:1.5               | policy: fastest              | 15 | connectors[0].policy               | mpc
          policy: cccv:1.5               | policy: optimum              | 15 | connectors[0].policy               | simulated
          estimator: physics             | estimator: guess             | 16 | connectors[0].estimator            | augmented
          targetSoc: 0.9                | targetSoc: 90               | 17 | connectors[0].targetSoc           | Maybe 0.9
          targetSoc: 0.9                | targetSoc: -0.1             | 17 | connectors[0].targetSoc           | 0.01 to 1
          targetSoc: 0.9                | targetSoc: .nan             | 17 | connectors[0].targetSoc           | numeric
          targetSoc: 0.9                | tagetSoc: 0.9               | 17 | connectors[0].tagetSoc            | Maybe targetSoc
          maxTemperatureC: 40    | maxTemperatureC: 318 | 18 | connectors[0].maxTemperatureC | 80
          maxTemperatureC: 40    | maxTemperatureC: hot | 18 | connectors[0].maxTemperatureC | a number
          Meas.OutputCurrent: {namespace | Meas.Current: {namespace     | 11 | connectors[0].charger.tags         | Meas.OutputCurrent
          scale: -1                      | scale: 0                     | 11 | connectors[0].charger.tags.Meas.OutputCurrent | must not be 0
          """)
  void namesFileLineKeyValueAndWhatIsAllowed(
      String good, String bad, int line, String key, String allowed) throws IOException {
    assertThat(GOOD).contains(good);
    Path path = file(GOOD.replace(good, bad));
    assertThatThrownBy(() -> StationConfigReader.read(path))
        .isInstanceOf(ConfigException.class)
        .message()
        .startsWith(path + ":" + line + ": " + key)
        .contains(allowed);
  }

  @Test
  void missingEmptyAndBrokenFilesAreOneLine() throws IOException {
    assertRefused(folder.resolve("none.yaml"), "there is no such file");
    assertRefused(file(""), "empty");
    assertRefused(file("http: [1"), "YAML");
    assertRefused(file("http: {port: 8080}\n"), "connectors is missing");
    assertRefused(file("connectors: []\n"), "connectors is missing");
    assertRefused(file("connectors:\n  -\n"), "connectors[0] is missing");
    assertRefused(file("connectors: 5\n"), "connectors");
    assertRefused(file(GOOD + "http: {port: 1}\n"), "uplicate");
    assertRefused(file(GOOD.replace("      user: controller\n", "")), "charger.user is missing");
    assertRefused(
        file(GOOD.replace("password: secret", "passwordFile: none")), "passwordFile is 'none'");
  }

  @Test
  void aModelFileIsReadBeforeAnythingIsCharged() throws IOException {
    String model;
    try (InputStream shipped =
        Estimators.class.getResourceAsStream("models/lgm50-augmented.json")) {
      model = new String(shipped.readAllBytes(), StandardCharsets.UTF_8);
    }
    Path kept = Files.writeString(folder.resolve("model.json"), model);
    String withModel = GOOD.replace("estimator: physics", "estimator: model.json");
    assertThat(StationConfigReader.read(file(withModel)).connectors().get(0).estimator())
        .isEqualTo(kept.toString());
    assertRefused(file(withModel.replace("cell: lgm50", "cell: chen2020")), "trained for cell");
    Files.writeString(kept, model.substring(0, model.length() / 2));
    assertRefused(file(withModel), "is damaged");
    Files.writeString(kept, model.replaceFirst("\"version\" : \\d+", "\"version\" : 99"));
    assertRefused(file(withModel), "version 99");
    Files.writeString(kept, model.replaceFirst("\"seed\" : \\d+", "\"seed\" : 99"));
    assertRefused(file(withModel), "connectors[0].estimator: Model file " + kept + " is damaged");
    Files.writeString(kept, "{}");
    assertRefused(file(withModel), "is not an Anodyne model");
    assertRefused(
        file(
            GOOD.replace("estimator: physics", "estimator: learned")
                .replace("cell: lgm50", "cell: chen2020")),
        "no trained model for cell chen2020");
  }

  @Test
  void aBatteryWithANameHasAFile() throws IOException {
    String named =
        GOOD.replace("layout: 4s2p", "layout: 4s2p\n      id: bus-17")
            .replace("connectors:", "batteries: kept\nconnectors:");
    assertThat(StationConfigReader.read(file(GOOD)).connectors().get(0).batteryFile()).isNull();
    Path kept = folder.resolve("kept/bus-17.json");
    assertThat(StationConfigReader.read(file(named)).connectors().get(0).batteryFile())
        .isEqualTo(kept);
    assertRefused(file(named.replace("batteries: kept\n", "")), "battery.id is 'bus-17'");
    assertRefused(file(named.replace("bus-17", "../x")), "battery.id is '../x'");
    String second = named.substring(named.indexOf("  - id")).replace("id: C1", "id: C2");
    assertRefused(file(named + second), "connectors[1].battery.id");
    Files.createDirectories(kept.getParent());
    Files.writeString(kept, "nonsense");
    assertRefused(file(named), "is damaged");
    Files.delete(kept);
    Files.delete(kept.getParent());
    Files.writeString(kept.getParent(), "");
    assertRefused(file(named), "batteries is 'kept'");
  }

  @Test
  void twoConnectorsOfOneNameAreRefused() throws IOException {
    String connector = GOOD.substring(GOOD.indexOf("  - id"));
    assertRefused(file(GOOD + connector), "no other connector");
  }

  private static void assertRefused(Path path, String part) {
    assertThatThrownBy(() -> StationConfigReader.read(path))
        .isInstanceOf(ConfigException.class)
        .hasMessageStartingWith(path.toString())
        .hasMessageContaining(part);
  }

  /** A thousand connectors must not make a thousand models, maps and tunings of one cell. */
  @Test
  void connectorsOfOneKindShareTheirCell() throws IOException {
    String one = GOOD.substring(GOOD.indexOf("  - id: C1"));
    StationConfig config =
        StationConfigReader.read(
            file(
                GOOD
                    + one.replace("id: C1", "id: C2")
                    + one.replace("id: C1", "id: C3")
                        .replace("layout: 4s2p", "layout: 4s2p\n      heatTransfer: 40")));
    assertThat(config.connectors().get(1).cell()).isSameAs(config.connectors().get(0).cell());
    assertThat(config.connectors().get(2).cell()).isNotSameAs(config.connectors().get(0).cell());
  }
}
