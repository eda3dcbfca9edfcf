package dev.anodyne.hil.channel;

import dev.anodyne.plantsim.ChargingPlant;
import dev.anodyne.plantsim.environment.AmbientTemperature;
import java.util.List;

/** What surrounds the battery. */
final class EnvironmentChannels {
  private EnvironmentChannels() {}

  static void add(ChargingPlant plant, List<Channel> all) {
    all.add(ambient(plant));
    all.add(
        Channel.setting(
                "environment.heatTransfer",
                "W/(m2.K)",
                "from the cells to their surroundings, over the cooling area",
                plant::heatTransferWattsPerM2Kelvin,
                plant::setHeatTransfer)
            .within(0, 10_000));
    all.add(
        Channel.result(
            "environment.heat",
            "W",
            "from heater or cooler into the battery, below 0 when it is cooled",
            plant::heatWatts));
    all.add(
        Channel.result(
            "environment.heatGridEnergy",
            "J",
            "drawn by heater and cooler since the start",
            plant::thermalJoules));
  }

  /** Forced to a constant; released, the series that was there goes on. */
  private static Channel ambient(ChargingPlant plant) {
    AmbientTemperature usual = plant.ambient();
    return Channel.component(
            "environment.ambient",
            "K",
            ChannelKind.SETTING,
            "temperature of the surroundings, coolant or air",
            () -> plant.ambient().kelvinAt(plant.timeSeconds()),
            value -> plant.setAmbient(AmbientTemperature.constant(value)),
            () -> plant.setAmbient(usual))
        .within(200, 400);
  }
}
