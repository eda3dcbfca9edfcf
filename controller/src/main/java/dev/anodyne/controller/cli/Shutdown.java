package dev.anodyne.controller.cli;

/** Closes something in order when the process is asked to end (Ctrl-C, kill). */
final class Shutdown implements AutoCloseable {
  private final Thread hook;

  private Shutdown(Thread hook) {
    this.hook = hook;
  }

  /** From now on until {@link #close}. */
  static Shutdown of(AutoCloseable running) {
    Thread hook =
        new Thread(
            () -> {
              try {
                running.close();
              } catch (Exception e) {
                System.err.println("anodyne: the end was not in order: " + e.getMessage());
              }
            },
            "shutdown");
    Runtime.getRuntime().addShutdownHook(hook);
    return new Shutdown(hook);
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
