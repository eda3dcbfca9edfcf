package dev.anodyne.estimators.training;

import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Squared error on all columns but the last, pinball loss on the last one, so that it learns a
 * quantile (Koenker &amp; Bassett 1978): L = max(τ e, (τ − 1) e) with e = label − output.
 */
final class MeanAndQuantileLoss implements ILossFunction {
  private static final long serialVersionUID = 1L;

  /** Weight of the pinball column against a squared one. */
  private static final double QUANTILE_WEIGHT = 1.0;

  private final double tau;

  MeanAndQuantileLoss(double tau) {
    this.tau = tau;
  }

  @Override
  public INDArray computeScoreArray(
      INDArray labels, INDArray preOutput, IActivation activation, INDArray mask) {
    INDArray error = labels.sub(activation.getActivation(preOutput.dup(), true));
    int last = (int) error.size(1) - 1;
    INDArray squared = error.get(NDArrayIndex.all(), NDArrayIndex.interval(0, last)).dup();
    squared.muli(squared).muli(0.5);
    INDArray e = error.getColumn(last, true);
    INDArray negative = e.lt(0).castTo(e.dataType());
    INDArray pinball = e.mul(tau).subi(e.mul(negative)).muli(QUANTILE_WEIGHT);
    return Nd4j.hstack(squared, pinball).sum(true, 1);
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
    INDArray output = activation.getActivation(preOutput.dup(), true);
    INDArray gradient = output.sub(labels);
    int last = (int) gradient.size(1) - 1;
    INDArray column = gradient.getColumn(last, true);
    // ∂L/∂q = 1 − τ where the output lies above the label, −τ below it.
    INDArray above = column.gt(0).castTo(column.dataType());
    gradient.putColumn(last, above.sub(tau).muli(QUANTILE_WEIGHT));
    return activation.backprop(preOutput.dup(), gradient).getFirst();
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
    return "MeanAndQuantileLoss";
  }
}
