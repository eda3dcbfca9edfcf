package dev.anodyne.core.charging;

/** Turns current, voltage and temperature into the internal state. Not thread-safe. */
public interface StateEstimator {
  /**
   * Takes in one measurement.
   *
   * @param measurement the newest sample; time must not run backwards
   * @param applied the command in force while the sample was taken
   * @return the new belief; {@link CellEstimate#valid()} is false when there is none
   */
  CellEstimate update(Measurement measurement, CurrentCommand applied);

  /**
   * Tells the heat that heater or cooler put into each cell from now on. An estimator that is not
   * told takes it for warmer or colder surroundings, after a while.
   *
   * @param cellWatts W; below 0 when the cells are cooled
   */
  default void heated(double cellWatts) {}
}
