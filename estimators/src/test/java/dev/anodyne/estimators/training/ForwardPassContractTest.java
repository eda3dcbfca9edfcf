package dev.anodyne.estimators.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.estimators.network.DenseNetwork;
import dev.anodyne.estimators.network.Ensemble;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.network.Target;
import java.util.List;
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
        NetworkBuilder.build(inputs, FitSettings.of(FeatureSet.AUGMENTED), 1e-3, 7L);
    // Biases begin at zero: random values, so that a bias read wrongly cannot hide.
    net.setParams(Nd4j.rand(DataType.DOUBLE, 1, net.numParams()).subi(0.5).muli(0.6));
    DenseNetwork plain = new DenseNetwork(NetworkBuilder.layers(net));
    RandomGenerator random = SeededRandom.of(3L);
    double largest = 0.0;
    for (int n = 0; n < 200; n++) {
      double[] x = random.doubles(inputs, -4.0, 4.0).toArray();
      INDArray y = net.output(Nd4j.create(x, new long[] {1, inputs}, DataType.DOUBLE));
      double[] own = plain.forward(x);
      for (int o = 0; o < Target.outputs(); o++) {
        // Both are double precision: 1e-6 leaves room for another tanh, not for another order.
        assertThat(own[o]).isCloseTo(y.getDouble(0, o), within(1e-6));
        largest = Math.max(largest, Math.abs(own[o]));
      }
    }
    assertThat(largest).as("the outputs are not all near zero").isGreaterThan(0.5);
  }

  @Test
  void foldingTheScalingOfTargetsChangesNoAnswer() {
    RandomGenerator random = SeededRandom.of(4L);
    Nd4jSetup.prepare();
    MultiLayerNetwork net = NetworkBuilder.build(5, new FitSettings(6, 4, 0, 0, 1), 1e-3, 7L);
    double[][] moments = {
      random.doubles(Target.count(), -3, 3).toArray(),
      random.doubles(Target.count(), 0.1, 20).toArray()
    };
    double[] x = random.doubles(5, -2, 2).toArray();
    double[] scaled = new DenseNetwork(NetworkBuilder.layers(net)).forward(x).clone();
    Ensemble folded =
        new Ensemble(List.of(NetworkBuilder.inUnits(NetworkBuilder.layers(net), moments)));
    folded.forward(x);
    for (Target t : Target.values()) {
      int i = t.ordinal();
      double mean = (scaled[i] * moments[1][i] + moments[0][i]) * t.unit();
      double sigma = Math.exp(scaled[Target.count() + i]) * moments[1][i] * t.unit();
      // Weights are rounded to 32 bits: 6e-8 each, some dozens of them.
      assertThat(folded.mean(t)).isCloseTo(mean, within(2e-5 * t.unit()));
      assertThat(folded.sigma(t) / sigma).isCloseTo(1.0, within(1e-5));
    }
  }

  @Test
  void lossGradientAgreesWithDifferences() {
    Nd4jSetup.prepare();
    int n = 3;
    MeanAndSpreadLoss loss = new MeanAndSpreadLoss(new double[] {4.0, 1.0, 0.5});
    RandomGenerator random = SeededRandom.of(8L);
    int rows = 40;
    INDArray labels =
        Nd4j.create(random.doubles(rows * 2 * n, -1, 1).toArray(), new int[] {rows, 2 * n});
    // Deeplearning4j hands over outputs in either memory order.
    INDArray output =
        Nd4j.create(random.doubles(rows * 2 * n, -1, 1).toArray(), new int[] {rows, 2 * n}, 'f');
    INDArray gradient = loss.computeGradient(labels, output.dup(), new ActivationIdentity(), null);
    double h = 1e-6;
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < 2 * n; c++) {
        INDArray up = output.dup();
        up.putScalar(r, c, output.getDouble(r, c) + h);
        INDArray down = output.dup();
        down.putScalar(r, c, output.getDouble(r, c) - h);
        double slope =
            (loss.computeScore(labels, up, new ActivationIdentity(), null, false)
                    - loss.computeScore(labels, down, new ActivationIdentity(), null, false))
                / (2 * h);
        // The gradient is the likelihood's times σ, which keeps hard rows from being given up.
        double sigma = Math.exp(output.getDouble(r, n + c % n));
        assertThat(gradient.getDouble(r, c)).isCloseTo(sigma * slope, within(1e-5));
      }
    }
  }

  @Test
  void lossTellsMeanAndSpreadOfWhatItIsShown() {
    Nd4jSetup.prepare();
    // Targets of a mean and a deviation that both depend on the input must be found again.
    MultiLayerNetwork net = NetworkBuilder.build(1, new FitSettings(16, 8, 0, 0, 1), 3e-3, 7L);
    RandomGenerator random = SeededRandom.of(2L);
    int rows = 512;
    for (int step = 0; step < 600; step++) {
      double[] x = random.doubles(rows, -1, 1).toArray();
      double[] y = new double[rows * Target.outputs()];
      for (int r = 0; r < rows; r++) {
        y[r * Target.outputs()] = x[r] + (0.3 + 0.2 * x[r]) * random.nextGaussian();
      }
      net.fit(
          Nd4j.create(x, new long[] {rows, 1}, DataType.DOUBLE),
          Nd4j.create(y, new long[] {rows, Target.outputs()}, DataType.DOUBLE));
    }
    Ensemble found = new Ensemble(List.of(NetworkBuilder.layers(net)));
    for (double x : new double[] {-0.8, 0.0, 0.8}) {
      found.forward(new double[] {x});
      double unit = Target.ANODE_POTENTIAL.unit();
      // 512 rows a step leave some per cent of scatter in the last weights.
      assertThat(found.mean(Target.ANODE_POTENTIAL) / unit).isCloseTo(x, within(0.06));
      assertThat(found.sigma(Target.ANODE_POTENTIAL) / unit).isCloseTo(0.3 + 0.2 * x, within(0.06));
    }
  }
}
