package dev.anodyne.core.p2d;

/**
 * Outputs between the ends of accepted sub-steps. What has a time derivative is smooth over a
 * sub-step: the cubic through its values and rates at both ends (Hermite) carries it. Voltage and
 * potentials need not be (an open-circuit curve may bend within a sub-step of minutes): they are
 * solved for at the instant asked for, from the algebraic equations.
 *
 * <p>The rates at a sub-step's end are those of its last stage, (y − y_rhs)/(γh). They, unlike a
 * difference over a shorter time, do not magnify what is left of stiff transients.
 *
 * <p>Mutable, made once; allocates nothing afterwards. Not thread-safe.
 */
public final class P2dInterpolation {
  /** How far ahead of an end the outputs' rates look, as a share of the sub-step. */
  private static final double AHEAD_SHARE = 0.01;

  private static final double FROZEN_SECONDS = 1e-9;

  /** Accepted last Newton update, V; the error left is its square over 25 mV. */
  private static final double NEWTON_VOLTS = 2e-5;

  private final P2dModel model;
  private final int differential;
  private final int unknowns;
  private final double[] between;
  private double[] from;
  private double[] to;
  private double[] fromRate;
  private double[] toRate;
  private P2dControl control = P2dControl.CURRENT;
  private double value;
  private double valuePerSecond;
  private double seconds;

  public P2dInterpolation(P2dModel model) {
    this.model = model;
    differential = model.layout.differential;
    unknowns = model.layout.current + 1;
    between = new double[model.layout.size];
    from = new double[model.layout.size];
    to = new double[model.layout.size];
    fromRate = new double[unknowns];
    toRate = new double[unknowns];
  }

  /**
   * Takes over a sub-step. What was the end becomes the beginning, as when sub-steps follow one
   * another; where something else is held from there on, {@link #jump} comes next.
   *
   * @param state Not modified: the state at the sub-step's end.
   * @param held which quantity is held
   * @param startValue its value at the sub-step's beginning, in A, V or W
   * @param perSecond its rate of change
   * @param subStepSeconds length of the sub-step, s
   * @param workspace Not modified: the one that has just solved the sub-step (of several, the last)
   */
  public void next(
      P2dState state,
      P2dControl held,
      double startValue,
      double perSecond,
      double subStepSeconds,
      P2dWorkspace workspace) {
    control = held;
    value = startValue;
    valuePerSecond = perSecond;
    seconds = subStepSeconds;
    double[] swap = from;
    from = to;
    to = swap;
    swap = fromRate;
    fromRate = toRate;
    toRate = swap;
    System.arraycopy(state.values(), 0, to, 0, to.length);
    Tableau tableau = Tableau.SDIRK3;
    double[] increment = workspace.increment[tableau.stages - 1];
    double f = 1 / (tableau.gamma * workspace.subStepSeconds);
    for (int i = 0; i < differential; i++) {
      toRate[i] = f * increment[i];
    }
    for (int i = differential; i < unknowns; i++) {
      toRate[i] = (to[i] - from[i]) / seconds;
    }
  }

  /**
   * Begins the sub-step anew: what is held jumps there.
   *
   * @param state Not modified: the state before the sub-step.
   * @param ambientKelvin ambient temperature, K
   * @param workspace Modified.
   * @return whether there is a solution
   */
  public boolean jump(P2dState state, double ambientKelvin, P2dWorkspace workspace) {
    System.arraycopy(state.values(), 0, from, 0, from.length);
    double step = aheadSeconds();
    double then = value + valuePerSecond * step;
    if (!SubStep.euler(model, from, control, then, step, ambientKelvin, workspace)) {
      return false;
    }
    for (int i = 0; i < differential; i++) {
      fromRate[i] = (workspace.y[i] - from[i]) / step;
    }
    // Potentials and currents may have jumped: only a first guess is wanted of them.
    for (int i = differential; i < unknowns; i++) {
      from[i] = workspace.y[i];
      fromRate[i] = (to[i] - from[i]) / seconds;
      toRate[i] = fromRate[i];
    }
    return true;
  }

  /** How far ahead {@link #afterBegin} and {@link #afterEnd} look, s. */
  public double aheadSeconds() {
    return AHEAD_SHARE * seconds;
  }

  /**
   * Outputs {@link #aheadSeconds} after the beginning, along the rates there.
   *
   * @param workspace Modified.
   * @param outputs Modified when the status is usable.
   */
  public SolveStatus afterBegin(P2dWorkspace workspace, P2dOutputs outputs) {
    return ahead(from, fromRate, 0, workspace, outputs);
  }

  /** The same after the end. */
  public SolveStatus afterEnd(P2dWorkspace workspace, P2dOutputs outputs) {
    return ahead(to, toRate, seconds, workspace, outputs);
  }

  private SolveStatus ahead(
      double[] base, double[] rate, double at, P2dWorkspace workspace, P2dOutputs outputs) {
    double step = aheadSeconds();
    for (int i = 0; i < unknowns; i++) {
      between[i] = base[i] + step * rate[i];
    }
    SolveStatus status = solve(at + step, workspace, outputs);
    if (status.isUsable()) {
      for (int i = differential; i < unknowns; i++) {
        rate[i] = (workspace.y[i] - base[i]) / step;
      }
    }
    return status;
  }

  /**
   * Outputs inside the sub-step.
   *
   * @param after since its beginning, s
   * @param workspace Modified.
   * @param outputs Modified when the status is usable.
   */
  public SolveStatus at(double after, P2dWorkspace workspace, P2dOutputs outputs) {
    double s = after / seconds;
    double r = 1 - s;
    double fromWeight = (1 + 2 * s) * r * r;
    double fromRateWeight = s * r * r * seconds;
    double toRateWeight = -s * s * r * seconds;
    for (int i = 0; i < unknowns; i++) {
      between[i] =
          to[i]
              + fromWeight * (from[i] - to[i])
              + fromRateWeight * fromRate[i]
              + toRateWeight * toRate[i];
    }
    return solve(after, workspace, outputs);
  }

  private SolveStatus solve(double after, P2dWorkspace workspace, P2dOutputs outputs) {
    double now = value + valuePerSecond * after;
    if (!SubStep.freeze(model, between, control, now, FROZEN_SECONDS, NEWTON_VOLTS, workspace)) {
      return SolveStatus.NUMERICAL_FAILURE;
    }
    OutputReader.read(model, workspace.y, outputs);
    return SolveStatus.OK;
  }
}
