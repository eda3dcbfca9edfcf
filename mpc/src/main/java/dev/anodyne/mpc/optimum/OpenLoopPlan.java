package dev.anodyne.mpc.optimum;

import dev.anodyne.core.p2d.SolveStatus;

/**
 * A current over time for a whole charge, and how good it is. Arrays are not copied: do not change
 * them.
 *
 * @param startSeconds begin of every piece of constant current, s from the start of the charge
 * @param chargeCurrentAmps its current, A; the last one goes on
 * @param seconds when the target is reached in a fine simulation, s
 * @param greedySeconds the same for the greedy charge on the finest mesh, s
 * @param meshChange relative change of {@code seconds} with the last refinement of the mesh
 * @param promisedShare gain that the last linear program still promised, as a share of the current
 * @param worstViolation largest violation of a limit in the fine simulation, in mV, 0.1 K, 0.001 of
 *     stoichiometry or 10 mol/m³; ≤ 0 when there is none
 * @param programs linear programs solved
 * @param status OK when the search converged
 */
@SuppressWarnings("ArrayRecordComponent")
public record OpenLoopPlan(
    double[] startSeconds,
    double[] chargeCurrentAmps,
    double seconds,
    double greedySeconds,
    double meshChange,
    double promisedShare,
    double worstViolation,
    int programs,
    SolveStatus status) {

  /** Mean planned current between two times, A. */
  public double meanAmps(double fromSeconds, double toSeconds) {
    int last = startSeconds.length - 1;
    double charge = 0.0;
    for (int j = 0; j <= last; j++) {
      double end = j == last ? Double.POSITIVE_INFINITY : startSeconds[j + 1];
      double overlap = Math.min(toSeconds, end) - Math.max(fromSeconds, startSeconds[j]);
      if (overlap > 0.0) {
        charge += overlap * chargeCurrentAmps[j];
      }
    }
    return charge / (toSeconds - fromSeconds);
  }
}
