package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.estimators.evaluation.SurfaceVoltage;
import dev.anodyne.estimators.network.Target;
import java.util.Locale;

/**
 * Physics as a loss on a network's answers (physics-informed learning: Raissi et al., J. Comput.
 * Phys. 378 (2019) 686; for batteries "internal integration", Borah et al. 2024,
 * doi:10.1038/s44172-024-00273-6). Needs measurements and the nominal cell's parameters only, no
 * truth. A real battery's capacities and resistances are its own: they are left free in each group
 * of rows, within what a battery can be, and only what no battery could explain is punished. The
 * identities are those of {@link dev.anodyne.estimators.evaluation.PhysicalIdentities}:
 *
 * <pre>
 * lithium       x̄, ȳ and SoC over the charge that passed: straight lines, slopes of 80…105 % of the sites
 * voltage       V − U_p(y_s) + U_n(x_s) = k η;   U_n(x_s,sep) − φ = k' η_n under charge
 * sign          x_s ≥ x̄, y_s ≤ ȳ, φ ≤ U_n(x_s,sep) under charge
 * monotonicity  φ(I + δ) ≤ φ(I) at the same history, V risen by R δ
 * </pre>
 *
 * Root mean squares of a group beyond what the truth itself leaves (means stand for distributions)
 * are counted in units and squared, nearly linear beyond three units (pseudo-Huber), so that no odd
 * row rules. Not thread-safe.
 */
final class PhysicsLoss {
  /** Weights of the terms in the shipped models. */
  static final PhysicsTerms WEIGHTS = new PhysicsTerms(0.2, 0.2, 0.2, 0.2);

  private static final double LEAST_MATERIAL = 0.80;
  private static final double MOST_MATERIAL = 1.05;
  private static final double LEAST_FACTOR = 0.5;
  private static final double MOST_FACTOR = 3.0;
  private static final double CHARGING_RATE = 0.1;

  /** Units in which violations count. */
  private static final double UNIT_SHARE = 0.005;

  private static final double UNIT_VOLTS = 0.010;

  /** What the truth leaves, root mean square: 0.1 % of lithium, 5 and 7 mV. */
  private static final double FREE_SHARE = 0.001;

  private static final double FREE_VOLTS = 0.005;
  private static final double FREE_ANODE_VOLTS = 0.007;
  private static final double KNEE = 3.0;

  private final SurfaceVoltage voltage;
  private final double chargingAmps;
  private final double anodeAmpHours;
  private final double cathodeAmpHours;
  private final double capacityAmpHours;
  private final PhysicsTerms weights;
  private final double[] offset = new double[Target.count()];
  private final double[] scale = new double[Target.count()];
  private double[] value = new double[0];
  private double[] slope = new double[0];
  private double[] q = new double[0];
  private double[] v = new double[0];
  private GroupFit fit = new GroupFit(0);
  private int columns;

  /**
   * @param moments mean and standard deviation of the targets in their units: outputs are scaled by
   *     them
   */
  PhysicsLoss(CellParameters cell, double[][] moments, PhysicsTerms weights) {
    voltage = new SurfaceVoltage(cell);
    chargingAmps = CHARGING_RATE * cell.nominalCapacityAmpHours();
    anodeAmpHours = cell.anode().siteCapacityAmpHours(cell.electrodeAreaM2());
    cathodeAmpHours = cell.cathode().siteCapacityAmpHours(cell.electrodeAreaM2());
    capacityAmpHours = cell.capacityAmpHours();
    this.weights = weights;
    for (Target t : Target.values()) {
      offset[t.ordinal()] = moments[0][t.ordinal()] * t.unit();
      scale[t.ordinal()] = moments[1][t.ordinal()] * t.unit();
    }
  }

  /** One sentence for a model's card, after a space. */
  static String text() {
    return String.format(
        Locale.ROOT,
        " Physics in the loss beside the data, weights: lithium %.3g, voltage %.3g, sign %.3g,"
            + " monotonicity %.3g.",
        WEIGHTS.lithium(),
        WEIGHTS.voltage(),
        WEIGHTS.sign(),
        WEIGHTS.monotonicity());
  }

  /**
   * The terms, each a mean over the groups (sign: over the rows, monotonicity: over the probes).
   *
   * @param outputs of the network, row after row, means first. Not modified.
   * @param outputColumns of a row
   * @param gradient Modified: the derivative of the weighted sum of the terms is added.
   */
  PhysicsTerms add(PhysicsBatch b, double[] outputs, int outputColumns, double[] gradient) {
    prepare(b, outputs, outputColumns);
    double lithium = 0;
    double volts = 0;
    double sign = 0;
    for (int g = 0; g < b.groups(); g++) {
      int from = b.starts()[g];
      int rows = b.starts()[g + 1] - from;
      lithium += lithium(b, from, rows);
      volts += wholeCell(b, from, rows) + anode(b, from, rows);
      for (int r = from; r < from + rows; r++) {
        sign += sign(b, r);
      }
    }
    double monotonicity = 0;
    for (int p = 0; p < b.probed().length; p++) {
      monotonicity += probe(b, b.rows() + p, b.probed()[p]);
    }
    for (int r = 0; r < b.size(); r++) {
      for (int t = 0; t < scale.length; t++) {
        gradient[r * columns + t] += slope[r * scale.length + t] * scale[t];
      }
    }
    return new PhysicsTerms(
        lithium / b.groups(),
        volts / b.groups(),
        sign / b.rows(),
        monotonicity / Math.max(b.probed().length, 1));
  }

  private void prepare(PhysicsBatch b, double[] outputs, int outputColumns) {
    int n = scale.length;
    columns = outputColumns;
    value = new double[b.size() * n];
    slope = new double[b.size() * n];
    for (int r = 0; r < b.size(); r++) {
      for (int t = 0; t < n; t++) {
        value[r * n + t] = offset[t] + scale[t] * outputs[r * columns + t];
      }
    }
    int most = 0;
    for (int g = 0; g < b.groups(); g++) {
      most = Math.max(most, b.starts()[g + 1] - b.starts()[g]);
    }
    if (most > q.length) {
      q = new double[most];
      v = new double[most];
      fit = new GroupFit(most);
    }
  }

  private double value(int row, Target t) {
    return value[row * scale.length + t.ordinal()];
  }

  private void slope(int row, Target t, double amount) {
    slope[row * scale.length + t.ordinal()] += amount;
  }

  /** Mean stoichiometries and state of charge of a group follow the charge. */
  private double lithium(PhysicsBatch b, int from, int rows) {
    if (rows < 2) {
      return 0;
    }
    double x = 1 / anodeAmpHours;
    double y = 1 / cathodeAmpHours;
    double s = 1 / capacityAmpHours;
    return line(b, from, rows, Target.ANODE_MEAN, x / MOST_MATERIAL, x / LEAST_MATERIAL)
        + line(b, from, rows, Target.CATHODE_MEAN, -y / LEAST_MATERIAL, -y / MOST_MATERIAL)
        // Lost lithium narrows the window in which the state of charge is counted.
        + line(b, from, rows, Target.SOC, s / MOST_MATERIAL, s / (LEAST_MATERIAL * LEAST_MATERIAL));
  }

  private double line(PhysicsBatch b, int from, int rows, Target t, double low, double high) {
    for (int i = 0; i < rows; i++) {
      q[i] = b.ampHours()[from + i];
      v[i] = value(from + i, t);
    }
    double square = fit.line(q, v, rows, low, high);
    double factor = weights.lithium() / b.groups() * excessSlope(square, FREE_SHARE, UNIT_SHARE);
    for (int i = 0; i < rows; i++) {
      slope(from + i, t, factor * 2 * fit.residual(i) / rows);
    }
    return excess(square, FREE_SHARE, UNIT_SHARE);
  }

  /** V − U_p(y_s) + U_n(x_s) = k η(x_s, y_s). */
  private double wholeCell(PhysicsBatch b, int from, int rows) {
    double free = FREE_VOLTS;
    for (int i = 0; i < rows; i++) {
      int r = from + i;
      double t = b.kelvin()[r];
      double x = value(r, Target.ANODE_SURFACE);
      double y = value(r, Target.CATHODE_SURFACE);
      q[i] = voltage.overpotentialVolts(b.amps()[r], b.filteredAmps()[r], x, y, t);
      v[i] = b.volts()[r] - voltage.cathodeOpenVolts(y, t) + voltage.anodeOpenVolts(x, t);
      free = Math.max(free, FREE_VOLTS + b.spreadVolts()[r]);
    }
    double k = fit.proportion(q, v, rows, LEAST_FACTOR, MOST_FACTOR);
    double square = fit.meanSquare(rows);
    double factor = weights.voltage() / b.groups() * excessSlope(square, free, UNIT_VOLTS);
    for (int i = 0; factor != 0 && i < rows; i++) {
      int r = from + i;
      double t = b.kelvin()[r];
      double x = value(r, Target.ANODE_SURFACE);
      double y = value(r, Target.CATHODE_SURFACE);
      double g = factor * 2 * fit.residual(i) / rows;
      double byX = voltage.anodeOpenSlope(x, t) - k * voltage.anodeReactionSlope(b.amps()[r], x, t);
      double byY =
          -voltage.cathodeOpenSlope(y, t) - k * voltage.cathodeReactionSlope(b.amps()[r], y, t);
      slope(r, Target.ANODE_SURFACE, g * byX);
      slope(r, Target.CATHODE_SURFACE, g * byY);
    }
    return excess(square, free, UNIT_VOLTS);
  }

  /** U_n(x_s at the separator) − φ = k η_n(x_s at the separator), for the rows under charge. */
  private double anode(PhysicsBatch b, int from, int rows) {
    int n = 0;
    for (int r = from; r < from + rows; r++) {
      if (charging(b, r)) {
        double x = value(r, Target.ANODE_SURFACE_AT_SEPARATOR);
        q[n] = voltage.anodeDropVolts(b.amps()[r], x, b.kelvin()[r]);
        v[n++] = drop(b, r);
      }
    }
    if (n == 0) {
      return 0;
    }
    double k = fit.proportion(q, v, n, LEAST_FACTOR, MOST_FACTOR);
    double square = fit.meanSquare(n);
    double factor =
        weights.voltage() / b.groups() * excessSlope(square, FREE_ANODE_VOLTS, UNIT_VOLTS);
    int i = 0;
    for (int r = from; factor != 0 && r < from + rows; r++) {
      if (charging(b, r)) {
        double t = b.kelvin()[r];
        double x = value(r, Target.ANODE_SURFACE_AT_SEPARATOR);
        double g = factor * 2 * fit.residual(i++) / n;
        double byX =
            voltage.anodeOpenSlope(x, t) - k * voltage.anodeReactionSlope(b.amps()[r], x, t);
        slope(r, Target.ANODE_SURFACE_AT_SEPARATOR, g * byX);
        slope(r, Target.ANODE_POTENTIAL, -g);
      }
    }
    return excess(square, FREE_ANODE_VOLTS, UNIT_VOLTS);
  }

  private boolean charging(PhysicsBatch b, int row) {
    return b.amps()[row] > chargingAmps && b.filteredAmps()[row] > chargingAmps;
  }

  private double drop(PhysicsBatch b, int row) {
    double x = value(row, Target.ANODE_SURFACE_AT_SEPARATOR);
    return voltage.anodeOpenVolts(x, b.kelvin()[row]) - value(row, Target.ANODE_POTENTIAL);
  }

  private double sign(PhysicsBatch b, int r) {
    if (!charging(b, r)) {
      return 0;
    }
    double w = weights.sign() / b.rows();
    double x = value(r, Target.ANODE_MEAN) - value(r, Target.ANODE_SURFACE);
    double gx = w * hingeSlope(x, UNIT_SHARE);
    slope(r, Target.ANODE_MEAN, gx);
    slope(r, Target.ANODE_SURFACE, -gx);
    double y = value(r, Target.CATHODE_SURFACE) - value(r, Target.CATHODE_MEAN);
    double gy = w * hingeSlope(y, UNIT_SHARE);
    slope(r, Target.CATHODE_SURFACE, gy);
    slope(r, Target.CATHODE_MEAN, -gy);
    double d = -drop(b, r);
    double gd = w * hingeSlope(d, UNIT_VOLTS);
    double at = value(r, Target.ANODE_SURFACE_AT_SEPARATOR);
    slope(r, Target.ANODE_POTENTIAL, gd);
    slope(r, Target.ANODE_SURFACE_AT_SEPARATOR, -gd * voltage.anodeOpenSlope(at, b.kelvin()[r]));
    return hinge(x, UNIT_SHARE) + hinge(y, UNIT_SHARE) + hinge(d, UNIT_VOLTS);
  }

  private double probe(PhysicsBatch b, int probe, int row) {
    double rise = value(probe, Target.ANODE_POTENTIAL) - value(row, Target.ANODE_POTENTIAL);
    double g = weights.monotonicity() / b.probed().length * hingeSlope(rise, UNIT_VOLTS);
    slope(probe, Target.ANODE_POTENTIAL, g);
    slope(row, Target.ANODE_POTENTIAL, -g);
    return hinge(rise, UNIT_VOLTS);
  }

  /** Pseudo-Huber of what a mean square exceeds the free one by. */
  private static double excess(double square, double free, double unit) {
    double over = (square - free * free) / (unit * unit);
    return over <= 0 ? 0 : KNEE * KNEE * (Math.sqrt(1 + over / (KNEE * KNEE)) - 1);
  }

  /** ∂excess/∂square. */
  private static double excessSlope(double square, double free, double unit) {
    double over = (square - free * free) / (unit * unit);
    return over <= 0 ? 0 : 0.5 / Math.sqrt(1 + over / (KNEE * KNEE)) / (unit * unit);
  }

  private static double hinge(double wrong, double unit) {
    return wrong <= 0 ? 0 : excess(wrong * wrong, 0, unit);
  }

  /** ∂hinge/∂wrong. */
  private static double hingeSlope(double wrong, double unit) {
    return wrong <= 0 ? 0 : excessSlope(wrong * wrong, 0, unit) * 2 * wrong;
  }
}
