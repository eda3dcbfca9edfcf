package dev.anodyne.controller.cli;

import picocli.CommandLine.Option;

/** The seed of everything that is drawn. */
final class SeedOption {
  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Fixes everything that is drawn: spread, mismatch, noise. Default: 1.")
  long seed = 1;
}
