package dev.anodyne.estimators.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.estimators.network.DenseNetwork;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.network.Target;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.activations.impl.ActivationIdentity;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Holds the plain forward pass that runs in the loop to Deeplearning4j's own. */
class ForwardPassContractTest {

  @Test
  void plainForwardPassGivesWhatDeeplearning4jGives() {
    Nd4jSetup.prepare();
    int inputs = FeatureSet.AUGMENTED.names().size();
    MultiLayerNetwork net =
        NetworkTrainer.build(
            inputs,
            Target.count(),
            FitSettings.of(FeatureSet.AUGMENTED),
            7L,
            new MeanAndQuantileLoss(NetworkTrainer.TAU));
    // Biases begin at zero: random values, so that a bias read wrongly cannot hide.
    net.setParams(Nd4j.rand(DataType.DOUBLE, 1, net.numParams()).subi(0.5).muli(0.6));
    DenseNetwork plain = new DenseNetwork(NetworkTrainer.layers(net));
    RandomGenerator random = SeededRandom.of(3L);
    double largest = 0.0;
    for (int n = 0; n < 200; n++) {
      double[] x = random.doubles(inputs, -4.0, 4.0).toArray();
      INDArray y = net.output(Nd4j.create(x, new long[] {1, inputs}, DataType.DOUBLE));
      double[] own = plain.forward(x);
      for (int o = 0; o < Target.count(); o++) {
        // Both are double precision: 1e-6 leaves room for another tanh, not for another order.
        assertThat(own[o]).isCloseTo(y.getDouble(0, o), within(1e-6));
        largest = Math.max(largest, Math.abs(own[o]));
      }
    }
    assertThat(largest).as("the outputs are not all near zero").isGreaterThan(0.5);
  }

  @Test
  void lossGradientAgreesWithDifferences() {
    Nd4jSetup.prepare();
    MeanAndQuantileLoss loss = new MeanAndQuantileLoss(0.02);
    RandomGenerator random = SeededRandom.of(8L);
    int rows = 40;
    int columns = Target.count();
    INDArray labels =
        Nd4j.create(random.doubles(rows * columns, -1, 1).toArray(), new int[] {rows, columns});
    // Deeplearning4j hands over outputs in either memory order.
    INDArray output =
        Nd4j.create(
            random.doubles(rows * columns, -1, 1).toArray(), new int[] {rows, columns}, 'f');
    INDArray gradient = loss.computeGradient(labels, output.dup(), new ActivationIdentity(), null);
    double h = 1e-6;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        INDArray up = output.dup();
        up.putScalar(r, c, output.getDouble(r, c) + h);
        INDArray down = output.dup();
        down.putScalar(r, c, output.getDouble(r, c) - h);
        double slope =
            (loss.computeScore(labels, up, new ActivationIdentity(), null, false)
                    - loss.computeScore(labels, down, new ActivationIdentity(), null, false))
                / (2 * h);
        assertThat(gradient.getDouble(r, c)).isCloseTo(slope, within(1e-5));
      }
    }
  }
}
