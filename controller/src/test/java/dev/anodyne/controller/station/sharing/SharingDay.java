package dev.anodyne.controller.station.sharing;

import dev.anodyne.core.charging.StepSeries;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;

/**
 * Twenty 50 kW connectors behind 200 kW (120 kW from 17 to 20 h) from midnight to noon of the next
 * day. Ten belong to a depot: their vehicles come between 16 and 19 h and leave between 5:30 and
 * 7:30. Ten are public: half of the vehicles leave after 40 to 90 minutes, the others when they are
 * full. A vehicle takes what it is offered up to 50 kW, the last fifth of its energy ever slower.
 */
final class SharingDay {
  private static final double STEP = 5;
  private static final double PLAN_EVERY = 300;
  private static final double HOUR = 3600;
  private static final double END = 36 * HOUR;
  private static final int CONNECTORS = 20;
  private static final double RATING = 50_000;
  private static final double EFFICIENCY = 0.92;
  private static final StepSeries LIMIT =
      StepSeries.of(
          new double[] {0, 17 * HOUR, 20 * HOUR}, new double[] {200e3, 120e3, 200e3}, 200e3);
  private static final StepSeries PRICE =
      StepSeries.of(
          new double[] {0, 6 * HOUR, 17 * HOUR, 20 * HOUR, 22 * HOUR, 30 * HOUR},
          new double[] {0.16, 0.28, 0.42, 0.28, 0.16, 0.28},
          0.16);
  private static final SiteSettings.Storage BATTERY =
      new SiteSettings.Storage(50e3, 150e3, 0.95, 0.1, 0.95, 0.5, false);

  /** How the power is given out. */
  enum Way {
    /** The limit by the number of connectors: what a station's power limit does without a site. */
    EQUAL_OF_ALL,
    /** The limit by the number of those that charge. */
    EQUAL_OF_CHARGING,
    /** Shared every tick, without plans. */
    SHARED,
    /** Shared and planned. */
    PLANNED,
    /** Shared and planned with a battery of 50 kW and 150 kWh. */
    PLANNED_WITH_BATTERY
  }

  /** What came of it. */
  record Result(
      Way way,
      double deliveredKilowattHours,
      int departuresMet,
      int departures,
      double missingKilowattHours,
      double meanMinutesOfOthers,
      double costPerKilowattHour,
      double highestWatts,
      double limitAtHighestWatts) {
    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "%-21s %6.0f kWh, departures met %3d of %3d (%5.0f kWh missing), others full after %5.1f"
              + " min, %.4f a kWh, highest %5.1f of %3.0f kW",
          way,
          deliveredKilowattHours,
          departuresMet,
          departures,
          missingKilowattHours,
          meanMinutesOfOthers,
          costPerKilowattHour,
          highestWatts / 1000,
          limitAtHighestWatts / 1000);
    }
  }

  private static final class Stay {
    final double arrives;
    final double departs;
    final double needsWattHours;
    double hasWattHours;
    double fullAt = Double.NaN;

    Stay(double arrives, double departs, double needsWattHours) {
      this.arrives = arrives;
      this.departs = departs;
      this.needsWattHours = needsWattHours;
    }

    boolean isFull() {
      return hasWattHours >= 0.995 * needsWattHours;
    }

    /** Into the battery, W. */
    double takes() {
      double left = 1 - hasWattHours / needsWattHours;
      return isFull() ? 0 : RATING * EFFICIENCY * Math.min(1, Math.max(0.1, left / 0.2));
    }
  }

  private final Way way;
  private final Map<String, List<Stay>> stays = new LinkedHashMap<>();
  private final Map<String, Double> drawn = new LinkedHashMap<>();
  private final boolean battery;
  private double storedWattHours = BATTERY.startSoc() * BATTERY.capacityWattHours();
  private double time;
  private double bought;
  private double cost;
  private double highest;
  private double limitAtHighest = LIMIT.at(0);

  SharingDay(long seed, Way way) {
    this.way = way;
    this.battery = way == Way.PLANNED_WITH_BATTERY;
    Random random = new Random(seed);
    for (int i = 0; i < CONNECTORS; i++) {
      List<Stay> all = new ArrayList<>();
      if (i < CONNECTORS / 2) {
        all.add(
            new Stay(
                (16 + 3 * random.nextDouble()) * HOUR,
                (29.5 + 2 * random.nextDouble()) * HOUR,
                40e3 + 50e3 * random.nextDouble()));
      } else {
        double at = (7 + 2 * random.nextDouble()) * HOUR;
        while (at < 22 * HOUR) {
          boolean leaves = random.nextBoolean();
          double stay = (40 + 50 * random.nextDouble()) * 60;
          all.add(
              new Stay(
                  at,
                  leaves ? at + stay : Double.POSITIVE_INFINITY,
                  10e3 + 25e3 * random.nextDouble()));
          at += stay + 60 * (5 - 60 * Math.log(1 - random.nextDouble()));
        }
      }
      stays.put("C" + i, all);
      drawn.put("C" + i, 0.0);
    }
  }

  Result run() {
    Site site =
        new Site(
            new SiteSettings(120e3, 120e3, 0, 15, battery ? BATTERY : null, 0, true, 600),
            new SiteAhead(0, LIMIT, PRICE, StepSeries.constant(0)),
            () -> Math.round(time * 1e9));
    stays.keySet().forEach(id -> site.add(bay(id)));
    double nextPlan = 0;
    while (time < END) {
      Map<String, Stay> here = here();
      Map<String, Double> offered = offered(site, here);
      if (way.compareTo(Way.PLANNED) >= 0 && time >= nextPlan) {
        nextPlan = time + PLAN_EVERY;
        site.tellBattery(storedWattHours / BATTERY.capacityWattHours());
        site.planned(StationPlanner.plan(site.request()));
      }
      charge(here, offered);
      buy(battery ? site.view().battery().setPointWatts() : 0);
      time += STEP;
    }
    return result();
  }

  private static Bay bay(String id) {
    return new Bay(id, RATING, 0, 1500, 1, 5, EFFICIENCY, 8_000_000_000L);
  }

  /** A vehicle leaves when it is full or has to; the next one waits for the place. */
  private Map<String, Stay> here() {
    Map<String, Stay> here = new LinkedHashMap<>();
    stays.forEach(
        (id, all) -> {
          for (Stay s : all) {
            boolean gone = s.departs <= time || (Double.isInfinite(s.departs) && s.isFull());
            if (s.arrives <= time && !gone) {
              here.put(id, s);
              return;
            }
          }
        });
    return here;
  }

  private Map<String, Double> offered(Site site, Map<String, Stay> here) {
    Map<String, Double> offered = new LinkedHashMap<>();
    if (way.compareTo(Way.SHARED) < 0) {
      long charging = here.values().stream().filter(s -> !s.isFull()).count();
      double parts = way == Way.EQUAL_OF_ALL ? CONNECTORS : Math.max(1, charging);
      stays.keySet().forEach(id -> offered.put(id, LIMIT.at(time) / parts * EFFICIENCY));
      return offered;
    }
    Map<String, Wish> wishes = new LinkedHashMap<>();
    stays
        .keySet()
        .forEach(
            id -> {
              Stay s = here.get(id);
              double draws = drawn.getOrDefault(id, 0.0);
              wishes.put(
                  id,
                  s == null
                      ? new Wish(0, draws, Double.NaN, Double.POSITIVE_INFINITY)
                      : new Wish(
                          s.takes() / EFFICIENCY,
                          draws,
                          Math.max(0, s.needsWattHours - s.hasWattHours) / EFFICIENCY,
                          s.departs - time));
            });
    site.share(wishes)
        .forEach(
            (id, b) -> {
              offered.put(id, b.maxWatts());
              site.confirm(id, b.sequence(), Math.round(time * 1e9));
            });
    return offered;
  }

  private void charge(Map<String, Stay> here, Map<String, Double> offered) {
    for (String id : stays.keySet()) {
      Stay s = here.get(id);
      double watts = s == null ? 0 : Math.min(s.takes(), offered.getOrDefault(id, 0.0));
      drawn.put(id, watts / EFFICIENCY);
      if (s != null) {
        s.hasWattHours += watts * STEP / HOUR;
        if (s.isFull() && Double.isNaN(s.fullAt)) {
          s.fullAt = time;
        }
      }
    }
  }

  private void buy(double wantedDischarge) {
    double load = drawn.values().stream().mapToDouble(Double::doubleValue).sum();
    if (load / LIMIT.at(time) > highest / limitAtHighest) {
      highest = load;
      limitAtHighest = LIMIT.at(time);
    }
    double discharge = Math.min(wantedDischarge, load);
    discharge = Math.max(discharge, load - LIMIT.at(time));
    double hours = STEP / HOUR;
    double has = storedWattHours - BATTERY.minSoc() * BATTERY.capacityWattHours();
    double room = BATTERY.maxSoc() * BATTERY.capacityWattHours() - storedWattHours;
    discharge = Math.min(discharge, has * BATTERY.efficiency() / hours);
    discharge = Math.max(discharge, -room / BATTERY.efficiency() / hours);
    storedWattHours -=
        hours
            * (discharge > 0 ? discharge / BATTERY.efficiency() : discharge * BATTERY.efficiency());
    bought += (load - discharge) * hours / 1000;
    cost += (load - discharge) * hours / 1000 * PRICE.at(time);
  }

  private Result result() {
    double delivered = 0;
    int met = 0;
    int departures = 0;
    double missing = 0;
    double minutes = 0;
    int others = 0;
    for (List<Stay> all : stays.values()) {
      for (Stay s : all) {
        delivered += s.hasWattHours / 1000;
        if (Double.isFinite(s.departs)) {
          departures++;
          met += s.isFull() ? 1 : 0;
          missing += Math.max(0, 0.995 * s.needsWattHours - s.hasWattHours) / 1000;
        } else {
          others++;
          minutes += ((Double.isNaN(s.fullAt) ? END : s.fullAt) - s.arrives) / 60;
        }
      }
    }
    // What the battery has more or less at the end is bought or sold at the mean price.
    double stored = (storedWattHours - BATTERY.startSoc() * BATTERY.capacityWattHours()) / 1000;
    double mean = cost / bought;
    return new Result(
        way,
        delivered,
        met,
        departures,
        missing,
        minutes / Math.max(1, others),
        (cost - stored * mean) / delivered,
        highest,
        limitAtHighest);
  }
}
