package dev.anodyne.opcua.model;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;

/**
 * Units in which chargers give their numbers, and how they become the tag's own: {@code tag value =
 * number · factor + offset}. Codes are UN/CEFACT Recommendation 20's.
 */
public enum MeasuringUnit {
  AMPERE("A", "AMP", EngineeringUnit.AMPERE, 1, 0),
  DECIAMPERE("dA", "", EngineeringUnit.AMPERE, 0.1, 0),
  CENTIAMPERE("cA", "", EngineeringUnit.AMPERE, 0.01, 0),
  MILLIAMPERE("mA", "4K", EngineeringUnit.AMPERE, 0.001, 0),
  KILOAMPERE("kA", "B22", EngineeringUnit.AMPERE, 1000, 0),
  AMPERE_PER_SECOND("A/s", "", EngineeringUnit.AMPERE_PER_SECOND, 1, 0),
  AMPERE_PER_MINUTE("A/min", "", EngineeringUnit.AMPERE_PER_SECOND, 1.0 / 60, 0),
  VOLT("V", "VLT", EngineeringUnit.VOLT, 1, 0),
  DECIVOLT("dV", "", EngineeringUnit.VOLT, 0.1, 0),
  CENTIVOLT("cV", "", EngineeringUnit.VOLT, 0.01, 0),
  MILLIVOLT("mV", "2Z", EngineeringUnit.VOLT, 0.001, 0),
  KILOVOLT("kV", "KVT", EngineeringUnit.VOLT, 1000, 0),
  WATT("W", "WTT", EngineeringUnit.WATT, 1, 0),
  KILOWATT("kW", "KWT", EngineeringUnit.WATT, 1e3, 0),
  MEGAWATT("MW", "MAW", EngineeringUnit.WATT, 1e6, 0),
  KELVIN("K", "KEL", EngineeringUnit.KELVIN, 1, 0),
  CELSIUS("degC", "CEL", EngineeringUnit.KELVIN, 1, 273.15),
  FAHRENHEIT("degF", "FAH", EngineeringUnit.KELVIN, 5.0 / 9, 459.67 * 5 / 9),
  MILLISECOND("ms", "C26", EngineeringUnit.MILLISECOND, 1, 0),
  SECOND("s", "SEC", EngineeringUnit.MILLISECOND, 1000, 0);

  private static final int NO_CODE = -1;

  private final String symbol;
  private final int unitId;
  private final EngineeringUnit base;
  private final double factor;
  private final double offset;

  MeasuringUnit(String symbol, String code, EngineeringUnit base, double factor, double offset) {
    this.symbol = symbol;
    this.unitId = code.isEmpty() ? NO_CODE : EngineeringUnit.unitId(code);
    this.base = base;
    this.factor = factor;
    this.offset = offset;
  }

  /** How it is written in a mapping, for example {@code degC}. */
  public String symbol() {
    return symbol;
  }

  /** The tags' unit of the same quantity. */
  public EngineeringUnit base() {
    return base;
  }

  /** Tag units in one of these. */
  public double factor() {
    return factor;
  }

  /** The tag's value at zero of this unit. */
  public double offset() {
    return offset;
  }

  /** The unit with this sign; empty when it is not known. */
  public static Optional<MeasuringUnit> ofSymbol(String symbol) {
    return Arrays.stream(values()).filter(unit -> unit.symbol.equals(symbol)).findFirst();
  }

  /** The signs of all units for a tag's quantity, its own first. */
  public static List<String> symbolsFor(EngineeringUnit base) {
    return Arrays.stream(values())
        .filter(unit -> unit.base == base)
        .map(MeasuringUnit::symbol)
        .toList();
  }

  /** What a server says in {@code EngineeringUnits}: by its code, else by its display name. */
  public static Optional<MeasuringUnit> of(EUInformation information) {
    Optional<MeasuringUnit> byCode =
        Arrays.stream(values())
            .filter(unit -> unit.unitId != NO_CODE && unit.unitId == information.getUnitId())
            .findFirst();
    if (byCode.isPresent()) {
      return byCode;
    }
    String name = information.getDisplayName().text();
    return name == null ? Optional.empty() : ofSymbol(name.replace("°", "deg"));
  }
}
