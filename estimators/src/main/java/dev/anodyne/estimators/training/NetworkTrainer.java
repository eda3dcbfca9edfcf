package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.estimators.network.DenseLayer;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.network.InputScaling;
import java.util.ArrayList;
import java.util.Arrays;
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
import org.nd4j.linalg.lossfunctions.ILossFunction;

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
  private final @Nullable CellParameters informedBy;

  /**
   * @param informedBy the nominal cell whose physics is in the loss; null: labels only
   */
  NetworkTrainer(
      FitSettings settings,
      int epochs,
      long seed,
      TrainingProgress progress,
      @Nullable CellParameters informedBy) {
    this.informedBy = informedBy;
    this.settings = settings;
    this.epochs = epochs;
    this.seed = seed;
    this.progress = progress;
  }

  /**
   * What a fit gives: layers that answer in target units, how it went, and the terms of the physics
   * in the kept epoch.
   */
  record Fitted(List<DenseLayer> layers, LearningCurve curve, @Nullable PhysicsTerms physics) {}

  /** The physics in a network's loss, and the batches that show it. */
  private record Informed(InformedLoss loss, InformedBatches batches) {}

  Fitted fit(Rows training, Rows validation, InputScaling scaling) {
    Nd4jSetup.prepare();
    double[][] moments = training.targetMoments();
    Informed informed = informed(training, scaling, moments);
    MultiLayerNetwork net =
        build(
            training.inputs(),
            training.outputs(),
            settings,
            seed,
            informed == null ? new MeanAndQuantileLoss(TAU) : informed.loss());
    PhysicsTerms kept = null;
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
      trainingLoss.add(
          informed == null
              ? epoch(net, training, scaling, moments, order, random)
              : epoch(net, training, scaling, moments, order, random, informed));
      PhysicsTerms terms = informed == null ? null : informed.loss().takeTerms();
      double loss = loss(net, validation, scaling, moments);
      validationLoss.add(loss);
      if (loss < bestLoss) {
        bestLoss = loss;
        bestEpoch = epoch + 1;
        kept = terms;
        best = net.params().dup();
      }
      progress.advanced(
          "Training",
          (epoch + 1.0) / epochs,
          String.format(Locale.ROOT, "epoch %d, validation loss %.4f", epoch + 1, loss)
              + (terms == null ? "" : ", " + terms.text()));
    }
    net.setParams(best);
    return new Fitted(
        answersInUnits(layers(net), moments),
        new LearningCurve(trainingLoss, validationLoss, bestEpoch),
        kept);
  }

  private @Nullable Informed informed(Rows rows, InputScaling scaling, double[][] moments) {
    CellParameters cell = informedBy;
    return cell == null
        ? null
        : new Informed(
            new InformedLoss(
                new MeanAndQuantileLoss(TAU), new PhysicsLoss(cell, moments, PhysicsLoss.WEIGHTS)),
            new InformedBatches(cell, FeatureSet.INFORMED, rows, scaling));
  }

  static MultiLayerNetwork build(
      int inputs, int outputs, FitSettings settings, long seed, ILossFunction loss) {
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
                    new OutputLayer.Builder(loss)
                        .nIn(settings.secondHidden())
                        .nOut(outputs)
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

  /** The same in batches of groups of one session each, with probes. */
  private double epoch(
      MultiLayerNetwork net,
      Rows rows,
      InputScaling scaling,
      double[][] moments,
      int[] order,
      RandomGenerator random,
      Informed with) {
    double sum = 0.0;
    List<List<int[]>> batches = with.batches().cut(order, BATCH, random);
    for (List<int[]> batch : batches) {
      int[] numbers = InformedBatches.rows(batch);
      PhysicsBatch measured = with.batches().measured(batch);
      with.loss().enter(measured);
      double[] own = scaledInputs(rows, scaling, numbers, 0, numbers.length, random);
      // Probes have no labels; the loss does not look at the zeros that stand in their place.
      double[] labels =
          Arrays.copyOf(
              scaledTargets(rows, moments, numbers, 0, numbers.length),
              measured.size() * rows.outputs());
      net.fit(
          matrix(with.batches().withProbes(measured, own), measured.size()),
          matrix(labels, measured.size()));
      sum += net.score();
    }
    with.loss().enter(null);
    return sum / Math.max(batches.size(), 1);
  }

  private static INDArray matrix(double[] rowAfterRow, int rows) {
    return Nd4j.create(rowAfterRow, new long[] {rows, rowAfterRow.length / rows}, DataType.DOUBLE);
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
    return matrix(scaledInputs(rows, s, order, from, size, noise), size);
  }

  private double[] scaledInputs(
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
    return data;
  }

  private static INDArray targets(Rows rows, double[][] moments, int[] order, int from, int size) {
    return matrix(scaledTargets(rows, moments, order, from, size), size);
  }

  private static double[] scaledTargets(
      Rows rows, double[][] moments, int[] order, int from, int size) {
    int n = rows.outputs();
    double[] data = new double[size * n];
    for (int r = 0; r < size; r++) {
      int source = order[from + r] * n;
      for (int o = 0; o < n; o++) {
        data[r * n + o] = (rows.y()[source + o] - moments[0][o]) / moments[1][o];
      }
    }
    return data;
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
