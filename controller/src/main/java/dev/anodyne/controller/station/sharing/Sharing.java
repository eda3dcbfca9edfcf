package dev.anodyne.controller.station.sharing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fast layer: gives each connector a budget at every tick. Deterministic, some microseconds a
 * connector; one thread.
 *
 * <p>The promise: at no time is the sum of what the chargers could be drawing ({@link
 * PossibleDraw}) above the capacity, unless the capacity itself has fallen without notice. A share
 * that is lower counts for its connector at once; power is given to another one only when it has
 * become free: the lower budget has been confirmed, or the higher one has run out, and the charger
 * has settled. The capacity of a tick must therefore be the lowest from now until {@link
 * #reachNanos} ahead.
 *
 * <p>When the capacity falls without notice, all shares of that very tick fit the new one. What
 * could still be drawn by older budgets is gone after the settling time for connectors that
 * confirm, and after the budgets' validity on top for those that do not.
 */
public final class Sharing {
  /** Sums of thousands of shares are rounded; this much of the capacity is never given away, W. */
  private static final double ROUNDING_WATTS = 1e-3;

  private final long validNanos;
  private final Map<String, Line> lines = new LinkedHashMap<>();
  private final List<PossibleDraw> leaving = new ArrayList<>();
  private final Turns turns = new Turns();
  private long sequence;

  /** A connector's books. */
  private static final class Line {
    final PossibleDraw draw;
    final Turns.Seat seat = new Turns.Seat();
    Bay bay;
    long newest;

    Line(Bay bay, long nowNanos) {
      this.bay = bay;
      this.draw = new PossibleDraw(bay, nowNanos);
    }
  }

  /**
   * A connector's part of a tick.
   *
   * @param bay which
   * @param budgetWatts what it may draw until the budget runs out (AC), W
   * @param shareWatts what it is to have as soon as others have made room, W
   * @param possibleWatts what its charger could be drawing, this budget included, W
   * @param sequence number of the budget
   * @param validUntilNanos end of the budget
   * @param admitted false while it is paused
   */
  public record Grant(
      Bay bay,
      double budgetWatts,
      double shareWatts,
      double possibleWatts,
      long sequence,
      long validUntilNanos,
      boolean admitted) {}

  /**
   * A tick.
   *
   * @param grants one for each connector, in order
   * @param possibleWatts what all chargers together could be drawing, W
   * @param fallbackWatts what they draw when nobody commands them, W
   */
  public record Outcome(List<Grant> grants, double possibleWatts, double fallbackWatts) {
    /** All budgets together, W. */
    public double budgetWatts() {
      return grants.stream().mapToDouble(Grant::budgetWatts).sum();
    }
  }

  /**
   * @param validNanos how long a budget holds, ns; more than the time between ticks
   */
  public Sharing(long validNanos) {
    if (validNanos <= 0) {
      throw new IllegalArgumentException("Budgets valid for " + validNanos + " ns; above 0.");
    }
    this.validNanos = validNanos;
  }

  /**
   * A connector comes. What its charger draws is not known: until it has settled it counts in full.
   */
  public void add(Bay bay, long nowNanos) {
    if (lines.putIfAbsent(bay.id(), new Line(bay, nowNanos)) != null) {
      throw new IllegalArgumentException("Connector " + bay.id() + " shares already.");
    }
  }

  /** A connector has gone; what it has been given counts until it has run out. */
  public void remove(String id) {
    Line line = lines.remove(id);
    if (line != null) {
      leaving.add(line.draw);
    }
  }

  /** How far ahead a budget that is given now may count, ns. */
  public long reachNanos() {
    long longest = 0;
    for (Line line : lines.values()) {
      longest = Math.max(longest, line.bay.settleNanos());
    }
    return validNanos + longest + PossibleDraw.GRAIN_NANOS;
  }

  /** Changes weight and priority; all else stays. */
  public void prefer(String id, double weight, int priority) {
    Line line = lines.get(id);
    if (line != null) {
      Bay b = line.bay;
      line.bay =
          new Bay(
              id,
              b.ratingWatts(),
              b.fallbackWatts(),
              b.minWatts(),
              weight,
              priority,
              b.efficiency(),
              b.settleNanos());
    }
  }

  /**
   * A connector acts by a budget, or a newer one.
   *
   * @param sinceNanos every command since then obeys it
   */
  public void confirm(String id, long sequenceActedBy, long sinceNanos) {
    Line line = lines.get(id);
    if (line != null && sequenceActedBy <= line.newest) {
      line.draw.confirm(sequenceActedBy, sinceNanos);
    }
  }

  /** What all chargers together could be drawing, W. */
  public double possibleWatts(long nowNanos) {
    double sum = 0;
    for (Line line : lines.values()) {
      sum += line.draw.watts(nowNanos);
    }
    for (PossibleDraw gone : leaving) {
      sum += gone.watts(nowNanos);
    }
    return sum;
  }

  /**
   * Gives budgets.
   *
   * @param capacityWatts lowest that all connectors may draw together, from now until {@link
   *     #reachNanos} ahead, W
   * @param demands by connector; one that is missing wants nothing
   */
  public Outcome tick(long nowNanos, double capacityWatts, Map<String, Demand> demands) {
    leaving.removeIf(draw -> draw.isSettled(nowNanos));
    int n = lines.size();
    Line[] all = lines.values().toArray(new Line[0]);
    Bay[] bays = new Bay[n];
    Demand[] wanted = new Demand[n];
    double excess = 0;
    double fallback = 0;
    for (int i = 0; i < n; i++) {
      bays[i] = all[i].bay;
      wanted[i] = orNone(demands.get(bays[i].id()));
      all[i].draw.measured(wanted[i].measuredWatts(), nowNanos);
      excess += all[i].draw.excessWatts();
      fallback += bays[i].fallbackWatts();
    }
    for (PossibleDraw gone : leaving) {
      excess += gone.watts(nowNanos);
    }
    double capacity = capacityWatts - ROUNDING_WATTS;
    boolean[] admitted = admit(capacity - excess, all, wanted, nowNanos);
    double[] share = Shares.of(capacity - excess, bays, wanted, admitted);
    double[] budget = raise(capacity, all, share, nowNanos);
    return new Outcome(
        give(all, share, budget, admitted, nowNanos), possibleWatts(nowNanos), fallback);
  }

  private static Demand orNone(@Nullable Demand demand) {
    return demand == null ? Demand.NONE : demand;
  }

  private boolean[] admit(double capacity, Line[] all, Demand[] wanted, long nowNanos) {
    Turns.Claim[] claims = new Turns.Claim[all.length];
    for (int i = 0; i < all.length; i++) {
      Bay bay = all[i].bay;
      double useful = Math.min(bay.ratingWatts(), wanted[i].usefulWatts());
      double least = Math.max(bay.fallbackWatts(), Math.min(bay.minWatts(), useful));
      claims[i] =
          new Turns.Claim(
              all[i].seat,
              bay.fallbackWatts(),
              least,
              useful > 0,
              useful > 0 && wanted[i].dueWatts() >= least,
              bay.priority(),
              bay.weight());
    }
    turns.decide(capacity, claims, nowNanos);
    boolean[] admitted = new boolean[all.length];
    for (int i = 0; i < all.length; i++) {
      admitted[i] = all[i].seat.isAdmitted();
    }
    return admitted;
  }

  /**
   * What can be given at once. First everybody keeps what it has, up to its share. Then each in
   * order is given its least power, since less is of no use to it; then all in proportion to what
   * they still lack.
   */
  private double[] raise(double capacity, Line[] all, double[] share, long nowNanos) {
    int n = all.length;
    PossibleDraw[] draws = new PossibleDraw[n];
    long[] reach = new long[n];
    for (int i = 0; i < n; i++) {
      draws[i] = all[i].draw;
      reach[i] = draws[i].reachNanos(validNanos);
    }
    Room room = new Room(capacity, draws, leaving, nowNanos);
    double[] budget = new double[n];
    for (int i = 0; i < n; i++) {
      double kept = Math.min(share[i], draws[i].newestWatts());
      budget[i] = Math.min(kept, room.most(i, reach[i]));
      room.take(i, budget[i], reach[i]);
    }
    double[] lacks = new double[n];
    for (int i = 0; i < n; i++) {
      double least = Math.min(all[i].bay.minWatts(), share[i]);
      if (budget[i] < least && room.most(i, reach[i]) >= least) {
        budget[i] = least;
        room.take(i, least, reach[i]);
      }
      lacks[i] = budget[i] >= least ? share[i] - budget[i] : 0;
    }
    double part = room.part(budget, lacks, reach);
    for (int i = 0; i < n; i++) {
      budget[i] = Math.min(share[i], budget[i] + part * lacks[i]);
    }
    return budget;
  }

  private List<Grant> give(
      Line[] all, double[] share, double[] budget, boolean[] admitted, long nowNanos) {
    long until = nowNanos + validNanos;
    List<Grant> grants = new ArrayList<>(all.length);
    for (int i = 0; i < all.length; i++) {
      Line line = all[i];
      // Paused, or not yet enough to begin with: nothing is better than little.
      boolean enough = budget[i] >= Math.min(line.bay.minWatts(), share[i]);
      double watts = admitted[i] && enough ? budget[i] : 0;
      line.newest = ++sequence;
      line.draw.give(watts, sequence, until);
      grants.add(
          new Grant(
              line.bay,
              watts,
              admitted[i] ? share[i] : 0,
              line.draw.watts(nowNanos),
              sequence,
              until,
              admitted[i]));
    }
    return grants;
  }
}
