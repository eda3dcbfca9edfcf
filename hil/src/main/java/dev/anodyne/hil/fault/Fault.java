package dev.anodyne.hil.fault;

/**
 * One fault of one component. Starting a fault that is active changes severity and ramp; stopping
 * one that is not does nothing. For the plant's thread only.
 */
public interface Fault {
  /** Kind and component, for example {@code sensor.bias on sensor.current}. */
  String name();

  /**
   * Begins.
   *
   * @param severity in the unit of its {@link FaultKind}; the sign counts where the kind says so
   * @param rampSeconds time until the severity is reached, s; 0 at once
   * @param nowNanos the plant's time, ns
   * @throws IllegalArgumentException for a severity that the kind does not allow
   */
  void start(double severity, double rampSeconds, long nowNanos);

  /** Is called before each step of the plant. */
  void step(long nowNanos);

  /** Ends; the component is as it was, but for what the fault has done to its state meanwhile. */
  void stop();

  boolean isActive();
}
