package dev.anodyne.core.cell;

/**
 * Ties the two electrodes together through the lithium they share: Q_n x + Q_p y = n. State of
 * charge is linear in both stoichiometries between the cut-off voltages.
 */
public final class ElectrodeBalance {
  private ElectrodeBalance() {}

  /** Open-circuit voltage at rest and the reference temperature. */
  public static double openCircuitVolts(Electrode anode, Electrode cathode, double x, double y) {
    return cathode.openCircuitVolts(y) - anode.openCircuitVolts(x);
  }

  /** Stoichiometry window of two electrodes. */
  record Window(double anodeEmpty, double anodeFull, double cathodeEmpty, double cathodeFull) {}

  /**
   * The window in which the open-circuit voltage stays between the cut-offs.
   *
   * @param lithiumAmpHours n, lithium in both electrodes
   */
  static Window window(
      Electrode anode,
      Electrode cathode,
      double areaM2,
      double lithiumAmpHours,
      double lowerVolts,
      double upperVolts) {
    double qn = anode.siteCapacityAmpHours(areaM2);
    double qp = cathode.siteCapacityAmpHours(areaM2);
    double empty = solve(anode, cathode, qn, qp, lithiumAmpHours, lowerVolts);
    double full = solve(anode, cathode, qn, qp, lithiumAmpHours, upperVolts);
    return new Window(
        empty, full, (lithiumAmpHours - qn * empty) / qp, (lithiumAmpHours - qn * full) / qp);
  }

  /** Bisection on x: the open-circuit voltage rises monotonically as lithium moves to the anode. */
  private static double solve(
      Electrode anode, Electrode cathode, double qn, double qp, double lithium, double volts) {
    double low = Math.max(0, (lithium - qp) / qn);
    double high = Math.min(1, lithium / qn);
    for (int i = 0; i < 200 && high - low > 1e-15; i++) {
      double x = 0.5 * (low + high);
      if (openCircuitVolts(anode, cathode, x, (lithium - qn * x) / qp) < volts) {
        low = x;
      } else {
        high = x;
      }
    }
    return 0.5 * (low + high);
  }
}
