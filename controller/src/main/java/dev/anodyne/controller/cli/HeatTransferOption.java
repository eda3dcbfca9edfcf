package dev.anodyne.controller.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How well the cell is cooled. */
final class HeatTransferOption {
  /** Liquid cooling, the reference charge: what closed-loop runs assume unless told otherwise. */
  private static final double CLOSED_LOOP = 40;

  @Option(
      names = "--heat-transfer",
      paramLabel = "H",
      description = {
        "Heat transfer coefficient over the cell's cooling area, W/m²K. Default: 40 where a",
        "controller charges, the set's own otherwise."
      })
  private @Nullable Double given;

  /** The checked value, W/m²K; null when nothing was said. */
  @Nullable Double checked() {
    return given == null ? null : Checks.within("--heat-transfer", given, 0, 100_000, "W/m²K");
  }

  /** The checked value, or that of closed-loop charges, W/m²K. */
  double closedLoop() {
    Double checked = checked();
    return checked == null ? CLOSED_LOOP : checked;
  }
}
