package dev.anodyne.controller.station.sharing;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes {@link SiteView}s of one moment. */
final class SiteViews {
  private static final double NANOS = 1e9;

  /** What is measured above a budget by less than this share is the sensors' error. */
  private static final double SENSORS = 0.01;

  /** Rounding, W. */
  private static final double NOTHING_WATTS = 1;

  private static final double FELT = 0.99;

  private final long now;
  private final Instant utc;
  private final SiteSettings settings;
  private final GridLimit limit;
  private final SiteAhead ahead;
  private final @Nullable StationPlan plan;
  private final boolean starting;

  /** The site's own generation. */
  record Generated(@Nullable Double measuredWatts, double firmWatts) {}

  /**
   * @param starting a connector has come of which nobody knows yet what its charger draws
   */
  SiteViews(
      long now,
      Instant utc,
      SiteSettings settings,
      GridLimit limit,
      SiteAhead ahead,
      @Nullable StationPlan plan,
      boolean starting) {
    this.starting = starting;
    this.now = now;
    this.utc = utc;
    this.settings = settings;
    this.limit = limit;
    this.ahead = ahead;
    this.plan = plan;
  }

  SiteView view(
      Sharing.@Nullable Outcome outcome,
      Map<String, Demand> demands,
      Map<String, Wish> wishes,
      double capacityWatts,
      double possibleWatts,
      SiteView.@Nullable Battery battery,
      Generated generated) {
    List<Sharing.Grant> grants = outcome == null ? List.of() : outcome.grants();
    int sharers = (int) grants.stream().filter(g -> g.shareWatts() > 0).count();
    List<SiteView.Connector> connectors = new ArrayList<>();
    double used = settings.baseLoadWatts();
    double budgets = 0;
    for (Sharing.Grant g : grants) {
      String id = g.bay().id();
      Demand demand = demands.getOrDefault(id, Demand.NONE);
      Wish wish = wishes.getOrDefault(id, Wish.NONE);
      connectors.add(connector(g, demand, wish, sharers));
      used += Double.isNaN(wish.measuredWatts()) ? 0 : wish.measuredWatts();
      budgets += g.budgetWatts();
    }
    double fallback = outcome == null ? 0 : outcome.fallbackWatts();
    SiteView.Status status =
        status(grants, demands, capacityWatts, possibleWatts, fallback, starting);
    return new SiteView(
        utc,
        limit.at(now),
        limit.configured().at((now - limit.originNanos()) / NANOS),
        external(),
        capacityWatts,
        used,
        budgets,
        possibleWatts,
        fallback,
        settings.baseLoadWatts(),
        status,
        SiteWords.site(status, limit.at(now), possibleWatts),
        connectors,
        battery,
        generation(generated),
        planned(wishes));
  }

  private SiteView.Connector connector(Sharing.Grant g, Demand demand, Wish wish, int sharers) {
    return new SiteView.Connector(
        g.bay().id(),
        g.budgetWatts(),
        g.bay().batteryWatts(g.budgetWatts()),
        g.shareWatts(),
        g.possibleWatts(),
        demand.wantsWatts(),
        demand.dueWatts(),
        orNull(wish.measuredWatts()),
        orNull(wish.departsInSeconds()),
        g.bay().weight(),
        g.bay().priority(),
        !g.admitted() && demand.usefulWatts() > 0,
        SiteWords.budget(g, demand, limit.at(now), sharers));
  }

  private static SiteView.Status status(
      List<Sharing.Grant> grants,
      Map<String, Demand> demands,
      double capacity,
      double possible,
      double fallback,
      boolean starting) {
    if (fallback > capacity) {
      return SiteView.Status.BELOW_FALLBACK;
    }
    if (possible > capacity * (1 + SENSORS) + NOTHING_WATTS && !starting) {
      return SiteView.Status.ABOVE;
    }
    SiteView.Status status = SiteView.Status.FREE;
    for (Sharing.Grant g : grants) {
      double useful = demands.getOrDefault(g.bay().id(), Demand.NONE).usefulWatts();
      if (!g.admitted() && useful > 0) {
        return SiteView.Status.TURNS;
      }
      if (g.shareWatts() < FELT * Math.min(useful, g.bay().ratingWatts())) {
        status = SiteView.Status.SHARED;
      }
    }
    return status;
  }

  private SiteView.@Nullable ExternalLimit external() {
    GridLimit.External state = limit.external(now);
    if (state == GridLimit.External.NONE) {
      return null;
    }
    return new SiteView.ExternalLimit(
        limit.externalWatts(),
        limit.expires() ? utc.plusNanos(limit.externalUntilNanos() - now) : null,
        state == GridLimit.External.EXPIRED);
  }

  private SiteView.@Nullable Generation generation(Generated generated) {
    double forecast = ahead.generationWatts().at(ahead.seconds(now));
    boolean none =
        generated.measuredWatts() == null
            && ahead.generationWatts().length() == 0
            && ahead.generationWatts().otherwise() == 0;
    return none
        ? null
        : new SiteView.Generation(forecast, generated.measuredWatts(), generated.firmWatts());
  }

  private SiteView.@Nullable Plan planned(Map<String, Wish> wishes) {
    StationPlan made = plan;
    if (made == null) {
      return null;
    }
    Instant madeAt = utc.plusNanos(made.madeNanos() - now);
    List<SiteView.Slot> slots = new ArrayList<>();
    for (StationPlan.Slot s : made.slots()) {
      slots.add(
          new SiteView.Slot(
              madeAt.plusMillis(Math.round(s.fromSeconds() * 1000)),
              s.seconds(),
              s.limitWatts(),
              s.price(),
              s.connectorsWatts(),
              s.gridWatts(),
              s.storageDischargeWatts(),
              s.generationWatts(),
              orNull(s.storageSoc())));
    }
    Map<String, SiteView.Departure> departures = new LinkedHashMap<>();
    wishes.forEach(
        (id, wish) -> {
          StationPlan.Charge charge = made.charges().get(id);
          if (charge != null && wish.hasDeparture()) {
            departures.put(
                id,
                new SiteView.Departure(
                    id,
                    utc.plusMillis(Math.round(wish.departsInSeconds() * 1000)),
                    charge.neededWattHours(),
                    charge.plannedWattHours()));
          }
        });
    return new SiteView.Plan(
        madeAt,
        made.status().name(),
        made.solveNanos() * 1e-6,
        made.cost(),
        slots,
        departures.values().stream().sorted((a, b) -> a.id().compareTo(b.id())).toList());
  }

  private static @Nullable Double orNull(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
