package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.core.cell.CellParameters;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which cell, and how it is cooled. */
final class CellOptions {
  @Option(
      names = "--cell",
      paramLabel = "C",
      defaultValue = "lgm50",
      description = "Shipped set or BPX file. Default: ${DEFAULT-VALUE}.")
  String cell = "lgm50";

  @Option(
      names = "--heat-transfer",
      paramLabel = "H",
      description = "Heat transfer coefficient over the cell's cooling area, W/m²K.")
  @Nullable Double heatTransfer;

  /** Liquid cooling, the reference charge: what closed-loop runs assume unless told otherwise. */
  static final double CLOSED_LOOP_HEAT_TRANSFER = 40;

  /** The cell with its own heat transfer, or the one given. */
  CellParameters load() {
    Double coefficient = checkedHeatTransfer();
    return coefficient == null ? own() : load(coefficient);
  }

  /** The cell with a heat transfer coefficient, W/m²K. */
  CellParameters load(double heatTransferWattsPerM2Kelvin) {
    return InputException.checking(
        "--cell", () -> own().withHeatTransfer(heatTransferWattsPerM2Kelvin));
  }

  private CellParameters own() {
    return InputException.checking("--cell", () -> CellParameters.load(cell));
  }

  @Nullable Double checkedHeatTransfer() {
    return heatTransfer == null
        ? null
        : Checks.within("--heat-transfer", heatTransfer, 0, 100_000, "W/m²K");
  }
}
