package dev.anodyne.controller.cli;

import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/** Closes something in order when the process is asked to end (Ctrl-C, kill). */
final class Shutdown implements AutoCloseable {
  private final Thread hook;

  private Shutdown(Thread hook) {
    this.hook = hook;
  }

  /** From now on until {@link #close}; the process then ends with the code of its signal. */
  static Shutdown of(AutoCloseable running) {
    return hooked(running, null);
  }

  /**
   * The same for something that runs until it is asked to end: the process then ends with an exit
   * code of its own, or that of an internal error when the end was not in order.
   *
   * @param code asked for when the end was in order
   */
  static Shutdown ending(AutoCloseable running, IntSupplier code) {
    return hooked(running, code);
  }

  private static Shutdown hooked(AutoCloseable running, @Nullable IntSupplier code) {
    Thread hook = new Thread(() -> end(running, code), "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Shutdown(hook);
  }

  private static void end(AutoCloseable running, @Nullable IntSupplier code) {
    int ending = ExitCode.INTERNAL_ERROR;
    try {
      running.close();
      ending = code == null ? ExitCode.DONE : code.getAsInt();
    } catch (Exception e) {
      System.err.println("anodyne: the end was not in order: " + e.getMessage());
    }
    if (code != null) {
      System.out.flush();
      System.err.flush();
      // The signal's own code would be 130 or 143; everything that has to be closed is.
      Runtime.getRuntime().halt(ending);
    }
  }

  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process is ending: the hook is at work.
    }
  }
}
