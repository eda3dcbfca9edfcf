package dev.anodyne.estimators.identification;

import dev.anodyne.estimators.identification.SessionModel.Nuisance;
import org.hipparchus.exception.MathIllegalArgumentException;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.CholeskyDecomposition;
import org.hipparchus.linear.RealMatrix;

/**
 * Maximum a posteriori fit within bounds: Levenberg and Marquardt's method on
 *
 * <pre>½ Σ (V − V̂)²/σ_V² + ½ Σ (T − T̂)²/σ_T² + ½ (x − μ)ᵀ P⁻¹ (x − μ)</pre>
 *
 * Steps are the best ones within the bounds ({@link BoundedStep}).
 */
final class SessionFit {
  private static final int MOST_ITERATIONS = 60;

  /** Converged when the undamped step would lower the objective by less than this. */
  private static final double SMALL_GAIN = 1e-2;

  private static final double FIRST_DAMPING = 1e-3;
  private static final double LEAST_DAMPING = 1e-9;
  private static final double MOST_DAMPING = 1e8;

  /** Relative difference of mirrored entries that counts as rounding. */
  private static final double ASYMMETRY = 1e-6;

  private static final double LEAST_STEP_SECONDS = 0.5;

  private final SessionModel model;
  private final SessionSteps steps;
  private final FitNoise noise;
  private final double ampHours;
  private final double[] mean;
  private final RealMatrix precision;
  private final double[] lower;
  private final double[] upper;
  private final int n = SessionModel.UNKNOWNS;

  private double[] x;
  private double objective;
  private final double[][] hessian = new double[n][n];
  private final double[] gradient = new double[n];
  private int iterations;

  SessionFit(
      SessionModel model,
      SessionSteps steps,
      FitNoise noise,
      double ampHours,
      double[] mean,
      RealMatrix priorCovariance,
      double[] lower,
      double[] upper) {
    this.model = model;
    this.steps = steps;
    this.noise = noise;
    this.ampHours = ampHours;
    this.mean = mean.clone();
    this.precision =
        new CholeskyDecomposition(priorCovariance, ASYMMETRY, 0).getSolver().getInverse();
    this.lower = lower.clone();
    this.upper = upper.clone();
    this.x = mean.clone();
  }

  /**
   * Fits from a start. The model's last run is then at the solution.
   *
   * @return true when the method converged
   */
  boolean fit(double[] start) {
    x = clamp(start);
    iterations = 0;
    if (!model.run(x)) {
      return false;
    }
    linearise();
    boolean there = true;
    double damping = FIRST_DAMPING;
    while (promisedGain() > SMALL_GAIN) {
      if (iterations++ == MOST_ITERATIONS) {
        return false;
      }
      double[] trial = trial(damping);
      there = trial.length > 0 && model.run(trial) && objectiveAt(trial) < objective;
      if (there) {
        x = trial;
        linearise();
        damping = Math.max(damping / 10, LEAST_DAMPING);
      } else {
        damping *= 10;
        if (damping > MOST_DAMPING) {
          // No shorter step helps either: this is the minimum to the model's accuracy.
          return promisedGain() < 1 && model.run(x);
        }
      }
    }
    return there || model.run(x);
  }

  /** What the undamped step lowers the objective by if the model is linear. */
  private double promisedGain() {
    try {
      RealMatrix h = new Array2DRowRealMatrix(hessian);
      return BoundedStep.gain(h, gradient, boundedStep(h));
    } catch (MathIllegalArgumentException e) {
      return Double.POSITIVE_INFINITY; // Not positive definite to rounding: go on, damped.
    }
  }

  private double[] boundedStep(RealMatrix h) {
    double[] low = new double[n];
    double[] high = new double[n];
    for (int i = 0; i < n; i++) {
      low[i] = lower[i] - x[i];
      high[i] = upper[i] - x[i];
    }
    return BoundedStep.solve(h, gradient, low, high);
  }

  /** What is minimised, at the last accepted point. */
  double objective() {
    return objective;
  }

  double[] solution() {
    return x.clone();
  }

  int iterations() {
    return iterations;
  }

  /** Root mean square of the voltage residuals at the last run of the model, V. */
  double voltageRmse() {
    double sum = 0;
    int count = 0;
    for (int k = 0; k < steps.count; k++) {
      if (steps.counts[k]) {
        double r = steps.volts[k] - model.volts[k];
        sum += r * r;
        count++;
      }
    }
    return Math.sqrt(sum / Math.max(1, count));
  }

  /**
   * Covariance at the solution. Bounds do not narrow it: what they hold back counts as one
   * deviation, in the direction in which the data pull.
   */
  RealMatrix covariance() {
    RealMatrix inverse =
        new CholeskyDecomposition(new Array2DRowRealMatrix(hessian), ASYMMETRY, 0)
            .getSolver()
            .getInverse();
    ArrayRealVector beyond = new ArrayRealVector(inverse.operate(new ArrayRealVector(gradient)));
    RealMatrix all = inverse.add(beyond.outerProduct(beyond));
    return all.add(all.transpose()).scalarMultiply(0.5);
  }

  boolean isAtLimit(int i) {
    return x[i] <= lower[i] || x[i] >= upper[i];
  }

  private double objectiveAt(double[] at) {
    double sum = 0;
    for (int k = 0; k < steps.count; k++) {
      if (!steps.counts[k]) {
        continue;
      }
      double rv = steps.volts[k] - model.volts[k];
      sum += rv * rv / voltageVariance(k);
      if (model.isThermal()) {
        double rt = steps.kelvin[k] - model.kelvin[k];
        sum += rt * rt / temperatureVariance(k);
      }
    }
    double[] d = new ArrayRealVector(at).subtract(new ArrayRealVector(mean)).toArray();
    return 0.5 * sum
        + 0.5 * new ArrayRealVector(d).dotProduct(precision.operate(new ArrayRealVector(d)));
  }

  private double voltageVariance(int k) {
    return noise.voltageVariance(steps.amps[k] / ampHours, length(k));
  }

  private double temperatureVariance(int k) {
    return noise.temperatureVariance(length(k));
  }

  private double length(int k) {
    return Math.max(LEAST_STEP_SECONDS, steps.seconds[k]);
  }

  /** Gradient and Gauss–Newton Hessian from the model's last run, which must be at x. */
  private void linearise() {
    objective = objectiveAt(x);
    double[] d = new ArrayRealVector(x).subtract(new ArrayRealVector(mean)).toArray();
    double[] pull = precision.operate(d);
    for (int i = 0; i < n; i++) {
      gradient[i] = pull[i];
      for (int j = 0; j < n; j++) {
        hessian[i][j] = precision.getEntry(i, j);
      }
    }
    for (int k = 0; k < steps.count; k++) {
      if (!steps.counts[k]) {
        continue;
      }
      add(model.voltsSlope[k], steps.volts[k] - model.volts[k], voltageVariance(k));
      if (model.isThermal()) {
        add(model.kelvinSlope[k], steps.kelvin[k] - model.kelvin[k], temperatureVariance(k));
      }
    }
  }

  private void add(double[] slope, double residual, double variance) {
    for (int i = 0; i < n; i++) {
      double s = slope[i] / variance;
      gradient[i] -= s * residual;
      for (int j = 0; j < n; j++) {
        hessian[i][j] += s * slope[j];
      }
    }
  }

  /** The damped step's end within the bounds; empty when there is none. */
  private double[] trial(double damping) {
    RealMatrix h = new Array2DRowRealMatrix(hessian, true);
    for (int i = 0; i < n; i++) {
      h.multiplyEntry(i, i, 1 + damping);
    }
    try {
      double[] step = boundedStep(h);
      double[] end = new double[n];
      for (int i = 0; i < n; i++) {
        end[i] = x[i] + step[i];
      }
      return clamp(end);
    } catch (MathIllegalArgumentException e) {
      return new double[0]; // Not positive definite to rounding: more damping helps.
    }
  }

  private double[] clamp(double[] y) {
    double[] inside = new double[n];
    for (int i = 0; i < n; i++) {
      inside[i] = Math.min(Math.max(y[i], lower[i]), upper[i]);
    }
    return inside;
  }

  double nuisance(Nuisance nuisance) {
    return x[SessionModel.index(nuisance)];
  }
}
