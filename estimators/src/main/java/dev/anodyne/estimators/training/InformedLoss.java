package dev.anodyne.estimators.training;

import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * A loss on labels plus {@link PhysicsLoss}. Deeplearning4j hands a loss labels and outputs only,
 * so the trainer says before each batch what was measured ({@link #enter}); without that the labels
 * alone count, as when a fit is judged. The score is always that of the labels: comparable between
 * training and validation, and between networks with and without physics. For one network, one
 * thread.
 */
final class InformedLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  private final ILossFunction data;
  private final transient PhysicsLoss physics;
  private transient @Nullable PhysicsBatch batch;
  private transient PhysicsTerms sum = PhysicsTerms.NONE;
  private transient int batches;

  /**
   * @param data the loss on the labels
   * @param physics the loss on what was measured
   */
  InformedLoss(ILossFunction data, PhysicsLoss physics) {
    this.data = data;
    this.physics = physics;
  }

  /** What the next rows are: null when they have labels only. */
  void enter(@Nullable PhysicsBatch next) {
    batch = next;
  }

  /** Mean of the terms over the batches since the last call. */
  PhysicsTerms takeTerms() {
    PhysicsTerms mean = sum.times(1.0 / Math.max(batches, 1));
    sum = PhysicsTerms.NONE;
    batches = 0;
    return mean;
  }

  private INDArray labelled(INDArray all) {
    PhysicsBatch b = batch;
    return b == null ? all : all.get(NDArrayIndex.interval(0, b.rows()), NDArrayIndex.all()).dup();
  }

  @Override
  public double computeScore(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask, boolean average) {
    return data.computeScore(labelled(labels), labelled(preOutput), activation, mask, average);
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    return data.computeScoreArray(labels, preOutput, activation, mask);
  }

  @Override
  public INDArray computeGradient(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    PhysicsBatch b = batch;
    if (b == null) {
      return data.computeGradient(labels, preOutput, activation, mask);
    }
    INDArray part = data.computeGradient(labelled(labels), labelled(preOutput), activation, mask);
    int columns = (int) preOutput.size(1);
    double[] labelGradient = part.dup('c').data().asDouble();
    double[] gradient = new double[b.size() * columns];
    // The last layer is linear: what it gives before and after its activation is the same.
    PhysicsTerms terms = physics.add(b, preOutput.dup('c').data().asDouble(), columns, gradient);
    sum = sum.plus(terms);
    batches++;
    // Deeplearning4j divides by all rows, probes included; gradients of labels are sums over rows.
    double share = (double) b.size() / b.rows();
    for (int i = 0; i < gradient.length; i++) {
      double own = i < labelGradient.length ? labelGradient[i] : 0.0;
      gradient[i] = share * (own + b.rows() * gradient[i]);
    }
    return Nd4j.create(gradient, new long[] {b.size(), columns}, DataType.DOUBLE);
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
    return "InformedLoss";
  }
}
