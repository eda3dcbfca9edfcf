package dev.anodyne.estimators.training;

import dev.anodyne.core.signal.SeededRandom;
import dev.anodyne.estimators.network.DenseLayer;
import dev.anodyne.estimators.network.InputScaling;
import dev.anodyne.estimators.network.Target;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Fits one network of an ensemble with Deeplearning4j: Adam, falling learning rate, early stopping
 * on the rows of its fold.
 */
final class NetworkTrainer {
  static final double FIRST_RATE = 1.5e-3;

  private static final int BATCH = 256;
  private static final int JUDGED_AT_ONCE = 2048;
  private static final int PATIENCE = 12;
  private static final double LAST_RATE = 5e-5;

  private final MultiLayerNetwork net;
  private final FitSettings settings;
  private final int epochs;
  private final RandomGenerator random;
  private final Rows rows;
  private final InputScaling scaling;
  private final double[][] moments;
  private final int[] fitted;
  private final int[] judged;
  private final @Nullable Informed informed;

  /**
   * @param net with its initial weights
   * @param seed of the order of the rows and of the noise
   * @param rows all that may be fitted to
   * @param fold these rows stop the fit, the others are fitted to
   * @param informed the physics in the network's loss; null when it learns from labels only
   */
  NetworkTrainer(
      MultiLayerNetwork net,
      FitSettings settings,
      int epochs,
      long seed,
      Rows rows,
      InputScaling scaling,
      int fold,
      @Nullable Informed informed) {
    this.net = net;
    this.informed = informed;
    this.settings = settings;
    this.epochs = epochs;
    this.random = SeededRandom.of(seed);
    this.rows = rows;
    this.scaling = scaling;
    this.moments = rows.targetMoments();
    this.fitted = rows.numbers(r -> rows.fold()[r] != fold);
    this.judged = rows.numbers(r -> rows.fold()[r] == fold);
  }

  /**
   * What a fit gives: layers that answer in target units, how it went, and the terms of the physics
   * in the kept epoch.
   */
  record Fitted(List<DenseLayer> layers, LearningCurve.Run run, @Nullable PhysicsTerms physics) {}

  /** The physics in a network's loss, and the batches that show it. */
  record Informed(InformedLoss loss, InformedBatches batches) {}

  /** Is told the number of epochs done, the validation loss, and the terms of the physics. */
  @FunctionalInterface
  interface EpochDone {
    void tell(int epoch, double loss, @Nullable PhysicsTerms physics);
  }

  Fitted fit(EpochDone progress) {
    List<Double> trainingLoss = new ArrayList<>();
    List<Double> validationLoss = new ArrayList<>();
    INDArray best = net.params().dup();
    double bestLoss = Double.POSITIVE_INFINITY;
    int bestEpoch = 0;
    PhysicsTerms kept = null;
    for (int epoch = 0; epoch < epochs && epoch - bestEpoch < PATIENCE; epoch++) {
      net.setLearningRate(rate(epoch));
      trainingLoss.add(epoch(drawn()));
      double loss = loss();
      validationLoss.add(loss);
      PhysicsTerms terms = informed == null ? null : informed.loss().takeTerms();
      if (loss < bestLoss) {
        bestLoss = loss;
        bestEpoch = epoch + 1;
        kept = terms;
        best = net.params().dup();
      }
      progress.tell(epoch + 1, loss, terms);
    }
    net.setParams(best);
    return new Fitted(
        NetworkBuilder.inUnits(NetworkBuilder.layers(net), moments),
        new LearningCurve.Run(trainingLoss, validationLoss, bestEpoch),
        kept);
  }

  private double rate(int epoch) {
    double share = epochs == 1 ? 0.0 : (double) epoch / (epochs - 1);
    return FIRST_RATE * Math.pow(LAST_RATE / FIRST_RATE, share);
  }

  /** The rows of one epoch in random order: each as often as its weight says, on average. */
  private int[] drawn() {
    int[] order = new int[64];
    int n = 0;
    for (int row : fitted) {
      int times = (int) (rows.weight()[row] + random.nextDouble());
      for (int t = 0; t < times; t++) {
        if (n == order.length) {
          order = Arrays.copyOf(order, 2 * n);
        }
        order[n++] = row;
      }
    }
    order = Arrays.copyOf(order, n);
    for (int i = n - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int t = order[i];
      order[i] = order[j];
      order[j] = t;
    }
    return order;
  }

  private double epoch(int[] order) {
    return informed == null ? labelledEpoch(order) : informedEpoch(order, informed);
  }

  private double informedEpoch(int[] order, Informed with) {
    double sum = 0.0;
    List<List<int[]>> batches = with.batches().cut(order, BATCH, random);
    for (List<int[]> batch : batches) {
      int[] numbers = InformedBatches.rows(batch);
      PhysicsBatch measured = with.batches().measured(batch);
      with.loss().enter(measured);
      double[] own = scaled(numbers, 0, numbers.length, random);
      // Probes have no labels; the loss does not look at the zeros that stand in their place.
      double[] labels =
          Arrays.copyOf(labels(numbers, 0, numbers.length), measured.size() * Target.outputs());
      net.fit(
          matrix(with.batches().withProbes(measured, own), measured.size()),
          matrix(labels, measured.size()));
      sum += net.score() - net.calcRegularizationScore(true);
    }
    with.loss().enter(null);
    return sum / Math.max(batches.size(), 1);
  }

  private static INDArray matrix(double[] rowAfterRow, int rows) {
    return Nd4j.create(rowAfterRow, new long[] {rows, rowAfterRow.length / rows}, DataType.DOUBLE);
  }

  private double labelledEpoch(int[] order) {
    double sum = 0.0;
    int batches = 0;
    int batch = Math.min(BATCH, order.length);
    for (int from = 0; from + batch <= order.length; from += batch) {
      net.fit(inputs(order, from, batch, random), targets(order, from, batch));
      // Deeplearning4j adds the weight decay to the score; packs are not to be judged by it.
      sum += net.score() - net.calcRegularizationScore(true);
      batches++;
    }
    return sum / Math.max(batches, 1);
  }

  /** Mean loss over the fold, each row by its weight. */
  private double loss() {
    double sum = 0.0;
    double weights = 0.0;
    for (int from = 0; from < judged.length; from += JUDGED_AT_ONCE) {
      int size = Math.min(JUDGED_AT_ONCE, judged.length - from);
      INDArray scores =
          net.scoreExamples(
              new DataSet(inputs(judged, from, size, null), targets(judged, from, size)), false);
      for (int i = 0; i < size; i++) {
        double w = rows.weight()[judged[from + i]];
        sum += w * scores.getDouble(i);
        weights += w;
      }
    }
    return sum / Math.max(weights, 1e-12);
  }

  private INDArray inputs(int[] order, int from, int size, @Nullable RandomGenerator noise) {
    return matrix(scaled(order, from, size, noise), size);
  }

  private double[] scaled(int[] order, int from, int size, @Nullable RandomGenerator noise) {
    int n = rows.inputs();
    double[] data = new double[size * n];
    for (int r = 0; r < size; r++) {
      int source = order[from + r] * n;
      for (int i = 0; i < n; i++) {
        data[r * n + i] = (rows.x()[source + i] - scaling.mean()[i]) / scaling.scale()[i];
        if (noise != null) {
          data[r * n + i] += settings.inputNoise() * noise.nextGaussian();
        }
      }
    }
    return data;
  }

  private INDArray targets(int[] order, int from, int size) {
    return matrix(labels(order, from, size), size);
  }

  /** Scaled targets; the second half of the columns only fills the room of the deviations. */
  private double[] labels(int[] order, int from, int size) {
    int n = Target.count();
    double[] data = new double[size * 2 * n];
    for (int r = 0; r < size; r++) {
      int source = order[from + r] * n;
      for (int q = 0; q < n; q++) {
        data[r * 2 * n + q] = (rows.y()[source + q] - moments[0][q]) / moments[1][q];
      }
    }
    return data;
  }
}
