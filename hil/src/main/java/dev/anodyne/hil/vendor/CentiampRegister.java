package dev.anodyne.hil.vendor;

import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.WireType;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * The nodes of the "Centiamp" charger: number, name, type and what they carry. Temperatures of
 * {@link #NO_TEMPERATURE} mean that there is none.
 */
public enum CentiampRegister {
  /** Bits: 0 ready, 1 vehicle plugged, 2 current flows, 8–12 and 15 faults, 14 remote control. */
  STATUS(1001, "StatusWord", WireType.UINT16, CentiampRegister::status),
  /** 0: none; the fault's number otherwise. */
  ERROR(1002, "ErrorCode", WireType.UINT16, CentiampRegister::error),
  /** Counts up with every new set of values, and wraps. */
  LIFE(
      1003,
      "LifeCounter",
      WireType.UINT16,
      tags -> (long) number(tags, ChargerTag.HEARTBEAT) % 65_536),
  OUTPUT_CURRENT(1101, "Iout", WireType.INT16, centi(ChargerTag.OUTPUT_CURRENT)),
  OUTPUT_VOLTAGE(1102, "Uout", WireType.UINT16, centi(ChargerTag.OUTPUT_VOLTAGE)),
  BATTERY_VOLTAGE(1103, "Ubat", WireType.UINT16, centi(ChargerTag.BATTERY_VOLTAGE)),
  MIN_CELL_MILLIVOLTS(1111, "UcellMin", WireType.UINT16, milli(ChargerTag.MIN_CELL_VOLTAGE)),
  MAX_CELL_MILLIVOLTS(1112, "UcellMax", WireType.UINT16, milli(ChargerTag.MAX_CELL_VOLTAGE)),
  MIN_CELL_TEMPERATURE(1121, "TcellMin", WireType.INT16, celsius(ChargerTag.MIN_CELL_TEMPERATURE)),
  MAX_CELL_TEMPERATURE(1122, "TcellMax", WireType.INT16, celsius(ChargerTag.MAX_CELL_TEMPERATURE)),
  MEAN_CELL_TEMPERATURE(1123, "TcellAvg", WireType.INT16, celsius(ChargerTag.SURFACE_TEMPERATURE)),
  MAX_CURRENT(1201, "ImaxOut", WireType.UINT16, centi(ChargerTag.CAP_MAX_CURRENT)),
  MAX_VOLTAGE(1202, "UmaxOut", WireType.UINT16, centi(ChargerTag.CAP_MAX_VOLTAGE)),
  MAX_POWER(1203, "PmaxOut", WireType.UINT16, tags -> number(tags, ChargerTag.CAP_MAX_POWER)),
  ASKED_CURRENT(1301, "IreqBms", WireType.UINT16, centi(ChargerTag.BATTERY_TARGET_CURRENT)),
  ASKED_VOLTAGE(1302, "UmaxBms", WireType.UINT16, centi(ChargerTag.BATTERY_MAX_VOLTAGE)),
  ASKED_CELL_MILLIVOLTS(
      1303, "UcellMaxBms", WireType.UINT16, milli(ChargerTag.BATTERY_MAX_CELL_VOLTAGE)),
  ASKED_TEMPERATURE(1304, "TmaxBms", WireType.INT16, celsius(ChargerTag.BATTERY_MAX_TEMPERATURE)),
  /** Written: the current, in hundredths of an ampere. Kept when the watchdog trips. */
  SET_CURRENT(2001, "Iset", WireType.INT16),
  /** Written: the voltage ceiling, in hundredths of a volt. */
  SET_VOLTAGE(2002, "Uset", WireType.UINT16),
  /** Written: the controller's life counter; any change keeps the watchdog quiet. */
  SET_LIFE(2003, "LifeCounterMaster", WireType.UINT16);

  /** Namespace of the nodes. */
  public static final String NAMESPACE_URI = "urn:centiamp:dc";

  /** In a temperature: no value. */
  public static final int NO_TEMPERATURE = -32_768;

  /** The fault of each bit, from bit 8 on. */
  static final List<ChargerFault> FAULT_BITS =
      List.of(
          ChargerFault.EMERGENCY_STOP,
          ChargerFault.ISOLATION_FAULT,
          ChargerFault.OVER_TEMPERATURE,
          ChargerFault.OVER_VOLTAGE_DC,
          ChargerFault.OVER_CURRENT_DC);

  private static final int FIRST_FAULT_BIT = 8;
  private static final int OTHER_FAULT = 0x8000;
  private static final int REMOTE = 0x4000;
  private static final int READY = 0x0001;
  private static final int PLUGGED = 0x0002;
  private static final int FLOWING = 0x0004;
  private static final double FLOWING_AMPS = 0.05;
  private static final double KELVIN_AT_0_C = 273.15;

  private final int number;
  private final String title;
  private final WireType type;
  private final boolean writable;
  private final ToDoubleFunction<Map<ChargerTag, Object>> value;

  CentiampRegister(
      int number, String title, WireType type, ToDoubleFunction<Map<ChargerTag, Object>> value) {
    this.number = number;
    this.title = title;
    this.type = type;
    this.writable = false;
    this.value = value;
  }

  CentiampRegister(int number, String title, WireType type) {
    this.number = number;
    this.title = title;
    this.type = type;
    this.writable = true;
    this.value = tags -> 0;
  }

  /** The node's numeric identifier. */
  public int number() {
    return number;
  }

  /** Its browse name. */
  public String title() {
    return title;
  }

  /** Its data type. */
  public WireType type() {
    return type;
  }

  /** True when clients may write it. */
  public boolean isWritable() {
    return writable;
  }

  /**
   * What it shows of the charger's tags, in its data type; what is no number is the type's largest.
   */
  Object shown(Map<ChargerTag, Object> tags) {
    double number = Math.rint(value.applyAsDouble(tags));
    return type.atMost(Double.isFinite(number) ? number : type.highest());
  }

  private static ToDoubleFunction<Map<ChargerTag, Object>> centi(ChargerTag tag) {
    return tags -> 100 * number(tags, tag);
  }

  private static ToDoubleFunction<Map<ChargerTag, Object>> milli(ChargerTag tag) {
    return tags -> 1000 * number(tags, tag);
  }

  private static ToDoubleFunction<Map<ChargerTag, Object>> celsius(ChargerTag tag) {
    return tags -> {
      double kelvin = number(tags, tag);
      return Double.isFinite(kelvin) ? 10 * (kelvin - KELVIN_AT_0_C) : NO_TEMPERATURE;
    };
  }

  private static double status(Map<ChargerTag, Object> tags) {
    int word = READY | REMOTE;
    if (Boolean.TRUE.equals(tags.get(ChargerTag.VEHICLE_CONNECTED))) {
      word |= PLUGGED;
    }
    if (Math.abs(number(tags, ChargerTag.OUTPUT_CURRENT)) > FLOWING_AMPS) {
      word |= FLOWING;
    }
    for (String name : faults(tags)) {
      if (name.equals(ChargerFault.VENDOR_WARNING.name())) {
        continue; // a warning has a number, but no bit
      }
      int bit = FAULT_BITS.indexOf(ChargerFault.valueOf(name));
      word |= bit < 0 ? OTHER_FAULT : 1 << (FIRST_FAULT_BIT + bit);
    }
    return word;
  }

  private static double error(Map<ChargerTag, Object> tags) {
    String[] faults = faults(tags);
    return faults.length == 0 ? 0 : 100 + ChargerFault.valueOf(faults[0]).ordinal();
  }

  private static String[] faults(Map<ChargerTag, Object> tags) {
    return tags.get(ChargerTag.FAULTS) instanceof String[] names ? names : new String[0];
  }

  private static double number(Map<ChargerTag, Object> tags, ChargerTag tag) {
    return tags.get(tag) instanceof Number number ? number.doubleValue() : Double.NaN;
  }
}
