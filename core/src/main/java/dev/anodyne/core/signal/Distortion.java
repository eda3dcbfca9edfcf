package dev.anodyne.core.signal;

/**
 * A fault of one sensor, on top of its {@link SensorModel}: turns what it would say into what it
 * says. Allocates nothing.
 */
@FunctionalInterface
public interface Distortion {
  /**
   * Distorts one reading.
   *
   * @param reading in the sensed quantity's unit; NaN for a lost one
   * @param timeNanos time of the reading, ns; does not run backwards
   * @return what is read; NaN when it is lost
   */
  double distort(double reading, long timeNanos);
}
