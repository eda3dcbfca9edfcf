package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.Progress;
import java.util.Locale;

/** Progress of minutes: a bar with the time left on a terminal, a line now and then elsewhere. */
final class LongProgress implements Progress, AutoCloseable {
  private static final long LINE_NANOS = 30_000_000_000L;

  private final Terminal terminal;
  private final String task;
  private final TerminalProgress bar;
  private final long startNanos = System.nanoTime();
  private long lastNanos = startNanos;

  LongProgress(Terminal terminal, String task) {
    this.terminal = terminal;
    this.task = task;
    bar = new TerminalProgress(terminal, task, true);
  }

  @Override
  public synchronized void at(double share, String message) {
    bar.at(share, message);
    long now = System.nanoTime();
    if (terminal.interactive() || now - lastNanos < LINE_NANOS || share <= 0) {
      return;
    }
    lastNanos = now;
    double minutesLeft = (now - startNanos) * 1e-9 / 60 * (1 / share - 1);
    terminal.note(
        String.format(
            Locale.ROOT,
            "%s: %.0f %%%s, about %.1f min left",
            task,
            100 * share,
            message.isEmpty() ? "" : ", " + message,
            minutesLeft));
  }

  @Override
  public void close() {
    bar.close();
  }
}
