package dev.anodyne.estimators.training;

import dev.anodyne.estimators.network.FeatureSet;

/**
 * Size and regularisation of a network.
 *
 * @param firstHidden units of the first hidden layer
 * @param secondHidden units of the second hidden layer
 * @param weightDecay L2 factor on the weights
 * @param inputNoise standard deviation of the noise on scaled inputs during training
 */
record FitSettings(int firstHidden, int secondHidden, double weightDecay, double inputNoise) {

  /**
   * The correction of a twin is a small, smooth thing hidden in what differs between packs: strong
   * regularisation keeps the network from learning the training packs by heart. Without a twin the
   * network has to learn the cell itself, which takes size and precision.
   */
  static FitSettings of(FeatureSet kind) {
    return kind.correctsTwin()
        ? new FitSettings(64, 32, 1e-2, 0.2)
        : new FitSettings(96, 48, 1e-4, 0.02);
  }
}
