package dev.anodyne.controller.station.sharing;

import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.function.LongConsumer;

/**
 * What one charger could be drawing in the worst case of what has reached it: the highest of its
 * budgets that may still count, and never less than its fall-back.
 *
 * <p>A budget counts from when it is given. It ceases to count when it has run out and the charger
 * has had its time to settle; or, sooner, when the connector has confirmed a newer one and the
 * charger has had that time since: commands that rest on the older one have expired by then.
 */
final class PossibleDraw {
  static final long GRAIN_NANOS = 100_000_000L;

  /** The oldest first; powers fall and ends never fall from one to the next. */
  private final ArrayDeque<Promise> promises = new ArrayDeque<>();

  private final Bay bay;
  private double excessWatts;

  private record Promise(double watts, long sequence, long endNanos) {
    Promise endingBy(long nanos) {
      return endNanos - nanos <= 0 ? this : new Promise(watts, sequence, nanos);
    }
  }

  /**
   * A charger that nothing is known of yet: an earlier controller may have commanded all it can.
   */
  PossibleDraw(Bay bay, long nowNanos) {
    this.bay = bay;
    promises.add(new Promise(bay.ratingWatts(), 0, late(nowNanos + bay.settleNanos())));
  }

  /** Ends are rounded up, so that many connectors have few of them. */
  private static long late(long nanos) {
    return Math.floorDiv(nanos, GRAIN_NANOS) * GRAIN_NANOS + GRAIN_NANOS;
  }

  /** How long a budget that is given now will count at most, ns. */
  long reachNanos(long validNanos) {
    return validNanos + bay.settleNanos() + GRAIN_NANOS;
  }

  /** A budget has been given. */
  void give(double watts, long sequence, long validUntilNanos) {
    long end = late(validUntilNanos + bay.settleNanos());
    // What is not higher than the new one is covered by it, since it does not last longer.
    while (!promises.isEmpty() && promises.getLast().watts() <= watts) {
      long covered = promises.removeLast().endNanos();
      end = end - covered >= 0 ? end : covered;
    }
    promises.addLast(new Promise(watts, sequence, end));
  }

  /** The connector has acted by this budget, or a newer one, since a time. */
  void confirm(long sequence, long sinceNanos) {
    Promise oldest = promises.peekFirst();
    if (oldest == null || oldest.sequence() >= sequence) {
      return;
    }
    long end = late(sinceNanos + bay.settleNanos());
    int count = promises.size();
    for (int i = 0; i < count; i++) {
      Promise p = promises.removeFirst();
      promises.addLast(p.sequence() < sequence ? p.endingBy(end) : p);
    }
  }

  /**
   * What the charger draws; what is not covered by its budgets counts until it is heard again.
   *
   * @param watts NaN when nobody knows
   */
  void measured(double watts, long nowNanos) {
    if (!Double.isNaN(watts)) {
      excessWatts = Math.max(0, watts - promisedWatts(nowNanos));
    }
  }

  /** What is drawn and not covered by any budget, W. */
  double excessWatts() {
    return excessWatts;
  }

  /** By budgets and fall-back alone, W. */
  double promisedWatts(long nowNanos) {
    forget(nowNanos);
    Promise highest = promises.peekFirst();
    return highest == null ? bay.fallbackWatts() : Math.max(bay.fallbackWatts(), highest.watts());
  }

  /** By budgets and fall-back alone at a time ahead, if nothing more is given, W. */
  double promisedWattsAt(long nanos) {
    for (Promise p : promises) {
      if (nanos - p.endNanos() < 0) {
        return Math.max(bay.fallbackWatts(), p.watts());
      }
    }
    return bay.fallbackWatts();
  }

  /** The budget that was given last, as long as it counts; nothing more than the fall-back then. */
  double newestWatts() {
    Promise newest = promises.peekLast();
    return newest == null ? bay.fallbackWatts() : newest.watts();
  }

  /** Tells when each budget ceases to count. */
  void ends(long nowNanos, LongConsumer told) {
    forget(nowNanos);
    promises.forEach(p -> told.accept(p.endNanos()));
  }

  /** All that could be drawn now, W. */
  double watts(long nowNanos) {
    return promisedWatts(nowNanos) + excessWatts;
  }

  /** Whether no budget counts any more. */
  boolean isSettled(long nowNanos) {
    forget(nowNanos);
    return promises.isEmpty();
  }

  private void forget(long nowNanos) {
    for (Iterator<Promise> all = promises.iterator(); all.hasNext(); ) {
      if (nowNanos - all.next().endNanos() < 0) {
        return;
      }
      all.remove();
    }
  }
}
