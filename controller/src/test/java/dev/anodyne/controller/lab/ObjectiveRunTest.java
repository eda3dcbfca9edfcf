package dev.anodyne.controller.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.core.charging.StepSeries;
import dev.anodyne.core.charging.ThermalCommand;
import dev.anodyne.mpc.Outlook;
import dev.anodyne.mpc.objective.ChargeGoal;
import dev.anodyne.plantsim.ChargingPlant;
import dev.anodyne.plantsim.PlantConfig;
import dev.anodyne.plantsim.pack.PackState;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Charges with a departure, a tariff and a heater, in the closed loop on the simulated plant. */
class ObjectiveRunTest {
  private static final CellParameters CELL = CellParameters.load("lgm50").withHeatTransfer(10);
  private static final Map<String, Object> HEATER =
      Map.of("thermal", Map.of("heatingWatts", 3.0, "lagSeconds", 20.0));

  @Test
  void plannedHeatShortensAColdStartAndKeepsTheLimits() throws InterruptedException {
    RunResult cold = run(setup("rider", 263.15), Map.of());
    RunResult warmed = run(setup("mpc", 263.15), HEATER);
    RunResult thermostat = run(setup("rider", 263.15).withThermostatCelsius(30.0), HEATER);

    assertThat(warmed.reached()).isTrue();
    assertThat(warmed.violations()).isEmpty();
    // The kinetics of a cell at 40 °C are an order of magnitude faster than at −10 °C: a half is
    // a bound with room. 3 W warm its 43 J/K by 4 K a minute.
    assertThat(warmed.summary().minutes()).isLessThan(0.5 * cold.summary().minutes());
    assertThat(warmed.summary().minutes()).isLessThan(thermostat.summary().minutes());
    // The heater ends below the limit of 45 °C on its own; the charge adds a little.
    assertThat(warmed.summary().maxTemperatureCelsius()).isBetween(30.0, 45.0);
  }

  @Test
  void anEstimatorThatIsToldTheHeatIsNotConfusedByIt() {
    // 3 W warm 43 J/K by 0.7 K in the observer's 30 s, and its ambient follows for minutes. Told,
    // only the heater's lag of 20 s is left.
    double told = kelvinErrorWithHeat(true);
    assertThat(told).isLessThan(0.2);
    assertThat(told).isLessThan(0.2 * kelvinErrorWithHeat(false));
  }

  /** Root mean square error of the temperature while 3 W warm a cell for ten minutes, K. */
  private static double kelvinErrorWithHeat(boolean told) {
    ChargeSetup setup = setup("rider", 263.15);
    PlantConfig config = PlantChoice.withPerfectSensors(PlantChoice.of(HEATER, "test", setup));
    ChargingPlant plant = new ChargingPlant(config);
    StateEstimator estimator = Parts.estimator(setup, plant::truth);
    CurrentCommand current = new CurrentCommand(1.5, 4.2, Long.MAX_VALUE);
    double kelvin = 0;
    int count = 60;
    for (int i = 0; i < count; i++) {
      plant.applyThermal(new ThermalCommand(3, Long.MAX_VALUE));
      if (told) {
        estimator.heated(3);
      }
      plant.step(10, current, 0);
      CellEstimate e = estimator.update(plant.measure((i + 1) * 10_000_000_000L), current);
      PackState truth = plant.truth();
      kelvin += Math.pow(e.coreTemperatureKelvin() - truth.maxCellTemperatureKelvin(), 2) / count;
    }
    return Math.sqrt(kelvin);
  }

  @Test
  void tellsWhatAStayCosts() throws InterruptedException {
    StepSeries tariff = StepSeries.of(new double[] {0, 3600}, new double[] {0.40, 0.10}, 0.40);
    Outlook outlook = Outlook.NONE.withDepartureSeconds(3 * 3600).withPrices(tariff);
    ChargeSetup base = setup("rider", 298.15).withOutlook(outlook);
    Stay cheap = stay(run(base.withGoal(ChargeGoal.leastCost()), Map.of()));
    Stay atOnce = stay(run(base, Map.of()));
    Stay gentle = stay(run(base.withGoal(ChargeGoal.leastAgeing()), Map.of()));

    assertThat(cheap.inTime()).isTrue();
    assertThat(gentle.inTime()).isTrue();
    assertThat(cheap.arrivalSeconds()).isGreaterThan(3600);
    // All of the energy at a quarter of the price, and no more energy than in a hurry.
    assertThat(cheap.cost()).isLessThan(0.26 * atOnce.cost());
    assertThat(gentle.lostPercent()).isLessThan(0.9 * atOnce.lostPercent());
    assertThat(cheap.planned()).isPresent();
    assertThat(atOnce.planned()).isEmpty();
    assertThat(atOnce.toMap()).containsEntry("in_time", true).doesNotContainKey("planned");
    // What the plan expected of the energy; the plant's charger has the efficiency it counts on.
    assertThat(cheap.gridKilowattHours() / cheap.planned().orElseThrow().kilowattHours())
        .isBetween(0.97, 1.03);
  }

  @Test
  void saysWhenTheDepartureIsMissed() throws InterruptedException {
    Outlook soon = Outlook.NONE.withDepartureSeconds(900);
    Stay late =
        stay(
            run(
                setup("rider", 298.15).withOutlook(soon).withGoal(ChargeGoal.leastAgeing()),
                Map.of()));
    assertThat(late.inTime()).isFalse();
    assertThat(late.text()).contains("too late").contains("at the earliest");
  }

  @Test
  void refusesHeatersThatCannotBe() {
    assertThatThrownBy(() -> run(setup("mpc", 298.15), thermal("heatingWatts", -1.0)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("thermal: Thermal maxHeatingWatts -1.0 is not allowed");
    assertThatThrownBy(() -> run(setup("mpc", 298.15), thermal("heatWatts", 1.0)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("unknown key 'heatWatts'");
  }

  private static Map<String, Object> thermal(String key, double value) {
    return Map.of("thermal", Map.of(key, value));
  }

  private static RunResult run(ChargeSetup setup, Map<String, Object> keys)
      throws InterruptedException {
    return ClosedLoopRun.run(
        setup, PlantChoice.of(keys, "test", setup), setup.policy(), Progress.NONE);
  }

  private static Stay stay(RunResult run) {
    return run.stay().orElseThrow();
  }

  private static ChargeSetup setup(String policy, double ambientKelvin) {
    return new ChargeSetup(
        CELL,
        PackLayout.SINGLE_CELL,
        policy,
        "physics",
        0.1,
        0.8,
        ambientKelvin,
        10,
        4.2,
        318.15,
        3,
        30,
        1);
  }
}
