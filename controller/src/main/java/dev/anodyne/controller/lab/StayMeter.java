package dev.anodyne.controller.lab;

import dev.anodyne.core.charging.StepSeries;
import dev.anodyne.mpc.objective.Schedule;
import dev.anodyne.plantsim.ChargingPlant;
import dev.anodyne.plantsim.pack.CellState;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** Adds up what a stay at the charger costs, step by step. */
final class StayMeter {
  private static final double JOULES_PER_KILOWATT_HOUR = 3.6e6;

  private final StepSeries prices;
  private double gridKilowattHours;
  private double cost;

  /** A meter at a tariff, currency per kWh over the time from the plant's start. */
  StayMeter(StepSeries prices) {
    this.prices = prices;
  }

  /** Takes in a plant that has just been stepped. */
  void step(ChargingPlant plant, double dtSeconds) {
    double energy = plant.gridPowerWatts() * dtSeconds / JOULES_PER_KILOWATT_HOUR;
    double end = plant.timeSeconds();
    gridKilowattHours += energy;
    cost += energy * prices.mean(Math.max(0.0, end - dtSeconds), end);
  }

  /** The figures at the departure. */
  Stay finish(
      ChargingPlant plant,
      double departureSeconds,
      double arrivalSeconds,
      Optional<Schedule> planned) {
    return new Stay(
        departureSeconds,
        arrivalSeconds,
        gridKilowattHours,
        plant.thermalJoules() / JOULES_PER_KILOWATT_HOUR,
        cost,
        percent(plant, CellState::lossToSeiAmpHours),
        percent(plant, CellState::deadLithiumAmpHours),
        percent(plant, c -> c.lossToPlatingAmpHours() - c.deadLithiumAmpHours()),
        planned);
  }

  private static double percent(ChargingPlant plant, ToDoubleFunction<CellState> ampHours) {
    double mean = plant.truth().cells().stream().mapToDouble(ampHours).average().orElse(0.0);
    return 100.0 * mean / plant.config().cell().nominalCapacityAmpHours();
  }
}
