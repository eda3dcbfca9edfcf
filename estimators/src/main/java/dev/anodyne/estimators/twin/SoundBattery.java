package dev.anodyne.estimators.twin;

import dev.anodyne.estimators.SensorClass;
import dev.anodyne.estimators.identification.IdentifiedParameter;
import dev.anodyne.estimators.identification.SensorBias;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;

/**
 * What an identified battery is believed to be if it is one as they leave the production line, and
 * how probable that is after what its sessions told.
 *
 * <pre>
 *   identified: N(m, P) from the prior N(0, U), so the sessions' likelihood is L ~ N(m, P)/N(0, U)
 *   with the prior N(0, Q):  A = P^-1 - U^-1 + Q^-1,   A x = P^-1 m
 *   L under Q over L under U = sqrt(|U| / (|Q| |P| |A|)) exp(-(m' P^-1 m - x' A x)/2)
 * </pre>
 *
 * <p>All in the coordinates of {@link IdentifiedParameter} (but the heat transfer, which a measured
 * temperature makes irrelevant) and, after them, of {@link SensorBias}. Q is no wider than U, so A
 * is positive definite.
 */
final class SoundBattery {
  private static final int PARAMETERS = FilterPrior.START;
  private static final int BIASES = SensorBias.values().length;
  private static final int SIZE = PARAMETERS + BIASES;

  /** Evidence beyond this, in nats, is not believed: the kinds themselves are a guess. */
  private static final double MOST_EVIDENCE = 15;

  /** Pivots are variances of voltages and of shares: 10^-9 is an ordinary one. */
  private static final double SINGULAR = 1e-30;

  private final RealVector sound;
  private final RealMatrix covariance;
  private final double logRatio;

  /**
   * @param identified parameters and, after them, biases, heat transfer included
   * @param known their joint covariance before the session
   * @param accuracy how far the sensors may be off
   * @param production deviations of the parameters among new batteries
   */
  SoundBattery(double[] identified, double[][] known, SensorClass accuracy, double[] production) {
    RealMatrix p = new Array2DRowRealMatrix(SIZE, SIZE);
    double[] mean = new double[SIZE];
    double[] widths = new double[SIZE];
    double[] sound = new double[SIZE];
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        p.setEntry(i, j, known[place(i)][place(j)]);
      }
      boolean parameter = i < PARAMETERS;
      SensorBias bias = SensorBias.values()[parameter ? 0 : i - PARAMETERS];
      mean[i] = identified[place(i)];
      widths[i] = parameter ? IdentifiedParameter.values()[i].priorSigma() : accuracy.sigma(bias);
      sound[i] = parameter ? Math.min(production[i], widths[i]) : widths[i];
    }
    LUDecomposition lu = new LUDecomposition(p, SINGULAR);
    RealMatrix a = lu.getSolver().getInverse();
    RealVector m = new ArrayRealVector(mean);
    RealVector pulled = a.operate(m);
    double logWidths = 0;
    for (int i = 0; i < SIZE; i++) {
      a.addToEntry(i, i, 1 / (sound[i] * sound[i]) - 1 / (widths[i] * widths[i]));
      logWidths += 2 * Math.log(widths[i] / sound[i]);
    }
    LUDecomposition joint = new LUDecomposition(a, SINGULAR);
    covariance = joint.getSolver().getInverse();
    this.sound = covariance.operate(pulled);
    double far = m.dotProduct(pulled) - this.sound.dotProduct(pulled);
    logRatio =
        0.5 * (logWidths - Math.log(lu.getDeterminant()) - Math.log(joint.getDeterminant()) - far);
  }

  private static int place(int i) {
    return i < PARAMETERS ? i : i + 1; // The heat transfer lies between.
  }

  /** Probability of a sound battery against any other, by their probabilities beforehand. */
  double probability(double soundBefore, double otherBefore) {
    double ratio =
        Double.isFinite(logRatio)
            ? Math.exp(Math.min(Math.max(logRatio, -MOST_EVIDENCE), MOST_EVIDENCE))
            : 0.0;
    return soundBefore * ratio / (soundBefore * ratio + otherBefore);
  }

  /** Parameters and biases in the order that was given; no heat transfer. */
  double[] mean() {
    double[] all = new double[SIZE + 1];
    for (int i = 0; i < SIZE; i++) {
      all[place(i)] = sound.getEntry(i);
    }
    return all;
  }

  /** Covariance in the order of the joint one that was given, heat transfer as in no other. */
  double[][] covariance() {
    double[][] c = new double[SIZE + 1][SIZE + 1];
    for (int i = 0; i < SIZE; i++) {
      for (int j = 0; j < SIZE; j++) {
        c[place(i)][place(j)] = covariance.getEntry(i, j);
      }
    }
    return c;
  }
}
