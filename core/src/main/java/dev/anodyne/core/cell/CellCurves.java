package dev.anodyne.core.cell;

import dev.anodyne.core.bpx.BpxException;
import dev.anodyne.core.bpx.BpxFile;
import dev.anodyne.core.bpx.BpxFunction;

/** Turns a file's functions into {@link Curve}s and complains where they have no finite value. */
final class CellCurves {
  private static final int STOICHIOMETRY_INTERVALS = 4096;
  private static final int CONCENTRATION_INTERVALS = 4096;
  private static final int CHECKS = 100;

  /**
   * Where a function of stoichiometry has a pole at 0 or 1, as ln(x/(1−x)) has, the curve ends this
   * far from it and its tangent continues. The guard rails act further out than at 0.004, and the
   * spline follows a logarithm there to 2 µV.
   */
  private static final double BESIDE_A_POLE = 0.001;

  private static final double HIGHEST_CONCENTRATION = 8000;

  /** Below this concentration the transport properties no longer change (as in PyBaMM), mol/m³. */
  private static final double LOWEST_CONCENTRATION = 10;

  private CellCurves() {}

  /** A property that cannot be 0 or less. */
  static Curve positive(BpxFile f, String path, BpxFunction g) {
    Curve curve = ofStoichiometry(f, path, g);
    for (int i = 0; i <= CHECKS; i++) {
      double x = (double) i / CHECKS;
      if (!(curve.value(x) > 0)) {
        throw wrong(f, path, "is " + curve.value(x) + " at x = " + x, "> 0 from x = 0 to 1");
      }
    }
    return curve;
  }

  static Curve ofStoichiometry(BpxFile f, String path, BpxFunction g) {
    double from = finite(g, 0) ? 0 : BESIDE_A_POLE;
    double to = finite(g, 1) ? 1 : 1 - BESIDE_A_POLE;
    return curve(f, path, g, from, to, STOICHIOMETRY_INTERVALS);
  }

  /**
   * A property of the electrolyte. It has to be positive at the concentrations of ordinary use;
   * polynomials that turn beyond are cut by the model.
   */
  static Curve ofConcentration(BpxFile f, String path, BpxFunction g) {
    Curve curve =
        curve(f, path, g, LOWEST_CONCENTRATION, HIGHEST_CONCENTRATION, CONCENTRATION_INTERVALS);
    double c0 = f.state().electrolyteConcentration();
    for (double c : new double[] {0.5 * c0, c0, 1.5 * c0}) {
      if (!(curve.value(c) > 0)) {
        throw wrong(f, path, "is " + curve.value(c) + " at x = " + c, "> 0 around " + c0);
      }
    }
    return curve;
  }

  private static boolean finite(BpxFunction g, double x) {
    return Double.isFinite(g.value(x)) && Double.isFinite(g.slope(x));
  }

  private static Curve curve(
      BpxFile f, String path, BpxFunction g, double from, double to, int intervals) {
    for (int i = 0; i <= CHECKS; i++) {
      double x = from + (to - from) * i / CHECKS;
      if (!finite(g, x)) {
        throw wrong(f, path, "is not finite at x = " + x, "finite values and slopes");
      }
    }
    try {
      return Curve.of(g, from, to, intervals);
    } catch (BadCellException e) {
      throw wrong(
          f,
          path,
          "is not finite everywhere between x = " + from + " and " + to,
          "finite values and slopes");
    }
  }

  private static BpxException wrong(BpxFile f, String path, String what, String allowed) {
    return new BpxException(
        f.source() + ": /Parameterisation/" + path + " " + what + "; allowed: " + allowed);
  }
}
