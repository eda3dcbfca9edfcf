package dev.anodyne.estimators.training;

import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.estimators.network.DenseLayer;
import dev.anodyne.estimators.network.InputScaling;
import dev.anodyne.estimators.network.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/** Fits one network with Deeplearning4j: Adam, falling learning rate, early stopping. */
final class NetworkTrainer {
  /** The quantile that the last output learns: 2 %; calibration makes 99 % of sessions of it. */
  static final double TAU = 0.02;

  private static final int BATCH = 256;
  private static final int PATIENCE = 10;
  private static final double FIRST_RATE = 3e-3;
  private static final double LAST_RATE = 1e-4;

  private final FitSettings settings;
  private final int epochs;
  private final long seed;
  private final TrainingProgress progress;

  NetworkTrainer(FitSettings settings, int epochs, long seed, TrainingProgress progress) {
    this.settings = settings;
    this.epochs = epochs;
    this.seed = seed;
    this.progress = progress;
  }

  /** What a fit gives: layers that answer in target units, and how it went. */
  record Fitted(List<DenseLayer> layers, LearningCurve curve) {}

  Fitted fit(Rows training, Rows validation, InputScaling scaling) {
    Nd4jSetup.prepare();
    double[][] moments = training.targetMoments();
    MultiLayerNetwork net = build(training.inputs(), settings, seed);
    RandomGenerator random = SeededRandom.of(seed);
    int[] order = new int[training.count()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    List<Double> trainingLoss = new ArrayList<>();
    List<Double> validationLoss = new ArrayList<>();
    INDArray best = net.params().dup();
    double bestLoss = Double.POSITIVE_INFINITY;
    int bestEpoch = 0;
    for (int epoch = 0; epoch < epochs && epoch - bestEpoch < PATIENCE; epoch++) {
      net.setLearningRate(rate(epoch));
      shuffle(order, random);
      trainingLoss.add(epoch(net, training, scaling, moments, order, random));
      double loss = loss(net, validation, scaling, moments);
      validationLoss.add(loss);
      if (loss < bestLoss) {
        bestLoss = loss;
        bestEpoch = epoch + 1;
        best = net.params().dup();
      }
      progress.advanced(
          "Training",
          (epoch + 1.0) / epochs,
          String.format(Locale.ROOT, "epoch %d, validation loss %.4f", epoch + 1, loss));
    }
    net.setParams(best);
    return new Fitted(
        answersInUnits(layers(net), moments),
        new LearningCurve(trainingLoss, validationLoss, bestEpoch));
  }

  static MultiLayerNetwork build(int inputs, FitSettings settings, long seed) {
    MultiLayerNetwork net =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .seed(seed)
                .dataType(DataType.DOUBLE)
                .weightInit(WeightInit.XAVIER)
                .updater(new Adam(FIRST_RATE))
                .l2(settings.weightDecay())
                .list()
                .layer(hidden(inputs, settings.firstHidden()))
                .layer(hidden(settings.firstHidden(), settings.secondHidden()))
                .layer(
                    new OutputLayer.Builder(new MeanAndQuantileLoss(TAU))
                        .nIn(settings.secondHidden())
                        .nOut(Target.count())
                        .activation(Activation.IDENTITY)
                        .build())
                .build());
    net.init();
    return net;
  }

  private static org.deeplearning4j.nn.conf.layers.DenseLayer hidden(int inputs, int outputs) {
    return new org.deeplearning4j.nn.conf.layers.DenseLayer.Builder()
        .nIn(inputs)
        .nOut(outputs)
        .activation(Activation.TANH)
        .build();
  }

  private double rate(int epoch) {
    double share = epochs == 1 ? 0.0 : (double) epoch / (epochs - 1);
    return FIRST_RATE * Math.pow(LAST_RATE / FIRST_RATE, share);
  }

  private static void shuffle(int[] order, RandomGenerator random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int t = order[i];
      order[i] = order[j];
      order[j] = t;
    }
  }

  private double epoch(
      MultiLayerNetwork net,
      Rows rows,
      InputScaling scaling,
      double[][] moments,
      int[] order,
      RandomGenerator random) {
    double sum = 0.0;
    int batches = 0;
    for (int from = 0; from + Math.min(BATCH, order.length) <= order.length; from += BATCH) {
      int size = Math.min(BATCH, order.length - from);
      net.fit(
          inputs(rows, scaling, order, from, size, random),
          targets(rows, moments, order, from, size));
      sum += net.score();
      batches++;
    }
    return sum / batches;
  }

  private double loss(MultiLayerNetwork net, Rows rows, InputScaling scaling, double[][] moments) {
    int[] order = new int[rows.count()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    double sum = 0.0;
    for (int from = 0; from < order.length; from += 4 * BATCH) {
      int size = Math.min(4 * BATCH, order.length - from);
      INDArray x = inputs(rows, scaling, order, from, size, null);
      INDArray y = targets(rows, moments, order, from, size);
      sum += net.score(new DataSet(x, y), false) * size;
    }
    // Deeplearning4j adds the weight decay to the score; packs are not to be judged by it.
    return sum / order.length - net.calcRegularizationScore(true);
  }

  private INDArray inputs(
      Rows rows, InputScaling s, int[] order, int from, int size, @Nullable RandomGenerator noise) {
    int n = rows.inputs();
    double[] data = new double[size * n];
    for (int r = 0; r < size; r++) {
      int source = order[from + r] * n;
      for (int i = 0; i < n; i++) {
        data[r * n + i] = (rows.x()[source + i] - s.mean()[i]) / s.scale()[i];
        if (noise != null) {
          data[r * n + i] += settings.inputNoise() * noise.nextGaussian();
        }
      }
    }
    return Nd4j.create(data, new long[] {size, n}, DataType.DOUBLE);
  }

  private static INDArray targets(Rows rows, double[][] moments, int[] order, int from, int size) {
    int n = Target.count();
    double[] data = new double[size * n];
    for (int r = 0; r < size; r++) {
      int source = order[from + r] * n;
      for (int o = 0; o < n; o++) {
        data[r * n + o] = (rows.y()[source + o] - moments[0][o]) / moments[1][o];
      }
    }
    return Nd4j.create(data, new long[] {size, n}, DataType.DOUBLE);
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

  /** Folds the scaling of the targets into the last layer. */
  private static List<DenseLayer> answersInUnits(List<DenseLayer> layers, double[][] moments) {
    List<DenseLayer> folded = new ArrayList<>(layers);
    DenseLayer last = folded.remove(folded.size() - 1);
    double[] weights = last.weights().clone();
    double[] biases = last.biases().clone();
    for (int o = 0; o < last.outputs(); o++) {
      for (int i = 0; i < last.inputs(); i++) {
        weights[o * last.inputs() + i] *= moments[1][o];
      }
      biases[o] = biases[o] * moments[1][o] + moments[0][o];
    }
    folded.add(new DenseLayer(last.inputs(), last.outputs(), last.activation(), weights, biases));
    return folded;
  }
}
