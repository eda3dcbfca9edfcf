package dev.anodyne.hil.scenario;

import java.util.LinkedHashMap;
import java.util.Map;

/** Short names of the channels that most checks are about. */
public final class Aliases {
  /** Short name to channel name. */
  public static final Map<String, String> ALL = all();

  private Aliases() {}

  /** The channel that a name stands for: itself when it is no short name. */
  public static String resolve(String name) {
    return ALL.getOrDefault(name, name);
  }

  private static Map<String, String> all() {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("current", "pack.current");
    names.put("voltage", "pack.voltage");
    names.put("power", "pack.power");
    names.put("soc", "pack.soc");
    names.put("anodePotential", "pack.minAnodePotential");
    names.put("cellVoltage", "pack.maxCellVoltage");
    names.put("temperature", "pack.maxTemperature");
    names.put("platingExposure", "pack.platingExposure");
    names.put("command", "command.givenCurrent");
    names.put("ambient", "environment.ambient");
    return java.util.Collections.unmodifiableMap(names);
  }
}
