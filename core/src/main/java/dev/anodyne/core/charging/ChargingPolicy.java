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

  /**
   * Continues the charge of another policy: called at most once, before the first decision. A
   * policy that remembers something takes over what it can use, so that the current goes on without
   * a step.
   *
   * @param predecessor decided so far; it will not decide again
   */
  default void takeOver(ChargingPolicy predecessor) {}

  /** Frees native solvers; harmless to call twice. */
  @Override
  default void close() {}
}
