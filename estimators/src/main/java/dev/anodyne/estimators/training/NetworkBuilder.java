package dev.anodyne.estimators.training;

import dev.anodyne.estimators.network.DenseLayer;
import dev.anodyne.estimators.network.Target;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/** Makes Deeplearning4j networks, and takes their weights out of them. */
final class NetworkBuilder {
  /** The anode potential is what counts; the others are there for people and for planners. */
  private static final double ANODE_POTENTIAL_WEIGHT = 4.0;

  private NetworkBuilder() {}

  /** A network with fresh weights that learns from labels. */
  static MultiLayerNetwork build(int inputs, FitSettings settings, double rate, long seed) {
    return build(inputs, settings, rate, seed, labelLoss());
  }

  /** How far answers are from labels. */
  static ILossFunction labelLoss() {
    return new MeanAndSpreadLoss(lossWeights());
  }

  /** A network with fresh weights. Not from two threads at once: the seed is Nd4j's own. */
  static MultiLayerNetwork build(
      int inputs, FitSettings settings, double rate, long seed, ILossFunction loss) {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.DOUBLE)
                .weightInit(WeightInit.XAVIER)
                .updater(new Adam(rate))
                .l2(settings.weightDecay())
                .list()
                .layer(hidden(inputs, settings.firstHidden()))
                .layer(hidden(settings.firstHidden(), settings.secondHidden()))
                .layer(
                    new OutputLayer.Builder(loss)
                        .nIn(settings.secondHidden())
                        .nOut(Target.outputs())
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
    net.init();
    return net;
  }

  private static double[] lossWeights() {
    double[] weights = new double[Target.count()];
    java.util.Arrays.fill(weights, 1.0);
    weights[Target.ANODE_POTENTIAL.ordinal()] = ANODE_POTENTIAL_WEIGHT;
    return weights;
  }

  private static org.deeplearning4j.nn.conf.layers.DenseLayer hidden(int inputs, int outputs) {
    return new org.deeplearning4j.nn.conf.layers.DenseLayer.Builder()
        .nIn(inputs)
        .nOut(outputs)
        .activation(Activation.TANH)
        .build();
  }

  /** The network's weights in the plain form that runs in the loop. */
  static List<DenseLayer> layers(MultiLayerNetwork net) {
    List<DenseLayer> layers = new ArrayList<>();
    int last = net.getnLayers() - 1;
    for (int l = 0; l <= last; l++) {
      INDArray w = net.getLayer(l).getParam("W");
      INDArray b = net.getLayer(l).getParam("b");
      int inputs = (int) w.size(0);
      int outputs = (int) w.size(1);
      double[] weights = new double[inputs * outputs];
      double[] biases = new double[outputs];
      for (int o = 0; o < outputs; o++) {
        biases[o] = b.getDouble(o);
        for (int i = 0; i < inputs; i++) {
          weights[o * inputs + i] = w.getDouble(i, o);
        }
      }
      DenseLayer.Activation f =
          l == last ? DenseLayer.Activation.IDENTITY : DenseLayer.Activation.TANH;
      layers.add(new DenseLayer(inputs, outputs, f, weights, biases));
    }
    return layers;
  }

  /**
   * Folds the scaling of the targets into the last layer, and rounds to what a file holds: a model
   * is calibrated and judged as it will run.
   *
   * @param moments mean and standard deviation of each quantity, in target units
   */
  static List<DenseLayer> inUnits(List<DenseLayer> layers, double[][] moments) {
    List<DenseLayer> folded = new ArrayList<>(layers);
    DenseLayer last = folded.remove(folded.size() - 1);
    double[] weights = last.weights().clone();
    double[] biases = last.biases().clone();
    for (int q = 0; q < Target.count(); q++) {
      for (int i = 0; i < last.inputs(); i++) {
        weights[q * last.inputs() + i] *= moments[1][q];
      }
      biases[q] = biases[q] * moments[1][q] + moments[0][q];
      biases[Target.count() + q] += Math.log(moments[1][q]);
    }
    folded.add(new DenseLayer(last.inputs(), last.outputs(), last.activation(), weights, biases));
    return folded.stream().map(NetworkBuilder::asStored).toList();
  }

  private static DenseLayer asStored(DenseLayer layer) {
    return new DenseLayer(
        layer.inputs(),
        layer.outputs(),
        layer.activation(),
        asFloats(layer.weights()),
        asFloats(layer.biases()));
  }

  private static double[] asFloats(double[] values) {
    double[] rounded = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      rounded[i] = (float) values[i];
    }
    return rounded;
  }
}
