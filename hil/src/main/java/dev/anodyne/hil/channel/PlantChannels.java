package dev.anodyne.hil.channel;

import dev.anodyne.plantsim.ChargingPlant;
import java.util.ArrayList;
import java.util.List;

/** The channels of a simulated battery with its charger. */
public final class PlantChannels {
  private PlantChannels() {}

  /** All channels of a plant: battery, cells, sensors, command, charger, surroundings. */
  public static Channels of(ChargingPlant plant) {
    List<Channel> all = new ArrayList<>();
    all.add(
        Channel.readOnly(
            "time", "s", ChannelKind.TRUE, "plant time since the start", plant::timeSeconds));
    PackChannels.add(plant, all);
    for (int i = 0; i < plant.pack().cellCount(); i++) {
      CellChannels.add(plant, i, all);
    }
    SensorChannels.add(plant, all);
    CommandChannels.add(plant, all);
    ChargerChannels.add(plant, all);
    CircuitChannels.add(plant, all);
    EnvironmentChannels.add(plant, all);
    return new Channels(all);
  }
}
