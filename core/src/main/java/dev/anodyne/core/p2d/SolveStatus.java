package dev.anodyne.core.p2d;

/** How a numerical solve ended. Solver results are data, never exceptions. */
public enum SolveStatus {
  /** Converged to tolerance. */
  OK,
  /** A usable answer, but not converged (iteration limit, real-time iteration). */
  ITERATION_LIMIT,
  /** The deadline passed before an answer was there. */
  DEADLINE,
  /** No point satisfies the hard constraints. */
  INFEASIBLE,
  /**
   * The cell came to its own end: a phase is depleted or full, or temperature or voltage have left
   * the range in which the equations mean something. {@link P2dWorkspace#limit()} says which.
   */
  CELL_LIMIT,
  /** The equations could not be solved: singular or not finite. */
  NUMERICAL_FAILURE,
  /** Nothing was solved. */
  NOT_RUN;

  /** True when the answer may be used. */
  public boolean isUsable() {
    return this == OK || this == ITERATION_LIMIT;
  }
}
