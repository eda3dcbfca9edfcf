package dev.anodyne.controller.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How much of the machine is used. */
final class ThreadsOption {
  private static final int MOST = 1024;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Charges at once. Default: the number of cores.")
  private @Nullable Integer threads;

  int count() {
    int count = threads == null ? Runtime.getRuntime().availableProcessors() : threads;
    return (int) Checks.within("--threads", count, 1, MOST, "");
  }
}
