package dev.anodyne.controller.station.sharing;

import java.util.ArrayList;
import java.util.List;

/**
 * The pieces of time of a plan: quarters of an hour for a day; with many charges quarters for four
 * hours and whole hours for the rest, so that a plan stays a matter of seconds.
 */
final class PlanSlots {
  private static final double QUARTER = 900;
  private static final double HOUR = 3600;
  private static final double DAY = 86_400;
  private static final double FINE = 4 * HOUR;

  /** From this many charges on the far slots are coarse. */
  private static final int MANY = 24;

  private final double[] from;

  private PlanSlots(double[] from) {
    this.from = from;
  }

  static PlanSlots of(int charges) {
    List<Double> begins = new ArrayList<>();
    double time = 0;
    while (time < DAY) {
      begins.add(time);
      time += charges <= MANY || time < FINE ? QUARTER : HOUR;
    }
    begins.add(DAY);
    return new PlanSlots(begins.stream().mapToDouble(Double::doubleValue).toArray());
  }

  int count() {
    return from.length - 1;
  }

  /** Begin since the plan's, s. */
  double from(int slot) {
    return from[slot];
  }

  /** Duration, s. */
  double seconds(int slot) {
    return from[slot + 1] - from[slot];
  }

  /** Duration, h. */
  double hours(int slot) {
    return seconds(slot) / HOUR;
  }

  /** What of a slot lies before a time, h. */
  double hoursBefore(int slot, double seconds) {
    return Math.max(0, Math.min(seconds, from[slot + 1]) - from[slot]) / HOUR;
  }
}
