package dev.anodyne.core.p2d;

/**
 * One sub-step backwards: the gradient of a scalar in the state at its end becomes the gradient in
 * the state at its beginning, and its share of the gradients in current and parameters. {@link
 * TangentColumns} in reverse.
 */
final class SweepBack {
  private final P2dModel m;
  private final StageTangent stage;
  private final SlowTangent slow;
  private final StageAdjoint solver;
  private final ParameterForce force;
  private final P2dParameter[] parameters;

  /** Gradient in the differential entries. */
  final double[] state;

  /** Gradient in each parameter; in the current density of the last sub-step. */
  final double[] parameter;

  double current;

  /** Gradient in each stage's solution, and in its rhs by way of the later stages. */
  private final double[][] solution;

  private final double[][] rhs;
  private final double[] begin;
  private final double[] block;
  private final double[] none;
  private final double[] dead;
  private final double[] porosity;

  SweepBack(P2dModel model, P2dParameter[] parameters) {
    m = model;
    this.parameters = parameters;
    stage = new StageTangent(model);
    slow = new SlowTangent(model);
    solver = new StageAdjoint(model);
    force = new ParameterForce(model);
    int rows = model.layout.differential;
    int na = model.grid.anodeNodes;
    int stages = Tableau.SDIRK2.stages;
    state = new double[rows];
    parameter = new double[parameters.length];
    solution = new double[stages][rows];
    rhs = new double[stages][rows];
    begin = new double[rows];
    block = new double[3 * model.grid.nodes];
    none = new double[3 * model.grid.nodes];
    dead = new double[na];
    porosity = new double[na];
  }

  void clear() {
    java.util.Arrays.fill(state, 0);
    java.util.Arrays.fill(parameter, 0);
  }

  /**
   * Goes back over a sub-step.
   *
   * @param volts weight of the voltage at its end
   * @param anodePotential weight of the anode potential at its end
   */
  boolean subStep(SubStepRecord r, double volts, double anodePotential) {
    current = 0;
    if (slow.active) {
      slow.linearise(r);
      commit(r);
    }
    int last = solution.length - 1;
    java.util.Arrays.fill(begin, 0);
    for (int s = 0; s <= last; s++) {
      java.util.Arrays.fill(solution[s], 0);
      java.util.Arrays.fill(rhs[s], 0);
    }
    System.arraycopy(state, 0, solution[last], 0, state.length);
    outputs(volts, anodePotential);
    for (int s = last; s >= 0; s--) {
      if (!stage.linearise(r, s, true)) {
        return false;
      }
      stage(s, s == last ? volts : 0);
    }
    System.arraycopy(begin, 0, state, 0, state.length);
    if (slow.active) {
      frozen(r);
    }
    return true;
  }

  private void outputs(double volts, double anodePotential) {
    java.util.Arrays.fill(block, 0);
    for (int k = 0; k < 3; k++) {
      int b = 3 * (m.grid.anodeNodes - 3 + k);
      double weight = m.grid.faceWeights[k] * anodePotential;
      block[b + 2] = weight;
      block[b + 1] = -weight;
    }
    block[block.length - 1] += volts;
  }

  /** Salt that follows the porosity. */
  private void commit(SubStepRecord r) {
    java.util.Arrays.fill(dead, 0);
    java.util.Arrays.fill(porosity, 0);
    for (int i = 0; m.porosityChanges && i < m.grid.anodeNodes; i++) {
      int c = StateLayout.C + i;
      double after = slow.saltEnd[i] * state[c];
      porosity[i] = slow.saltStart[i] * state[c];
      state[m.layout.sei + i] += slow.porosityThickness * after;
      state[m.layout.plated + i] += slow.porosityMetal * after;
      state[m.layout.dead + i] += slow.porosityMetal * after;
    }
    for (int p = 0; m.porosityChanges && p < parameters.length; p++) {
      force.slow(parameters[p], r);
      for (int i = 0; i < m.grid.anodeNodes; i++) {
        parameter[p] += force.endPorosity[i] * slow.saltEnd[i] * state[StateLayout.C + i];
      }
    }
    for (int i = 0; m.porosityChanges && i < m.grid.anodeNodes; i++) {
      state[StateLayout.C + i] *= slow.saltKept[i];
    }
  }

  private void stage(int s, double volts) {
    double[] g = solution[s];
    solver.solve(stage, g, s == solution.length - 1 ? block : none);
    StageForce lambda = solver.lambda;
    lambda.volts[0] = volts;
    lambda.current[0] +=
        volts * (m.endResistance + m.cell().electrodeAreaM2() * m.cell().seriesResistanceOhm());
    current += lambda.current[0];
    for (int p = 0; p < parameters.length; p++) {
      force.stage(parameters[p], stage);
      parameter[p] += force.force.dot(m, lambda);
    }
    if (slow.active) {
      SlowForce.addTransposed(stage, slow, lambda, dead, porosity);
    }
    double[] extra = rhs[s];
    for (int e = 0; e < g.length; e++) {
      g[e] += extra[e];
      begin[e] += g[e];
    }
    for (int q = 0; q < s; q++) {
      double f = Tableau.SDIRK2.weight[s][q];
      for (int e = 0; e < g.length; e++) {
        solution[q][e] += f * g[e];
        rhs[q][e] -= f * g[e];
      }
    }
  }

  /** What the sub-step held fixed, back to its beginning. */
  private void frozen(SubStepRecord r) {
    for (int p = 0; m.porosityChanges && p < parameters.length; p++) {
      force.slow(parameters[p], r);
      for (int i = 0; i < m.grid.anodeNodes; i++) {
        parameter[p] += force.porosity[i] * porosity[i];
      }
    }
    for (int i = 0; i < m.grid.anodeNodes; i++) {
      state[m.layout.sei + i] +=
          slow.deadThickness[i] * dead[i] + slow.porosityThickness * porosity[i];
      state[m.layout.plated + i] += slow.porosityMetal * porosity[i];
      state[m.layout.dead + i] += slow.porosityMetal * porosity[i];
    }
  }
}
