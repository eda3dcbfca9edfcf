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
}
