package dev.anodyne.controller.session;

import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.StateEstimator;
import org.jspecify.annotations.Nullable;

/**
 * What a loop believes about the battery: feeds the estimator each usable sample once. Belongs to
 * the thread that decides.
 */
final class Belief {
  private final StateEstimator estimator;
  private final VoltageCeiling ceiling;
  private final PackLayout layout;
  private final Failures failures;
  private @Nullable CellEstimate latest;
  private long sampleNanos = Long.MIN_VALUE;

  Belief(StateEstimator estimator, VoltageCeiling ceiling, PackLayout layout, Failures failures) {
    this.estimator = estimator;
    this.ceiling = ceiling;
    this.layout = layout;
    this.failures = failures;
  }

  /**
   * Looks at a new image; the voltage ceiling follows its sample at once, since commands may be
   * given while the estimator still works on it.
   *
   * @return whether it holds a usable sample that was not there before
   */
  boolean begin(ChargerStatus status) {
    Measurement sample = status.measurement();
    boolean fresh =
        status.link() == ChargerStatus.LinkState.UP
            && sample.isUsable()
            && sample.timeNanos() > sampleNanos;
    if (fresh) {
      sampleNanos = sample.timeNanos();
      ceiling.observe(sample);
    }
    return fresh;
  }

  /**
   * Takes in a fresh sample.
   *
   * @param applied what was in force while it was taken
   * @return a sentence when the estimator failed, and then there is no belief; empty otherwise
   */
  String update(Measurement sample, InForce applied) {
    try {
      estimator.heated(applied.thermal().heatWatts() / (layout.series() * layout.parallel()));
      latest = estimator.update(sample, applied.current());
      return "";
    } catch (RuntimeException | LinkageError e) {
      latest = null;
      return failures.note("estimator", e);
    }
  }

  /** The newest belief; null before the first sample and after a failure. */
  @Nullable CellEstimate latest() {
    return latest;
  }
}
