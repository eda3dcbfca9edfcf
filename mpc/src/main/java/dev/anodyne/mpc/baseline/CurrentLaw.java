package dev.anodyne.mpc.baseline;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;

/** A rule from belief to wanted current, before the limits that every policy obeys. */
public interface CurrentLaw {
  /**
   * The current this law would like.
   *
   * @param estimate a valid belief
   * @param limits the limits in force
   * @param presentAmps current flowing now, A
   * @return A, ≥ 0; NaN when the law has no answer
   */
  double wantedAmps(CellEstimate estimate, ChargeLimits limits, double presentAmps);

  /**
   * What explains the last answer; {@link ActiveConstraint#NONE} when it is the law's own choice.
   */
  ActiveConstraint explanation();
}
