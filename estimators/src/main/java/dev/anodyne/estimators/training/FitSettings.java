package dev.anodyne.estimators.training;

import dev.anodyne.estimators.network.FeatureSet;

/**
 * Size and regularisation of the networks of an ensemble.
 *
 * @param firstHidden units of the first hidden layer
 * @param secondHidden units of the second hidden layer
 * @param weightDecay L2 factor on the weights
 * @param inputNoise standard deviation of the noise on scaled inputs during training
 * @param members networks of the ensemble
 */
record FitSettings(
    int firstHidden, int secondHidden, double weightDecay, double inputNoise, int members) {

  /**
   * The correction of a twin is a small, smooth thing hidden in what differs between packs: strong
   * regularisation keeps the networks from learning the training packs by heart. Without a twin
   * they have to learn the cell itself, which takes size and precision.
   */
  static FitSettings of(FeatureSet kind) {
    return kind.correctsTwin()
        ? new FitSettings(64, 32, 3e-3, 0.15, 4)
        : new FitSettings(96, 48, 1e-4, 0.03, 4);
  }
}
