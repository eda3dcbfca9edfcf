package dev.anodyne.controller.config;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.estimators.Estimators;
import dev.anodyne.opcua.client.OpcUaChargerConfig;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * One connector: its charger, the battery on it, and how to charge that.
 *
 * @param id unique in the station
 * @param title its name for people
 * @param charger how to reach the charger
 * @param cell what the controller believes of a cell, heat transfer included
 * @param layout how the battery's cells are wired
 * @param policy name of the policy, or the path of its file
 * @param estimator name of the estimator, or a model file
 * @param startSoc where a charge usually begins, 0–1; for policies that are tuned beforehand
 * @param targetSoc where a charge ends, 0–1
 * @param maxVoltageVolts highest cell voltage, V
 * @param maxTemperatureKelvin highest cell temperature, K
 * @param maxCellCurrentAmps highest cell current, A
 * @param minAnodePotentialVolts margin of the anode potential's lower bound, V
 * @param ambientKelvin ambient temperature, K
 * @param periodSeconds time between decisions, s
 * @param guard the guard's own times and limits
 * @param batteryFile what is kept about this very battery from charge to charge; null: nothing
 * @param cellSource the name or file that the cell was loaded from
 * @param chargerDelaySeconds known dead time from a decision to its first effect on the current, s
 * @param wish what a charge is to be good at, and what is known about the time ahead
 */
public record ConnectorConfig(
    String id,
    String title,
    OpcUaChargerConfig charger,
    CellParameters cell,
    PackLayout layout,
    String policy,
    String estimator,
    double startSoc,
    double targetSoc,
    double maxVoltageVolts,
    double maxTemperatureKelvin,
    double maxCellCurrentAmps,
    double minAnodePotentialVolts,
    double ambientKelvin,
    double periodSeconds,
    GuardConfig guard,
    @Nullable Path batteryFile,
    String cellSource,
    double chargerDelaySeconds,
    ChargeWish wish,
    SessionConfig session) {
  /** A connector whose charges begin and end as usual. */
  public ConnectorConfig(
      String id,
      String title,
      OpcUaChargerConfig charger,
      CellParameters cell,
      PackLayout layout,
      String policy,
      String estimator,
      double startSoc,
      double targetSoc,
      double maxVoltageVolts,
      double maxTemperatureKelvin,
      double maxCellCurrentAmps,
      double minAnodePotentialVolts,
      double ambientKelvin,
      double periodSeconds,
      GuardConfig guard,
      @Nullable Path batteryFile,
      String cellSource,
      double chargerDelaySeconds,
      ChargeWish wish) {
    this(
        id,
        title,
        charger,
        cell,
        layout,
        policy,
        estimator,
        startSoc,
        targetSoc,
        maxVoltageVolts,
        maxTemperatureKelvin,
        maxCellCurrentAmps,
        minAnodePotentialVolts,
        ambientKelvin,
        periodSeconds,
        guard,
        batteryFile,
        cellSource,
        chargerDelaySeconds,
        wish,
        SessionConfig.DEFAULT);
  }

  /** A charger without dead time, and charges that are as fast as the limits allow. */
  public ConnectorConfig(
      String id,
      String title,
      OpcUaChargerConfig charger,
      CellParameters cell,
      PackLayout layout,
      String policy,
      String estimator,
      double startSoc,
      double targetSoc,
      double maxVoltageVolts,
      double maxTemperatureKelvin,
      double maxCellCurrentAmps,
      double minAnodePotentialVolts,
      double ambientKelvin,
      double periodSeconds,
      GuardConfig guard,
      @Nullable Path batteryFile) {
    this(
        id,
        title,
        charger,
        cell,
        layout,
        policy,
        estimator,
        startSoc,
        targetSoc,
        maxVoltageVolts,
        maxTemperatureKelvin,
        maxCellCurrentAmps,
        minAnodePotentialVolts,
        ambientKelvin,
        periodSeconds,
        guard,
        batteryFile,
        cell.name(),
        0,
        ChargeWish.NONE);
  }

  /** A connector whose battery is met for the first time at each charge. */
  public ConnectorConfig(
      String id,
      String title,
      OpcUaChargerConfig charger,
      CellParameters cell,
      PackLayout layout,
      String policy,
      String estimator,
      double startSoc,
      double targetSoc,
      double maxVoltageVolts,
      double maxTemperatureKelvin,
      double maxCellCurrentAmps,
      double minAnodePotentialVolts,
      double ambientKelvin,
      double periodSeconds,
      GuardConfig guard) {
    this(
        id,
        title,
        charger,
        cell,
        layout,
        policy,
        estimator,
        startSoc,
        targetSoc,
        maxVoltageVolts,
        maxTemperatureKelvin,
        maxCellCurrentAmps,
        minAnodePotentialVolts,
        ambientKelvin,
        periodSeconds,
        guard,
        null);
  }

  /** The same connector on another way to its charger. */
  public ConnectorConfig withCharger(OpcUaChargerConfig newCharger) {
    return new ConnectorConfig(
        id,
        title,
        newCharger,
        cell,
        layout,
        policy,
        estimator,
        startSoc,
        targetSoc,
        maxVoltageVolts,
        maxTemperatureKelvin,
        maxCellCurrentAmps,
        minAnodePotentialVolts,
        ambientKelvin,
        periodSeconds,
        guard,
        batteryFile,
        cellSource,
        chargerDelaySeconds,
        wish,
        session);
  }

  /**
   * The same with what the charge is to be like.
   *
   * @param newCellSource the name or file that the cell was loaded from
   * @param newChargerDelaySeconds known dead time of the charger, s
   * @param newWish goal and time ahead
   */
  public ConnectorConfig with(
      String newCellSource, double newChargerDelaySeconds, ChargeWish newWish) {
    return new ConnectorConfig(
        id,
        title,
        charger,
        cell,
        layout,
        policy,
        estimator,
        startSoc,
        targetSoc,
        maxVoltageVolts,
        maxTemperatureKelvin,
        maxCellCurrentAmps,
        minAnodePotentialVolts,
        ambientKelvin,
        periodSeconds,
        guard,
        batteryFile,
        newCellSource,
        newChargerDelaySeconds,
        newWish,
        session);
  }

  /** The same with how its charges begin and end. */
  public ConnectorConfig with(SessionConfig newSession) {
    return copy(
        cell, layout, maxVoltageVolts, maxCellCurrentAmps, batteryFile, cellSource, newSession);
  }

  /**
   * The same for another battery than the configured one. Its currents are the same shares of its
   * capacity, its voltage goes no higher than its kind of cell allows.
   *
   * @param newCell null: the configured kind, wired as configured
   * @param newCellSource the name that the cell was loaded from
   * @param newBatteryFile what is kept about it; null: nothing
   */
  public ConnectorConfig withBattery(
      @Nullable CellParameters newCell,
      String newCellSource,
      PackLayout newLayout,
      @Nullable Path newBatteryFile) {
    if (newCell == null) {
      return copy(
          cell,
          newLayout,
          maxVoltageVolts,
          maxCellCurrentAmps,
          newBatteryFile,
          cellSource,
          session);
    }
    double perAmpHour = maxCellCurrentAmps / cell.nominalCapacityAmpHours();
    return copy(
        newCell,
        newLayout,
        Math.min(maxVoltageVolts, newCell.upperCutOffVolts()),
        perAmpHour * newCell.nominalCapacityAmpHours(),
        newBatteryFile,
        newCellSource,
        session);
  }

  /** An estimator of another kind of cell's is of no use. */
  private String usable(CellParameters other) {
    try {
      Estimators.requireUsable(estimator, other);
      return estimator;
    } catch (IllegalArgumentException e) {
      return Estimators.defaultFor(other);
    }
  }

  private ConnectorConfig copy(
      CellParameters newCell,
      PackLayout newLayout,
      double newMaxVoltageVolts,
      double newMaxCellCurrentAmps,
      @Nullable Path newBatteryFile,
      String newCellSource,
      SessionConfig newSession) {
    return new ConnectorConfig(
        id,
        title,
        charger,
        newCell,
        newLayout,
        policy,
        newCell == cell ? estimator : usable(newCell),
        startSoc,
        targetSoc,
        newMaxVoltageVolts,
        maxTemperatureKelvin,
        newMaxCellCurrentAmps,
        minAnodePotentialVolts,
        ambientKelvin,
        periodSeconds,
        guard,
        newBatteryFile,
        newCellSource,
        chargerDelaySeconds,
        wish,
        newSession);
  }

  /**
   * The guard's own times and limits.
   *
   * @param stalenessSeconds a measurement older than this stops the current, s
   * @param frozenSeconds identical values for longer than this stop the current, s; 0 turns it off
   * @param maxCurrentAmps highest battery current, A; +∞ leaves it to vehicle and charger
   */
  public record GuardConfig(double stalenessSeconds, double frozenSeconds, double maxCurrentAmps) {}
}
