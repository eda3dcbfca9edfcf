package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.InputException;
import dev.anodyne.core.cell.CellParameters;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which cell, and how it is cooled. */
final class CellOptions {
  @Option(
      names = "--cell",
      paramLabel = "C",
      defaultValue = "lgm50",
      description = "Shipped set or BPX file. Default: ${DEFAULT-VALUE}.")
  String cell = "lgm50";

  @Mixin HeatTransferOption heatTransfer = new HeatTransferOption();

  /** The cell with its own heat transfer, or the one given. */
  CellParameters load() {
    Double coefficient = heatTransfer.checked();
    return coefficient == null ? own() : load(coefficient);
  }

  /** The cell with a heat transfer coefficient, W/m²K. */
  CellParameters load(double heatTransferWattsPerM2Kelvin) {
    return InputException.checking(
        "--cell", () -> own().withHeatTransfer(heatTransferWattsPerM2Kelvin));
  }

  /** The cell as closed-loop charges have it, cooled as was said or as the reference charge. */
  CellParameters closedLoop() {
    return load(heatTransfer.closedLoop());
  }

  private CellParameters own() {
    return InputException.checking("--cell", () -> CellParameters.load(cell));
  }
}
