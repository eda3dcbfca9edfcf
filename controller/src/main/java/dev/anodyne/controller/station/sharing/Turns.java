package dev.anodyne.controller.station.sharing;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Who charges while the least powers of all do not fit together: some are paused and take turns.
 *
 * <p>First those whose departure needs them now, by priority. The others by stride scheduling
 * (Waldspurger and Weihl 1995): who charges pays time divided by its weight, who has paid least is
 * next. So nobody waits for ever, and twice the weight has twice the time. Turns change every
 * {@value #TURN_SECONDS} s, or when somebody comes, goes, or no longer fits.
 */
final class Turns {
  static final int TURN_SECONDS = 600;
  private static final long TURN_NANOS = TURN_SECONDS * 1_000_000_000L;

  /** What a connector has paid for its time so far. */
  static final class Seat {
    private double paidSeconds;
    private boolean waiting;
    private boolean admitted;

    /** Whether it may charge. */
    boolean isAdmitted() {
      return admitted;
    }
  }

  /**
   * A connector at one tick.
   *
   * @param floorWatts what it has in any case
   * @param leastWatts what it needs to charge at all, at least the floor
   * @param wants whether it wants to charge
   * @param urgent whether its departure needs it now
   */
  record Claim(
      Seat seat,
      double floorWatts,
      double leastWatts,
      boolean wants,
      boolean urgent,
      int priority,
      double weight) {}

  private long turnBegan;
  private long last;
  private boolean begun;

  /** Decides whose turn it is; seats tell. */
  void decide(double capacityWatts, Claim[] claims, long nowNanos) {
    double seconds = begun ? (nowNanos - last) * 1e-9 : 0;
    boolean over = !begun || nowNanos - turnBegan >= TURN_NANOS;
    begun = true;
    last = nowNanos;
    welcome(claims);
    boolean fit = true;
    double sum = 0;
    for (Claim c : claims) {
      sum += c.wants() ? c.leastWatts() : c.floorWatts();
      if (c.seat().admitted && c.wants()) {
        c.seat().paidSeconds += seconds / c.weight();
      }
    }
    fit = sum <= capacityWatts;
    if (fit || over) {
      turnBegan = nowNanos;
    }
    admit(capacityWatts, claims, fit, over);
  }

  /** Who comes begins with as little as the one that has paid least, not with less. */
  private static void welcome(Claim[] claims) {
    double least = Double.POSITIVE_INFINITY;
    for (Claim c : claims) {
      if (c.wants() && c.seat().waiting) {
        least = Math.min(least, c.seat().paidSeconds);
      }
    }
    for (Claim c : claims) {
      if (c.wants() && !c.seat().waiting && Double.isFinite(least)) {
        c.seat().paidSeconds = Math.max(least, c.seat().paidSeconds);
      }
      c.seat().waiting = c.wants();
    }
  }

  private static void admit(double capacity, Claim[] claims, boolean fit, boolean over) {
    if (fit) {
      for (Claim c : claims) {
        c.seat().admitted = c.wants();
      }
      return;
    }
    Integer[] order = new Integer[claims.length];
    double used = 0;
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
      used += claims[i].floorWatts();
    }
    Arrays.sort(
        order,
        Comparator.comparing((Integer i) -> !claims[i].urgent())
            .thenComparing(i -> claims[i].urgent() ? -claims[i].priority() : 0)
            .thenComparing(i -> over || !claims[i].seat().admitted)
            .thenComparing(i -> claims[i].seat().paidSeconds));
    for (int i : order) {
      Claim c = claims[i];
      double more = Math.max(0, c.leastWatts() - c.floorWatts());
      boolean admitted = c.wants() && used + more <= capacity;
      c.seat().admitted = admitted;
      used += admitted ? more : 0;
    }
  }
}
