package dev.anodyne.mpc.objective;

/**
 * What a long-term plan intends and expects, for people. Times count from the policy's first
 * decision; everything belongs to one cell. Arrays have the same length and are not copied.
 *
 * @param meetsDeparture whether the plan arrives by the departure with its reserve; true without a
 *     departure
 * @param earliestSeconds the earliest arrival that the plan counts on, s; +∞ when there is none
 * @param beginSeconds where each step begins, s
 * @param amps planned current, A
 * @param heatWatts planned heat into the cell, W
 * @param soc state of charge at the step's end, 0–1
 * @param kelvin temperature at the step's end, K
 * @param kilowattHours energy from the grid over all steps, kWh
 * @param cost what that costs by the tariff
 * @param lossPercent capacity lost for good over all steps, per cent of the nominal one
 */
@SuppressWarnings("ArrayRecordComponent")
public record Schedule(
    boolean meetsDeparture,
    double earliestSeconds,
    double[] beginSeconds,
    double[] amps,
    double[] heatWatts,
    double[] soc,
    double[] kelvin,
    double kilowattHours,
    double cost,
    double lossPercent) {

  /** Number of steps. */
  public int length() {
    return beginSeconds.length;
  }
}
