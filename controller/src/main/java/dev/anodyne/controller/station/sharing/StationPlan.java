package dev.anodyne.controller.station.sharing;

import dev.anodyne.mpc.lp.LpStatus;
import java.util.List;
import java.util.Map;

/**
 * A plan of a station over the time ahead.
 *
 * @param madeNanos when it begins
 * @param status how the last of its solves ended; no plan is used unless it has a solution
 * @param solveNanos time all solves took, ns
 * @param slots in order
 * @param charges by connector
 * @param storageDischargeWatts what the site's battery is to do first: positive gives, W
 * @param cost of the energy that is bought over the whole time, in the tariff's currency
 */
public record StationPlan(
    long madeNanos,
    LpStatus status,
    long solveNanos,
    List<Slot> slots,
    Map<String, Charge> charges,
    double storageDischargeWatts,
    double cost) {
  public StationPlan {
    slots = List.copyOf(slots);
    charges = Map.copyOf(charges);
  }

  /** A plan that could not be made. */
  static StationPlan failed(long nowNanos, LpStatus status, long solveNanos) {
    return new StationPlan(nowNanos, status, solveNanos, List.of(), Map.of(), 0, 0);
  }

  /** Whether it may be used. */
  public boolean isUsable() {
    return status.hasSolution();
  }

  /**
   * A charge.
   *
   * @param dueWatts least that it needs in the first slot so that departures are met, W
   * @param plannedWatts what it is to have in the first slot, W; +∞ when it need not wait
   * @param firstHourWatts mean of the first hour, W
   * @param neededWattHours by its departure, W·h
   * @param plannedWattHours of it, W·h
   */
  public record Charge(
      double dueWatts,
      double plannedWatts,
      double firstHourWatts,
      double neededWattHours,
      double plannedWattHours) {}

  /**
   * A piece of time.
   *
   * @param fromSeconds since the plan begins
   * @param seconds how long it is
   * @param limitWatts of the grid connection
   * @param price a kWh
   * @param connectorsWatts of all together
   * @param gridWatts bought
   * @param storageDischargeWatts of the site's battery: positive gives
   * @param generationWatts used of the site's own
   * @param storageSoc at its end, 0–1; NaN without a battery
   */
  public record Slot(
      double fromSeconds,
      double seconds,
      double limitWatts,
      double price,
      double connectorsWatts,
      double gridWatts,
      double storageDischargeWatts,
      double generationWatts,
      double storageSoc) {}
}
