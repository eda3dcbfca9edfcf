package dev.anodyne.mpc;

import dev.anodyne.mpc.prediction.HorizonGrid;

/**
 * What an ampere is worth by when it flows.
 *
 * <pre>
 * w(t) = e^(−δ·t/H)                       t ≤ t_f
 * w(t) = e^(−δ·t/H − (t − t_f)/(κ·t_f))   after it          c_j = ∫ of w over move j, Σ c_j = 1
 * </pre>
 *
 * <p>t_f is when the present plan is complete. Up to there charge counts nearly alike whenever it
 * comes, so that a current that wastes the room to a limit does not pay; later it is worth little.
 * Maximising the charge delivered by the time at which the last plan was complete, again and again,
 * is minimising that time: each plan is complete a little before its t_f, which is the next one's.
 * Beyond the horizon's end t_f does not count.
 *
 * <p>Why not an early preference alone (a large δ): with a limited temperature, heat goes with the
 * square of the current, so that a fast start into the limit costs more time than it wins. For a
 * lumped cell of constant resistance, Pontryagin's principle gives I ∝ e^(−t/τ), from twice the
 * current that holds the limit, until the limit is reached at t = τ·ln 2 (τ: the cell's thermal
 * time constant).
 */
final class ChargeWorth {
  /** A plan is asked for that ends this much earlier than the last one. */
  private static final double EARLIER = 0.98;

  /** How fast worth falls after the end, as a share of the time to the end. */
  private static final double FALL_SHARE = 0.1;

  private static final int PARTS = 8;

  private final HorizonGrid grid;
  private final double decay;
  private final double[] worth;

  ChargeWorth(HorizonGrid grid, double decay) {
    this.grid = grid;
    this.decay = decay;
    worth = new double[grid.moves()];
  }

  /**
   * Worth of each move around a plan.
   *
   * @param moveAmps the plan
   * @param chargeLeftAmpSeconds charge to the target, A·s; +∞ when charge is to count by δ alone
   * @return one value a move, in sum 1. Overwritten by the next call
   */
  double[] around(double[] moveAmps, double chargeLeftAmpSeconds) {
    double end = EARLIER * completionSeconds(moveAmps, chargeLeftAmpSeconds);
    double sum = 0.0;
    for (int j = 0; j < worth.length; j++) {
      double part = grid.moveSeconds(j) / PARTS;
      worth[j] = 0.0;
      for (int i = 0; i < PARTS; i++) {
        worth[j] += part * at(grid.moveStartSeconds(j) + (i + 0.5) * part, end);
      }
      sum += worth[j];
    }
    for (int j = 0; j < worth.length; j++) {
      worth[j] /= sum;
    }
    return worth;
  }

  private double at(double seconds, double end) {
    double early = -decay * seconds / grid.horizonSeconds();
    double late = seconds > end ? (end - seconds) / (FALL_SHARE * end) : 0.0;
    return Math.exp(early + late);
  }

  /** When a plan has delivered a charge, s; +∞ when it has not within the horizon. */
  private double completionSeconds(double[] moveAmps, double chargeAmpSeconds) {
    double left = chargeAmpSeconds;
    for (int j = 0; j < moveAmps.length; j++) {
      double charge = moveAmps[j] * grid.moveSeconds(j);
      if (charge >= left * (1.0 - 1e-9)) {
        return grid.moveStartSeconds(j) + Math.max(0.0, left) / Math.max(1e-9, moveAmps[j]);
      }
      left -= charge;
    }
    return Double.POSITIVE_INFINITY;
  }
}
