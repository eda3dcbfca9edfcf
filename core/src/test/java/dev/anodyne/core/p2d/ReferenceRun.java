package dev.anodyne.core.p2d;

/**
 * Extrapolated implicit Euler of order 4: one step of h, two of h/2, three, four, and the
 * polynomial through the four results at step 0 (Aitken–Neville). The last two of the table tell
 * the error, which sets the step.
 */
final class ReferenceRun {
  private static final int ORDER = 4;

  private final ReferenceP2d model;
  private final ReferenceNewton newton;
  private final double ambientKelvin;
  private final double toleranceVolts;
  private double[] y;
  private double amps;
  private double suggested = 1e-3;
  private double seconds;

  ReferenceRun(ReferenceP2d model, double[] start, double ambientKelvin, double toleranceVolts) {
    this.model = model;
    newton = new ReferenceNewton(model);
    this.y = start;
    this.ambientKelvin = ambientKelvin;
    this.toleranceVolts = toleranceVolts;
  }

  /** The potentials follow a jump of the current in ten steps in which nothing else moves. */
  private void jumpTo(double target) {
    double from = amps;
    for (int k = 1; k <= 10 && from != target; k++) {
      double[] next = newton.euler(y, 1e-9, from + (target - from) * k / 10, ambientKelvin);
      if (next == null) {
        throw new IllegalStateException("no potentials for " + target + " A at " + seconds + " s");
      }
      y = next;
      suggested = 1e-3;
    }
    amps = target;
  }

  void advance(double chargeCurrentAmps, double duration) {
    jumpTo(chargeCurrentAmps);
    double left = duration;
    while (left > 1e-12 * duration) {
      double h = suggested >= left ? left : Math.min(suggested, 0.5 * left);
      double error = attempt(h);
      if (error <= toleranceVolts) {
        left -= h;
        seconds += h;
        double growth = Math.min(4, 0.8 * Math.pow(toleranceVolts / Math.max(error, 1e-15), 0.25));
        suggested = h < suggested ? Math.max(suggested, h * growth) : h * growth;
      } else {
        suggested = h * Math.max(0.2, 0.8 * Math.pow(toleranceVolts / error, 0.25));
        if (suggested < 1e-8) {
          throw new IllegalStateException("step too short at " + seconds + " s");
        }
      }
    }
  }

  /** Tries a step; takes it when its error, in volts, is small enough. */
  private double attempt(double h) {
    double[][] table = new double[ORDER][];
    for (int k = 0; k < ORDER; k++) {
      double[] next = y;
      for (int part = 0; part <= k; part++) {
        next = newton.euler(next, h / (k + 1), amps, ambientKelvin);
        if (next == null) {
          return 1e3;
        }
      }
      table[k] = next;
      for (int m = k - 1; m >= 0; m--) {
        double ratio = (double) (k + 1) / (m + 1);
        for (int i = 0; i < next.length; i++) {
          table[m][i] = table[m + 1][i] + (table[m + 1][i] - table[m][i]) / (ratio - 1);
        }
      }
    }
    // table[0] is of order 4, table[1] of order 3 through the three finest runs.
    double error =
        Math.max(
            Math.abs(model.volts(table[0], amps) - model.volts(table[1], amps)),
            Math.abs(model.anodePotential(table[0]) - model.anodePotential(table[1])));
    error = Math.max(error, 1e-3 * Math.abs(table[0][0] - table[1][0]));
    if (error <= toleranceVolts) {
      y = table[0];
    }
    return error;
  }

  double seconds() {
    return seconds;
  }

  double volts() {
    return model.volts(y, amps);
  }

  double anodePotential() {
    return model.anodePotential(y);
  }

  double kelvin() {
    return y[0];
  }

  double[] state() {
    return y;
  }
}
