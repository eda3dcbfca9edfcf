package dev.anodyne.estimators.twin;

import dev.anodyne.core.charging.CurrentCommand;

/**
 * What flows while no sample comes. Commands expire, and a charger ramps to zero then: after a lost
 * link the last current flows on for a few seconds, and what is measured when the link is back
 * flows from there on. Where no command with an end is known the current is taken to change evenly,
 * which after a minute without a sample was 2 % of the charge too much. Not thread-safe.
 */
final class UnseenCurrent {
  private double cellAmps;
  private double commandedAmps;
  private long nanos;
  private long untilNanos;

  /**
   * A sample was taken in.
   *
   * @param sampleNanos its time, ns
   * @param sampleAmps its current, A a cell
   * @param commandedCellAmps of the command in force, A a cell
   */
  void seen(long sampleNanos, double sampleAmps, double commandedCellAmps, CurrentCommand applied) {
    nanos = sampleNanos;
    cellAmps = sampleAmps;
    commandedAmps = commandedCellAmps;
    untilNanos = applied.validUntilNanos();
  }

  /**
   * How long the charger obeys after the last sample, s: the command that follows on that sample
   * was given, too. Infinite where that is not known.
   *
   * @param periodSeconds from sample to sample
   */
  double obeyedSeconds(double periodSeconds) {
    boolean known = cellAmps > 0.0 && untilNanos > nanos && untilNanos != Long.MAX_VALUE;
    return known ? (untilNanos - nanos) * 1e-9 + periodSeconds : Double.POSITIVE_INFINITY;
  }

  /**
   * Mean current of a part of the time, A a cell.
   *
   * @param fromSeconds begin of the part after the last sample, s
   * @param toSeconds its end, s; later than its begin
   * @param obeyedSeconds from {@link #obeyedSeconds}
   * @param newestAmps current of the newest sample, A a cell
   */
  double meanAmps(double fromSeconds, double toSeconds, double obeyedSeconds, double newestAmps) {
    double share = (obeyedSeconds - fromSeconds) / (toSeconds - fromSeconds);
    double obeyed = Math.min(Math.max(share, 0.0), 1.0);
    return obeyed * Math.min(cellAmps, commandedAmps) + (1.0 - obeyed) * newestAmps;
  }
}
