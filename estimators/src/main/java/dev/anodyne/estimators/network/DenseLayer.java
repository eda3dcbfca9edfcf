package dev.anodyne.estimators.network;

/**
 * One fully connected layer, y = f(W x + b). Immutable by convention: the arrays are not handed out
 * for writing.
 *
 * @param inputs length of x
 * @param outputs length of y
 * @param activation f
 * @param weights W, row after row (one row an output)
 * @param biases b
 */
@SuppressWarnings("ArrayRecordComponent") // Weights, compared nowhere.
public record DenseLayer(
    int inputs, int outputs, Activation activation, double[] weights, double[] biases) {

  /** What a layer does to its sums. */
  public enum Activation {
    /** Hyperbolic tangent. */
    TANH,
    /** Nothing. */
    IDENTITY
  }

  public DenseLayer {
    if (weights.length != inputs * outputs || biases.length != outputs) {
      throw new IllegalArgumentException(
          "A layer of "
              + inputs
              + " inputs and "
              + outputs
              + " outputs needs "
              + inputs * outputs
              + " weights and "
              + outputs
              + " biases, not "
              + weights.length
              + " and "
              + biases.length
              + ".");
    }
  }

  /**
   * y = f(W x + b).
   *
   * @param x Not modified.
   * @param y Modified.
   */
  void apply(double[] x, double[] y) {
    int w = 0;
    for (int o = 0; o < outputs; o++) {
      double sum = biases[o];
      for (int i = 0; i < inputs; i++) {
        sum += weights[w++] * x[i];
      }
      y[o] = activation == Activation.TANH ? Math.tanh(sum) : sum;
    }
  }
}
