package dev.anodyne.mpc.lp;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPObjective;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPSolverParameters;
import com.google.ortools.linearsolver.MPVariable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A linear program on OR-Tools' MPSolver with GLOP, a simplex solver.
 *
 * <p>One native solver lives as long as the program: it keeps its basis, so a problem that changed
 * a little costs few pivots, and native memory stays flat (a solver that is dropped without {@code
 * delete()} is not returned by the garbage collector). Presolve is off because it would throw the
 * basis away. Numbers that did not change are not handed over again.
 */
public final class OrToolsLinearProgram implements LinearProgram {
  /** GLOP counts time in milliseconds; anything shorter would mean "no limit". */
  private static final long NANOS_PER_MILLI = 1_000_000L;

  private final MPVariable[] variables;
  private final MPConstraint[] rows;
  private final MPObjective objective;
  private final MPSolverParameters parameters;
  private @Nullable MPSolver solver;

  // What the native side holds, and what the caller asked for where it is not a number.
  private final double[] coefficients;
  private final double[] objectiveCoefficients;
  private final boolean[] badVariableBounds;
  private final boolean[] badRowBounds;
  private int notFinite;
  private boolean cold = true;
  private LpStatus status = LpStatus.NOT_SOLVED;

  /**
   * Makes an empty program.
   *
   * @throws IllegalStateException when OR-Tools has no GLOP on this platform
   */
  public OrToolsLinearProgram(int variableCount, int rowCount) {
    OrTools.load();
    MPSolver made = MPSolver.createSolver("GLOP");
    if (made == null) {
      throw new IllegalStateException(
          "OR-Tools offers no solver \"GLOP\".\n"
              + "Maybe its native library for this platform is missing from the classpath.");
    }
    solver = made;
    made.suppressOutput();
    variables = new MPVariable[variableCount];
    for (int i = 0; i < variableCount; i++) {
      variables[i] = made.makeNumVar(0.0, 0.0, "");
    }
    rows = new MPConstraint[rowCount];
    for (int i = 0; i < rowCount; i++) {
      rows[i] = made.makeConstraint(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY, "");
    }
    objective = made.objective();
    objective.setMaximization();
    coefficients = new double[rowCount * variableCount];
    objectiveCoefficients = new double[variableCount];
    badVariableBounds = new boolean[variableCount];
    badRowBounds = new boolean[rowCount];
    parameters = new MPSolverParameters();
    parameters.setIntegerParam(
        MPSolverParameters.IntegerParam.PRESOLVE,
        MPSolverParameters.PresolveValues.PRESOLVE_OFF.swigValue());
  }

  @Override
  public int variables() {
    return variables.length;
  }

  @Override
  public int rows() {
    return rows.length;
  }

  @Override
  public void setVariableBounds(int variable, double lower, double upper) {
    if (accept(badVariableBounds, variable, Double.isNaN(lower) || Double.isNaN(upper))) {
      variables[variable].setBounds(lower, upper);
    }
  }

  @Override
  public void setRowBounds(int row, double lower, double upper) {
    if (accept(badRowBounds, row, Double.isNaN(lower) || Double.isNaN(upper))) {
      rows[row].setBounds(lower, upper);
    }
  }

  @Override
  public void setCoefficient(int row, int variable, double value) {
    if (store(coefficients, row * variables.length + variable, value)) {
      rows[row].setCoefficient(variables[variable], value);
    }
  }

  @Override
  public void setObjective(int variable, double value) {
    if (store(objectiveCoefficients, variable, value)) {
      objective.setCoefficient(variables[variable], value);
    }
  }

  @Override
  public LpStatus solve(long timeLimitNanos) {
    MPSolver open = requireOpen();
    if (notFinite > 0) {
      status = LpStatus.NOT_FINITE;
      return status;
    }
    // 0 removes the limit of an earlier solve.
    open.setTimeLimit(
        timeLimitNanos <= 0 ? 0 : Math.max(1, Math.floorDiv(timeLimitNanos, NANOS_PER_MILLI)));
    parameters.setIntegerParam(
        MPSolverParameters.IntegerParam.INCREMENTALITY,
        cold
            ? MPSolverParameters.IncrementalityValues.INCREMENTALITY_OFF.swigValue()
            : MPSolverParameters.IncrementalityValues.INCREMENTALITY_ON.swigValue());
    status = translate(open.solve(parameters), timeLimitNanos > 0);
    if (status.hasSolution() && !valuesAreFinite()) {
      status = LpStatus.ABNORMAL;
    }
    // A basis that led nowhere must not be where the next solve starts.
    cold = status != LpStatus.OPTIMAL;
    return status;
  }

  @Override
  public LpStatus status() {
    return status;
  }

  @Override
  public double value(int variable) {
    requireSolution();
    return variables[variable].solutionValue();
  }

  @Override
  public double objectiveValue() {
    requireSolution();
    return objective.value();
  }

  @Override
  public void restart() {
    cold = true;
  }

  /** Simplex iterations of the last solve. */
  long iterations() {
    MPSolver open = solver;
    return open == null ? 0 : open.iterations();
  }

  @Override
  public void close() {
    MPSolver open = solver;
    if (open != null) {
      solver = null;
      status = LpStatus.NOT_SOLVED;
      parameters.delete();
      open.delete();
    }
  }

  /** Touching freed native memory would end the process: an exception instead. */
  private MPSolver requireOpen() {
    MPSolver open = solver;
    if (open == null) {
      throw new IllegalStateException("This linear program is closed.");
    }
    return open;
  }

  private void requireSolution() {
    if (solver == null || !status.hasSolution()) {
      throw new IllegalStateException(
          "A linear program has no values to read: its last solve ended with " + status + ".");
    }
  }

  private boolean valuesAreFinite() {
    for (MPVariable variable : variables) {
      if (!Double.isFinite(variable.solutionValue())) {
        return false;
      }
    }
    return true;
  }

  private static LpStatus translate(MPSolver.ResultStatus result, boolean limited) {
    return switch (result) {
      case OPTIMAL -> LpStatus.OPTIMAL;
      case FEASIBLE -> LpStatus.FEASIBLE;
      case INFEASIBLE -> LpStatus.INFEASIBLE;
      case UNBOUNDED -> LpStatus.UNBOUNDED;
      case NOT_SOLVED -> limited ? LpStatus.TIME_LIMIT : LpStatus.ABNORMAL;
      case ABNORMAL, MODEL_INVALID -> LpStatus.ABNORMAL;
    };
  }

  /** Keeps count of bounds that are not numbers; true when the new ones may be passed on. */
  private boolean accept(boolean[] bad, int index, boolean isBad) {
    requireOpen();
    if (bad[index] != isBad) {
      bad[index] = isBad;
      notFinite += isBad ? 1 : -1;
    }
    return !isBad;
  }

  /** Stores a coefficient; true when it differs from the last one and may be passed on. */
  private boolean store(double[] values, int index, double value) {
    requireOpen();
    double old = values[index];
    if (old == value) {
      return false;
    }
    boolean wasBad = !Double.isFinite(old);
    boolean isBad = !Double.isFinite(value);
    values[index] = value;
    if (wasBad != isBad) {
      notFinite += isBad ? 1 : -1;
    }
    return !isBad;
  }

  @Override
  public String toString() {
    return "GLOP program of "
        + variables.length
        + " variables, "
        + rows.length
        + " rows, "
        + Arrays.stream(coefficients).filter(c -> c != 0).count()
        + " entries, "
        + status;
  }
}
