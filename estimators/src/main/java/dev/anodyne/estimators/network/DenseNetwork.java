package dev.anodyne.estimators.network;

import java.util.List;

/**
 * Plain forward pass of a fully connected network. The weights are immutable; the scratch arrays
 * make an instance unsafe for several threads.
 */
public final class DenseNetwork {
  private final List<DenseLayer> layers;
  private final double[][] scratch;

  /** A network of at least one layer whose sizes fit. */
  public DenseNetwork(List<DenseLayer> layers) {
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("A network needs at least one layer, not none.");
    }
    for (int i = 1; i < layers.size(); i++) {
      if (layers.get(i).inputs() != layers.get(i - 1).outputs()) {
        throw new IllegalArgumentException(
            "Layer "
                + (i + 1)
                + " takes "
                + layers.get(i).inputs()
                + " values, but layer "
                + i
                + " gives "
                + layers.get(i - 1).outputs()
                + ".");
      }
    }
    this.layers = List.copyOf(layers);
    this.scratch = new double[layers.size()][];
    for (int i = 0; i < layers.size(); i++) {
      scratch[i] = new double[layers.get(i).outputs()];
    }
  }

  public List<DenseLayer> layers() {
    return layers;
  }

  public int inputs() {
    return layers.get(0).inputs();
  }

  public int outputs() {
    return layers.get(layers.size() - 1).outputs();
  }

  /**
   * The network's output.
   *
   * @param x scaled inputs. Not modified.
   * @return the output, in an array that the next call overwrites
   */
  public double[] forward(double[] x) {
    double[] in = x;
    for (int i = 0; i < scratch.length; i++) {
      layers.get(i).apply(in, scratch[i]);
      in = scratch[i];
    }
    return in;
  }
}
