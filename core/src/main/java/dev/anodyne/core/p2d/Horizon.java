package dev.anodyne.core.p2d;

import dev.anodyne.core.p2d.P2dRollout.Output;

/** What every prediction shares: the check of its arguments and the outputs it leaves. */
final class Horizon {
  static final int OUTPUTS = Output.values().length;
  private static final Output[] ALL = Output.values();

  private final double[][] values;
  private final P2dOutputs outputs = new P2dOutputs();

  Horizon(int maxSteps) {
    values = new double[OUTPUTS][maxSteps];
  }

  static Output output(int ordinal) {
    return ALL[ordinal];
  }

  /** Reads the outputs of a step's end. */
  void record(P2dModel model, double[] state, int step) {
    OutputReader.read(model, state, outputs);
    set(Output.VOLTAGE, step, outputs.voltageVolts);
    set(Output.ANODE_POTENTIAL, step, outputs.anodePotentialVolts);
    set(Output.TEMPERATURE, step, outputs.temperatureKelvin);
    set(Output.SOC, step, outputs.soc);
    set(
        Output.ANODE_SURFACE_STOICHIOMETRY_AT_SEPARATOR,
        step,
        outputs.anodeSurfaceStoichiometryAtSeparator);
    set(Output.ELECTROLYTE_AT_ANODE_COLLECTOR, step, outputs.electrolyteAtAnodeCollectorMolPerM3);
  }

  private void set(Output output, int step, double value) {
    values[output.ordinal()][step] = value;
  }

  double value(Output output, int step) {
    return values[output.ordinal()][step];
  }

  /** Room for a horizon, as an error where it is none. */
  static void checkRoom(int maxSteps, int maxMoves) {
    if (maxSteps < 1 || maxMoves < 1) {
      throw new IllegalArgumentException(
          "A horizon of " + maxSteps + " steps and " + maxMoves + " moves; allowed: 1 or more.");
    }
  }

  static void checkSteps(int steps, int maxSteps, double[] dtSeconds, int lengths) {
    if (steps < 1 || steps > maxSteps || dtSeconds.length < steps || lengths < steps) {
      throw new IllegalArgumentException(
          "A horizon of "
              + steps
              + " steps; allowed: 1 to "
              + maxSteps
              + ", with a length and a current for each.");
    }
    for (int k = 0; k < steps; k++) {
      if (!(dtSeconds[k] > 0)) {
        throw new IllegalArgumentException(
            "Step " + k + " has length " + dtSeconds[k] + " s; allowed: lengths > 0.");
      }
    }
  }

  static void checkMoves(int steps, int[] moveOfStep, int moves) {
    for (int k = 0; k < steps; k++) {
      int before = k == 0 ? 0 : moveOfStep[k - 1];
      if (moveOfStep[k] < before || moveOfStep[k] >= moves) {
        throw new IllegalArgumentException(
            "Step "
                + k
                + " has move "
                + moveOfStep[k]
                + "; allowed: moves that do not decrease, below "
                + moves
                + ".");
      }
    }
  }
}
