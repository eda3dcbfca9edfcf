package dev.anodyne.core.p2d;

/**
 * Follows a cell in real time, step by step, with the exact tangents that a Kalman filter needs:
 * how what the cell shows and hides depends on chosen parameters and on the start. The steps are
 * those of {@link P2dRollout}.
 *
 * <p>Let s be the followed state, S its tangents, and z how parameters and start of the true cell
 * differ. Then the true state is s + S z to first order. Two things a filter does to the followed
 * state keep this true:
 *
 * <ul>
 *   <li>{@link #imposeTemperature}: a measured temperature replaces the model's. No parameter moves
 *       it any more; the column of {@link P2dParameter#INITIAL_TEMPERATURE} becomes that of a
 *       temperature that is off all the time.
 *   <li>{@link #move}: s goes to s + S d, so that it is linearised where the cell is believed to
 *       be. What has been moved, carried forward like any perturbation of the state, is column
 *       {@link #moved()}; the true state is then s + S z − D with D that column, and d = (z, −1)
 *       moves the followed state onto it.
 * </ul>
 *
 * <p>All arrays are made once; {@link #begin} and {@link #step} allocate nothing. Not thread-safe.
 */
public final class P2dTracker {
  /** What has tangents. */
  public enum Quantity {
    /** Terminal voltage, V. */
    VOLTAGE,
    /** Anode potential at the separator, V. */
    ANODE_POTENTIAL,
    /** Electrode means of the surface stoichiometry. */
    ANODE_SURFACE,
    CATHODE_SURFACE,
    /** Anode surface stoichiometry at the separator. */
    ANODE_SURFACE_AT_SEPARATOR,
    /** Volume means of the stoichiometry. */
    ANODE_MEAN,
    CATHODE_MEAN,
    /** Cell temperature, K. */
    TEMPERATURE
  }

  /** No stoichiometry is moved nearer to empty or full than this. */
  private static final double LEAST_STOICHIOMETRY = 1e-3;

  private static final double LEAST_SALT_SHARE = 0.01;

  private final P2dModel model;
  private final P2dParameter[] parameters;
  private final HorizonStepper stepper;
  private final SubStepRecord[] records;
  private final TangentColumns tangent;
  private final double[] state;
  private final double[] trial;
  private final double[] direction;
  private final P2dOutputs outputs = new P2dOutputs();
  private boolean begun;

  /**
   * @param parameters at least one, none twice
   */
  public P2dTracker(P2dModel model, P2dParameter... parameters) {
    Horizon.checkRoom(1, parameters.length);
    P2dSensitivities.columns(parameters);
    this.model = model;
    this.parameters = parameters.clone();
    stepper = new HorizonStepper(model);
    records = new SubStepRecord[HorizonStepper.SPLIT];
    for (int i = 0; i < records.length; i++) {
      records[i] = new SubStepRecord(model);
    }
    tangent = new TangentColumns(model, parameters.length + 1, true);
    state = new double[model.layout.size];
    trial = new double[model.layout.size];
    direction = new double[model.layout.differential];
  }

  /** The column of what has been moved; the parameters' are 0 to this, in the order given. */
  public int moved() {
    return parameters.length;
  }

  /**
   * Starts from a state that depends on the parameters only as {@code INITIAL_…} say.
   *
   * @param start Not modified.
   */
  public void begin(P2dState start) {
    System.arraycopy(start.values(), 0, state, 0, state.length);
    tangent.begin(parameters.length + 1);
    for (int p = 0; p < parameters.length; p++) {
      P2dSensitivities.seed(model, tangent, parameters[p], p);
    }
    begun = true;
  }

  /**
   * Goes on.
   *
   * @param dtSeconds length of the step, s
   * @param chargeAmps cell current during the step, A, positive when charging
   * @param ambientKelvin ambient temperature, K
   * @return OK, or NUMERICAL_FAILURE; {@link #begin} is then needed before going on
   */
  public SolveStatus step(double dtSeconds, double chargeAmps, double ambientKelvin) {
    if (!begun) {
      throw new IllegalStateException("step() needs a start; call begin() first.");
    }
    int parts = stepper.step(state, dtSeconds, chargeAmps, ambientKelvin, records, 0);
    boolean ok = parts > 0;
    for (int i = 0; ok && i < parts; i++) {
      ok = tangent.parameterStep(records[i], parameters);
    }
    if (!ok) {
      begun = false;
      return SolveStatus.NUMERICAL_FAILURE;
    }
    OutputReader.read(model, state, outputs);
    return SolveStatus.OK;
  }

  /** Values at the end of the last step. */
  public P2dOutputs outputs() {
    return outputs;
  }

  /**
   * ∂quantity/∂parameter at the end of the last step.
   *
   * @param column of a parameter, or {@link #moved()}
   */
  public double derivative(Quantity quantity, int column) {
    return switch (quantity) {
      case VOLTAGE -> tangent.voltage(column);
      case ANODE_POTENTIAL -> tangent.anodePotential(column);
      case ANODE_SURFACE -> tangent.meanSurface(model.anode, column);
      case CATHODE_SURFACE -> tangent.meanSurface(model.cathode, column);
      case ANODE_SURFACE_AT_SEPARATOR -> tangent.surfaceAtSeparator(column);
      case ANODE_MEAN -> tangent.mean(model.anode, column);
      case CATHODE_MEAN -> tangent.mean(model.cathode, column);
      case TEMPERATURE -> tangent.derivative(StateLayout.T, column);
    };
  }

  /** From here on the temperature is this, whatever the parameters. */
  public void imposeTemperature(double kelvin) {
    state[StateLayout.T] = kelvin;
    for (int p = 0; p <= parameters.length; p++) {
      boolean own = p < parameters.length && parameters[p] == P2dParameter.INITIAL_TEMPERATURE;
      tangent.replace(StateLayout.T, p, own ? 1 : 0);
    }
  }

  /**
   * Moves concentrations along the tangents; potentials follow with the next step. A move that
   * would empty or overfill a phase is not made.
   *
   * @param by how far along each column: the parameters', then {@link #moved()}
   * @return whether it was made
   */
  public boolean move(double[] by) {
    System.arraycopy(state, 0, trial, 0, state.length);
    for (int e = StateLayout.C; e < direction.length; e++) {
      double sum = 0;
      for (int p = 0; p <= parameters.length; p++) {
        sum += by[p] * tangent.derivative(e, p);
      }
      direction[e] = sum;
      trial[e] += sum;
    }
    if (!isInside(model.anode) || !isInside(model.cathode) || !hasSalt()) {
      return false;
    }
    System.arraycopy(trial, 0, state, 0, state.length);
    for (int e = StateLayout.C; e < direction.length; e++) {
      if (direction[e] != 0) {
        tangent.seed(e, parameters.length, direction[e]);
      }
    }
    return true;
  }

  private boolean isInside(Side side) {
    for (int i = side.from; i < side.to; i++) {
      double mean = trial[side.modes + i - side.from];
      double surface = Particles.surface(model, side, trial, i);
      if (!(Math.min(mean, surface) > LEAST_STOICHIOMETRY
          && Math.max(mean, surface) < 1 - LEAST_STOICHIOMETRY)) {
        return false;
      }
    }
    return true;
  }

  private boolean hasSalt() {
    double least = LEAST_SALT_SHARE * model.cell().electrolyte().initialConcentration();
    for (int i = 0; i < model.grid.nodes; i++) {
      if (!(trial[StateLayout.C + i] > least)) {
        return false;
      }
    }
    return true;
  }
}
