package dev.anodyne.mpc.lp;

import dev.anodyne.core.p2d.SolveStatus;

/** How the solve of a linear program ended. */
public enum LpStatus {
  /** An optimum was found; values may be read. */
  OPTIMAL,
  /** The time limit passed with a feasible, not optimal point; values may be read. */
  FEASIBLE,
  /** No point satisfies all bounds and rows. */
  INFEASIBLE,
  /** The objective grows without limit. */
  UNBOUNDED,
  /** The time limit passed without a feasible point. */
  TIME_LIMIT,
  /** The solver gave up numerically. */
  ABNORMAL,
  /** A coefficient or bound is not a number: the solver was not asked. */
  NOT_FINITE,
  /** Nothing has been solved since the program was made. */
  NOT_SOLVED;

  /** True when values may be read. */
  public boolean hasSolution() {
    return this == OPTIMAL || this == FEASIBLE;
  }

  /** The same in the words of every numerical solve. */
  public SolveStatus toSolveStatus() {
    return switch (this) {
      case OPTIMAL -> SolveStatus.OK;
      case FEASIBLE -> SolveStatus.ITERATION_LIMIT;
      case INFEASIBLE -> SolveStatus.INFEASIBLE;
      case TIME_LIMIT -> SolveStatus.DEADLINE;
      case UNBOUNDED, ABNORMAL, NOT_FINITE -> SolveStatus.NUMERICAL_FAILURE;
      case NOT_SOLVED -> SolveStatus.NOT_RUN;
    };
  }
}
