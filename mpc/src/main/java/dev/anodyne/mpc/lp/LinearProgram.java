package dev.anodyne.mpc.lp;

/**
 * Maximise cᵀx subject to l ≤ A·x ≤ u and bounds on x, of fixed shape, solved many times with
 * changing numbers. A new program has no objective, an empty matrix, free rows and variables fixed
 * at 0. Not thread-safe; one program per thread.
 *
 * <p>Numbers that are not finite are remembered, not passed on: {@link #solve} then answers {@link
 * LpStatus#NOT_FINITE} until they are replaced. Infinite bounds mean "none".
 */
public interface LinearProgram extends AutoCloseable {
  /** Number of variables. */
  int variables();

  /** Number of rows. */
  int rows();

  /** Sets the bounds of a variable. */
  void setVariableBounds(int variable, double lower, double upper);

  /** Sets the bounds of a row. */
  void setRowBounds(int row, double lower, double upper);

  /** Sets one entry of the matrix. */
  void setCoefficient(int row, int variable, double value);

  /** Sets one coefficient of the objective, which is maximised. */
  void setObjective(int variable, double value);

  /**
   * Solves, from the last basis where there is one.
   *
   * @param timeLimitNanos time allowed, ns; 0 for none
   */
  LpStatus solve(long timeLimitNanos);

  /** How the last solve ended. */
  LpStatus status();

  /**
   * Value of a variable.
   *
   * @throws IllegalStateException when the last solve left no solution
   */
  double value(int variable);

  /**
   * Value of the objective.
   *
   * @throws IllegalStateException when the last solve left no solution
   */
  double objectiveValue();

  /** Forgets the basis: the next solve starts cold. */
  void restart();

  /** Frees native memory; harmless to call twice. */
  @Override
  void close();
}
