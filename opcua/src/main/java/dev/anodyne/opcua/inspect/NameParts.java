package dev.anodyne.opcua.inspect;

import dev.anodyne.opcua.model.EngineeringUnit;
import dev.anodyne.opcua.model.MeasuringUnit;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a name says, word by word: {@code UcellMaxBms} is a voltage, of a cell, the highest, of the
 * battery's management. Words are those that data sheets of chargers use, in English.
 *
 * @param name the name itself
 * @param words its words, in lower case
 * @param hints what they say
 * @param quantity the quantity's unit; empty when no word names one
 */
record NameParts(
    String name, List<String> words, Set<Hint> hints, Optional<EngineeringUnit> quantity) {

  /** What a word may say. */
  enum Hint {
    CELL("cell", "cells"),
    BATTERY("battery", "batt", "bat", "bms", "pack", "vehicle", "ev", "traction"),
    OUTPUT("output", "out", "dc", "charger"),
    MAX(
        "max", "maximum", "highest", "high", "upper", "limit", "limits", "lim", "ceiling",
        "hottest"),
    MIN("min", "minimum", "lowest", "low", "lower", "coldest"),
    MEAN("mean", "avg", "average", "surface"),
    SET("set", "setpoint", "setpoints", "sp", "command", "cmd", "control", "ctrl", "ref"),
    ASKED(
        "req",
        "request",
        "requested",
        "target",
        "desired",
        "demand",
        "asked",
        "allowed",
        "permitted",
        "limit",
        "limits",
        "lim"),
    RATED(
        "cap", "capability", "capabilities", "rated", "rating", "ratings", "nominal", "nameplate"),
    MEASURED("meas", "measured", "measurement", "measurements", "actual", "act", "telemetry"),
    LIFE("heartbeat", "heart", "life", "alive", "watchdog", "beat", "toggle"),
    PRESENT("connected", "plugged", "present", "plug"),
    FAULT("fault", "faults", "error", "errors", "alarm", "alarms"),
    STATUS("status", "state"),
    /** Somewhere that is neither the charger's output nor the battery. */
    ELSEWHERE(
        "ac",
        "mains",
        "grid",
        "input",
        "ambient",
        "outside",
        "coolant",
        "heatsink",
        "cable",
        "inlet",
        "transformer",
        "board",
        "internal",
        "phase",
        "supply");

    private final Set<String> words;

    Hint(String... words) {
      this.words = Set.of(words);
    }
  }

  private static final Map<String, EngineeringUnit> QUANTITIES = quantities();

  /** {@code Iout}, {@code Umax}: a sign and a word written together. */
  private static final Pattern SIGN =
      Pattern.compile(
          "([iutpv])(out|set|max|min|req|cell|batt|bat|dc|bms|pack|lim|act|meas|ref|cmd|avg)(.*)");

  /** The last word after a mark: {@code _mV}, {@code [degC]}. */
  private static final Pattern UNIT = Pattern.compile("[\\s_\\[(./-]([A-Za-z/]+)[\\])]?$");

  private static Map<String, EngineeringUnit> quantities() {
    Map<String, EngineeringUnit> map = new HashMap<>();
    put(map, EngineeringUnit.AMPERE, "current", "amp", "amps", "ampere", "amperes", "i");
    put(map, EngineeringUnit.VOLT, "voltage", "volt", "volts", "u", "v");
    put(map, EngineeringUnit.KELVIN, "temperature", "temp", "t");
    put(map, EngineeringUnit.WATT, "power", "watt", "watts", "p");
    put(map, EngineeringUnit.AMPERE_PER_SECOND, "ramp", "slew", "slope");
    put(map, EngineeringUnit.MILLISECOND, "valid", "validity", "expiry", "lifetime");
    return map;
  }

  private static void put(Map<String, EngineeringUnit> map, EngineeringUnit unit, String... words) {
    for (String word : words) {
      map.put(word, unit);
    }
  }

  static NameParts of(String name) {
    List<String> words = split(name);
    EnumSet<Hint> hints = EnumSet.noneOf(Hint.class);
    Optional<EngineeringUnit> quantity = Optional.empty();
    for (String word : words) {
      for (Hint hint : Hint.values()) {
        if (hint.words.contains(word)) {
          hints.add(hint);
        }
      }
      EngineeringUnit named = QUANTITIES.get(word);
      boolean kept =
          quantity
              .filter(
                  unit ->
                      unit == EngineeringUnit.AMPERE_PER_SECOND
                          || unit == EngineeringUnit.MILLISECOND)
              .isPresent();
      // The last one counts ("current voltage"), but a ramp of the current stays a ramp.
      if (named != null && !kept) {
        quantity = Optional.of(named);
      }
    }
    return new NameParts(name, words, hints, quantity);
  }

  /** The unit that a name ends with, as in {@code Voltage_mV}; empty when it ends with none. */
  Optional<MeasuringUnit> unit() {
    Matcher end = UNIT.matcher(name);
    if (!end.find()) {
      return Optional.empty();
    }
    String symbol = end.group(1);
    if (symbol.equals("C") || symbol.equalsIgnoreCase("celsius")) {
      return Optional.of(MeasuringUnit.CELSIUS);
    }
    // Another single letter may be a phase or a count as well.
    return symbol.length() == 1 ? Optional.empty() : MeasuringUnit.ofSymbol(symbol);
  }

  private static List<String> split(String name) {
    List<String> words = new ArrayList<>();
    String spaced =
        name.replaceAll("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ")
            .replaceAll("[^\\p{L}\\p{N}]+", " ");
    for (String part : spaced.strip().toLowerCase(Locale.ROOT).split(" ", -1)) {
      Matcher sign = SIGN.matcher(part);
      if (sign.matches()) {
        words.add(sign.group(1));
        words.add(sign.group(2));
        if (!sign.group(3).isEmpty()) {
          words.add(sign.group(3));
        }
      } else if (!part.isEmpty()) {
        words.add(part);
      }
    }
    return List.copyOf(words);
  }
}
