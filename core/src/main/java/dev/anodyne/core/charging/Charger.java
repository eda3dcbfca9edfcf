package dev.anodyne.core.charging;

/** The only way to a charger, real, simulated or replayed. Neither call blocks. */
public interface Charger extends AutoCloseable {
  /** The newest status image. It never changes: read it once a cycle. */
  ChargerStatus status();

  /**
   * Hands over a command for the whole battery.
   *
   * @param command what to draw; it expires by itself
   */
  void apply(CurrentCommand command);

  @Override
  void close();
}
