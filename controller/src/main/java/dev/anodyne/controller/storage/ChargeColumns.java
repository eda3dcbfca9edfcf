package dev.anodyne.controller.storage;

import dev.anodyne.controller.storage.export.TableColumn;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Charges as rows of a file. */
final class ChargeColumns {
  private ChargeColumns() {}

  static List<TableColumn> columns() {
    return List.of(
        TableColumn.text("Charge"),
        TableColumn.text("Connector"),
        TableColumn.text("Battery"),
        TableColumn.text("Cell"),
        TableColumn.text("Layout"),
        TableColumn.text("Estimator"),
        TableColumn.text("Policy"),
        TableColumn.text("Policy version"),
        TableColumn.text("Policy digest"),
        TableColumn.text("Started by"),
        TableColumn.time("Begun"),
        TableColumn.time("Ended"),
        TableColumn.text("State"),
        TableColumn.text("Reason"),
        TableColumn.text("Target reached"),
        TableColumn.text("Telemetry"),
        TableColumn.number("Target state of charge"),
        TableColumn.number("State of charge at begin"),
        TableColumn.number("State of charge at end"),
        TableColumn.number("Energy [W.h]"),
        TableColumn.number("Charge [A.h]"),
        TableColumn.number("Maximum pack power [W]"),
        TableColumn.number("Maximum voltage [V]"),
        TableColumn.number("Maximum temperature [K]"),
        TableColumn.number("Minimum estimated anode potential [V]"),
        TableColumn.number("Minimum anode potential lower bound [V]"),
        TableColumn.number("Fallback share"),
        TableColumn.number("Samples"));
  }

  static @Nullable Object[] values(ChargeRow c) {
    ChargeFigures f = c.figures();
    return new @Nullable Object[] {
      c.id(),
      c.connector(),
      c.batteryId(),
      c.cell(),
      c.layout(),
      c.estimator(),
      c.policy(),
      c.policyVersion(),
      c.policyDigest(),
      c.startedBy(),
      Micros.of(c.begun()),
      c.ended() == null ? null : (Long) Micros.of(c.ended()),
      c.state(),
      c.reason(),
      c.targetReached() == null ? null : c.targetReached().toString(),
      c.detail().name(),
      c.targetSoc(),
      f.startSoc(),
      f.endSoc(),
      f.energyWattHours(),
      f.chargeAmpHours(),
      f.maxPowerWatts(),
      f.maxCellVoltageVolts(),
      f.maxTemperatureKelvin(),
      f.minAnodePotentialVolts(),
      f.minAnodePotentialBoundVolts(),
      f.fallbackShare(),
      f.samples() == null ? null : (Double) (double) f.samples()
    };
  }
}
