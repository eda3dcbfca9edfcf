package dev.anodyne.controller.cli;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/**
 * Descriptions that stand on several lines of the source become one text each: help then breaks
 * them where the terminal ends, not where the source does. Examples stay as they are.
 */
final class HelpText {
  private HelpText() {}

  /** Does so for a command and everything below it. */
  static void flow(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    UsageMessageSpec usage = spec.usageMessage();
    usage.description(String.join(" ", usage.description()));
    for (OptionSpec option : List.copyOf(spec.options())) {
      String[] lines = option.description();
      // A group knows its options by themselves.
      if (lines.length > 1 && option.group() == null) {
        spec.remove(option);
        spec.addOption(option.toBuilder().description(String.join(" ", lines)).build());
      }
    }
    command.getSubcommands().values().forEach(HelpText::flow);
  }
}
