package dev.anodyne.core.p2d;

/** The current as an unknown: one extra column and one extra row for the held quantity. */
final class Border {
  private Border() {}

  /** Terminal voltage of the iterate, V. */
  static double volts(P2dModel m, P2dWorkspace w) {
    return w.y[m.layout.phiS + m.grid.nodes - 1]
        + w.currentDensity
            * (m.endResistance + m.cell().electrodeAreaM2() * m.cell().seriesResistanceOhm());
  }

  /** φ_s − φ_e extrapolated to the anode/separator face, V. */
  static double anodePotential(P2dModel m, double[] y) {
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      int i = m.grid.anodeNodes - 3 + k;
      sum += m.grid.faceWeights[k] * (y[m.layout.phiS + i] - y[m.layout.phiE + i]);
    }
    return sum;
  }

  /** The same functional of an update in block order. */
  static double anodePotentialOf(P2dModel m, double[] x) {
    double sum = 0;
    for (int k = 0; k < 3; k++) {
      int b = 3 * (m.grid.anodeNodes - 3 + k);
      sum += m.grid.faceWeights[k] * (x[b + 2] - x[b + 1]);
    }
    return sum;
  }

  /**
   * Change of the current density that brings the held quantity to its value.
   *
   * @param w Modified: {@code border} becomes the response to one A/m².
   */
  static double currentChange(P2dModel m, P2dWorkspace w, P2dControl control, double value) {
    response(m, w);
    int last = 3 * m.grid.nodes - 1;
    double area = m.cell().electrodeAreaM2();
    double direct = m.endResistance + area * m.cell().seriesResistanceOhm();
    double volts = volts(m, w);
    double voltsSlope = w.border[last] + direct;
    return switch (control) {
      case CURRENT -> value / area - w.currentDensity;
      case VOLTAGE -> (value - volts - w.delta[last]) / voltsSlope;
      case POWER -> {
        double amps = w.currentDensity * area;
        yield (value - amps * (volts + w.delta[last])) / (area * volts + amps * voltsSlope);
      }
      case ANODE_POTENTIAL ->
          (value - anodePotential(m, w.y) - anodePotentialOf(m, w.delta))
              / anodePotentialOf(m, w.border);
    };
  }

  /** Response of the linearised system to one A/m² more. */
  static void response(P2dModel m, P2dWorkspace w) {
    java.util.Arrays.fill(w.border, 0);
    w.border[3 * m.grid.nodes - 1] = 1;
    w.matrix.solve(w.border);
  }
}
