package dev.anodyne.controller.cli;

import picocli.CommandLine.Option;

/** What every command understands. */
final class CommonOptions {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  boolean help;

  @Option(names = "--json", description = "Print the result as one JSON document.")
  boolean json;

  @Option(
      names = {"-v", "--verbose"},
      description = "Log more to standard error (-v: sessions, -vv: every step).")
  boolean[] verbosity = {};

  /** Must run before the first logger is made: logback reads the level once. */
  void applyLogging() {
    if (verbosity.length > 0) {
      System.setProperty("anodyne.log.level", verbosity.length > 1 ? "DEBUG" : "INFO");
    }
    if (verbosity.length > 1) {
      System.setProperty("anodyne.log.libraries", "WARN");
    }
  }
}
