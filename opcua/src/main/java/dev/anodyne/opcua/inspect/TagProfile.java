package dev.anodyne.opcua.inspect;

import dev.anodyne.opcua.inspect.NameParts.Hint;
import dev.anodyne.opcua.model.ChargerTag;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;

/**
 * What a tag's node is usually called.
 *
 * @param wanted what its name should say
 * @param welcome what it may say; anything else speaks against it
 */
record TagProfile(Set<Hint> wanted, Set<Hint> welcome) {
  private static final Map<ChargerTag, TagProfile> ALL = all();

  /** The profile of a tag; only tags with a quantity, and the three that tell a state. */
  static Map<ChargerTag, TagProfile> profiles() {
    return ALL;
  }

  private static Map<ChargerTag, TagProfile> all() {
    Map<ChargerTag, TagProfile> map = new EnumMap<>(ChargerTag.class);
    Set<Hint> measured = Set.of(Hint.MEASURED);
    Set<Hint> rated = Set.of(Hint.RATED, Hint.OUTPUT);
    Set<Hint> asked = Set.of(Hint.ASKED);
    put(map, ChargerTag.OUTPUT_CURRENT, Set.of(Hint.OUTPUT), measured);
    put(map, ChargerTag.OUTPUT_VOLTAGE, Set.of(Hint.OUTPUT), measured);
    put(map, ChargerTag.BATTERY_VOLTAGE, Set.of(Hint.BATTERY), measured);
    put(map, ChargerTag.MIN_CELL_VOLTAGE, Set.of(Hint.CELL, Hint.MIN), measured);
    put(map, ChargerTag.MAX_CELL_VOLTAGE, Set.of(Hint.CELL, Hint.MAX), measured);
    put(map, ChargerTag.MIN_CELL_TEMPERATURE, Set.of(Hint.CELL, Hint.MIN), measured);
    put(map, ChargerTag.MAX_CELL_TEMPERATURE, Set.of(Hint.CELL, Hint.MAX), measured);
    put(
        map,
        ChargerTag.SURFACE_TEMPERATURE,
        Set.of(Hint.MEAN),
        Set.of(Hint.MEASURED, Hint.CELL, Hint.BATTERY));
    put(map, ChargerTag.CAP_MIN_VOLTAGE, Set.of(Hint.MIN), rated);
    put(map, ChargerTag.CAP_MAX_VOLTAGE, Set.of(Hint.MAX), rated);
    put(map, ChargerTag.CAP_MAX_CURRENT, Set.of(Hint.MAX), rated);
    put(map, ChargerTag.CAP_MAX_POWER, Set.of(Hint.MAX), rated);
    put(map, ChargerTag.CAP_MAX_RAMP, Set.of(), Set.of(Hint.RATED, Hint.OUTPUT, Hint.MAX));
    put(map, ChargerTag.BATTERY_TARGET_CURRENT, Set.of(Hint.BATTERY), Set.of(Hint.ASKED, Hint.MAX));
    put(map, ChargerTag.BATTERY_MAX_VOLTAGE, Set.of(Hint.BATTERY, Hint.MAX), asked);
    put(map, ChargerTag.BATTERY_MAX_CELL_VOLTAGE, Set.of(Hint.BATTERY, Hint.CELL, Hint.MAX), asked);
    put(
        map,
        ChargerTag.BATTERY_MAX_TEMPERATURE,
        Set.of(Hint.BATTERY, Hint.MAX),
        Set.of(Hint.ASKED, Hint.CELL));
    put(map, ChargerTag.BATTERY_MAX_POWER, Set.of(Hint.BATTERY, Hint.MAX), asked);
    put(
        map,
        ChargerTag.SETPOINT_CURRENT,
        Set.of(Hint.SET),
        Set.of(Hint.OUTPUT, Hint.ASKED, Hint.BATTERY));
    put(
        map,
        ChargerTag.SETPOINT_VOLTAGE_CEILING,
        Set.of(Hint.SET),
        Set.of(Hint.OUTPUT, Hint.ASKED, Hint.BATTERY, Hint.MAX));
    put(map, ChargerTag.SETPOINT_VALID_FOR, Set.of(), Set.of(Hint.SET));
    put(map, ChargerTag.HEARTBEAT, Set.of(Hint.LIFE), Set.of(Hint.OUTPUT, Hint.STATUS));
    put(map, ChargerTag.VEHICLE_CONNECTED, Set.of(Hint.PRESENT), Set.of(Hint.BATTERY, Hint.STATUS));
    put(map, ChargerTag.FAULTS, Set.of(Hint.FAULT), Set.of(Hint.STATUS, Hint.BATTERY, Hint.OUTPUT));
    return Map.copyOf(map);
  }

  private static void put(
      Map<ChargerTag, TagProfile> map, ChargerTag tag, Set<Hint> wanted, Set<Hint> welcome) {
    map.put(tag, new TagProfile(wanted, welcome));
  }
}
