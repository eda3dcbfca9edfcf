package dev.anodyne.core.charging;

/** Chooses the current of one cell. Not thread-safe. */
public interface ChargingPolicy extends AutoCloseable {
  /**
   * Decides for the period that begins now.
   *
   * @param estimate belief about the weakest cell
   * @param limits the limits in force
   */
  PolicyDecision next(CellEstimate estimate, ChargeLimits limits);

  /** Frees native solvers; harmless to call twice. */
  @Override
  default void close() {}
}
