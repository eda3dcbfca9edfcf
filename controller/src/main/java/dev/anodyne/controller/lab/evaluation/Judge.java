package dev.anodyne.controller.lab.evaluation;

import dev.anodyne.controller.lab.evaluation.SessionTape.Truth;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.estimators.evaluation.PhysicalIdentities;

/** Shows an estimator the measurements of a session and compares its beliefs with the truth. */
final class Judge {
  /** Estimates count from here on, s after the estimator's first sample. */
  static final double SETTLED_SECONDS = 60;

  private static final double NANOS_PER_MICRO = 1000;

  private Judge() {}

  /**
   * @param joinSeconds samples before this are not shown: the estimator joins in later
   * @param identities sees every estimate of the session
   * @param score takes the result
   */
  static SessionScore judge(
      SessionTape tape,
      double joinSeconds,
      StateEstimator estimator,
      PhysicalIdentities identities,
      SessionScore score) {
    double applied = 0;
    double first = Double.NaN;
    for (int i = 0; i < tape.samples(); i++) {
      Truth truth = tape.truth(i);
      if (truth.seconds() < joinSeconds) {
        continue;
      }
      first = Double.isNaN(first) ? truth.seconds() : first;
      Measurement m = tape.measurement(i);
      CurrentCommand command =
          new CurrentCommand(Math.max(0, applied), m.voltageVolts(), Long.MAX_VALUE);
      applied = m.chargeCurrentAmps();
      long start = System.nanoTime();
      CellEstimate belief = estimator.update(m, command);
      double micros = (System.nanoTime() - start) / NANOS_PER_MICRO;
      identities.add(belief);
      if (truth.seconds() - first >= SETTLED_SECONDS) {
        score.add(i, truth, belief, micros);
      }
    }
    score.setViolations(identities.endSession());
    return score;
  }
}
