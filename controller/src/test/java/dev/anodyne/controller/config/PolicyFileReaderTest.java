package dev.anodyne.controller.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.mpc.MpcSettings;
import dev.anodyne.mpc.spec.PolicyLimits;
import dev.anodyne.mpc.spec.PolicySpec;
import dev.anodyne.mpc.spec.TemperatureLimits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PolicyFileReaderTest {
  private static final String FULL =
      """
      name: winter
      version: "2.10"
      policy: mpc
      objective: minimum-time
      estimator: physics
      deadlineSeconds: 0.4
      limits:
        minAnodePotentialVolts: 0.005
        maxCRate: 2
        maxTemperatureC: 40
        byTemperature:
          - {temperatureC: 0, maxCRate: 0.5, maxVoltageVolts: 4.1}
          - {temperatureC: 25, maxCRate: 3, maxVoltageVolts: 4.2}
      horizon:
        steps: 20
        moves: 8
        seconds: 200
      weights: {decay: 3}
      margins: {riseVoltsPerC: 0.02}
      search: {anodeRiseSeconds: 6}
      tune:
        horizon.seconds: [100, 400]
      """;

  @TempDir private Path folder;

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("p.yaml"), text);
  }

  @Test
  void readsEverything() throws IOException {
    PolicyFile read = PolicyFileReader.read(file(FULL));
    PolicySpec spec = read.spec();
    assertThat(spec.name()).isEqualTo("winter");
    assertThat(spec.version()).isEqualTo("2.10");
    assertThat(spec.estimator()).contains("physics");
    assertThat(spec.deadlineSeconds()).hasValue(0.4);
    assertThat(spec.limits())
        .isEqualTo(
            new PolicyLimits(
                0.005,
                2,
                Double.POSITIVE_INFINITY,
                313.15,
                new TemperatureLimits(
                    List.of(
                        new TemperatureLimits.Row(273.15, 0.5, 4.1),
                        new TemperatureLimits.Row(298.15, 3, 4.2)))));
    MpcSettings settings = spec.settings();
    assertThat(settings.horizon()).isEqualTo(new MpcSettings.Horizon(1, 20, 8, 200, 25));
    assertThat(settings.weights().decay()).isEqualTo(3);
    assertThat(settings.weights().move()).isEqualTo(MpcSettings.DEFAULT.weights().move());
    assertThat(settings.margins().riseVoltsPerC()).isEqualTo(0.02);
    assertThat(settings.search().anodeRiseSeconds()).isEqualTo(6);
    assertThat(read.tune()).containsOnlyKeys("horizon.seconds");
  }

  @Test
  void whatIsWrittenIsReadBackAsItWas() throws IOException {
    for (String text :
        List.of(
            FULL,
            "{}",
            "policy: map",
            "objective: least-cost",
            "limits: {maxTemperatureC: 38.7}")) {
      PolicyFile read = PolicyFileReader.read(file(text));
      String written = PolicyFileWriter.text(read.spec(), read.tune());
      PolicyFile again = PolicyFileReader.parse(folder.resolve("p.yaml"), written);
      assertThat(again.spec()).isEqualTo(read.spec());
      assertThat(again.tune()).isEqualTo(read.tune());
    }
  }

  @Test
  void anEmptyMappingIsTheDefaultController() throws IOException {
    PolicySpec spec = PolicyFileReader.read(file("{}")).spec();
    assertThat(spec).isEqualTo(PolicySpec.named("mpc").withName("p", ""));
    assertThat(spec.digest()).isEqualTo(PolicySpec.named("mpc").digest());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          steps: 20                 | steps: 0              | :15: horizon.steps is '0'; allowed: a whole number, 2 to 200
          moves: 8                  | moves: 25             | :16: horizon.moves is '25 moves in 20 steps'
          moves: 8                  | moves: 2.5            | :16: horizon.moves is '2.5'; allowed: a whole number, 1 to 200
          seconds: 200              | seconds: long         | :17: horizon.seconds is 'long'; allowed: a number, 1 to 7200
          decay: 3                  | decai: 3              | :18: weights.decai is not a known key
          riseVoltsPerC: 0.02       | riseVoltsPerC: .nan   | :19: not readable as YAML: Malformed numeric value '.nan'
          version: "2.10"           | version: 2.10         | :2: version is '2.1'; allowed: a whole number, or text
          policy: mpc               | policy: rider         | :14: horizon: the policy rider has no such settings
          policy: mpc               | policy: mcp           | :3: policy: Policy "mcp" is not available
          objective: minimum-time   | objective: minimumtime | :4: objective is 'minimumtime'; allowed: minimum-time
          estimator: physics        | estimator: phisics    | :5: estimator is 'phisics'
          temperatureC: 25          | temperatureC: -5      | :13: limits.byTemperature[1].temperatureC is '-5.0'; allowed: higher
          temperatureC: 25, maxCRate: 3 | temperatureC: 25  | :13: limits.byTemperature[1]: a row needs the same keys
          temperatureC: 25, maxCRate: 3, maxV | tempC: 25, maxV | :13: limits.byTemperature[1].tempC is not a known key
          [100, 400]                | [400, 100]            | :22: tune.horizon.seconds is
          name: winter              | name: winter summer:  | :1:
          search: {anode            | policy: {anode        | :20: not readable as YAML: Duplicate
          """)
  void complaintsNameLineKeyValueAndWhatIsAllowed(String old, String wrong, String message)
      throws IOException {
    String text = FULL.replace(old, wrong);
    assertThat(text).isNotEqualTo(FULL);
    assertThatThrownBy(() -> PolicyFileReader.read(file(text)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("p.yaml" + message);
  }

  @Test
  void noCurrentAtAnyTemperatureIsAContradiction() throws IOException {
    String text =
        FULL.replace("maxCRate: 0.5", "maxCRate: 0").replace("maxCRate: 3", "maxCRate: 0");
    assertThatThrownBy(() -> PolicyFileReader.read(file(text)))
        .hasMessageContaining(":11: limits.byTemperature: ")
        .hasMessageContaining("0 A at every temperature");
  }

  /** The parser notices late; the line that is wrong is the one to name. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name: a;policy mpc;version: 1;          | 2
          name: "a;policy: mpc;version: 1;        | 1
          limits: {maxCRate: 1;policy: mpc;       | 1
          name: a;\tpolicy: mpc;                  | 2
          name: a;limits:;  maxCRate: 1; horizon: | 4
          name: a;version: 1;policy: @mpc;        | 3
          name: a;version: 1;version: 2;          | 3
          name: a;---;name: b;                    | 3
          """)
  void syntaxErrorsNameTheLineThatIsWrong(String text, int line) throws IOException {
    Path file = file(text.replace(';', '\n'));
    assertThatThrownBy(() -> PolicyFileReader.read(file))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("p.yaml:" + line + ": ");
  }

  @Test
  void whatIsNoTextIsRefused() throws IOException {
    Path file = folder.resolve("p.yaml");
    Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0, 1});
    assertThatThrownBy(() -> PolicyFileReader.read(file)).hasMessageContaining("UTF-8");
    Files.write(file, "name: a\u0000b".getBytes(StandardCharsets.UTF_8));
    assertThatThrownBy(() -> PolicyFileReader.read(file)).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> PolicyFileReader.read(file(""))).hasMessageContaining("is empty");
    assertThatThrownBy(() -> PolicyFileReader.read(folder)).isInstanceOf(ConfigException.class);
  }

  @Test
  void aNameStaysANameAndAFileAFile() throws IOException {
    assertThat(PolicyFile.of("cccv:1.5", folder).path()).isEmpty();
    file("policy: rider");
    assertThat(PolicyFile.of("p.yaml", folder).spec().policy()).isEqualTo("rider");
    Files.writeString(folder.resolve("rider"), "policy: map");
    assertThat(PolicyFile.of("rider", folder).spec().policy()).isEqualTo("rider");
    assertThat(PolicyFile.of("./rider", folder).spec().policy()).isEqualTo("map");
    assertThatThrownBy(() -> PolicyFile.of("q.yaml", folder)).hasMessageContaining("no such file");
    assertThatThrownBy(() -> PolicyFile.of("ridr", folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("or a policy file");
  }
}
