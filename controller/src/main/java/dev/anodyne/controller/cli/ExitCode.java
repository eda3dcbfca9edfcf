package dev.anodyne.controller.cli;

/** Exit codes that scripts rely on. */
final class ExitCode {
  /** Done. */
  static final int DONE = 0;

  /** Ran, but the answer is no: a failed verdict, a target not reached. */
  static final int NO = 1;

  /** Wrong use or bad input. */
  static final int BAD_INPUT = 2;

  /** A bug. */
  static final int INTERNAL_ERROR = 3;

  private ExitCode() {}
}
