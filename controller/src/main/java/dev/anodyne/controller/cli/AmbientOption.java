package dev.anodyne.controller.cli;

import picocli.CommandLine.Option;

/** Where the cell stands. */
final class AmbientOption {
  private static final double KELVIN = 273.15;

  @Option(
      names = "--ambient-c",
      paramLabel = "T",
      defaultValue = "25",
      description = "Ambient temperature, °C. Default: ${DEFAULT-VALUE}.")
  double celsius = 25;

  double kelvin() {
    return Checks.within("--ambient-c", celsius, -40, 80, "°C") + KELVIN;
  }
}
