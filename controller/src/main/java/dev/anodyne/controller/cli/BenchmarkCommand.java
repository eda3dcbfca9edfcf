package dev.anodyne.controller.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The launcher runs the benchmarks itself; this is what a built distribution answers. */
@Command(
    name = "benchmark",
    description = "Measure the project's own JMH figures (on a checkout).",
    footer = {"", "Example:", "  ./anodyne benchmark --only discharge-1c"})
final class BenchmarkCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--only", paramLabel = "NAME", description = "One figure; may be repeated.")
  private List<String> only = new ArrayList<>();

  BenchmarkCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.note(
        "anodyne: benchmark: a built distribution has no benchmarks; they run on a checkout.");
    terminal.note("Maybe run './anodyne benchmark' in the repository's root.");
    return ExitCode.BAD_INPUT;
  }
}
