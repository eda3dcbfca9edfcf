package dev.anodyne.opcua.server.station;

import static dev.anodyne.opcua.model.EngineeringUnit.AMPERE;
import static dev.anodyne.opcua.model.EngineeringUnit.AMPERE_PER_SECOND;
import static dev.anodyne.opcua.model.EngineeringUnit.KELVIN;
import static dev.anodyne.opcua.model.EngineeringUnit.MILLISECOND;
import static dev.anodyne.opcua.model.EngineeringUnit.ONE;
import static dev.anodyne.opcua.model.EngineeringUnit.VOLT;
import static dev.anodyne.opcua.model.EngineeringUnit.WATT;
import static dev.anodyne.opcua.server.station.VariableSpec.analog;
import static dev.anodyne.opcua.server.station.VariableSpec.choice;
import static dev.anodyne.opcua.server.station.VariableSpec.data;

import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.opcua.model.EngineeringUnit;
import java.util.List;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * What a charger looks like. Signs and units are those of the charging vocabulary: current is
 * positive when charging, values are SI, and belong to the whole battery unless "Cell" stands in
 * their name. Estimates are about the weakest cell.
 */
final class ChargerModel {
  static final double MOST_AMPS = 2000;
  static final double MOST_VOLTS = 2000;
  static final double MOST_WATTS = StationLayout.MOST_WATTS;
  private static final double MOST_CELL_VOLTS = 10;
  private static final double COLDEST_KELVIN = 200;
  private static final double HOTTEST_KELVIN = 500;
  private static final NodeId OBJECT = NodeIds.BaseObjectType;

  static final GroupSpec<ChargerView> CONNECTOR =
      new GroupSpec<>(
          "Connectors.1",
          "ConnectorType",
          OBJECT,
          "Where a vehicle is plugged in.",
          List.of(
              data(
                  "VehicleConnected",
                  Kind.BOOLEAN,
                  Origin.CHARGER,
                  "A battery is plugged in and ready.",
                  v -> v.now().status().vehicleConnected()),
              data(
                  "Battery",
                  Kind.STRING,
                  Origin.FIXED,
                  "Cells and wiring of the battery that is expected here.",
                  v -> v.bay().battery())));

  static final GroupSpec<ChargerView> MEASUREMENTS =
      new GroupSpec<>(
          "Measurements",
          "MeasurementsType",
          OBJECT,
          "What charger and battery measure.",
          List.of(
              measured("Current", AMPERE, -MOST_AMPS,
                  MOST_AMPS, "Current into the battery.", v -> v.measured().chargeCurrentAmps()),
              measured("Voltage", VOLT, 0, MOST_VOLTS, "Voltage at the battery's terminals.",
                  v -> v.measured().voltageVolts()),
              measured("Power", WATT, -MOST_WATTS, MOST_WATTS, "Power into the battery.",
                  v -> v.measured().voltageVolts() * v.measured().chargeCurrentAmps()),
              measured("MinCellVoltage", VOLT, 0, MOST_CELL_VOLTS, "Voltage of the lowest cell.",
                  v -> v.measured().minCellVoltageVolts()),
              measured("MaxCellVoltage", VOLT, 0, MOST_CELL_VOLTS, "Voltage of the highest cell.",
                  v -> v.measured().maxCellVoltageVolts()),
              measured("MinCellTemperature", KELVIN, COLDEST_KELVIN, HOTTEST_KELVIN,
                  "Temperature of the coldest cell.",
                  v -> v.measured().minCellTemperatureKelvin()),
              measured("MaxCellTemperature", KELVIN, COLDEST_KELVIN, HOTTEST_KELVIN,
                  "Temperature of the hottest cell.",
                  v -> v.measured().maxCellTemperatureKelvin()),
              measured("SurfaceTemperature", KELVIN, COLDEST_KELVIN, HOTTEST_KELVIN,
                  "Mean surface temperature of the cells.",
                  v -> v.measured().surfaceTemperatureKelvin())));

  static final GroupSpec<ChargerView> SETPOINTS =
      new GroupSpec<>(
          "Setpoints",
          "SetpointsType",
          OBJECT,
          "What is commanded, and what operators ask for.",
          List.of(
              own("Current", AMPERE, 0, MOST_AMPS, "Current that the charger is told to give.",
                  v -> v.now().command().chargeCurrentAmps()).kept(),
              own("VoltageCeiling", VOLT, 0, MOST_VOLTS,
                  "Terminal voltage that the charger is not to pass.",
                  v -> v.now().command().voltageCeilingVolts()).kept(),
              data("ValidUntil", Kind.UTC_TIME, Origin.CONTROLLER,
                  "The command expires then; the charger goes to zero by itself.",
                  v -> v.now().commandEnds()),
              own("HeatPower", WATT, -1e6, 1e6, "Heat into the battery; below 0 it is cooled.",
                  v -> v.now().heatWatts()).kept(),
              own("PowerLimit", WATT, 0, MOST_WATTS,
                  "Power into the battery that is not to be passed. The upper end of the range is"
                      + " no limit.",
                  ChargerView::powerLimitWatts).writable(),
              own("TargetSoc", ONE, 0.01, 1, "State of charge at which the charge ends, 0 to 1.",
                  v -> v.now().orders().targetSoc()).writable(),
              data("Departure", Kind.UTC_TIME, Origin.CONTROLLER,
                  "When the vehicle leaves; the null time when nobody has said.",
                  ChargerView::departure)));

  static final GroupSpec<ChargerView> LIMITS =
      new GroupSpec<>(
          "Limits",
          "LimitsType",
          OBJECT,
          "The limits in force, and those of charger and battery by themselves.",
          List.of(
              limit("MaxCurrent", AMPERE, 0, MOST_AMPS, "Highest current in force.",
                  v -> v.now().layout().packAmps(v.now().limits().maxChargeCurrentAmps())).kept(),
              limit("MaxPower", WATT, 0, MOST_WATTS, "Highest power in force.",
                  v -> v.batteryWatts(v.now().limits().maxPowerWatts())).kept(),
              limit("MaxCellVoltage", VOLT, 0, MOST_CELL_VOLTS, "Highest cell voltage in force.",
                  v -> v.now().limits().maxVoltageVolts()),
              limit("MaxCellTemperature", KELVIN, COLDEST_KELVIN, HOTTEST_KELVIN,
                  "Highest cell temperature in force.",
                  v -> v.now().limits().maxTemperatureKelvin()),
              own("MinAnodePotential", VOLT, -1, 1,
                  "Margin that the lower bound of the anode potential keeps.",
                  v -> v.now().limits().minAnodePotentialVolts()),
              charger("ChargerMinVoltage", VOLT, MOST_VOLTS, "Lowest voltage of the charger.",
                  v -> v.charger().minVoltageVolts()),
              charger("ChargerMaxVoltage", VOLT, MOST_VOLTS, "Highest voltage of the charger.",
                  v -> v.charger().maxVoltageVolts()),
              charger("ChargerMaxCurrent", AMPERE, MOST_AMPS, "Highest current of the charger.",
                  v -> v.charger().maxCurrentAmps()),
              charger("ChargerMaxPower", WATT, MOST_WATTS,
                  "Highest power of the charger; 0 is not limited.",
                  v -> v.charger().maxPowerWatts()),
              charger("ChargerMaxRamp", AMPERE_PER_SECOND, 1e6,
                  "Fastest change of the charger's current; 0 is not told.",
                  v -> v.charger().maxRampAmpsPerSecond()),
              battery("BatteryTargetCurrent", AMPERE, MOST_AMPS, "Current that the battery asks for.",
                  v -> v.battery().targetCurrentAmps()),
              battery("BatteryMaxVoltage", VOLT, MOST_VOLTS, "Highest voltage of the battery.",
                  v -> v.battery().maxVoltageVolts()),
              battery("BatteryMaxCellVoltage", VOLT, MOST_CELL_VOLTS,
                  "Highest voltage of the battery's cells.",
                  v -> v.battery().maxCellVoltageVolts()),
              battery("BatteryMaxTemperature", KELVIN, HOTTEST_KELVIN,
                  "Highest temperature of the battery's cells.",
                  v -> v.battery().maxTemperatureKelvin()),
              battery("BatteryMaxPower", WATT, MOST_WATTS, "Highest power of the battery.",
                  v -> v.battery().maxPowerWatts())));

  static final GroupSpec<ChargerView> HEALTH =
      new GroupSpec<>(
          "Health",
          "HealthType",
          OBJECT,
          "How well charger, link and control loop are.",
          List.of(
              choice("DeviceHealth", ChargerView.DeviceHealth.class, Origin.CHARGER,
                  "Health of the charger after OPC 10000-100.", ChargerView::health),
              choice("Link", ChargerStatus.LinkState.class, Origin.CONTROLLER,
                  "Whether the charger can be heard.", v -> v.now().status().link()),
              data("LinkReason", Kind.STRING, Origin.CONTROLLER,
                  "Why the link is not up; empty when it is.", v -> v.now().status().reason()),
              data("Faults", Kind.STRINGS, Origin.CHARGER,
                  "Names of what the charger reports as wrong; empty when all is well.",
                  ChargerView::faults),
              data("GuardReason", Kind.STRING, Origin.CONTROLLER,
                  "Name of what makes the guard lower the current; NONE when nothing does.",
                  v -> v.now().reasons().guardReason()),
              data("GuardText", Kind.STRING, Origin.CONTROLLER, "The same as a sentence.",
                  v -> v.now().reasons().guardText()),
              data("EmergencyStopped", Kind.BOOLEAN, Origin.CONTROLLER,
                  "An emergency stop was requested and has not been reset.",
                  v -> v.now().orders().emergencyStopped()),
              data("AcknowledgedBy", Kind.STRING, Origin.CONTROLLER,
                  "Who has acknowledged the fault or stop; empty when nobody has.",
                  v -> v.now().orders().acknowledgedBy()),
              data("Cycles", Kind.UINT32, Origin.CONTROLLER, "Decisions since the server began.",
                  v -> v.now().timing().cycles()),
              data("MissedDeadlines", Kind.UINT32, Origin.CONTROLLER, "Decisions that came late.",
                  v -> v.now().timing().missedDeadlines()),
              own("SolveTimeP99", MILLISECOND, 0, 600_000,
                  "Time that a decision takes, 99th percentile.",
                  v -> v.now().timing().solveMillisP99()),
              own("LatenessP99", MILLISECOND, 0, 600_000,
                  "Delay of the loop's tick, 99th percentile.",
                  v -> v.now().timing().latenessMillisP99())));

  /** All groups, in the order of display. */
  static final List<GroupSpec<ChargerView>> GROUPS =
      List.of(
          CONNECTOR,
          MEASUREMENTS,
          SETPOINTS,
          LIMITS,
          BeliefModel.ESTIMATORS,
          BeliefModel.POLICY,
          BeliefModel.SESSION,
          HEALTH);

  private ChargerModel() {}

  private static VariableSpec<ChargerView> measured(
      String name,
      EngineeringUnit unit,
      double low,
      double high,
      String description,
      Function<ChargerView, @Nullable Object> value) {
    VariableSpec<ChargerView> spec =
        analog(name, unit, low, high, Origin.MEASURED, description, value);
    return spec.kept();
  }

  private static VariableSpec<ChargerView> own(
      String name,
      EngineeringUnit unit,
      double low,
      double high,
      String description,
      Function<ChargerView, @Nullable Object> value) {
    return analog(name, unit, low, high, Origin.CONTROLLER, description, value);
  }

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
