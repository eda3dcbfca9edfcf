package dev.anodyne.hil.channel;

import dev.anodyne.core.signal.Sensor;
import dev.anodyne.plantsim.ChargingPlant;
import dev.anodyne.plantsim.PlantSensors;
import java.util.List;
import java.util.function.IntFunction;

/**
 * What the battery's sensors say: the newest sampling. Forcing one makes the sensor itself say the
 * value, so that extremes and means that the battery's management makes of it follow.
 */
final class SensorChannels {
  private static final double HIGHEST_VOLTS = 5000;
  private static final double HIGHEST_AMPS = 10_000;

  private SensorChannels() {}

  static void add(ChargingPlant plant, List<Channel> all) {
    PlantSensors sensors = plant.sensors();
    int cells = plant.pack().cellCount();
    all.add(
        sensor("sensor.current", "A", "battery current", sensors.current())
            .within(-HIGHEST_AMPS, HIGHEST_AMPS));
    all.add(
        sensor("sensor.voltage", "V", "battery voltage", sensors.voltage())
            .within(-HIGHEST_VOLTS, HIGHEST_VOLTS));
    for (int i = 0; i < cells; i++) {
      String prefix = "sensor.cell[" + i + "].";
      all.add(
          sensor(prefix + "voltage", "V", "the cell's voltage", sensors.cellVoltage(i))
              .within(-HIGHEST_VOLTS, HIGHEST_VOLTS));
      all.add(
          sensor(prefix + "temperature", "K", "the cell's surface", sensors.cellTemperature(i))
              .within(1, 1000));
    }
    bounds(all, "CellVoltage", "V", "cell voltage read", cells, sensors::cellVoltage);
    bounds(all, "Temperature", "K", "temperature read", cells, sensors::cellTemperature);
  }

  private static Channel sensor(String name, String unit, String meaning, Sensor sensor) {
    return Channel.component(
        name, unit, ChannelKind.MEASURED, meaning, sensor::newest, sensor::force, sensor::release);
  }

  private static void bounds(
      List<Channel> all,
      String name,
      String unit,
      String words,
      int cells,
      IntFunction<Sensor> sensors) {
    all.add(
        Channel.readOnly(
            "sensor.min" + name,
            unit,
            ChannelKind.MEASURED,
            "lowest " + words,
            () -> {
              double least = Double.POSITIVE_INFINITY;
              for (int i = 0; i < cells; i++) {
                least = Math.min(least, sensors.apply(i).newest());
              }
              return least;
            }));
    all.add(
        Channel.readOnly(
            "sensor.max" + name,
            unit,
            ChannelKind.MEASURED,
            "highest " + words,
            () -> {
              double most = Double.NEGATIVE_INFINITY;
              for (int i = 0; i < cells; i++) {
                most = Math.max(most, sensors.apply(i).newest());
              }
              return most;
            }));
  }
}
