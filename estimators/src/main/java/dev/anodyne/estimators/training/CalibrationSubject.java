package dev.anodyne.estimators.training;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.estimators.EstimatorOptions;
import dev.anodyne.estimators.bounds.BoundInputs;
import java.util.List;

/**
 * An estimator whose bounds are to be calibrated.
 *
 * @param estimator as a controller runs it
 * @param inputs what it makes each of its bounds from, overwritten by each of its updates: the
 *     twin's and, of an estimator that corrects it, the networks'
 */
record CalibrationSubject(StateEstimator estimator, List<BoundInputs> inputs) {
  CalibrationSubject {
    inputs = List.copyOf(inputs);
  }

  /** Makes one for a battery. */
  @FunctionalInterface
  interface Maker {
    CalibrationSubject make(CellParameters cell, PackLayout layout, EstimatorOptions options);
  }
}
