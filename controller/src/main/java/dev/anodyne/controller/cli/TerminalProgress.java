package dev.anodyne.controller.cli;

import dev.anodyne.controller.lab.Progress;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar on standard error: only on a terminal, and only once work takes over 2 s. */
final class TerminalProgress implements Progress, AutoCloseable {
  private static final long PATIENCE_NANOS = 2_000_000_000L;
  private static final int STEPS = 1000;

  private final Terminal terminal;
  private final String task;
  private final boolean timeLeft;
  private final long startNanos = System.nanoTime();
  private @Nullable ProgressBar bar;

  TerminalProgress(Terminal terminal, String task) {
    this(terminal, task, false);
  }

  /**
   * @param timeLeft whether the bar tells how long it will still take; shares have to be in
   *     proportion to time for that
   */
  TerminalProgress(Terminal terminal, String task, boolean timeLeft) {
    this.terminal = terminal;
    this.task = task;
    this.timeLeft = timeLeft;
  }

  @Override
  public synchronized void at(double share, String message) {
    if (!terminal.interactive() || System.nanoTime() - startNanos < PATIENCE_NANOS) {
      return;
    }
    ProgressBar current = bar;
    if (current == null) {
      ProgressBarBuilder builder =
          new ProgressBarBuilder()
              .setTaskName(task)
              .setInitialMax(STEPS)
              .setStyle(ProgressBarStyle.ASCII)
              .setUpdateIntervalMillis(250)
              .setConsumer(new ConsoleProgressBarConsumer(System.err));
      current = (timeLeft ? builder : builder.hideEta()).build();
      bar = current;
    }
    current.setExtraMessage(message);
    current.stepTo(Math.round(share * STEPS));
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
    }
  }
}
