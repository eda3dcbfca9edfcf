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

  /**
   * Hands over what heater and cooler are to do. Only chargers that offer one ({@link
   * ChargerStatus#thermal()}) take it up.
   *
   * @param command heat for the whole battery; it expires by itself
   */
  default void applyThermal(ThermalCommand command) {}

  /**
   * Says which of several controllers commands: the number grows with each that takes over. Goes
   * out with every command from now on where the charger has a place for it, so that it can refuse
   * one who has been replaced.
   *
   * @param number above 0
   */
  default void fence(long number) {}

  @Override
  void close();
}
