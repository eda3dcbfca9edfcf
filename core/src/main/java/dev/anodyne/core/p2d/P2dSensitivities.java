package dev.anodyne.core.p2d;

import dev.anodyne.core.p2d.P2dRollout.Output;
import java.util.Arrays;

/**
 * Runs the model along a given current profile and tells how outputs and state depend on chosen
 * parameters: what a fit or the update of a Kalman filter needs. Forward sensitivities, exact for
 * the discrete prediction (the steps are those of {@link P2dRollout}). All arrays are made once;
 * {@link #begin} and {@link #advance} allocate nothing. Not thread-safe.
 *
 * <pre>
 * var s = new P2dSensitivities(model, 60, P2dParameter.SERIES_RESISTANCE, P2dParameter.INITIAL_SOC);
 * s.begin(start, ambientKelvin);
 * s.advance(60, dtSeconds, chargeAmps, ambientKelvin);
 * double slope = s.derivative(Output.VOLTAGE, 59, P2dParameter.INITIAL_SOC);   // V
 * </pre>
 *
 * {@code advance} may be called again and goes on from where it ended, derivatives included.
 */
public final class P2dSensitivities {
  private final P2dModel model;
  private final int maxSteps;
  private final P2dParameter[] parameters;

  /** Column of each parameter, −1 when it was not asked for. */
  private final int[] columnOf;

  private final HorizonStepper stepper;
  private final SubStepRecord[] records;
  private final TangentColumns tangent;
  private final Horizon horizon;
  private final double[] state;
  private final double[][][] derivatives;
  private boolean begun;
  private int stepsDone;

  /**
   * @param maxSteps most steps in one call of {@link #advance}
   * @param parameters at least one, none twice
   */
  public P2dSensitivities(P2dModel model, int maxSteps, P2dParameter... parameters) {
    Horizon.checkRoom(maxSteps, parameters.length);
    this.model = model;
    this.maxSteps = maxSteps;
    this.parameters = parameters.clone();
    columnOf = columns(parameters);
    stepper = new HorizonStepper(model);
    records = new SubStepRecord[HorizonStepper.SPLIT];
    for (int i = 0; i < records.length; i++) {
      records[i] = new SubStepRecord(model);
    }
    tangent = new TangentColumns(model, parameters.length, true);
    horizon = new Horizon(maxSteps);
    state = new double[model.layout.size];
    derivatives = new double[Horizon.OUTPUTS][maxSteps][parameters.length];
  }

  static int[] columns(P2dParameter[] parameters) {
    int[] columns = new int[P2dParameter.count()];
    Arrays.fill(columns, -1);
    for (int p = 0; p < parameters.length; p++) {
      if (columns[parameters[p].ordinal()] >= 0) {
        throw new IllegalArgumentException(
            "Parameter " + parameters[p] + " is given twice; allowed: each once.");
      }
      columns[parameters[p].ordinal()] = p;
    }
    return columns;
  }

  void setNewtonVolts(double volts) {
    stepper.setNewtonVolts(volts);
  }

  /**
   * Starts from a state that depends on the parameters only as {@code INITIAL_…} say.
   *
   * @param start Not modified.
   */
  public void begin(P2dState start, double ambientKelvin) {
    System.arraycopy(start.values(), 0, state, 0, state.length);
    if (!model.lumped) {
      state[StateLayout.T] = ambientKelvin;
    }
    tangent.begin(parameters.length);
    for (int p = 0; p < parameters.length; p++) {
      seed(model, tangent, parameters[p], p);
    }
    begun = true;
    stepsDone = 0;
  }

  /** What a parameter of the start does to the state there. */
  static void seed(P2dModel m, TangentColumns tangent, P2dParameter parameter, int p) {
    switch (parameter) {
      case INITIAL_TEMPERATURE -> tangent.seed(StateLayout.T, p, m.lumped ? 1 : 0);
      case AMBIENT_TEMPERATURE -> tangent.seed(StateLayout.T, p, m.lumped ? 0 : 1);
      case INITIAL_SOC -> {
        shift(tangent, m.anode, p, anodeWindow(m));
        shift(tangent, m.cathode, p, cathodeWindow(m));
      }
      case INITIAL_ANODE_STOICHIOMETRY -> shift(tangent, m.anode, p, 1);
      case INITIAL_CATHODE_STOICHIOMETRY -> shift(tangent, m.cathode, p, 1);
      default -> {}
    }
  }

  private static void shift(TangentColumns tangent, Side side, int p, double by) {
    for (int i = 0; i < side.to - side.from; i++) {
      tangent.seed(side.modes + i, p, by);
    }
  }

  /** Stoichiometry per state of charge. */
  static double anodeWindow(P2dModel m) {
    return m.cell().anodeStoichiometry(1) - m.cell().anodeStoichiometry(0);
  }

  static double cathodeWindow(P2dModel m) {
    return m.cell().cathodeStoichiometry(1) - m.cell().cathodeStoichiometry(0);
  }

  /**
   * Goes on under given currents. Steps count from 0 in each call.
   *
   * @param steps ≤ maxSteps
   * @param dtSeconds length of each step, s
   * @param chargeAmps cell current during each step, A, positive when charging
   * @return OK, or NUMERICAL_FAILURE; {@link #stepsDone()} then tells how many steps hold, and
   *     {@link #begin} is needed before going on
   */
  public SolveStatus advance(
      int steps, double[] dtSeconds, double[] chargeAmps, double ambientKelvin) {
    Horizon.checkSteps(steps, maxSteps, dtSeconds, chargeAmps.length);
    if (!begun) {
      throw new IllegalStateException("advance() needs a start; call begin() first.");
    }
    stepsDone = 0;
    for (int k = 0; k < steps; k++) {
      int parts = stepper.step(state, dtSeconds[k], chargeAmps[k], ambientKelvin, records, 0);
      boolean ok = parts > 0;
      for (int i = 0; ok && i < parts; i++) {
        ok = tangent.parameterStep(records[i], parameters);
      }
      if (!ok) {
        begun = false;
        return SolveStatus.NUMERICAL_FAILURE;
      }
      horizon.record(model, state, k);
      for (int o = 0; o < Horizon.OUTPUTS; o++) {
        for (int p = 0; p < parameters.length; p++) {
          derivatives[o][k][p] = tangent.output(Horizon.output(o), p);
        }
      }
      stepsDone = k + 1;
    }
    return SolveStatus.OK;
  }

  /** Steps of the last {@link #advance} that hold. */
  public int stepsDone() {
    return stepsDone;
  }

  /** An output at the end of a step of the last {@link #advance}. */
  public double value(Output output, int step) {
    return horizon.value(output, step);
  }

  /** ∂output(step)/∂parameter. */
  public double derivative(Output output, int step, P2dParameter parameter) {
    return derivatives[output.ordinal()][step][column(parameter)];
  }

  private int column(P2dParameter parameter) {
    int column = columnOf[parameter.ordinal()];
    if (column < 0) {
      throw new IllegalArgumentException(
          "Parameter "
              + parameter
              + " has no derivatives here; allowed: "
              + Arrays.toString(parameters)
              + ".\nMaybe name it in the constructor.");
    }
    return column;
  }

  /**
   * ∂state/∂parameter at the end: temperature, electrolyte, particle modes, lithium metal, in the
   * order of {@link P2dState#values()}.
   *
   * @param out Modified: its first {@link #stateEntries()} elements.
   */
  public void copyEndDerivative(P2dParameter parameter, double[] out) {
    int p = column(parameter);
    for (int e = 0; e < model.layout.differential; e++) {
      out[e] = tangent.derivative(e, p);
    }
  }

  /** Number of entries of a state that have a time derivative; they come first. */
  public int stateEntries() {
    return model.layout.differential;
  }

  /**
   * Takes over the state at the end.
   *
   * @param end Modified.
   */
  public void copyEndTo(P2dState end) {
    System.arraycopy(state, 0, end.values(), 0, state.length);
  }
}
