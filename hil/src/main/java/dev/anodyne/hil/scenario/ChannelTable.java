package dev.anodyne.hil.scenario;

import dev.anodyne.hil.channel.Channel;
import dev.anodyne.hil.channel.Channels;
import dev.anodyne.hil.stl.Unit;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The names that a scenario may use, with their units: channels, short names, its faults. */
public final class ChannelTable {
  private final Map<String, Unit> units = new LinkedHashMap<>();
  private final Channels channels;

  /**
   * @param channels of the scenario's plant
   * @param faults ids of the scenario's faults
   */
  public ChannelTable(Channels channels, Collection<String> faults) {
    this.channels = channels;
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

  /** Why a channel cannot take a value of a course; null when it can take all. */
  @Nullable String refusal(String name, Course course) {
    for (double value : course.values()) {
      String refusal = channels.named(Aliases.resolve(name)).refusal(value);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  /** All names with their units. */
  public Map<String, Unit> units() {
    return units;
  }
}
