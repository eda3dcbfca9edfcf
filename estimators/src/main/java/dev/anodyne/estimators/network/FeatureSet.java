package dev.anodyne.estimators.network;

import dev.anodyne.core.charging.PackLayout;
import java.util.List;

/** The kinds of network: what goes in, and what the answer is added to. */
public enum FeatureSet {
  /** Measurements plus the digital twin's state and innovations; corrects the twin. */
  AUGMENTED("augmented", AugmentedFeatures.NAMES),
  /** Windows of current, voltage and temperature only; answers outright. */
  LEARNED("learned", LearnedFeatures.NAMES),
  /** The same inputs and answers as {@link #LEARNED}, fitted with physics in the loss. */
  INFORMED("informed", LearnedFeatures.NAMES);

  private final String estimatorName;
  private final List<String> names;

  FeatureSet(String estimatorName, String[] names) {
    this.estimatorName = estimatorName;
    this.names = List.of(names);
  }

  /** Name of the estimator that uses these features. */
  public String estimatorName() {
    return estimatorName;
  }

  /** Names of the inputs, in order, units in brackets. */
  public List<String> names() {
    return names;
  }

  /** Begins a stream of samples. */
  public FeatureExtractor newExtractor(double ampHours, PackLayout layout) {
    return this == AUGMENTED
        ? new AugmentedFeatures(ampHours, layout)
        : new LearnedFeatures(ampHours, layout);
  }

  /** True when an answer is a correction of the twin's value. */
  public boolean correctsTwin() {
    return this == AUGMENTED;
  }
}
