package dev.anodyne.controller.cli;

import org.jspecify.annotations.Nullable;

/** Progress through named stages: a bar each on a terminal, a line each elsewhere. */
final class StageProgress implements AutoCloseable {
  private final Terminal terminal;
  private String stage = "";
  private @Nullable TerminalProgress bar;

  StageProgress(Terminal terminal) {
    this.terminal = terminal;
  }

  synchronized void advanced(String newStage, double share, String detail) {
    if (!newStage.equals(stage)) {
      close();
      stage = newStage;
      bar = new TerminalProgress(terminal, newStage);
      if (!terminal.interactive()) {
        terminal.note(newStage + " …");
      }
    }
    TerminalProgress current = bar;
    if (current != null) {
      current.at(share, detail);
    }
  }

  @Override
  public synchronized void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
