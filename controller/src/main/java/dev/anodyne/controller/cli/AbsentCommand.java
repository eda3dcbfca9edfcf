package dev.anodyne.controller.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Unmatched;

/** A command that the bench's distribution has and the server's has not: says so, and exits 2. */
@Command
final class AbsentCommand implements Callable<Integer> {
  private final Terminal terminal;
  @Mixin private CommonOptions common = new CommonOptions();
  @Spec private CommandSpec spec = CommandSpec.create();
  @Unmatched private List<String> ignored = new ArrayList<>();

  AbsentCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    terminal.note(
        "anodyne: '"
            + spec.qualifiedName()
            + "' is not in this distribution, which is the server's.");
    terminal.note("Maybe install anodyne-bench beside it, which has everything.");
    return ExitCode.BAD_INPUT;
  }
}
