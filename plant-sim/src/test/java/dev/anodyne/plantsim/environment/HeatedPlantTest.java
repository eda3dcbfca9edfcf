package dev.anodyne.plantsim.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.ThermalData;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.ThermalCapabilities;
import dev.anodyne.core.charging.ThermalCommand;
import dev.anodyne.plantsim.ChargingPlant;
import dev.anodyne.plantsim.PlantConfig;
import org.junit.jupiter.api.Test;

/** The heat balance of a battery with heater and cooler. */
class HeatedPlantTest {
  private static final CellParameters CELL = CellParameters.load("lgm50");
  private static final double AMBIENT = 273.15;
  private static final double H = 40;
  private static final CurrentCommand NO_CURRENT = CurrentCommand.zero(Long.MAX_VALUE);

  @Test
  void aCellAtRestEndsWarmerByTheHeatOverItsCooling() {
    ThermalData thermal = CELL.withHeatTransfer(H).thermal().orElseThrow();
    double wattsPerKelvin = H * thermal.coolingAreaM2();
    double tau = thermal.heatCapacityJPerKelvin() / wattsPerKelvin;
    ChargingPlant plant = plant(2, 0, 0, PackLayout.SINGLE_CELL);
    plant.applyThermal(new ThermalCommand(2, Long.MAX_VALUE));

    plant.step(tau, NO_CURRENT, 0);
    double after = plant.truth().maxCellTemperatureKelvin() - AMBIENT;
    plant.step(10 * tau, NO_CURRENT, 0);
    double end = plant.truth().maxCellTemperatureKelvin() - AMBIENT;

    // T = T_a + P/(hA) (1 − e^(−t/τ)). Heat is added after each 0.5 s step of a 200 s time
    // constant: an error of 0.5/200/2 of the rise.
    assertThat(end).isCloseTo(2 / wattsPerKelvin, within(0.004 * 2 / wattsPerKelvin));
    assertThat(after).isCloseTo(end * (1 - Math.exp(-1)), within(0.004 * end));
    // 90 % of the grid's energy becomes heat; no charger runs.
    assertThat(plant.thermalJoules()).isCloseTo(2 * 11 * tau / 0.9, within(1e-6 * 2 * 11 * tau));
    assertThat(plant.gridPowerWatts()).isCloseTo(2 / 0.9, within(1e-9));
  }

  @Test
  void cellsOfAPackShareTheHeat() {
    ChargingPlant plant = plant(8, 0, 0, new PackLayout(4, 1));
    plant.applyThermal(new ThermalCommand(8, Long.MAX_VALUE));
    plant.step(60, NO_CURRENT, 0);
    ChargingPlant single = plant(2, 0, 0, PackLayout.SINGLE_CELL);
    single.applyThermal(new ThermalCommand(2, Long.MAX_VALUE));
    single.step(60, NO_CURRENT, 0);
    // Equal cells, a quarter of the heat each: the same numbers.
    assertThat(plant.truth().minCellTemperatureKelvin())
        .isCloseTo(single.truth().minCellTemperatureKelvin(), within(1e-9));
    assertThat(plant.truth().maxCellTemperatureKelvin())
        .isCloseTo(plant.truth().minCellTemperatureKelvin(), within(1e-9));
  }

  @Test
  void coolsBelowTheAmbientAndLags() {
    ChargingPlant plant = plant(0, 2, 30, PackLayout.SINGLE_CELL);
    plant.applyThermal(new ThermalCommand(-5, Long.MAX_VALUE));
    plant.step(30, NO_CURRENT, 0);
    // One time constant after a command beyond what the cooler can: 63 % of its 2 W.
    assertThat(plant.heatWatts()).isCloseTo(-2 * (1 - Math.exp(-1)), within(1e-9));
    assertThat(plant.truth().minCellTemperatureKelvin()).isLessThan(AMBIENT - 0.3);
  }

  @Test
  void isOffAfterExpiryWithoutABatteryAndOnAFault() {
    ChargingPlant plant = plant(2, 0, 0, PackLayout.SINGLE_CELL);
    plant.applyThermal(new ThermalCommand(2, 1_000_000_000L));
    plant.step(0.5, NO_CURRENT, 0);
    assertThat(plant.heatWatts()).isEqualTo(2);
    plant.step(0.5, NO_CURRENT, 1_000_000_000L);
    assertThat(plant.heatWatts()).isZero();

    plant.applyThermal(new ThermalCommand(2, Long.MAX_VALUE));
    plant.setFault(ChargerFault.OVER_TEMPERATURE, true);
    plant.step(0.5, NO_CURRENT, 0);
    assertThat(plant.heatWatts()).isZero();
    plant.setFault(ChargerFault.OVER_TEMPERATURE, false);
    plant.applyThermal(new ThermalCommand(Double.NaN, Long.MAX_VALUE));
    plant.step(0.5, NO_CURRENT, 0);
    assertThat(plant.heatWatts()).isZero();
    plant.applyThermal(new ThermalCommand(2, Long.MAX_VALUE));
    plant.setConnected(false);
    plant.step(0.5, NO_CURRENT, 0);
    assertThat(plant.heatWatts()).isZero();
  }

  @Test
  void refusesWhatCannotBe() {
    assertThatThrownBy(() -> new ThermalCapabilities(-1, 0, 1, 1))
        .hasMessage(
            "Thermal maxHeatingWatts -1.0 is not allowed; it must be a finite number at least 0.");
    assertThatThrownBy(() -> new ThermalSettings(ThermalCapabilities.NONE, Double.NaN))
        .hasMessageContaining("timeConstantSeconds NaN");
  }

  private static ChargingPlant plant(
      double heating, double cooling, double lag, PackLayout layout) {
    ThermalCapabilities can = new ThermalCapabilities(heating, cooling, 0.9, 2);
    PlantConfig config = PlantConfig.of(CELL, layout);
    return new ChargingPlant(
        config
            .withAmbientKelvin(AMBIENT)
            .withEnvironment(
                config
                    .environment()
                    .withAmbientKelvin(AMBIENT)
                    .withHeatTransfer(H)
                    .withThermal(new ThermalSettings(can, lag))));
  }
}
