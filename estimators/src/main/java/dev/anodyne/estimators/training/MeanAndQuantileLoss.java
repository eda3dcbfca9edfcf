package dev.anodyne.estimators.training;

import dev.anodyne.estimators.network.Target;
import java.util.Arrays;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.activations.IActivation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.ILossFunction;

/**
 * Squared error on all columns but the quantile's, pinball loss on that one, so that it learns a
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
    INDArray e = labels.sub(activation.getActivation(preOutput.dup(), true));
    INDArray squared = e.mul(e).muli(0.5);
    INDArray pinball = e.mul(tau).subi(e.mul(e.lt(0).castTo(e.dataType())));
    squared.muliRowVector(quantileColumn(e, 1.0, 0.0));
    pinball.muliRowVector(quantileColumn(e, 0.0, QUANTILE_WEIGHT));
    return squared.addi(pinball).sum(true, 1);
  }

  /** A row that weighs the quantile's column apart from the others. */
  private static INDArray quantileColumn(INDArray like, double others, double quantile) {
    int n = (int) like.size(1);
    double[] row = new double[n];
    Arrays.fill(row, others);
    row[Target.ANODE_POTENTIAL_QUANTILE.ordinal()] = quantile;
    return Nd4j.create(row, new long[] {1, n}, like.dataType());
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
    // ∂L/∂q = 1 − τ where the output lies above the label, −τ below it.
    INDArray pinball = gradient.gt(0).castTo(gradient.dataType()).subi(tau);
    pinball.muliRowVector(quantileColumn(gradient, 0.0, QUANTILE_WEIGHT));
    gradient.muliRowVector(quantileColumn(gradient, 1.0, 0.0)).addi(pinball);
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
