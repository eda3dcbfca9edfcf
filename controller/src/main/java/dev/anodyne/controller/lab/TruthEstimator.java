package dev.anodyne.controller.lab;

import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.plantsim.pack.CellState;
import dev.anodyne.plantsim.pack.PackState;
import java.util.Comparator;
import java.util.function.Supplier;

/**
 * The oracle: says what is true about the cell with the lowest anode potential. For judging
 * policies without the estimator's errors; no controller of a real charger can have it. The digital
 * twin's full state, which planners start from, comes from an ordinary estimator.
 */
final class TruthEstimator implements StateEstimator {
  private final StateEstimator twin;
  private final Supplier<PackState> truth;

  /**
   * An oracle.
   *
   * @param twin gives the twin's state and everything that is measured
   * @param truth the plant's truth at the newest tick
   */
  TruthEstimator(StateEstimator twin, Supplier<PackState> truth) {
    this.twin = twin;
    this.truth = truth;
  }

  @Override
  public void heated(double cellWatts) {
    twin.heated(cellWatts);
  }

  @Override
  public CellEstimate update(Measurement measurement, CurrentCommand applied) {
    CellEstimate belief = twin.update(measurement, applied);
    CellState weakest =
        truth.get().cells().stream()
            .min(Comparator.comparingDouble(CellState::anodePotentialVolts))
            .orElseThrow();
    return new CellEstimate(
        measurement.timeNanos(),
        true,
        true,
        belief.chargeCurrentAmps(),
        belief.voltageVolts(),
        belief.temperatureKelvin(),
        weakest.soc(),
        weakest.anodePotentialVolts(),
        weakest.anodePotentialVolts(),
        weakest.anodeSurfaceStoichiometry(),
        weakest.anodeSurfaceStoichiometryAtSeparator(),
        weakest.cathodeSurfaceStoichiometry(),
        weakest.temperatureKelvin(),
        belief.voltageBiasVolts(),
        belief.twinState(),
        belief.anodeStoichiometry(),
        belief.cathodeStoichiometry(),
        belief.intervals());
  }
}
