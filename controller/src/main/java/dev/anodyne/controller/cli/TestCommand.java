package dev.anodyne.controller.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The launcher runs the tests itself; this is what a built distribution answers. */
@Command(
    name = "test",
    description = "Install what the tests need and run them (on a checkout).",
    footer = {"", "Example:", "  ./anodyne test"})
final class TestCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(
      names = "--slow",
      description = "Run the statistical, attack, kill and soak suites instead.")
  private boolean slow;

  TestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.note("anodyne: test: a built distribution has no tests; they run on a checkout.");
    terminal.note("Maybe run './anodyne test' in the repository's root.");
    return ExitCode.BAD_INPUT;
  }
}
