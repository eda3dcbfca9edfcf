package dev.anodyne.controller.cli;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** From where to where, and the seed. */
final class WindowOptions {
  @Option(
      names = "--from",
      paramLabel = "S",
      defaultValue = "0.1",
      description = "State of charge at the start, 0 to 1. Default: ${DEFAULT-VALUE}.")
  double from;

  @Option(
      names = "--to",
      paramLabel = "S",
      defaultValue = "0.8",
      description = "State of charge to reach, 0 to 1. Default: ${DEFAULT-VALUE}.")
  double to;

  @Mixin private SeedOption seedOption = new SeedOption();

  /** Fixes everything that is drawn. */
  long seed() {
    return seedOption.seed;
  }

  void check() {
    Checks.window(from, to);
  }
}
