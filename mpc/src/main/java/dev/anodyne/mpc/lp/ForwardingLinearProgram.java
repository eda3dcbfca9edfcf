package dev.anodyne.mpc.lp;

/**
 * A linear program that hands everything to another one. Whoever changes what a solve answers
 * overrides {@link #solve}, {@link #status} and, where values differ too, {@link #value} and {@link
 * #objectiveValue}; the shape and the numbers go through unchanged.
 */
public abstract class ForwardingLinearProgram implements LinearProgram {
  private final LinearProgram own;

  /**
   * Puts itself before a program.
   *
   * @param own closed with this
   */
  protected ForwardingLinearProgram(LinearProgram own) {
    this.own = own;
  }

  @Override
  public int variables() {
    return own.variables();
  }

  @Override
  public int rows() {
    return own.rows();
  }

  @Override
  public void setVariableBounds(int variable, double lower, double upper) {
    own.setVariableBounds(variable, lower, upper);
  }

  @Override
  public void setRowBounds(int row, double lower, double upper) {
    own.setRowBounds(row, lower, upper);
  }

  @Override
  public void setCoefficient(int row, int variable, double value) {
    own.setCoefficient(row, variable, value);
  }

  @Override
  public void setObjective(int variable, double value) {
    own.setObjective(variable, value);
  }

  @Override
  public LpStatus solve(long timeLimitNanos) {
    return own.solve(timeLimitNanos);
  }

  @Override
  public LpStatus status() {
    return own.status();
  }

  @Override
  public double value(int variable) {
    return own.value(variable);
  }

  @Override
  public double objectiveValue() {
    return own.objectiveValue();
  }

  @Override
  public void restart() {
    own.restart();
  }

  @Override
  public void close() {
    own.close();
  }
}
