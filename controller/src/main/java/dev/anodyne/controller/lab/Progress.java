package dev.anodyne.controller.lab;

/** How far a long piece of work has got. */
@FunctionalInterface
public interface Progress {
  /** Nobody watches. */
  Progress NONE = (share, message) -> {};

  /**
   * Tells the newest share; called often, from any thread.
   *
   * @param share done, 0–1
   * @param message a few words, e.g. {@code 43.2 % 12.1 A}
   */
  void at(double share, String message);
}
