package dev.anodyne.core.p2d;

/**
 * Finite volumes through the cell from the anode's collector (x = 0) to the cathode's. The anode is
 * graded towards the separator, where the reaction concentrates during charging; the cathode
 * towards the separator as well; the separator is uniform.
 */
final class Grid {
  final int anodeNodes;
  final int separatorNodes;
  final int cathodeNodes;
  final int nodes;

  /** Index of the first cathode node. */
  final int cathodeStart;

  /** Width of each volume, m. */
  final double[] width;

  /** 1/(Δx_i + Δx_i+1), 1/m. */
  final double[] inverseReach;

  /** Weights that extrapolate from the last three anode nodes to the separator's face. */
  final double[] faceWeights;

  Grid(
      P2dOptions options,
      double anodeM,
      double separatorM,
      double cathodeM,
      double anodeGrading,
      double cathodeGrading) {
    anodeNodes = options.anodeNodes();
    separatorNodes = options.separatorNodes();
    cathodeNodes = options.cathodeNodes();
    nodes = anodeNodes + separatorNodes + cathodeNodes;
    cathodeStart = anodeNodes + separatorNodes;
    width = new double[nodes];
    for (int i = 0; i < anodeNodes; i++) {
      width[i] = anodeM * share(i, anodeNodes, anodeGrading);
    }
    for (int i = 0; i < separatorNodes; i++) {
      width[anodeNodes + i] = separatorM / separatorNodes;
    }
    for (int i = 0; i < cathodeNodes; i++) {
      width[cathodeStart + i] =
          cathodeM * share(cathodeNodes - 1 - i, cathodeNodes, cathodeGrading);
    }
    inverseReach = new double[nodes];
    for (int i = 0; i < nodes - 1; i++) {
      inverseReach[i] = 1 / (width[i] + width[i + 1]);
    }
    faceWeights = extrapolation(width, anodeNodes);
  }

  /** Share of volume i of n when faces lie at tanh(β i/n)/tanh β (finer towards the end). */
  private static double share(int i, int n, double grading) {
    if (grading == 0) {
      return 1.0 / n;
    }
    return (Math.tanh(grading * (i + 1) / n) - Math.tanh(grading * i / n)) / Math.tanh(grading);
  }

  /** Lagrange weights at the face for the three nodes before it, nearest last. */
  private static double[] extrapolation(double[] width, int count) {
    double d3 = 0.5 * width[count - 1];
    double d2 = width[count - 1] + 0.5 * width[count - 2];
    double d1 = width[count - 1] + width[count - 2] + 0.5 * width[count - 3];
    return new double[] {
      d2 * d3 / ((d1 - d2) * (d1 - d3)),
      d1 * d3 / ((d2 - d1) * (d2 - d3)),
      d1 * d2 / ((d3 - d1) * (d3 - d2))
    };
  }
}
