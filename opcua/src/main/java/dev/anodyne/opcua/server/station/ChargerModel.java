package dev.anodyne.opcua.server.station;

import static dev.anodyne.opcua.model.EngineeringUnit.AMPERE;
import static dev.anodyne.opcua.model.EngineeringUnit.KELVIN;
import static dev.anodyne.opcua.model.EngineeringUnit.ONE;
import static dev.anodyne.opcua.model.EngineeringUnit.VOLT;
import static dev.anodyne.opcua.model.EngineeringUnit.WATT;
import static dev.anodyne.opcua.server.station.VariableSpec.analog;
import static dev.anodyne.opcua.server.station.VariableSpec.data;

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
  static final double MOST_CELL_VOLTS = 10;
  static final double COLDEST_KELVIN = 200;
  static final double HOTTEST_KELVIN = 500;
  static final NodeId OBJECT = NodeIds.BaseObjectType;

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
              measured(
                  "Current",
                  AMPERE,
                  -MOST_AMPS,
                  MOST_AMPS,
                  "Current into the battery.",
                  v -> v.measured().chargeCurrentAmps()),
              measured(
                  "Voltage",
                  VOLT,
                  0,
                  MOST_VOLTS,
                  "Voltage at the battery's terminals.",
                  v -> v.measured().voltageVolts()),
              measured(
                  "Power",
                  WATT,
                  -MOST_WATTS,
                  MOST_WATTS,
                  "Power into the battery.",
                  v -> v.measured().voltageVolts() * v.measured().chargeCurrentAmps()),
              measured(
                  "MinCellVoltage",
                  VOLT,
                  0,
                  MOST_CELL_VOLTS,
                  "Voltage of the lowest cell.",
                  v -> v.measured().minCellVoltageVolts()),
              measured(
                  "MaxCellVoltage",
                  VOLT,
                  0,
                  MOST_CELL_VOLTS,
                  "Voltage of the highest cell.",
                  v -> v.measured().maxCellVoltageVolts()),
              measured(
                  "MinCellTemperature",
                  KELVIN,
                  COLDEST_KELVIN,
                  HOTTEST_KELVIN,
                  "Temperature of the coldest cell.",
                  v -> v.measured().minCellTemperatureKelvin()),
              measured(
                  "MaxCellTemperature",
                  KELVIN,
                  COLDEST_KELVIN,
                  HOTTEST_KELVIN,
                  "Temperature of the hottest cell.",
                  v -> v.measured().maxCellTemperatureKelvin()),
              measured(
                  "SurfaceTemperature",
                  KELVIN,
                  COLDEST_KELVIN,
                  HOTTEST_KELVIN,
                  "Mean surface temperature of the cells.",
                  v -> v.measured().surfaceTemperatureKelvin())));

  static final GroupSpec<ChargerView> SETPOINTS =
      new GroupSpec<>(
          "Setpoints",
          "SetpointsType",
          OBJECT,
          "What is commanded, and what operators ask for.",
          List.of(
              own(
                      "Current",
                      AMPERE,
                      0,
                      MOST_AMPS,
                      "Current that the charger is told to give.",
                      v -> v.now().command().chargeCurrentAmps())
                  .kept(),
              own(
                      "VoltageCeiling",
                      VOLT,
                      0,
                      MOST_VOLTS,
                      "Terminal voltage that the charger is not to pass.",
                      v -> v.now().command().voltageCeilingVolts())
                  .kept(),
              data(
                  "ValidUntil",
                  Kind.UTC_TIME,
                  Origin.CONTROLLER,
                  "The command expires then; the charger goes to zero by itself.",
                  v -> v.now().commandEnds()),
              own(
                      "HeatPower",
                      WATT,
                      -1e6,
                      1e6,
                      "Heat into the battery; below 0 it is cooled.",
                      v -> v.now().heatWatts())
                  .kept(),
              own(
                      "PowerLimit",
                      WATT,
                      0,
                      MOST_WATTS,
                      "Power into the battery that is not to be passed. The upper end of the range is"
                          + " no limit.",
                      ChargerView::powerLimitWatts)
                  .writable(),
              own(
                      "TargetSoc",
                      ONE,
                      0.01,
                      1,
                      "State of charge at which the charge ends, 0 to 1.",
                      v -> v.now().orders().targetSoc())
                  .writable(),
              data(
                  "Departure",
                  Kind.UTC_TIME,
                  Origin.CONTROLLER,
                  "When the vehicle leaves; the null time when nobody has said.",
                  ChargerView::departure)));

  /** All groups, in the order of display. */
  static final List<GroupSpec<ChargerView>> GROUPS =
      List.of(
          CONNECTOR,
          MEASUREMENTS,
          SETPOINTS,
          LimitsModel.LIMITS,
          EstimatorModel.ESTIMATORS,
          PolicyModel.POLICY,
          PolicyModel.SESSION,
          LimitsModel.HEALTH);

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

  /** A quantity that the controller itself knows. */
  static VariableSpec<ChargerView> own(
      String name,
      EngineeringUnit unit,
      double low,
      double high,
      String description,
      Function<ChargerView, @Nullable Object> value) {
    return analog(name, unit, low, high, Origin.CONTROLLER, description, value);
  }
}
