package dev.anodyne.mpc;

import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dState;

/**
 * Lets a policy decide about a made-up cell: the first solves of a process take a hundred times as
 * long as later ones (class loading, compilation), which must not cost the first deadline.
 */
final class WarmUp {
  private static final double SOC = 0.3;
  private static final double KELVIN = 298.15;
  private static final int DECISIONS = 40;

  /** What is loaded and compiled stays so: later policies of a process decide quickly at once. */
  private static volatile boolean warm;

  private WarmUp() {}

  /** The next policy of this process warms up again, for tests. */
  static void forget() {
    warm = false;
  }

  /**
   * Some decisions in a row, one a second from time 0, unless a policy of this process has made
   * them already. What they leave behind is the caller's.
   */
  static void run(ChargingPolicy policy, P2dModel model) {
    if (warm) {
      return;
    }
    P2dState state = model.newState(SOC, KELVIN);
    ChargeLimits limits =
        new ChargeLimits(
            model.cell().nominalCapacityAmpHours(),
            model.cell().upperCutOffVolts(),
            KELVIN + 20.0,
            0.0,
            1.0,
            Double.POSITIVE_INFINITY,
            Double.POSITIVE_INFINITY,
            KELVIN);
    for (int i = 0; i < DECISIONS; i++) {
      policy.next(atRest(state, i), limits);
    }
    warm = true;
  }

  private static CellEstimate atRest(P2dState state, int second) {
    return new CellEstimate(
        second * 1_000_000_000L,
        true,
        true,
        0.0,
        3.7,
        KELVIN,
        SOC,
        0.1,
        0.1,
        SOC,
        SOC,
        1.0 - SOC,
        KELVIN,
        0.0,
        state);
  }
}
