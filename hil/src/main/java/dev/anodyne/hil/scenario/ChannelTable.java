package dev.anodyne.hil.scenario;

import dev.anodyne.hil.channel.Channel;
import dev.anodyne.hil.channel.Channels;
import dev.anodyne.hil.stl.Unit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** The names that a scenario may use, with their units: channels, short names, its faults. */
public final class ChannelTable {
  private final Map<String, Unit> units = new LinkedHashMap<>();

  /**
   * @param channels of the scenario's plant
   * @param faults ids of the scenario's faults
   */
  public ChannelTable(Channels channels, Collection<String> faults) {
    for (int i = 0; i < channels.count(); i++) {
      Channel channel = channels.get(i);
      units.put(channel.name(), Unit.ofChannel(channel.unit()));
    }
    Aliases.ALL.forEach(
        (alias, name) -> {
          Unit unit = units.get(name);
          if (unit != null) {
            units.put(alias, unit);
          }
        });
    faults.forEach(fault -> units.put("fault(" + fault + ")", Unit.ONE));
  }

  /** All names with their units. */
  public Map<String, Unit> units() {
    return units;
  }
}
