package dev.anodyne.controller.station.sharing;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * A station of simulated chargers under a limit that falls with and without notice. The judge only
 * looks at what the chargers draw: it knows nothing of budgets.
 */
final class SharingSimulation {
  private static final double NANOS = 1e9;

  /** Rounding of sums of some dozens of powers, W. */
  private static final double ROUNDING = 1e-6;

  private final Random random;
  private final double validSeconds;
  private final Sharing sharing;
  private final Map<String, SimulatedCharger> chargers = new LinkedHashMap<>();
  private final List<Double> announcedAt = new ArrayList<>();
  private final List<Double> announced = new ArrayList<>();
  private final double leastWatts;
  private final double mostWatts;
  private double limitWatts;
  private double time;
  private double excusedUntil;
  private double excusedWatts;
  private final boolean measures;
  private int names;

  /**
   * @param measures whether the station knows what is drawn; it must not need to
   */
  SharingSimulation(long seed, boolean measures) {
    this.measures = measures;
    random = new Random(seed);
    validSeconds = 3 + 9 * random.nextDouble();
    sharing = new Sharing(nanos(validSeconds));
    int count = 2 + random.nextInt(7);
    double fallbacks = 0;
    double ratings = 0;
    for (int i = 0; i < count; i++) {
      Bay bay = bay();
      fallbacks += bay.fallbackWatts();
      ratings += bay.ratingWatts();
      // What an earlier controller has commanded.
      put(bay, random.nextDouble() * bay.ratingWatts());
    }
    // Room for one more fall-back: connectors come and go.
    leastWatts = fallbacks + 2000;
    mostWatts = leastWatts + random.nextDouble() * 1.5 * ratings;
    limitWatts = mostWatts;
    // Nobody can be blamed for what was commanded before.
    excuse(ratings, SimulatedCharger.SETTLE);
  }

  private Bay bay() {
    double rating = 5000 + 95_000 * random.nextDouble();
    double fallback = random.nextInt(3) == 0 ? 0 : 1500 * random.nextDouble();
    double least = random.nextInt(3) == 0 ? 0 : 0.3 * rating * random.nextDouble();
    return new Bay(
        "C" + names++,
        rating,
        fallback,
        least,
        0.5 + 2 * random.nextDouble(),
        1 + random.nextInt(3),
        0.9,
        nanos(SimulatedCharger.SETTLE));
  }

  private void put(Bay bay, double drawWatts) {
    SimulatedCharger charger = new SimulatedCharger(bay, drawWatts, new Random(random.nextLong()));
    charger.advance(time);
    chargers.put(bay.id(), charger);
    sharing.add(bay, nanos(time));
  }

  private void excuse(double watts, double seconds) {
    excusedWatts = time < excusedUntil ? Math.max(excusedWatts, watts) : watts;
    excusedUntil = Math.max(excusedUntil, time + seconds);
  }

  /** One tick, with whatever may happen before it. */
  void step() {
    double until = time + 0.1 + (random.nextInt(20) == 0 ? 4 : 1.4) * random.nextDouble();
    while (time < until) {
      double next = Math.min(until, time + 0.5);
      next = announcedAt.isEmpty() ? next : Math.min(next, Math.max(time, announcedAt.get(0)));
      double drawn = 0;
      for (SimulatedCharger c : chargers.values()) {
        drawn += c.advance(next);
      }
      judge(drawn);
      time = next;
      if (!announcedAt.isEmpty() && announcedAt.get(0) <= time) {
        announcedAt.remove(0);
        limitWatts = announced.remove(0);
        if (next < until && announcedAt.isEmpty()) {
          continue;
        }
      }
    }
    happen();
    tick();
  }

  /** The sum of each one's most is no less than the most of the sum. */
  private void judge(double drawnWatts) {
    double allowed = time < excusedUntil ? Math.max(limitWatts, excusedWatts) : limitWatts;
    assertThat(drawnWatts)
        .as("drawn at %s s of %s W, valid %s s", time, limitWatts, validSeconds)
        .isLessThanOrEqualTo(allowed + ROUNDING);
  }

  private void happen() {
    chargers.values().forEach(SimulatedCharger::surprise);
    int dice = random.nextInt(100);
    if (dice < 3) {
      double before = limitWatts;
      limitWatts = leastWatts + random.nextDouble() * (mostWatts - leastWatts);
      if (limitWatts < before) {
        // Without notice: chargers that hear nothing of it go on until their budgets have run out.
        excuse(before, validSeconds + SimulatedCharger.SETTLE);
      }
    } else if (dice < 6 && announcedAt.isEmpty()) {
      // What is told later than a budget reaches is as good as not told.
      announcedAt.add(time + sharing.reachNanos() / NANOS + 60 * random.nextDouble());
      announced.add(leastWatts + random.nextDouble() * (mostWatts - leastWatts));
    } else if (dice == 6 && chargers.size() > 2) {
      // Its charger has been commanded zero and counts until it must have obeyed.
      String gone = chargers.keySet().iterator().next();
      SimulatedCharger charger = chargers.get(gone);
      if (charger.drawWatts() == 0) {
        chargers.remove(gone);
        sharing.remove(gone);
        Bay bay = bay();
        put(
            new Bay(
                bay.id(),
                bay.ratingWatts(),
                0,
                bay.minWatts(),
                bay.weight(),
                bay.priority(),
                0.9,
                bay.settleNanos()),
            0);
      }
    }
  }

  private double lowestKnown() {
    boolean near =
        !announcedAt.isEmpty() && announcedAt.get(0) <= time + sharing.reachNanos() / NANOS;
    return near ? Math.min(limitWatts, announced.get(0)) : limitWatts;
  }

  private void tick() {
    Map<String, Demand> demands = new LinkedHashMap<>();
    chargers.forEach(
        (id, c) -> {
          c.arrived().forEach(a -> sharing.confirm(id, a.sequence(), nanos(a.since())));
          double due = random.nextInt(4) == 0 ? random.nextDouble() * c.bay.ratingWatts() : 0;
          demands.put(
              id,
              new Demand(
                  c.wantsWatts(),
                  due,
                  Double.POSITIVE_INFINITY,
                  measures && c.isMeasured() ? c.drawWatts() : Double.NaN));
        });
    Sharing.Outcome outcome = sharing.tick(nanos(time), lowestKnown(), demands);
    for (Sharing.Grant g : outcome.grants()) {
      SimulatedCharger c = chargers.get(g.bay().id());
      assertThat(g.budgetWatts()).isBetween(0.0, c.bay.ratingWatts());
      assertThat(c.drawWatts())
          .as("what %s could draw covers what it draws", c.bay.id())
          .isLessThanOrEqualTo(g.possibleWatts() + ROUNDING);
      c.send(g.sequence(), g.budgetWatts(), g.validUntilNanos() / NANOS);
    }
    assertThat(outcome.budgetWatts()).isLessThanOrEqualTo(Math.max(lowestKnown(), 0) + ROUNDING);
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * NANOS);
  }
}
