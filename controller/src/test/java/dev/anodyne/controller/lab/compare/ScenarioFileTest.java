package dev.anodyne.controller.lab.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.controller.lab.ChargeSetup;
import dev.anodyne.controller.lab.InputException;
import dev.anodyne.mpc.objective.ChargeGoal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScenarioFileTest {
  @TempDir Path folder;

  @Test
  void shippedExamplesMakeUsableGrids() {
    Path examples = Path.of("..", "examples", "compare");
    ScenarioGrid grid =
        ScenarioGrid.of(
            ScenarioFile.read(examples.resolve("scenarios.yaml"), ScenarioAxes.REFERENCE));

    // 4 seeds of 1 + 3·2 + 1 + 2·2 + 2 + 1 + 3 combinations.
    assertThat(grid.checked(new ScenarioRunner()).scenarios()).hasSize(4 * 18);
    ScenarioGrid ahead =
        ScenarioGrid.of(
            ScenarioFile.read(examples.resolve("anticipation.yaml"), ScenarioAxes.REFERENCE));
    assertThat(ahead.checked(new ScenarioRunner()).scenarios())
        .hasSize(Objects.requireNonNull(examples.resolve("../scenarios").toFile().list()).length);
    assertThat(AgedFile.read(examples.resolve("aged.yaml")))
        .extracting(PlantKeys::name)
        .containsExactly("fresh", "used", "aged", "worn", "any");
  }

  @Test
  void aPartReplacesWhatTheFileSharesAndTheFileReplacesTheDefaults() throws IOException {
    List<ScenarioAxes> parts =
        read(
            """
            ambientC: [0, 10]
            seeds: 2
            firstSeed: 7
            scenarios:
              - name: a
              - name: b
                ambientC: 40
                weight: 3
            """);

    assertThat(parts).extracting(ScenarioAxes::block).containsExactly("a", "b");
    assertThat(parts.get(0).ambientCelsius()).containsExactly(0.0, 10.0);
    assertThat(parts.get(1).ambientCelsius()).containsExactly(40.0);
    assertThat(parts.get(1).weight()).isEqualTo(3);
    assertThat(parts.get(1).toSoc()).isEqualTo(ScenarioAxes.REFERENCE.toSoc());
    List<Scenario> all = ScenarioGrid.of(parts).scenarios();
    assertThat(all).extracting(Scenario::seed).containsExactly(7L, 7L, 8L, 8L, 7L, 8L);
    assertThat(all.get(0).name()).isEqualTo("a, 0 °C, seed 7");
    assertThat(all.get(5).name()).isEqualTo("b, seed 8");
  }

  @Test
  void plantAgeAndSensorsBecomeOnePlantFile() throws IOException {
    Files.writeString(folder.resolve("hard.yaml"), "mismatch: 0.5\nageing: sei\n");
    List<Scenario> all =
        ScenarioGrid.of(
                read(
                    """
                    plants: [nominal, hard.yaml]
                    aged:
                      old: {capacity: 0.8}
                    sensors:
                      low: {voltageBiasVolts: -0.005}
                    """))
            .scenarios();

    assertThat(all).extracting(Scenario::plant).containsExactly("nominal", "hard");
    assertThat(all.get(1).plantKeys())
        .isEqualTo(
            Map.of(
                "mismatch",
                0.5,
                "ageing",
                "sei",
                "aged",
                Map.of("capacity", 0.8),
                "sensors",
                Map.of("voltageBiasVolts", -0.005)));
  }

  @Test
  void aCompleteScenariosFileIsAPart() throws IOException {
    Files.writeString(
        folder.resolve("cold.yaml"),
        "description: a cold start\nmismatch: 0.1\ncharge: {ambientC: -5, from: 0.2, maxCRate: 2}\n");
    Scenario scenario =
        ScenarioGrid.of(read("ambientC: 25\nscenarios:\n  - file: cold.yaml\n    to: 0.5\n"))
            .scenarios()
            .get(0);

    assertThat(scenario.name()).isEqualTo("cold, seed 1");
    assertThat(scenario.ambientCelsius()).isEqualTo(-5);
    assertThat(scenario.fromSoc()).isEqualTo(0.2);
    assertThat(scenario.toSoc()).isEqualTo(0.5);
    assertThat(scenario.limits()).isEqualTo(new ScenarioLimits(null, 45, 2));
    // Only what makes the plant: the rest is said by the charge's options.
    assertThat(scenario.plantKeys()).isEqualTo(Map.of("mismatch", 0.1));
  }

  @Test
  void goalsAndPeriodsAreAxes() throws IOException {
    Files.writeString(folder.resolve("night.csv"), "Time [min],Price [1/kWh]\n0,0.3\n60,0.1\n");
    List<Scenario> all =
        ScenarioGrid.of(
                read(
                    """
                    period: [1, 10]
                    goals:
                      at once:
                      night: {departure: 480, prices: night.csv}
                    """))
            .scenarios();

    assertThat(all).hasSize(4);
    assertThat(all.get(0).name()).isEqualTo("25 °C, from 10 %, at once, every 1 s, seed 1");
    assertThat(all.get(3).name()).isEqualTo("25 °C, from 10 %, night, every 10 s, seed 1");
    ScenarioRunner runner = new ScenarioRunner();
    ChargeSetup once = runner.setup(all.get(0), "mpc", "physics");
    assertThat(once.goal()).isNull();
    assertThat(once.periodSeconds()).isEqualTo(1);
    ChargeSetup night = runner.setup(all.get(3), "mpc", "physics");
    assertThat(night.goal()).isEqualTo(ChargeGoal.leastCost());
    assertThat(night.outlook().departureSeconds()).isEqualTo(480 * 60);
    TaskDigest digest = new TaskDigest("test");
    Contender who = new Contender("mpc", "physics");
    assertThat(all).extracting(s -> digest.task(s, who).key()).doesNotHaveDuplicates();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ambientC: [25, 99]           | f.yaml:1: ambientC[1] is '99.0'; allowed: -40 to 80.",
        "seeds: 0                     | f.yaml:1: seeds is '0'; allowed: how many",
        "to: 0.05                     | f.yaml:1: to is '0.05'; allowed: above 'from', which is 0.1.",
        "from: [0.1, 0.9]             | f.yaml:1: from[1] is '0.9'; allowed: below 'to', which is",
        "battery: old                 | f.yaml:1: battery[0] is 'old'; allowed: new, known.",
        "plants: mismatch:2           | f.yaml:1: plants: --plant: 'mismatch:2' is not allowed",
        "plants: absent.yaml          | f.yaml:1: plants: --plant: 'absent.yaml' is not a plant",
        "plants: [3]                  | f.yaml:1: plants[0] is '3'; allowed: a name or file",
        "ambientc: 25                 | f.yaml:1: ambientc is not a known key",
        "period: [10, 99]             | f.yaml:1: period[1] is '99.0'; allowed: 0.05 to 60.",
        "goals: {a: {goal: cost}}      | f.yaml:1: goals.a: --goal: 'cost' needs a departure",
        "goals: {a: {departur: 60}}    | f.yaml:1: goals.a.departur is not a known key",
        "goals: {a: {departure: 0}}    | f.yaml:1: goals.a: --departure: 0.0 is not allowed",
        "seeds: many                  | f.yaml:1: seeds is 'many'; allowed: a whole number.",
        "scenarios: [{ambientC: 0}]   | f.yaml:1: scenarios[0].name is missing",
        "scenarios: []                | f.yaml:1: scenarios is 'empty'; allowed: at least one",
        "from: []                     | f.yaml:1: from is 'empty'; allowed: at least one value.",
      })
  void namesFileLineKeyAndWhatIsAllowed(String yaml, String complaint) {
    assertThatThrownBy(() -> read(yaml + "\n"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(complaint);
  }

  @Test
  void aPlantThatCannotBeBuiltIsNamedBeforeAnythingRuns() throws IOException {
    ScenarioGrid grid = ScenarioGrid.of(read("aged: {old: {capacity: 0.8, lossOfLithium: 0.1}}\n"));

    assertThatThrownBy(() -> grid.checked(new ScenarioRunner()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("capacity and lossOfLithium are both given");
  }

  @Test
  void aValueThatStandsTwiceOnAnAxisIsNamed() throws IOException {
    List<ScenarioAxes> parts = read("ambientC: [25, 25]\n");

    assertThatThrownBy(() -> ScenarioGrid.of(parts))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("is there twice");
  }

  private List<ScenarioAxes> read(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("f.yaml"), yaml);
    return ScenarioFile.read(file, ScenarioAxes.REFERENCE);
  }
}
