package dev.anodyne.controller.lab;

import java.util.List;
import java.util.stream.Collectors;

/** A command that a person can paste into a shell. */
public final class ShellLine {
  private static final String PLAIN = "[A-Za-z0-9._:/@%+=,-]+";

  private final StringBuilder line;

  /**
   * Begins a command.
   *
   * @param command the words before all options, e.g. {@code ./anodyne charge}
   */
  public ShellLine(String command) {
    line = new StringBuilder(command);
  }

  /** The words as they were given, each quoted where it must be. */
  public static String of(String command, List<String> words) {
    return words.stream()
        .map(ShellLine::quoted)
        .collect(Collectors.joining(" ", command + " ", ""));
  }

  /** Adds an option with its value. */
  public ShellLine option(String name, String value) {
    line.append(' ').append(name).append(' ').append(quoted(value));
    return this;
  }

  /** Adds an option with a number, every digit of it: what is made again must be the same. */
  public ShellLine option(String name, double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return option(name, whole ? Long.toString((long) value) : Double.toString(value));
  }

  /** Adds an option without a value. */
  public ShellLine flag(String name) {
    line.append(' ').append(name);
    return this;
  }

  private static String quoted(String word) {
    return word.matches(PLAIN) ? word : "'" + word.replace("'", "'\\''") + "'";
  }

  @Override
  public String toString() {
    return line.toString();
  }
}
