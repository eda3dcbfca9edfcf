package dev.anodyne.core.p2d;

/**
 * What a change of the quantities that a sub-step holds fixed does to a stage: forwards as a force,
 * and transposed, from the stage's multipliers back to those quantities.
 */
final class SlowForce {
  private SlowForce() {}

  /**
   * Adds to the force of every column.
   *
   * @param dead change of the dead-lithium rate by anode node and column. Not modified.
   * @param porosity the same of the porosity. Not modified.
   */
  static void add(
      StageTangent s,
      SlowTangent slow,
      StageForce force,
      double[] dead,
      double[] porosity,
      int columns) {
    P2dModel m = s.m;
    for (int i = 0; i < m.grid.anodeNodes; i++) {
      double decay = s.allDead ? 0 : s.gh * s.y[m.layout.plated + i];
      for (int p = 0; p < columns; p++) {
        int at = i * columns + p;
        force.metal[at] -= decay * dead[at];
        force.dead[at] += decay * dead[at];
      }
    }
    if (m.porosityChanges) {
      for (int i = 0; i < m.grid.anodeNodes; i++) {
        porosity(s, slow, force, porosity, i, columns);
      }
    }
  }

  private static void porosity(
      StageTangent s, SlowTangent slow, StageForce force, double[] porosity, int i, int columns) {
    double kept = stored(s, i);
    double relative = slow.transportPorosity[i];
    double saltBefore = i == 0 ? 0 : s.saltRight[i - 1] * relative;
    double ionsBefore = i == 0 ? 0 : s.ionicRight[i - 1] * relative;
    double saltAfter = s.saltLeft[i] * relative;
    double ionsAfter = s.ionicLeft[i] * relative;
    double[] b = force.balance;
    int c = 3 * i * columns;
    int e = c + columns;
    int next = 3 * columns;
    for (int p = 0; p < columns; p++) {
      double d = porosity[i * columns + p];
      b[c + p] += (saltAfter - saltBefore - kept) * d;
      b[c + next + p] -= saltAfter * d;
      b[e + p] += (ionsBefore - ionsAfter) * d;
      b[e + next + p] += ionsAfter * d;
      if (i > 0) {
        b[c - next + p] += saltBefore * d;
        b[e - next + p] -= ionsBefore * d;
      }
    }
  }

  /** Δx (c − c_rhs)/γh. */
  private static double stored(StageTangent s, int i) {
    int c = StateLayout.C + i;
    return s.m.grid.width[i] * (s.y[c] - s.rhs[c]) / s.gh;
  }

  /**
   * Adds the transposed.
   *
   * @param lambda multipliers of one column. Not modified.
   * @param dead Modified: gradient with respect to the dead-lithium rate, by anode node.
   * @param porosity Modified: the same of the porosity.
   */
  static void addTransposed(
      StageTangent s, SlowTangent slow, StageForce lambda, double[] dead, double[] porosity) {
    P2dModel m = s.m;
    for (int i = 0; i < m.grid.anodeNodes; i++) {
      if (!s.allDead) {
        dead[i] += s.gh * s.y[m.layout.plated + i] * (lambda.dead[i] - lambda.metal[i]);
      }
    }
    double[] b = lambda.balance;
    for (int i = 0; m.porosityChanges && i < m.grid.anodeNodes; i++) {
      double after =
          s.saltLeft[i] * (b[3 * i] - b[3 * i + 3])
              + s.ionicLeft[i] * (b[3 * i + 4] - b[3 * i + 1]);
      if (i > 0) {
        after +=
            s.saltRight[i - 1] * (b[3 * i - 3] - b[3 * i])
                + s.ionicRight[i - 1] * (b[3 * i + 1] - b[3 * i - 2]);
      }
      porosity[i] += slow.transportPorosity[i] * after - stored(s, i) * b[3 * i];
    }
  }
}
