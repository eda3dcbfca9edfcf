package dev.anodyne.core.p2d;

import dev.anodyne.core.p2d.P2dRollout.Output;

/**
 * Derivatives of the state, carried forwards through recorded sub-steps, for several columns at
 * once: current moves, parameters, or directions of the start. Entry e of column p lies at {@code e
 * * columns + p}, so that columns share the work; moves that have not begun have no column yet.
 */
final class TangentColumns {
  private final P2dModel m;
  private final boolean heated;
  private final StageTangent stage;
  private final SlowTangent slow;
  private final StageColumns solver;
  private final ParameterForce parameterForce;

  /** Entries that have derivatives: without side reactions metal and SEI are left out. */
  private final int rows;

  private int columns;

  /** Derivatives of the differential entries. */
  private double[] state;

  private final double[] rhs;

  /** Derivatives of the two stages' solutions; the second is the end. */
  private final double[] first;

  private double[] next;

  /** Derivatives of what the sub-step holds fixed, at the anode's nodes. */
  private final double[] dead;

  private final double[] porosity;
  private final double[] volts;
  private final double[] anodePotential;

  /** Room for {@code most} columns; {@code heated} as in {@link StageTangent#linearise}. */
  TangentColumns(P2dModel model, int most, boolean heated) {
    m = model;
    this.heated = heated;
    stage = new StageTangent(model);
    slow = new SlowTangent(model);
    solver = new StageColumns(model, most);
    parameterForce = new ParameterForce(model);
    rows = model.sideReactions ? model.layout.differential : model.layout.plated;
    int na = model.grid.anodeNodes * most;
    state = new double[model.layout.differential * most];
    rhs = new double[state.length];
    first = new double[state.length];
    next = new double[state.length];
    dead = new double[na];
    porosity = new double[na];
    volts = new double[most];
    anodePotential = new double[most];
  }

  /** Starts with a number of columns, all zero. */
  void begin(int count) {
    columns = count;
    java.util.Arrays.fill(state, 0);
  }

  /** More columns; the new ones are zero. */
  void grow(int count) {
    spread(state, rows, columns, count);
    columns = count;
  }

  private static void spread(double[] x, int entries, int before, int after) {
    for (int e = entries - 1; e >= 0; e--) {
      for (int p = after - 1; p >= 0; p--) {
        x[e * after + p] = p < before ? x[e * before + p] : 0;
      }
    }
  }

  int columns() {
    return columns;
  }

  /** Adds to the derivative of a differential entry in a column. */
  void seed(int entry, int column, double value) {
    state[entry * columns + column] += value;
  }

  /** Derivative of a differential entry in a column. */
  double derivative(int entry, int column) {
    return entry < rows ? state[entry * columns + column] : 0;
  }

  /** One sub-step; the last column's derivative is with respect to its current, in A. */
  boolean moveStep(SubStepRecord r) {
    beginSlow(r);
    for (int s = 0; s < Tableau.SDIRK2.stages; s++) {
      if (!stage.linearise(r, s, heated)) {
        return false;
      }
      if (slow.active) {
        solver.force.clear(m, columns);
      }
      java.util.Arrays.fill(solver.force.current, 0);
      solver.force.current[columns - 1] = 1 / m.cell().electrodeAreaM2();
      advance(s);
    }
    end();
    return true;
  }

  /**
   * One sub-step; column p is the derivative with respect to {@code parameters[p]}. Further columns
   * are directions of the start: nothing drives them.
   */
  boolean parameterStep(SubStepRecord r, P2dParameter[] parameters) {
    beginSlow(r);
    for (int p = 0; m.porosityChanges && p < parameters.length; p++) {
      parameterForce.slow(parameters[p], r);
      for (int i = 0; i < m.grid.anodeNodes; i++) {
        porosity[i * columns + p] += parameterForce.porosity[i];
      }
    }
    for (int s = 0; s < Tableau.SDIRK2.stages; s++) {
      if (!stage.linearise(r, s, heated)) {
        return false;
      }
      solver.force.clear(m, columns);
      for (int p = 0; p < parameters.length; p++) {
        parameterForce.stage(parameters[p], stage);
        solver.force.add(m, parameterForce.force, p, columns);
      }
      advance(s);
    }
    end();
    for (int p = 0; m.porosityChanges && p < parameters.length; p++) {
      parameterForce.slow(parameters[p], r);
      for (int i = 0; i < m.grid.anodeNodes; i++) {
        state[(StateLayout.C + i) * columns + p] += slow.saltEnd[i] * parameterForce.endPorosity[i];
      }
    }
    return true;
  }

  /** What the sub-step holds fixed follows its beginning. */
  private void beginSlow(SubStepRecord r) {
    if (!slow.active) {
      return;
    }
    slow.linearise(r);
    for (int i = 0; i < m.grid.anodeNodes; i++) {
      int metal = (m.layout.plated + i) * columns;
      int gone = (m.layout.dead + i) * columns;
      for (int p = 0; p < columns; p++) {
        int at = i * columns + p;
        double l = state[(m.layout.sei + i) * columns + p];
        dead[at] = slow.deadThickness[i] * l;
        if (m.porosityChanges) {
          porosity[at] =
              slow.porosityThickness * l
                  + slow.porosityMetal * (state[metal + p] + state[gone + p]);
        }
      }
    }
  }

  /** One stage, its own force given: rhs of the second is X + w (Y₁ − X). */
  private void advance(int s) {
    if (slow.active) {
      SlowForce.add(stage, slow, solver.force, dead, porosity, columns);
    }
    if (s == 0) {
      solver.solve(stage, state, heated, columns, first);
      return;
    }
    int length = rows * columns;
    double f = Tableau.SDIRK2.weight[1][0];
    double[] begin = state;
    double[] x = first;
    for (int i = 0; i < length; i++) {
      rhs[i] = begin[i] + f * (x[i] - begin[i]);
    }
    solver.solve(stage, rhs, heated, columns, next);
    double direct = m.endResistance + m.cell().electrodeAreaM2() * m.cell().seriesResistanceOhm();
    for (int p = 0; p < columns; p++) {
      volts[p] =
          solver.endPotential(stage, p, columns)
              + solver.force.current[p] * direct
              + solver.force.volts[p];
      anodePotential[p] = solver.anodePotential(stage, p, columns);
    }
  }

  /** The last stage is the sub-step's end; salt follows the porosity as in the state. */
  private void end() {
    double[] end = next;
    next = state;
    state = end;
    for (int i = 0; m.porosityChanges && i < m.grid.anodeNodes; i++) {
      int c = (StateLayout.C + i) * columns;
      int metal = (m.layout.plated + i) * columns;
      int gone = (m.layout.dead + i) * columns;
      int thickness = (m.layout.sei + i) * columns;
      for (int p = 0; p < columns; p++) {
        double after =
            slow.porosityThickness * state[thickness + p]
                + slow.porosityMetal * (state[metal + p] + state[gone + p]);
        state[c + p] =
            slow.saltKept[i] * state[c + p]
                + slow.saltStart[i] * porosity[i * columns + p]
                + slow.saltEnd[i] * after;
      }
    }
  }

  /** Derivative of an output at the end of the last sub-step. */
  double output(Output output, int p) {
    return switch (output) {
      case VOLTAGE -> volts[p];
      case ANODE_POTENTIAL -> anodePotential[p];
      case TEMPERATURE -> state[StateLayout.T * columns + p];
      case SOC -> soc(p);
      case ANODE_SURFACE_STOICHIOMETRY_AT_SEPARATOR -> surfaceAtSeparator(p);
      case ELECTROLYTE_AT_ANODE_COLLECTOR -> state[StateLayout.C * columns + p];
    };
  }

  private double soc(int p) {
    double sum = 0;
    for (int i = 0; i < m.grid.anodeNodes; i++) {
      sum += m.grid.width[i] * state[(m.layout.anodeModes + i) * columns + p];
    }
    return sum * socPerMean(m) / m.cell().anode().thicknessM();
  }

  /** State of charge per mean stoichiometry of the anode. */
  static double socPerMean(P2dModel m) {
    return 1 / (m.cell().anodeStoichiometry(1) - m.cell().anodeStoichiometry(0));
  }

  /** Derivative of an electrode's mean stoichiometry. */
  double mean(Side side, int p) {
    double sum = 0;
    double total = 0;
    for (int i = 0; i < side.to - side.from; i++) {
      sum += m.grid.width[side.from + i] * state[(side.modes + i) * columns + p];
      total += m.grid.width[side.from + i];
    }
    return sum / total;
  }

  /** Derivative of the electrode mean of the surface stoichiometry. */
  double meanSurface(Side side, int p) {
    int n = side.to - side.from;
    double sum = 0;
    double total = 0;
    for (int i = 0; i < n; i++) {
      double x = 0;
      for (int k = 0; k < m.particle.count; k++) {
        x += m.particle.surface[k] * state[(side.modes + k * n + i) * columns + p];
      }
      sum += m.grid.width[side.from + i] * x;
      total += m.grid.width[side.from + i];
    }
    return sum / total;
  }

  /** Replaces the derivative of a differential entry in a column. */
  void replace(int entry, int column, double value) {
    state[entry * columns + column] = value;
  }

  double voltage(int p) {
    return volts[p];
  }

  double anodePotential(int p) {
    return anodePotential[p];
  }

  double surfaceAtSeparator(int p) {
    double x = 0;
    int na = m.grid.anodeNodes;
    for (int k = 0; k < m.particle.count; k++) {
      double sum = 0;
      for (int f = 0; f < 3; f++) {
        int entry = m.layout.anodeModes + k * na + na - 3 + f;
        sum += m.grid.faceWeights[f] * state[entry * columns + p];
      }
      x += m.particle.surface[k] * sum;
    }
    return x;
  }
}
