package dev.anodyne.core.charging;

/**
 * What a policy intends and predicts, one entry a prediction step. All arrays have the same length;
 * a policy without prediction leaves them empty. Arrays are not copied: do not change them.
 *
 * @param secondsAhead end of each step, seconds from the decision
 * @param chargeCurrentAmps planned cell current during the step, A
 * @param voltageVolts predicted cell voltage at the end of the step, V
 * @param anodePotentialVolts predicted anode potential (bound, back-off included), V
 * @param temperatureKelvin predicted temperature, K
 * @param soc predicted state of charge, 0–1
 */
@SuppressWarnings("ArrayRecordComponent")
public record PlanAhead(
    double[] secondsAhead,
    double[] chargeCurrentAmps,
    double[] voltageVolts,
    double[] anodePotentialVolts,
    double[] temperatureKelvin,
    double[] soc) {
  private static final double[] NO_STEPS = {};

  /** No plan. */
  public static final PlanAhead EMPTY =
      new PlanAhead(NO_STEPS, NO_STEPS, NO_STEPS, NO_STEPS, NO_STEPS, NO_STEPS);

  /** Number of prediction steps. */
  public int length() {
    return secondsAhead.length;
  }
}
