package dev.anodyne.opcua.model;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/**
 * Everything a charger says and takes over OPC UA. This table is the only place where the address
 * space is defined: servers make their nodes from it and clients their default mapping.
 *
 * <p>Signs and units are those of the charging vocabulary: current is positive when charging,
 * values are SI. A tag's node id is a string in the namespace {@link #NAMESPACE_URI}: the charger's
 * id and the tag's path, for example {@code CH01.Meas.OutputCurrent}; the bench's clock belongs to
 * no charger ({@code Bench.Clock.Tick}).
 */
public enum ChargerTag {
  OUTPUT_CURRENT(
      "Meas.OutputCurrent", Access.READ, TagType.DOUBLE, EngineeringUnit.AMPERE, -2000, 2000),
  OUTPUT_VOLTAGE("Meas.OutputVoltage", Access.READ, TagType.DOUBLE, EngineeringUnit.VOLT, 0, 2000),
  BATTERY_VOLTAGE(
      "Meas.BatteryVoltage", Access.READ, TagType.DOUBLE, EngineeringUnit.VOLT, 0, 2000),
  MIN_CELL_VOLTAGE("Meas.MinCellVoltage", Access.READ, TagType.DOUBLE, EngineeringUnit.VOLT, 0, 10),
  MAX_CELL_VOLTAGE("Meas.MaxCellVoltage", Access.READ, TagType.DOUBLE, EngineeringUnit.VOLT, 0, 10),
  MIN_CELL_TEMPERATURE(
      "Meas.MinCellTemperature", Access.READ, TagType.DOUBLE, EngineeringUnit.KELVIN, 200, 500),
  MAX_CELL_TEMPERATURE(
      "Meas.MaxCellTemperature", Access.READ, TagType.DOUBLE, EngineeringUnit.KELVIN, 200, 500),
  SURFACE_TEMPERATURE(
      "Meas.SurfaceTemperature", Access.READ, TagType.DOUBLE, EngineeringUnit.KELVIN, 200, 500),

  CAP_MIN_VOLTAGE("Cap.MinVoltage", Access.READ, TagType.DOUBLE, EngineeringUnit.VOLT, 0, 2000),
  CAP_MAX_VOLTAGE("Cap.MaxVoltage", Access.READ, TagType.DOUBLE, EngineeringUnit.VOLT, 0, 2000),
  CAP_MAX_CURRENT("Cap.MaxCurrent", Access.READ, TagType.DOUBLE, EngineeringUnit.AMPERE, 0, 2000),
  CAP_MAX_POWER("Cap.MaxPower", Access.READ, TagType.DOUBLE, EngineeringUnit.WATT, 0, 4e6),
  CAP_MAX_RAMP(
      "Cap.MaxRamp", Access.READ, TagType.DOUBLE, EngineeringUnit.AMPERE_PER_SECOND, 0, 1e6),

  BATTERY_TARGET_CURRENT(
      "Battery.TargetCurrent", Access.READ, TagType.DOUBLE, EngineeringUnit.AMPERE, 0, 2000),
  BATTERY_MAX_VOLTAGE(
      "Battery.MaxVoltage", Access.READ, TagType.DOUBLE, EngineeringUnit.VOLT, 0, 2000),
  BATTERY_MAX_CELL_VOLTAGE(
      "Battery.MaxCellVoltage", Access.READ, TagType.DOUBLE, EngineeringUnit.VOLT, 0, 10),
  BATTERY_MAX_TEMPERATURE(
      "Battery.MaxTemperature", Access.READ, TagType.DOUBLE, EngineeringUnit.KELVIN, 0, 500),
  BATTERY_MAX_POWER("Battery.MaxPower", Access.READ, TagType.DOUBLE, EngineeringUnit.WATT, 0, 4e6),

  VEHICLE_CONNECTED("VehicleConnected", Access.READ, TagType.BOOLEAN),
  /** Names of {@link dev.anodyne.core.charging.ChargerFault}. */
  FAULTS("Faults", Access.READ, TagType.STRING_ARRAY),
  /** Counts up with every new set of values; one that stands still means that the values do. */
  HEARTBEAT("Heartbeat", Access.READ, TagType.UINT32, EngineeringUnit.ONE, 0, UInteger.MAX_VALUE),

  /** Writing it makes a new command from all three set-point values. */
  SETPOINT_CURRENT(
      "Setpoint.Current", Access.WRITE, TagType.DOUBLE, EngineeringUnit.AMPERE, 0, 2000),
  /** Terminal voltage that the charger does not pass. */
  SETPOINT_VOLTAGE_CEILING(
      "Setpoint.VoltageCeiling", Access.WRITE, TagType.DOUBLE, EngineeringUnit.VOLT, 0, 2000),
  /** How long the command holds from its arrival on; then the charger goes to zero. */
  SETPOINT_VALID_FOR(
      "Setpoint.ValidForMillis",
      Access.WRITE,
      TagType.UINT32,
      EngineeringUnit.MILLISECOND,
      0,
      60_000),

  /**
   * Lock-step: counts the control periods; the plant stands still until {@link #CLOCK_DONE} equals
   * it.
   */
  CLOCK_TICK(
      "Bench.Clock.Tick", Access.READ, TagType.INT64, EngineeringUnit.ONE, 0, Long.MAX_VALUE),
  /** The plant's simulated time. */
  CLOCK_SIM_TIME(
      "Bench.Clock.SimTimeNanos",
      Access.READ,
      TagType.INT64,
      EngineeringUnit.NANOSECOND,
      0,
      Long.MAX_VALUE),
  /** Lock-step: the controller writes the tick it has answered. */
  CLOCK_DONE(
      "Bench.Clock.Done", Access.WRITE, TagType.INT64, EngineeringUnit.ONE, 0, Long.MAX_VALUE),

  CAP_MAX_HEATING("Cap.MaxHeating", Access.READ, TagType.DOUBLE, EngineeringUnit.WATT, 0, 1e6),
  CAP_MAX_COOLING("Cap.MaxCooling", Access.READ, TagType.DOUBLE, EngineeringUnit.WATT, 0, 1e6),
  /** Heat over power from the grid. */
  CAP_HEATING_EFFICIENCY(
      "Cap.HeatingEfficiency", Access.READ, TagType.DOUBLE, EngineeringUnit.ONE, 0, 20),
  /** Heat moved over power from the grid. */
  CAP_COOLING_COEFFICIENT(
      "Cap.CoolingCoefficient", Access.READ, TagType.DOUBLE, EngineeringUnit.ONE, 0, 20),
  /** Heat into the battery, below 0 out of it; holds as long as the command it is written with. */
  SETPOINT_HEAT("Setpoint.Heat", Access.WRITE, TagType.DOUBLE, EngineeringUnit.WATT, -1e6, 1e6);

  /** Namespace of the instances. */
  public static final String NAMESPACE_URI = "urn:anodyne:bench:instances";

  /** What every charger must have. */
  public static final Set<ChargerTag> CHARGER =
      Set.copyOf(EnumSet.range(OUTPUT_CURRENT, SETPOINT_VALID_FOR));

  /** The bench's clock, which lock-step needs in addition. */
  public static final Set<ChargerTag> CLOCK = Set.copyOf(EnumSet.range(CLOCK_TICK, CLOCK_DONE));

  /** What heats or cools the battery: all of them, or the charger has neither. */
  public static final Set<ChargerTag> THERMAL =
      Set.copyOf(EnumSet.range(CAP_MAX_HEATING, SETPOINT_HEAT));

  /** The parts of a command. */
  public static final Set<ChargerTag> SETPOINTS =
      Set.of(SETPOINT_CURRENT, SETPOINT_VOLTAGE_CEILING, SETPOINT_VALID_FOR, SETPOINT_HEAT);

  /** Whether a client may write a tag. */
  public enum Access {
    READ,
    WRITE
  }

  private static final String BENCH_PREFIX = "Bench.";

  private final String path;
  private final Access access;
  private final TagType type;
  private final EngineeringUnit unit;
  private final ValueRange range;

  ChargerTag(String path, Access access, TagType type) {
    this(path, access, type, EngineeringUnit.ONE, 0, 1);
  }

  ChargerTag(
      String path, Access access, TagType type, EngineeringUnit unit, double low, double high) {
    this.path = path;
    this.access = access;
    this.type = type;
    this.unit = unit;
    this.range = new ValueRange(low, high);
  }

  /** The tag's path below its charger, for example {@code Meas.OutputCurrent}. */
  public String path() {
    return path;
  }

  /** True when clients may write it. */
  public boolean isWritable() {
    return access == Access.WRITE;
  }

  /** Its data type. */
  public TagType type() {
    return type;
  }

  /** The unit of its values. */
  public EngineeringUnit unit() {
    return unit;
  }

  /** The values it may have; a server may narrow the range to the charger's name plate. */
  public ValueRange range() {
    return range;
  }

  /** The identifier of its node: {@code CH01.Meas.OutputCurrent}, {@code Bench.Clock.Tick}. */
  public String identifier(String chargerId) {
    return path.startsWith(BENCH_PREFIX) ? path : chargerId + "." + path;
  }

  /** The tag with this path, ignoring case, or an error that lists what there is. */
  public static ChargerTag ofPath(String path) {
    return Arrays.stream(values())
        .filter(tag -> tag.path.equalsIgnoreCase(path))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Tag '"
                        + path
                        + "' is not known; allowed: "
                        + Arrays.stream(values()).map(ChargerTag::path).toList()));
  }
}
