package dev.anodyne.estimators.network;

import java.util.Arrays;

/**
 * Makes the deviation that networks admit of the anode potential honest: how much larger errors
 * really are depends on how sure the networks are (small deviations are about right, those of
 * batteries that look odd are too small). A likelihood leaves that to chance; here sessions that
 * nothing was fitted to tell it (recalibration of regression: Kuleshov, Fenner, Ermon 2018).
 *
 * <pre>
 *   σ' = σ exp h(ln σ)
 * </pre>
 *
 * with h piecewise linear between the knots and constant beyond them, such that σ' never falls
 * where σ rises. A bound that is made of σ' therefore never jumps.
 *
 * @param logSigma knots, ln V, ascending
 * @param logFactor h at the knots
 */
@SuppressWarnings("ArrayRecordComponent") // A short table, compared nowhere.
public record SigmaScale(double[] logSigma, double[] logFactor) {
  /** Leaves deviations as they are. */
  public static final SigmaScale NONE = new SigmaScale(new double[] {0.0}, new double[] {0.0});

  private static final double LEAST_SIGMA = 1e-9;

  public SigmaScale {
    if (logSigma.length == 0 || logSigma.length != logFactor.length) {
      throw new IllegalArgumentException(
          "A scale of deviations needs as many factors as knots, at least one: not "
              + logFactor.length
              + " and "
              + logSigma.length
              + ".");
    }
    for (int i = 0; i < logSigma.length; i++) {
      boolean ascends =
          i == 0
              || (logSigma[i] > logSigma[i - 1]
                  && logSigma[i] + logFactor[i] >= logSigma[i - 1] + logFactor[i - 1] - 1e-9);
      if (!ascends || !Double.isFinite(logSigma[i]) || !Double.isFinite(logFactor[i])) {
        throw new IllegalArgumentException(
            "A scale of deviations must be finite and ascend: knots "
                + Arrays.toString(logSigma)
                + ", factors "
                + Arrays.toString(logFactor)
                + ".");
      }
    }
    logSigma = logSigma.clone();
    logFactor = logFactor.clone();
  }

  /** σ' of σ, both in V. */
  public double apply(double sigma) {
    double x = Math.log(Math.max(sigma, LEAST_SIGMA));
    int last = logSigma.length - 1;
    if (x <= logSigma[0] || last == 0) {
      return sigma * Math.exp(logFactor[0]);
    }
    if (x >= logSigma[last]) {
      return sigma * Math.exp(logFactor[last]);
    }
    int i = 0;
    while (x > logSigma[i + 1]) {
      i++;
    }
    double share = (x - logSigma[i]) / (logSigma[i + 1] - logSigma[i]);
    return sigma * Math.exp(logFactor[i] + share * (logFactor[i + 1] - logFactor[i]));
  }
}
