package dev.anodyne.controller.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.plantsim.ChargingPlant;
import dev.anodyne.plantsim.PlantConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a plant file makes of a plant, and of what the controller is told. */
class PlantChoiceTest {
  private static final CellParameters CELL = CellParameters.load("lgm50").withHeatTransfer(40);
  private static final CurrentCommand THREE_AMPS = new CurrentCommand(3, 4.2, 1_000_000_000_000L);

  @TempDir Path folder;

  @Test
  void theChargerAnswersAfterItsDeadTimeAndByItsRamp() throws IOException {
    ChargingPlant plant = plant("charger: {rampAmpsPerSecond: 0.5, delaySeconds: 1}");
    assertThat(plant.capabilities().maxRampAmpsPerSecond()).isEqualTo(0.5);
    plant.step(1, THREE_AMPS, 0);
    assertThat(plant.truth().chargeCurrentAmps()).isZero();
    plant.step(1, THREE_AMPS, 1_000_000_000L);
    // The ramp's half ampere in the second; the loop's time constant of 0.1 s takes nothing of it.
    assertThat(plant.truth().chargeCurrentAmps()).isEqualTo(0.5, within(1e-9));
  }

  @Test
  void itFallsByAnotherRampWhereTheFileSaysSo() throws IOException {
    ChargingPlant plant = plant("charger: {rampAmpsPerSecond: 3, rampDownAmpsPerSecond: 0.1}");
    plant.step(2, THREE_AMPS, 0);
    double reached = plant.truth().chargeCurrentAmps();
    plant.step(1, new CurrentCommand(1, 4.2, 1_000_000_000_000L), 2_000_000_000L);
    assertThat(plant.truth().chargeCurrentAmps()).isEqualTo(reached - 0.1, within(1e-9));
  }

  @Test
  void aCapLowersCurrentAndCapabilitiesWhileItLasts() throws IOException {
    ChargingPlant plant =
        plant("charger: {powerCaps: [{atSeconds: 2, watts: 4}, {atSeconds: 5, share: 1}]}");
    plant.step(2, THREE_AMPS, 0);
    assertThat(plant.truth().chargeCurrentAmps()).isEqualTo(3, within(0.02));
    plant.step(2, THREE_AMPS, 2_000_000_000L);
    assertThat(plant.capabilities().maxPowerWatts()).isEqualTo(4);
    double watts = plant.truth().chargeCurrentAmps() * plant.truth().maxCellVoltageVolts();
    assertThat(watts).isEqualTo(4, within(0.05));
    plant.step(2, THREE_AMPS, 4_000_000_000L);
    assertThat(plant.truth().chargeCurrentAmps()).isEqualTo(3, within(0.02));
  }

  @Test
  void aTrippedPowerStageDeliversNothing() throws IOException {
    ChargingPlant plant = plant("charger: {dropOuts: [{atSeconds: 2, seconds: 3}]}");
    plant.step(2, THREE_AMPS, 0);
    plant.step(2, THREE_AMPS, 2_000_000_000L);
    assertThat(plant.truth().chargeCurrentAmps()).isZero();
    plant.step(3, THREE_AMPS, 4_000_000_000L);
    assertThat(plant.truth().chargeCurrentAmps()).isEqualTo(3, within(0.02));
  }

  @Test
  void onlyAnAnnouncedCapIsTold() throws IOException {
    String cap = "powerCaps: [{atSeconds: 60, share: 0.5}]";
    ChargeSetup told = told("charger: {delaySeconds: 0.5, announced: true, " + cap + "}");
    assertThat(told.chargerDelaySeconds()).isEqualTo(0.5);
    // Half of 4.2 V and 3C of 5 Ah.
    assertThat(told.outlook().maxPowerWatts().at(60)).isEqualTo(31.5, within(1e-9));
    assertThat(told.outlook().maxPowerWatts().at(59)).isInfinite();
    assertThat(told("charger: {" + cap + "}").outlook().maxPowerWatts().at(60)).isInfinite();
  }

  @Test
  void theBatterysOwnLimitsAreJudgedToo() throws IOException {
    PlantConfig config = config("limits: {maxTemperatureC: 33, maxCRate: 1}");
    assertThat(config.batteryLimits().maxTemperatureKelvin()).isEqualTo(306.15);
    RunLimits judged = PlantLimits.judged(setup().limits(), config);
    assertThat(judged.maxTemperatureKelvin()).isEqualTo(306.15);
    assertThat(judged.maxCurrentAmps()).isEqualTo(5, within(1e-9));
    // A battery cannot widen what the charge allows.
    assertThat(config("limits: {maxTemperatureC: 70}").batteryLimits().maxTemperatureKelvin())
        .isEqualTo(setup().maxTemperatureKelvin());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          charger: {rampAmpsPerSecond: 0}               | rampAmpsPerSecond | above 0
          charger: {delaySeconds: 11}                   | delaySeconds      | 0 to 10
          charger: {powerCaps: [{atSeconds: 5}]}        | 5.0 s             | watts or share
          charger: {powerCaps: [{atSeconds: 5, watts: 1}, {atSeconds: 5, watts: 2}]} | 5.0 s | one
          charger: {dropOuts: [{atSeconds: 5, seconds: 0}]} | dropOuts      | above 0
          charger: {announce: true}                     | announce          | announced
          limits: {maxTemperatureC: 200}                | maxTemperatureC   | 80
          charge: {from: 0.9, to: 0.8}                  | 0.9               | from < to
          charge: {heatTransfer: -1}                    | heatTransfer      | 0.0 to
          """)
  void whatIsNotAllowedIsNamed(String text, String what, String allowed) throws IOException {
    Path file = Files.writeString(folder.resolve("p.yaml"), "# a line\n" + text + "\n");
    assertThatThrownBy(() -> PlantChoice.of(file.toString(), setup()))
        .isInstanceOf(InputException.class)
        .hasMessageContainingAll("p.yaml", what, allowed);
  }

  @Test
  void everyShippedScenarioIsComplete() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("../examples/scenarios"))) {
      List<Path> all = files.sorted().toList();
      assertThat(all).hasSizeGreaterThan(10);
      for (Path file : all) {
        ChargeSetup setup = PlantChoice.scenario(file, "mpc", "physics", 1, 1);
        PlantConfig plant = PlantChoice.of(file.toString(), setup);
        assertThat(plant.initialSoc()).as(file.toString()).isEqualTo(setup.fromSoc());
      }
    }
  }

  private ChargingPlant plant(String yaml) throws IOException {
    return new ChargingPlant(config(yaml + "\nsensorNoise: false"));
  }

  private ChargeSetup told(String yaml) throws IOException {
    return PlantCharger.told(setup(), config(yaml));
  }

  private PlantConfig config(String yaml) throws IOException {
    Path file = Files.writeString(folder.resolve("plant.yaml"), yaml);
    return PlantChoice.of(file.toString(), setup());
  }

  private static ChargeSetup setup() {
    return new ChargeSetup(
        CELL, PackLayout.SINGLE_CELL, "mpc", "physics", 0.3, 0.8, 298.15, 40, 4.2, 318.15, 3, 1, 1);
  }
}
