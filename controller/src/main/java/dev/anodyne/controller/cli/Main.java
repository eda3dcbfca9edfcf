package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.BuildInfo;
import dev.anodyne.controller.lab.InputException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** Entry of the {@code anodyne} command. */
@Command(
    name = "anodyne",
    description = "Charges lithium-ion batteries as fast as their anode allows.",
    footer = {
      "",
      "Examples:",
      "  anodyne demo",
      "  anodyne charge --cell lgm50 --policy cccv:1.5 --out out/charge",
      "  anodyne simulate --cell lgm50 --protocol 'Charge at 2C until 4.2 V' --out out/2C.csv",
      "",
      "Exit codes: 0 done, 1 the answer is no, 2 wrong use or bad input, 3 internal error."
    })
public final class Main implements Runnable {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      description = "Show this help and exit.")
  private boolean help;

  @Option(names = "--version", versionHelp = true, description = "Print the version and exit.")
  private boolean version;

  private static final Pattern NOT_A_NUMBER =
      Pattern.compile(
          "Invalid value for option '(--[a-z-]+)'.*: '(.*)' is not an? (int|long|double)");

  /** Of the distribution that has the server only. */
  private static final String[] SERVER_FOOTER = {
    "",
    "Examples:",
    "  anodyne serve --config station.yaml --check",
    "  anodyne serve --config station.yaml",
    "",
    "Exit codes: 0 done, 1 the answer is no, 2 wrong use or bad input, 3 internal error."
  };

  private Main() {}

  public static void main(String[] args) {
    int code = run(Terminal.ofProcess(), args);
    System.out.flush();
    System.err.flush();
    System.exit(code);
  }

  /** Runs one command and gives its exit code; never throws. */
  static int run(Terminal terminal, String... args) {
    boolean serves = args.length > 0 && args[0].equals("serve");
    return commandLine(terminal, serves ? Commands::addServe : Commands::addAll).execute(args);
  }

  static CommandLine commandLine(Terminal terminal) {
    return commandLine(terminal, Commands::addAll);
  }

  private static CommandLine commandLine(
      Terminal terminal, BiConsumer<CommandLine, Terminal> commands) {
    CommandLine line = new CommandLine(new Main());
    line.getCommandSpec().version("anodyne " + BuildInfo.version());
    commands.accept(line, terminal);
    if (!Commands.hasBench()) {
      line.getCommandSpec().usageMessage().footer(SERVER_FOOTER);
    }
    HelpText.flow(line);
    line.setOut(terminal.out());
    line.setErr(terminal.err());
    line.setUsageHelpAutoWidth(true);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setOverwrittenOptionsAllowed(false);
    line.setParameterExceptionHandler((e, unused) -> refuse(terminal, e));
    line.setExecutionExceptionHandler((e, unused, parsed) -> fail(terminal, e));
    return line;
  }

  /** Without a command: how to use it, and that is wrong use. */
  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "No command given.");
  }

  private static int refuse(Terminal terminal, ParameterException e) {
    CommandLine command = e.getCommandLine();
    if (e.getCause() instanceof InputException input) {
      terminal.note("anodyne: " + input.getMessage());
      return ExitCode.BAD_INPUT;
    }
    String name = command.getCommandSpec().qualifiedName();
    terminal.note("anodyne: " + plain(oneLine(e.getMessage())));
    List<String> similar =
        e instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
    terminal.note(
        similar.isEmpty()
            ? "Maybe '" + name + " --help' helps."
            : "Maybe you meant " + String.join(" or ", similar) + "; see '" + name + " --help'.");
    return ExitCode.BAD_INPUT;
  }

  private static int fail(Terminal terminal, Exception e) {
    if (e instanceof InputException) {
      terminal.note("anodyne: " + e.getMessage());
      return ExitCode.BAD_INPUT;
    }
    terminal.note("anodyne: internal error: " + oneLine(e.toString()));
    try {
      Path log = Files.createTempFile("anodyne-error-", ".log");
      Files.writeString(log, stackTrace(e));
      terminal.note("Maybe it is a bug: please report it with " + log + ".");
    } catch (IOException unwritable) {
      terminal.note(stackTrace(e));
    }
    return ExitCode.INTERNAL_ERROR;
  }

  private static String stackTrace(Exception e) {
    StringWriter text = new StringWriter();
    text.append("anodyne ").append(BuildInfo.version()).append(", Java ");
    text.append(System.getProperty("java.version")).append(", ");
    text.append(System.getProperty("os.name")).append('\n');
    e.printStackTrace(new PrintWriter(text, true));
    return text.toString();
  }

  /** A number's type as people call it, not as the language does. */
  private static String plain(String message) {
    Matcher number = NOT_A_NUMBER.matcher(message);
    if (!number.matches()) {
      return message;
    }
    String allowed = number.group(3).equals("double") ? "a number" : "a whole number";
    return number.group(1)
        + ": '"
        + number.group(2)
        + "' is not "
        + allowed
        + "; allowed: "
        + allowed
        + ".";
  }

  private static String oneLine(@Nullable String message) {
    String line = String.valueOf(message).lines().findFirst().orElse("unknown").strip();
    return line.startsWith("Error: ") ? line.substring("Error: ".length()) : line;
  }
}
