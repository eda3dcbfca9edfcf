package dev.anodyne.core.protocol;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.cell.CellVariation;

/**
 * Capacity between the cut-off voltages (at rest) that is left after lithium has been lost: the
 * electrodes' balance solved anew, linear between nearby losses.
 */
final class RemainingCapacity {
  /** Share of the capacity over which the balance is taken as linear. */
  private static final double REACH = 1e-3;

  private final CellParameters cell;
  private final double fresh;
  private double loss0;
  private double capacity0;
  private double slope;

  RemainingCapacity(CellParameters cell) {
    this.cell = cell;
    fresh = cell.capacityAmpHours();
    anchor(0.0);
  }

  /** Capacity left after this loss of lithium, A·h. */
  double ampHours(double lossAmpHours) {
    double loss = Math.max(0.0, Math.min(0.95 * fresh, lossAmpHours));
    if (loss < loss0 || loss > loss0 + REACH * fresh) {
      anchor(Math.floor(loss / (REACH * fresh)) * REACH * fresh);
    }
    return capacity0 + slope * (loss - loss0);
  }

  private void anchor(double loss) {
    loss0 = loss;
    capacity0 = solve(loss);
    slope = (solve(loss + REACH * fresh) - capacity0) / (REACH * fresh);
  }

  private double solve(double loss) {
    if (loss <= 0) {
      return fresh;
    }
    CellVariation variation = new CellVariation(1, 0, 1, 1, 1, 1, 1, 1, loss / fresh, 0, 0, 1);
    return cell.with(variation).capacityAmpHours();
  }
}
