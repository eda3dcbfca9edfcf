package dev.anodyne.core.p2d;

import dev.anodyne.core.charging.SolveStatus;

/**
 * Predicts a horizon under piecewise-constant current, with forward sensitivities of every output
 * with respect to every current move, from the factorisations of the simulation itself. All arrays
 * are made once; a run allocates nothing. Not thread-safe.
 */
public final class P2dRollout {
  /** Outputs with sensitivities. */
  public enum Output {
    VOLTAGE,
    ANODE_POTENTIAL,
    TEMPERATURE,
    SOC,
    ANODE_SURFACE_STOICHIOMETRY_AT_SEPARATOR,
    /** Electrolyte concentration at the anode collector, mol/m³ (depletes first on charge). */
    ELECTROLYTE_AT_ANODE_COLLECTOR
  }

  /** Room for a horizon of at most {@code maxSteps} steps and {@code maxMoves} moves. */
  public P2dRollout(P2dModel model, int maxSteps, int maxMoves) {}

  /**
   * Simulates the horizon.
   *
   * @param start Not modified.
   * @param steps number of steps, ≤ maxSteps
   * @param dtSeconds length of each step, s
   * @param moveOfStep index of the move in force during each step, non-decreasing
   * @param moveAmps cell current of each move, A
   * @param ambientKelvin ambient temperature, K
   * @param withSensitivities whether to compute the derivatives too
   */
  public SolveStatus run(
      P2dState start,
      int steps,
      double[] dtSeconds,
      int[] moveOfStep,
      double[] moveAmps,
      double ambientKelvin,
      boolean withSensitivities) {
    throw new UnsupportedOperationException("under construction");
  }

  /** An output at the end of a step. */
  public double value(Output output, int step) {
    throw new UnsupportedOperationException("under construction");
  }

  /** ∂output(step)/∂moveAmps[move]; 0 for moves that begin later. */
  public double sensitivity(Output output, int step, int move) {
    throw new UnsupportedOperationException("under construction");
  }
}
