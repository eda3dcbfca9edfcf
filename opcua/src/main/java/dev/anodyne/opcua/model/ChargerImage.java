package dev.anodyne.opcua.model;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.charging.ThermalCapabilities;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a charger says at one instant, translated to and from tag values.
 *
 * @param measurement the sample
 * @param capabilities what the charger can do
 * @param batteryLimits what the vehicle asks for
 * @param vehicleConnected a battery is plugged in and ready
 * @param faults what is wrong; on the wire their names
 * @param thermal what heats or cools the battery
 */
public record ChargerImage(
    Measurement measurement,
    ChargerCapabilities capabilities,
    BatteryLimits batteryLimits,
    boolean vehicleConnected,
    Set<ChargerFault> faults,
    ThermalCapabilities thermal) {

  /** Without heater and cooler. */
  public ChargerImage(
      Measurement measurement,
      ChargerCapabilities capabilities,
      BatteryLimits batteryLimits,
      boolean vehicleConnected,
      Set<ChargerFault> faults) {
    this(
        measurement,
        capabilities,
        batteryLimits,
        vehicleConnected,
        faults,
        ThermalCapabilities.NONE);
  }

  public ChargerImage {
    faults = Set.copyOf(faults);
  }

  /** The values of all read tags except heartbeat and clock. */
  public Map<ChargerTag, Object> toTags() {
    Map<ChargerTag, Object> tags = new EnumMap<>(ChargerTag.class);
    tags.put(ChargerTag.OUTPUT_CURRENT, measurement.chargeCurrentAmps());
    tags.put(ChargerTag.OUTPUT_VOLTAGE, measurement.voltageVolts());
    tags.put(ChargerTag.BATTERY_VOLTAGE, measurement.voltageVolts());
    tags.put(ChargerTag.MIN_CELL_VOLTAGE, measurement.minCellVoltageVolts());
    tags.put(ChargerTag.MAX_CELL_VOLTAGE, measurement.maxCellVoltageVolts());
    tags.put(ChargerTag.MIN_CELL_TEMPERATURE, measurement.minCellTemperatureKelvin());
    tags.put(ChargerTag.MAX_CELL_TEMPERATURE, measurement.maxCellTemperatureKelvin());
    tags.put(ChargerTag.SURFACE_TEMPERATURE, measurement.surfaceTemperatureKelvin());
    tags.put(ChargerTag.CAP_MIN_VOLTAGE, capabilities.minVoltageVolts());
    tags.put(ChargerTag.CAP_MAX_VOLTAGE, capabilities.maxVoltageVolts());
    tags.put(ChargerTag.CAP_MAX_CURRENT, capabilities.maxCurrentAmps());
    tags.put(ChargerTag.CAP_MAX_POWER, capabilities.maxPowerWatts());
    tags.put(ChargerTag.CAP_MAX_RAMP, capabilities.maxRampAmpsPerSecond());
    tags.put(ChargerTag.BATTERY_TARGET_CURRENT, batteryLimits.targetCurrentAmps());
    tags.put(ChargerTag.BATTERY_MAX_VOLTAGE, batteryLimits.maxVoltageVolts());
    tags.put(ChargerTag.BATTERY_MAX_CELL_VOLTAGE, batteryLimits.maxCellVoltageVolts());
    tags.put(ChargerTag.BATTERY_MAX_TEMPERATURE, batteryLimits.maxTemperatureKelvin());
    tags.put(ChargerTag.BATTERY_MAX_POWER, batteryLimits.maxPowerWatts());
    tags.put(ChargerTag.VEHICLE_CONNECTED, vehicleConnected);
    tags.put(ChargerTag.FAULTS, faults.stream().map(Enum::name).sorted().toArray(String[]::new));
    tags.put(ChargerTag.CAP_MAX_HEATING, thermal.maxHeatingWatts());
    tags.put(ChargerTag.CAP_MAX_COOLING, thermal.maxCoolingWatts());
    tags.put(ChargerTag.CAP_HEATING_EFFICIENCY, thermal.heatingEfficiency());
    tags.put(ChargerTag.CAP_COOLING_COEFFICIENT, thermal.coolingCoefficient());
    return tags;
  }

  /**
   * Reads the values back. A number that is missing is NaN in the measurement, which makes its
   * quality BAD; capabilities and limits that are missing count as not heard.
   *
   * @param tags values in tag units
   * @param timeNanos time of the sample, ns
   * @param quality worst quality the server gave to the measured values
   */
  public static ChargerImage fromTags(
      Map<ChargerTag, Object> tags, long timeNanos, Quality quality) {
    Measurement measurement = measurement(tags, timeNanos, quality);
    return new ChargerImage(
        measurement,
        capabilities(tags),
        batteryLimits(tags),
        Boolean.TRUE.equals(tags.get(ChargerTag.VEHICLE_CONNECTED)),
        faults(tags.get(ChargerTag.FAULTS)),
        thermal(tags));
  }

  /** A heater that does not say what it can is none. */
  private static ThermalCapabilities thermal(Map<ChargerTag, Object> tags) {
    if (!tags.containsKey(ChargerTag.CAP_MAX_HEATING)
        && !tags.containsKey(ChargerTag.CAP_MAX_COOLING)) {
      return ThermalCapabilities.NONE; // most have none: known without an exception each time
    }
    try {
      return new ThermalCapabilities(
          number(tags, ChargerTag.CAP_MAX_HEATING),
          number(tags, ChargerTag.CAP_MAX_COOLING),
          number(tags, ChargerTag.CAP_HEATING_EFFICIENCY),
          number(tags, ChargerTag.CAP_COOLING_COEFFICIENT));
    } catch (IllegalArgumentException e) {
      return ThermalCapabilities.NONE;
    }
  }

  /** The tags that a measurement is made of. */
  public static Set<ChargerTag> measuredTags() {
    return Collections.unmodifiableSet(
        EnumSet.range(ChargerTag.OUTPUT_CURRENT, ChargerTag.SURFACE_TEMPERATURE));
  }

  private static Measurement measurement(
      Map<ChargerTag, Object> tags, long timeNanos, Quality quality) {
    Measurement measurement =
        new Measurement(
            timeNanos,
            number(tags, ChargerTag.OUTPUT_CURRENT),
            number(tags, ChargerTag.BATTERY_VOLTAGE),
            number(tags, ChargerTag.SURFACE_TEMPERATURE),
            number(tags, ChargerTag.MIN_CELL_VOLTAGE),
            number(tags, ChargerTag.MAX_CELL_VOLTAGE),
            number(tags, ChargerTag.MIN_CELL_TEMPERATURE),
            number(tags, ChargerTag.MAX_CELL_TEMPERATURE),
            quality);
    return quality == Quality.GOOD && !measurement.isUsable()
        ? measurement.withQuality(Quality.BAD)
        : measurement;
  }

  private static ChargerCapabilities capabilities(Map<ChargerTag, Object> tags) {
    ChargerCapabilities heard =
        new ChargerCapabilities(
            number(tags, ChargerTag.CAP_MIN_VOLTAGE),
            number(tags, ChargerTag.CAP_MAX_VOLTAGE),
            number(tags, ChargerTag.CAP_MAX_CURRENT),
            number(tags, ChargerTag.CAP_MAX_POWER),
            number(tags, ChargerTag.CAP_MAX_RAMP));
    double sum =
        heard.minVoltageVolts()
            + heard.maxVoltageVolts()
            + heard.maxCurrentAmps()
            + heard.maxPowerWatts()
            + heard.maxRampAmpsPerSecond();
    return Double.isNaN(sum) ? ChargerCapabilities.UNKNOWN : heard;
  }

  private static BatteryLimits batteryLimits(Map<ChargerTag, Object> tags) {
    BatteryLimits heard =
        new BatteryLimits(
            number(tags, ChargerTag.BATTERY_TARGET_CURRENT),
            number(tags, ChargerTag.BATTERY_MAX_VOLTAGE),
            number(tags, ChargerTag.BATTERY_MAX_CELL_VOLTAGE),
            number(tags, ChargerTag.BATTERY_MAX_TEMPERATURE),
            number(tags, ChargerTag.BATTERY_MAX_POWER));
    double sum =
        heard.targetCurrentAmps()
            + heard.maxVoltageVolts()
            + heard.maxCellVoltageVolts()
            + heard.maxTemperatureKelvin()
            + heard.maxPowerWatts();
    return Double.isNaN(sum) ? BatteryLimits.UNKNOWN : heard;
  }

  /**
   * A fault this version does not know is kept as a vendor's error, and a list that cannot be read
   * counts as a fault of the communication: neither may vanish.
   */
  private static Set<ChargerFault> faults(@Nullable Object value) {
    EnumSet<ChargerFault> faults = EnumSet.noneOf(ChargerFault.class);
    if (value instanceof String[] names) {
      for (String name : names) {
        faults.add(faultNamed(name));
      }
    } else {
      faults.add(ChargerFault.COMMUNICATION_FAULT);
    }
    return faults;
  }

  private static ChargerFault faultNamed(@Nullable String name) {
    for (ChargerFault fault : ChargerFault.values()) {
      if (fault.name().equals(name)) {
        return fault;
      }
    }
    return ChargerFault.VENDOR_ERROR;
  }

  private static double number(Map<ChargerTag, Object> tags, ChargerTag tag) {
    Object value = tags.get(tag);
    return value instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
