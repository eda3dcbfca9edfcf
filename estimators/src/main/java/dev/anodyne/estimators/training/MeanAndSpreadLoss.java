package dev.anodyne.estimators.training;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Negative logarithm of the likelihood of a distribution whose mean μ and logarithmic deviation s a
 * network gives: the first half of its columns are means, the second half the s of the same
 * quantities. The distribution is normal with exponential tails (Huber 1964): a session in which a
 * filter was lost must not outweigh a hundred others.
 *
 * <pre>
 *   L = Σ w (s + ρ(z)),   z = (y − μ) exp(−s),   ρ(z) = ½ z² for |z| ≤ c, else c |z| − ½ c²
 *   ∂L/∂μ → −w ρ′(z),   ∂L/∂s → w exp(s) (1 − z ρ′(z))
 * </pre>
 *
 * <p>The gradient is that of β-NLL with β = ½ (Seitzer et al. 2022, "On the pitfalls of
 * heteroscedastic uncertainty estimation with probabilistic neural networks"). The plain gradient,
 * which is exp(s) times smaller, lets a network give up rows that are hard at first by calling them
 * uncertain; the squared error alone spends it all on rows that nobody can know (an aged battery's
 * first minutes) and leaves millivolts on those that can be known.
 */
final class MeanAndSpreadLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  /** s is held within this: 0.03 % to 30 times the spread of the targets. */
  static final double LEAST = -8.0;

  static final double MOST = 3.5;

  /** Where the tails begin, in deviations. */
  static final double TAIL = 2.0;

  private final double[] weights;

  /**
   * @param weights of the quantities, one for each mean
   */
  MeanAndSpreadLoss(double[] weights) {
    this.weights = weights.clone();
  }

  /** What the network says, row after row: its last layer is linear. */
  private double[] outputs(INDArray preOutput) {
    if (preOutput.size(1) != 2L * weights.length) {
      throw new IllegalArgumentException(
          "The loss needs " + 2 * weights.length + " outputs, not " + preOutput.size(1) + ".");
    }
    return preOutput.dup('c').data().asDouble();
  }

  private static double held(double s) {
    return Math.min(Math.max(s, LEAST), MOST);
  }

  /** ρ′(z). */
  private static double pull(double z) {
    return Math.min(Math.max(z, -TAIL), TAIL);
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    double[] y = labels.dup('c').data().asDouble();
    double[] o = outputs(preOutput);
    int rows = (int) preOutput.size(0);
    int n = weights.length;
    double[] scores = new double[rows];
    for (int r = 0; r < rows; r++) {
      int at = 2 * n * r;
      for (int i = 0; i < n; i++) {
        double s = held(o[at + n + i]);
        double z = (y[at + i] - o[at + i]) * Math.exp(-s);
        double held = pull(z);
        scores[r] += weights[i] * (s + held * (z - 0.5 * held));
      }
    }
    return Nd4j.create(scores, new long[] {rows, 1}, DataType.DOUBLE);
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    double sum = computeScoreArray(labels, preOutput, activation, mask).sumNumber().doubleValue();
    return average ? sum / labels.size(0) : sum;
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    double[] y = labels.dup('c').data().asDouble();
    double[] o = outputs(preOutput);
    int rows = (int) preOutput.size(0);
    int n = weights.length;
    double[] g = new double[rows * 2 * n];
    for (int r = 0; r < rows; r++) {
      int at = 2 * n * r;
      for (int i = 0; i < n; i++) {
        double s = held(o[at + n + i]);
        double z = (y[at + i] - o[at + i]) * Math.exp(-s);
        double pull = pull(z);
        g[at + i] = -weights[i] * pull;
        boolean atEdge = o[at + n + i] != s;
        g[at + n + i] = atEdge ? 0.0 : weights[i] * Math.exp(s) * (1.0 - z * pull);
      }
    }
    return Nd4j.create(g, new long[] {rows, 2L * n}, DataType.DOUBLE);
  }

  @Override
  public Pair<Double, INDArray> computeGradientAndScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    return new Pair<>(
        computeScore(labels, preOutput, activation, mask, average),
        computeGradient(labels, preOutput, activation, mask));
  }

  @Override
  public String name() {
    return "MeanAndSpreadLoss";
  }
}
