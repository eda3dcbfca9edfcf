package dev.anodyne.core.p2d;

/**
 * What lets salt (B D_e) or ions (B κ) through the faces between the volumes, with derivatives.
 *
 * <p>Inside a region a face has the mean k of its two nodes over their distance: of the second
 * order like the harmonic mean, but its error in chen2020's 2C charge is half as large, and it
 * needs no division. Where two regions meet B jumps, and the two half volumes are in series:
 *
 * <pre>
 * g = (k_l + k_r)/(Δx_l + Δx_r)  inside,   1/g = Δx_l/(2 k_l) + Δx_r/(2 k_r)  where B jumps</pre>
 *
 * A mean of k there would be of the first order only: with 60 volumes a region it still costs
 * chen2020 0.16 mV per 1C.
 */
final class Conductances {
  /** k at each node and its slope in c_e. */
  final double[] node;

  final double[] slope;

  /** g of the face to the right of each node, and its derivatives in c_e on both sides. */
  final double[] face;

  final double[] byLeft;
  final double[] byRight;

  Conductances(int nodes) {
    node = new double[nodes];
    slope = new double[nodes];
    face = new double[nodes];
    byLeft = new double[nodes];
    byRight = new double[nodes];
  }

  /** Faces from nodes. */
  void faces(Grid grid) {
    double[] inverse = grid.inverseReach;
    for (int i = 0; i < grid.nodes - 1; i++) {
      double r = inverse[i];
      face[i] = r * (node[i] + node[i + 1]);
      byLeft[i] = r * slope[i];
      byRight[i] = r * slope[i + 1];
    }
    series(grid, grid.anodeNodes - 1);
    series(grid, grid.cathodeStart - 1);
  }

  private void series(Grid grid, int i) {
    double left = grid.width[i] / (2 * node[i]);
    double right = grid.width[i + 1] / (2 * node[i + 1]);
    double g = 1 / (left + right);
    face[i] = g;
    byLeft[i] = g * g * left / node[i] * slope[i];
    byRight[i] = g * g * right / node[i + 1] * slope[i + 1];
  }
}
