package dev.anodyne.controller.cli;

import java.io.Console;
import java.io.PrintWriter;

/**
 * Where a command writes.
 *
 * @param out results
 * @param err progress, logs, errors
 * @param interactive true when a person watches {@code err}
 */
record Terminal(PrintWriter out, PrintWriter err, boolean interactive) {
  /** Set to {@code true} or {@code false} by the launcher, which can ask about standard error. */
  private static final String PROPERTY = "anodyne.terminal";

  static Terminal ofProcess() {
    return new Terminal(
        new PrintWriter(System.out, true), new PrintWriter(System.err, true), isInteractive());
  }

  private static boolean isInteractive() {
    String told = System.getProperty(PROPERTY, "");
    if (!told.isEmpty()) {
      return Boolean.parseBoolean(told);
    }
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      // Since Java 22 a console object says nothing about a terminal; isTerminal() does.
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** One line to standard error. */
  void note(String line) {
    err.println(line);
    err.flush();
  }

  /** One JSON document or one table to standard output. */
  void result(String text) {
    out.println(text);
    out.flush();
  }
}
