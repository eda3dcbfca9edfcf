package dev.anodyne.core.p2d;

import java.util.Arrays;

/**
 * Volumes of {@link ReferenceP2d}.
 *
 * @param anode widths from the collector to the separator, m
 * @param separator widths, m
 * @param cathode widths from the separator to the collector, m
 * @param radii faces of the particles' shells over the radius, from 0 to 1
 * @param rule how properties of two volumes meet at their common face
 */
record ReferenceMesh(
    double[] anode, double[] separator, double[] cathode, double[] radii, FaceRule rule) {

  /** Properties at a face. */
  enum FaceRule {
    /** The engine's: the mean inside a region, the two half volumes in series where B jumps. */
    MEAN_INSIDE,
    /** The two half volumes in series everywhere. */
    SERIES,
    /**
     * PyBaMM's: half volumes in series for D_e, the mean for κ, also where B jumps; in the
     * particles slopes and surface in r.
     */
    PYBAMM
  }

  /** Equal volumes in each domain. */
  static ReferenceMesh uniform(
      dev.anodyne.core.cell.CellParameters cell, int perDomain, double[] radii, FaceRule rule) {
    return new ReferenceMesh(
        equal(cell.anode().thicknessM(), perDomain),
        equal(cell.separator().thicknessM(), perDomain),
        equal(cell.cathode().thicknessM(), perDomain),
        radii,
        rule);
  }

  /** The volumes over x of a model, with shells of one's own. */
  static ReferenceMesh of(P2dModel model, int shells) {
    Grid g = model.grid;
    return new ReferenceMesh(
        Arrays.copyOfRange(g.width, 0, g.anodeNodes),
        Arrays.copyOfRange(g.width, g.anodeNodes, g.cathodeStart),
        Arrays.copyOfRange(g.width, g.cathodeStart, g.nodes),
        clustered(shells),
        FaceRule.MEAN_INSIDE);
  }

  private static double[] equal(double length, int count) {
    double[] widths = new double[count];
    Arrays.fill(widths, length / count);
    return widths;
  }

  /** Shells of equal thickness. */
  static double[] even(int shells) {
    double[] r = new double[shells + 1];
    for (int k = 0; k <= shells; k++) {
      r[k] = (double) k / shells;
    }
    return r;
  }

  /** Faces at 1 − (1 − s)³: the outermost shell is 1/n³ thick, which follows jumps of the flux. */
  static double[] clustered(int shells) {
    double[] r = even(shells);
    for (int k = 0; k <= shells; k++) {
      r[k] = 1 - Math.pow(1 - r[k], 3);
    }
    return r;
  }

  double[] widths() {
    double[] all = Arrays.copyOf(anode, nodes());
    System.arraycopy(separator, 0, all, anode.length, separator.length);
    System.arraycopy(cathode, 0, all, anode.length + separator.length, cathode.length);
    return all;
  }

  int nodes() {
    return anode.length + separator.length + cathode.length;
  }
}
