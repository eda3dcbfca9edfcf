package dev.anodyne.controller.cli;

import picocli.CommandLine.Option;

/** How often the controller decides. */
final class PeriodOption {
  /** For a single charge. */
  static final double STATION_SECONDS = 1;

  /** Where hundreds of charges are made. */
  static final double LAB_SECONDS = 10;

  @Option(
      names = "--period",
      paramLabel = "S",
      description = "Time between decisions, s. Default: 1 for a charge, 10 for a study.")
  private double seconds;

  /** A command's own default, s. */
  PeriodOption(double defaultSeconds) {
    seconds = defaultSeconds;
  }

  double seconds() {
    return Checks.within("--period", seconds, 0.05, 60, "s");
  }
}
