package dev.anodyne.controller.cli;

import java.util.ArrayList;
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
    usage.footer(paragraphs(usage.footer()));
    for (OptionSpec option : List.copyOf(spec.options())) {
      String[] lines = option.description();
      // A group knows its options by themselves.
      if (lines.length > 1 && option.group() == null) {
        // What the library tells is formatted already, and will be once more.
        String text = String.join(" ", lines).replace("%", "%%");
        spec.remove(option);
        spec.addOption(option.toBuilder().description(text).build());
      }
    }
    command.getSubcommands().values().forEach(HelpText::flow);
  }

  /** A sentence that goes on in the next line of the source; examples are indented. */
  private static String[] paragraphs(String[] lines) {
    List<String> all = new ArrayList<>();
    boolean goesOn = false;
    for (String line : lines) {
      boolean isText = !line.isBlank() && !line.startsWith(" ");
      if (goesOn && isText) {
        all.set(all.size() - 1, all.get(all.size() - 1) + " " + line);
      } else {
        all.add(line);
      }
      goesOn = isText && !line.endsWith(".") && !line.endsWith(":");
    }
    return all.toArray(String[]::new);
  }
}
