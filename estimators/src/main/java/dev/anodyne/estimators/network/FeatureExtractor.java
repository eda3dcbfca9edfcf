package dev.anodyne.estimators.network;

import dev.anodyne.core.charging.Measurement;
import dev.anodyne.estimators.twin.TwinSignals;

/** Turns the stream of samples into a network's inputs. Not thread-safe. */
public sealed interface FeatureExtractor permits AugmentedFeatures, LearnedFeatures {

  /**
   * Takes in a usable sample.
   *
   * @param m the sample
   * @param twin what the twin found from it; its {@code started} restarts the filters
   * @param features Modified: the inputs, in physical units, in the order of {@link
   *     FeatureSet#names()}
   */
  void update(Measurement m, TwinSignals twin, double[] features);
}
