package dev.anodyne.opcua.server.station;

import static dev.anodyne.opcua.model.EngineeringUnit.AMPERE;
import static dev.anodyne.opcua.model.EngineeringUnit.AMPERE_PER_SECOND;
import static dev.anodyne.opcua.model.EngineeringUnit.KELVIN;
import static dev.anodyne.opcua.model.EngineeringUnit.MILLISECOND;
import static dev.anodyne.opcua.model.EngineeringUnit.VOLT;
import static dev.anodyne.opcua.model.EngineeringUnit.WATT;
import static dev.anodyne.opcua.server.station.VariableSpec.analog;
import static dev.anodyne.opcua.server.station.VariableSpec.choice;
import static dev.anodyne.opcua.server.station.VariableSpec.data;

import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.opcua.model.EngineeringUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a charge must respect, and how well charger and control loop are. */
final class LimitsModel {
  static final GroupSpec<ChargerView> LIMITS =
      new GroupSpec<>(
          "Limits",
          "LimitsType",
          ChargerModel.OBJECT,
          "The limits in force, and those of charger and battery by themselves.",
          List.of(
              limit(
                      "MaxCurrent",
                      AMPERE,
                      0,
                      ChargerModel.MOST_AMPS,
                      "Highest current in force.",
                      v -> v.now().layout().packAmps(v.now().limits().maxChargeCurrentAmps()))
                  .kept(),
              limit(
                      "MaxPower",
                      WATT,
                      0,
                      ChargerModel.MOST_WATTS,
                      "Highest power in force.",
                      v -> v.batteryWatts(v.now().limits().maxPowerWatts()))
                  .kept(),
              limit(
                  "MaxCellVoltage",
                  VOLT,
                  0,
                  ChargerModel.MOST_CELL_VOLTS,
                  "Highest cell voltage in force.",
                  v -> v.now().limits().maxVoltageVolts()),
              limit(
                  "MaxCellTemperature",
                  KELVIN,
                  ChargerModel.COLDEST_KELVIN,
                  ChargerModel.HOTTEST_KELVIN,
                  "Highest cell temperature in force.",
                  v -> v.now().limits().maxTemperatureKelvin()),
              ChargerModel.own(
                  "MinAnodePotential",
                  VOLT,
                  -1,
                  1,
                  "Margin that the lower bound of the anode potential keeps.",
                  v -> v.now().limits().minAnodePotentialVolts()),
              charger(
                  "ChargerMinVoltage",
                  VOLT,
                  ChargerModel.MOST_VOLTS,
                  "Lowest voltage of the charger.",
                  v -> v.charger().minVoltageVolts()),
              charger(
                  "ChargerMaxVoltage",
                  VOLT,
                  ChargerModel.MOST_VOLTS,
                  "Highest voltage of the charger.",
                  v -> v.charger().maxVoltageVolts()),
              charger(
                  "ChargerMaxCurrent",
                  AMPERE,
                  ChargerModel.MOST_AMPS,
                  "Highest current of the charger.",
                  v -> v.charger().maxCurrentAmps()),
              charger(
                  "ChargerMaxPower",
                  WATT,
                  ChargerModel.MOST_WATTS,
                  "Highest power of the charger; 0 is not limited.",
                  v -> v.charger().maxPowerWatts()),
              charger(
                  "ChargerMaxRamp",
                  AMPERE_PER_SECOND,
                  1e6,
                  "Fastest change of the charger's current; 0 is not told.",
                  v -> v.charger().maxRampAmpsPerSecond()),
              battery(
                  "BatteryTargetCurrent",
                  AMPERE,
                  ChargerModel.MOST_AMPS,
                  "Current that the battery asks for.",
                  v -> v.battery().targetCurrentAmps()),
              battery(
                  "BatteryMaxVoltage",
                  VOLT,
                  ChargerModel.MOST_VOLTS,
                  "Highest voltage of the battery.",
                  v -> v.battery().maxVoltageVolts()),
              battery(
                  "BatteryMaxCellVoltage",
                  VOLT,
                  ChargerModel.MOST_CELL_VOLTS,
                  "Highest voltage of the battery's cells.",
                  v -> v.battery().maxCellVoltageVolts()),
              battery(
                  "BatteryMaxTemperature",
                  KELVIN,
                  ChargerModel.HOTTEST_KELVIN,
                  "Highest temperature of the battery's cells.",
                  v -> v.battery().maxTemperatureKelvin()),
              battery(
                  "BatteryMaxPower",
                  WATT,
                  ChargerModel.MOST_WATTS,
                  "Highest power of the battery.",
                  v -> v.battery().maxPowerWatts())));

  static final GroupSpec<ChargerView> HEALTH =
      new GroupSpec<>(
          "Health",
          "HealthType",
          ChargerModel.OBJECT,
          "How well charger, link and control loop are.",
          List.of(
              choice(
                  "DeviceHealth",
                  ChargerView.DeviceHealth.class,
                  Origin.CHARGER,
                  "Health of the charger after OPC 10000-100.",
                  ChargerView::health),
              choice(
                  "Link",
                  ChargerStatus.LinkState.class,
                  Origin.CONTROLLER,
                  "Whether the charger can be heard.",
                  v -> v.now().status().link()),
              data(
                  "LinkReason",
                  Kind.STRING,
                  Origin.CONTROLLER,
                  "Why the link is not up; empty when it is.",
                  v -> v.now().status().reason()),
              data(
                  "Faults",
                  Kind.STRINGS,
                  Origin.CHARGER,
                  "Names of what the charger reports as wrong; empty when all is well.",
                  ChargerView::faults),
              data(
                  "GuardReason",
                  Kind.STRING,
                  Origin.CONTROLLER,
                  "Name of what makes the guard lower the current; NONE when nothing does.",
                  v -> v.now().reasons().guardReason()),
              data(
                  "GuardText",
                  Kind.STRING,
                  Origin.CONTROLLER,
                  "The same as a sentence.",
                  v -> v.now().reasons().guardText()),
              data(
                  "EmergencyStopped",
                  Kind.BOOLEAN,
                  Origin.CONTROLLER,
                  "An emergency stop was requested and has not been reset.",
                  v -> v.now().orders().emergencyStopped()),
              data(
                  "AcknowledgedBy",
                  Kind.STRING,
                  Origin.CONTROLLER,
                  "Who has acknowledged the fault or stop; empty when nobody has.",
                  v -> v.now().orders().acknowledgedBy()),
              data(
                  "Cycles",
                  Kind.UINT32,
                  Origin.CONTROLLER,
                  "Decisions since the server began.",
                  v -> v.now().timing().cycles()),
              data(
                  "MissedDeadlines",
                  Kind.UINT32,
                  Origin.CONTROLLER,
                  "Decisions that came late.",
                  v -> v.now().timing().missedDeadlines()),
              ChargerModel.own(
                  "SolveTimeP99",
                  MILLISECOND,
                  0,
                  600_000,
                  "Time that a decision takes, 99th percentile.",
                  v -> v.now().timing().solveMillisP99()),
              ChargerModel.own(
                  "LatenessP99",
                  MILLISECOND,
                  0,
                  600_000,
                  "Delay of the loop's tick, 99th percentile.",
                  v -> v.now().timing().latenessMillisP99())));

  private LimitsModel() {}

  private static VariableSpec<ChargerView> limit(
      String name,
      EngineeringUnit unit,
      double low,
      double high,
      String description,
      Function<ChargerView, @Nullable Object> value) {
    return analog(name, unit, low, high, Origin.LIMIT, description, value);
  }

  private static VariableSpec<ChargerView> charger(
      String name,
      EngineeringUnit unit,
      double high,
      String description,
      Function<ChargerView, @Nullable Object> value) {
    return analog(name, unit, 0, high, Origin.CAPABILITY, description, value);
  }

  private static VariableSpec<ChargerView> battery(
      String name,
      EngineeringUnit unit,
      double high,
      String description,
      Function<ChargerView, @Nullable Object> value) {
    return analog(name, unit, 0, high, Origin.BATTERY, description, value);
  }
}
