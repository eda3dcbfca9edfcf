package dev.anodyne.core.p2d;

import dev.anodyne.core.p2d.P2dRollout.Output;
import java.util.Arrays;

/**
 * Gradient of one scalar of a horizon, a weighted sum of outputs, with respect to every current
 * move, every entry of the start and chosen parameters: one sweep backwards, whatever their number.
 * Exact for the discrete prediction, which is that of {@link P2dRollout}. For many outputs and few
 * moves {@link P2dRollout} is faster. All arrays are made with it; only a horizon with more split
 * steps than any before makes its tape longer. Not thread-safe.
 *
 * <pre>
 * adjoint.run(start, steps, dtSeconds, moveOfStep, moveAmps, ambientKelvin);
 * adjoint.differentiate(weights);           // weights[output.ordinal()][step]
 * double slope = adjoint.move(0);           // of Σ weight · output, per A
 * </pre>
 */
public final class P2dAdjoint {
  private final P2dModel model;
  private final int maxSteps;
  private final P2dParameter[] parameters;
  private final int[] columnOf;
  private final HorizonStepper stepper;
  private final SweepBack sweep;
  private final Horizon horizon;
  private final double[] state;
  private final int[] partsOfStep;
  private final int[] moveOfStep;
  private final double[] moves;
  private SubStepRecord[] tape;
  private int stepsDone;
  private boolean differentiated;

  /** Room for a horizon of at most {@code maxSteps} steps and {@code maxMoves} moves. */
  public P2dAdjoint(P2dModel model, int maxSteps, int maxMoves, P2dParameter... parameters) {
    Horizon.checkRoom(maxSteps, maxMoves);
    this.model = model;
    this.maxSteps = maxSteps;
    this.parameters = parameters.clone();
    columnOf = P2dSensitivities.columns(parameters);
    stepper = new HorizonStepper(model);
    sweep = new SweepBack(model, this.parameters);
    horizon = new Horizon(maxSteps);
    state = new double[model.layout.size];
    partsOfStep = new int[maxSteps];
    this.moveOfStep = new int[maxSteps];
    moves = new double[maxMoves];
    tape = new SubStepRecord[0];
    reserve(maxSteps + HorizonStepper.SPLIT);
  }

  private void reserve(int length) {
    int before = tape.length;
    tape = Arrays.copyOf(tape, length);
    for (int i = before; i < length; i++) {
      tape[i] = new SubStepRecord(model);
    }
  }

  void setNewtonVolts(double volts) {
    stepper.setNewtonVolts(volts);
  }

  /**
   * Simulates the horizon and keeps what the way back needs. Arguments and result as in {@link
   * P2dRollout#run}.
   *
   * @param start Not modified.
   */
  public SolveStatus run(
      P2dState start,
      int steps,
      double[] dtSeconds,
      int[] moveOfStep,
      double[] moveAmps,
      double ambientKelvin) {
    Horizon.checkSteps(steps, maxSteps, dtSeconds, moveOfStep.length);
    Horizon.checkMoves(steps, moveOfStep, Math.min(moves.length, moveAmps.length));
    System.arraycopy(start.values(), 0, state, 0, state.length);
    if (!model.lumped) {
      state[StateLayout.T] = ambientKelvin;
    }
    stepsDone = 0;
    differentiated = false;
    int at = 0;
    for (int k = 0; k < steps; k++) {
      if (at + HorizonStepper.SPLIT > tape.length) {
        reserve(tape.length + maxSteps);
      }
      int move = moveOfStep[k];
      int parts = stepper.step(state, dtSeconds[k], moveAmps[move], ambientKelvin, tape, at);
      if (parts == 0) {
        return SolveStatus.NUMERICAL_FAILURE;
      }
      at += parts;
      partsOfStep[k] = parts;
      this.moveOfStep[k] = move;
      horizon.record(model, state, k);
      stepsDone = k + 1;
    }
    return SolveStatus.OK;
  }

  /** Steps of the last run that hold. */
  public int stepsDone() {
    return stepsDone;
  }

  /** An output at the end of a step. */
  public double value(Output output, int step) {
    return horizon.value(output, step);
  }

  /**
   * Gradient of Σ weights[output][step] · output(step) over the steps that hold.
   *
   * @param weights by {@link Output#ordinal()} and step. Not modified.
   * @return NUMERICAL_FAILURE when a stage's matrix is singular; the gradients then do not hold
   */
  public SolveStatus differentiate(double[][] weights) {
    check(weights);
    sweep.clear();
    Arrays.fill(moves, 0);
    differentiated = false;
    int at = 0;
    for (int k = 0; k < stepsDone; k++) {
      at += partsOfStep[k];
    }
    double perAmp = 1 / model.cell().electrodeAreaM2();
    for (int k = stepsDone - 1; k >= 0; k--) {
      outputs(weights, k);
      double volts = weights[Output.VOLTAGE.ordinal()][k];
      double anode = weights[Output.ANODE_POTENTIAL.ordinal()][k];
      for (int part = partsOfStep[k]; part > 0; part--) {
        if (!sweep.subStep(tape[--at], volts, anode)) {
          return SolveStatus.NUMERICAL_FAILURE;
        }
        moves[moveOfStep[k]] += sweep.current * perAmp;
        volts = 0;
        anode = 0;
      }
    }
    differentiated = true;
    return SolveStatus.OK;
  }

  private void check(double[][] weights) {
    boolean fits = weights.length == Horizon.OUTPUTS;
    for (int o = 0; fits && o < weights.length; o++) {
      fits = weights[o].length >= stepsDone;
    }
    if (!fits) {
      throw new IllegalArgumentException(
          "Weights of "
              + weights.length
              + " outputs; allowed: "
              + Horizon.OUTPUTS
              + ", each with a weight for all "
              + stepsDone
              + " steps.");
    }
  }

  /** Adds what the outputs at a step's end see of its state. */
  private void outputs(double[][] weights, int k) {
    double[] g = sweep.state;
    g[StateLayout.T] += weights[Output.TEMPERATURE.ordinal()][k];
    g[StateLayout.C] += weights[Output.ELECTROLYTE_AT_ANODE_COLLECTOR.ordinal()][k];
    double soc =
        weights[Output.SOC.ordinal()][k]
            * TangentColumns.socPerMean(model)
            / model.cell().anode().thicknessM();
    int na = model.grid.anodeNodes;
    for (int i = 0; i < na; i++) {
      g[model.layout.anodeModes + i] += soc * model.grid.width[i];
    }
    double surface = weights[Output.ANODE_SURFACE_STOICHIOMETRY_AT_SEPARATOR.ordinal()][k];
    for (int mode = 0; mode < model.particle.count; mode++) {
      for (int f = 0; f < 3; f++) {
        g[model.layout.anodeModes + mode * na + na - 3 + f] +=
            surface * model.grid.faceWeights[f] * model.particle.surface[mode];
      }
    }
  }

  /** Gradient with respect to a move, per A. */
  public double move(int move) {
    ready();
    return moves[move];
  }

  /** Gradient with respect to a parameter that the constructor was given. */
  public double parameter(P2dParameter parameter) {
    ready();
    int column = columnOf[parameter.ordinal()];
    if (column < 0) {
      throw new IllegalArgumentException(
          "Parameter "
              + parameter
              + " has no gradient here; allowed: "
              + Arrays.toString(parameters)
              + ".\nMaybe name it in the constructor.");
    }
    return sweep.parameter[column] + initial(parameter);
  }

  private double initial(P2dParameter parameter) {
    double kelvin = sweep.state[StateLayout.T];
    return switch (parameter) {
      case INITIAL_TEMPERATURE -> model.lumped ? kelvin : 0;
      case AMBIENT_TEMPERATURE -> model.lumped ? 0 : kelvin;
      case INITIAL_SOC ->
          P2dSensitivities.anodeWindow(model) * lithium(model.anode)
              + P2dSensitivities.cathodeWindow(model) * lithium(model.cathode);
      case INITIAL_ANODE_STOICHIOMETRY -> lithium(model.anode);
      case INITIAL_CATHODE_STOICHIOMETRY -> lithium(model.cathode);
      default -> 0;
    };
  }

  private double lithium(Side side) {
    double sum = 0;
    for (int i = 0; i < side.to - side.from; i++) {
      sum += sweep.state[side.modes + i];
    }
    return sum;
  }

  /**
   * Gradient with respect to the start: temperature, electrolyte, particle modes, lithium metal, in
   * the order of {@link P2dState#values()}.
   *
   * @param out Modified: its first {@link #stateEntries()} elements.
   */
  public void copyStartGradient(double[] out) {
    ready();
    System.arraycopy(sweep.state, 0, out, 0, sweep.state.length);
    if (!model.lumped) {
      out[StateLayout.T] = 0; // the run puts the start at ambient
    }
  }

  /** Number of entries of a state that have a time derivative; they come first. */
  public int stateEntries() {
    return model.layout.differential;
  }

  private void ready() {
    if (!differentiated) {
      throw new IllegalStateException("No gradient yet; call run() and differentiate() first.");
    }
  }
}
