package dev.anodyne.hil.stl;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A unit of measurement: a value in it times {@code factor} plus {@code offset} is the value in the
 * dimension's base unit.
 *
 * @param symbol how it is written, e.g. {@code mV}; empty for a plain number
 * @param dimension what it measures; units of one dimension convert into each other
 * @param factor base units in one of it
 * @param offset base value of its zero; not 0 for °C alone
 */
public record Unit(String symbol, String dimension, double factor, double offset) {
  /** A plain number. */
  public static final Unit ONE = new Unit("", "number", 1, 0);

  /** Base unit of time. */
  public static final Unit SECOND = new Unit("s", "time", 1, 0);

  /** Dimension of temperatures, the only one with an offset. */
  static final String TEMPERATURE = "temperature";

  private static final Map<String, Unit> KNOWN = known();

  /** The unit that is written like this; empty when there is none. */
  public static Optional<Unit> of(String symbol) {
    return Optional.ofNullable(KNOWN.get(symbol));
  }

  /** The unit of a channel: one of the known ones, or else a dimension of its own. */
  public static Unit ofChannel(String symbol) {
    return of(symbol).orElseGet(() -> new Unit(symbol, "[" + symbol + "]", 1, 0));
  }

  /** How all known units are written. */
  public static Set<String> symbols() {
    return KNOWN.keySet();
  }

  /** A value in this unit as one in the base unit. */
  public double toBase(double value) {
    return value * factor + offset;
  }

  /** A difference of values, in the base unit, as one in this unit. */
  public double differenceFromBase(double base) {
    return base / factor;
  }

  /** A difference reads in K, whatever the temperatures were in. */
  public Unit forDifferences() {
    return offset == 0 ? this : new Unit("K", dimension, 1, 0);
  }

  private static Map<String, Unit> known() {
    Map<String, Unit> units = new LinkedHashMap<>();
    put(units, "number", "", 1, "1", 1, "%", 1e-2, "ppm", 1e-6);
    put(units, "time", "s", 1, "ms", 1e-3, "us", 1e-6, "ns", 1e-9, "min", 60, "h", 3600);
    put(units, "voltage", "V", 1, "mV", 1e-3, "uV", 1e-6, "µV", 1e-6, "kV", 1e3);
    put(units, "current", "A", 1, "mA", 1e-3, "kA", 1e3);
    put(units, "power", "W", 1, "mW", 1e-3, "kW", 1e3, "MW", 1e6);
    put(units, "energy", "J", 1, "kJ", 1e3, "Wh", 3600, "kWh", 3.6e6);
    put(units, "charge", "Ah", 1, "A.h", 1, "A·h", 1, "mAh", 1e-3);
    put(units, "resistance", "Ω", 1, "Ohm", 1, "ohm", 1, "mΩ", 1e-3, "mOhm", 1e-3);
    put(units, "resistance", "kΩ", 1e3, "kOhm", 1e3, "MΩ", 1e6, "MOhm", 1e6);
    put(units, TEMPERATURE, "K", 1);
    put(units, "current rate", "A/s", 1, "A/min", 1.0 / 60);
    put(units, "voltage rate", "V/s", 1, "mV/s", 1e-3, "mV/min", 1e-3 / 60);
    put(units, "temperature rate", "K/s", 1, "K/min", 1.0 / 60, "K/h", 1.0 / 3600);
    put(units, "plating exposure", "V·s", 1, "Vs", 1, "V.s", 1, "mVs", 1e-3, "mV·s", 1e-3);
    put(units, "heat transfer", "W/m²K", 1, "W/m2K", 1, "W/(m²K)", 1);
    put(units, "heat transfer", "W/(m2.K)", 1, "W/(m².K)", 1);
    put(units, "length", "m", 1, "mm", 1e-3, "um", 1e-6, "µm", 1e-6, "nm", 1e-9);
    put(units, "concentration", "mol/m3", 1);
    units.put("°C", new Unit("°C", TEMPERATURE, 1, 273.15));
    units.put("degC", new Unit("degC", TEMPERATURE, 1, 273.15));
    return units;
  }

  private static void put(Map<String, Unit> units, String dimension, Object... symbolsAndFactors) {
    for (int i = 0; i < symbolsAndFactors.length; i += 2) {
      String symbol = (String) symbolsAndFactors[i];
      double factor = ((Number) symbolsAndFactors[i + 1]).doubleValue();
      units.put(symbol, new Unit(symbol, dimension, factor, 0));
    }
  }
}
