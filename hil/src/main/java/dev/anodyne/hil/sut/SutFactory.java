package dev.anodyne.hil.sut;

/** Makes a controller for each run of a scenario. */
@FunctionalInterface
public interface SutFactory {
  /**
   * Makes a controller that knows nothing yet.
   *
   * @param task what it is told
   * @throws IllegalArgumentException when it cannot do the task; the message says why
   */
  SystemUnderTest create(ChargeTask task);
}
