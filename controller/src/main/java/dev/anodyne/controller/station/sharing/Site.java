package dev.anodyne.controller.station.sharing;

import dev.anodyne.core.charging.NanoClock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A site that shares its grid connection: limits, connectors, what is planned, and what everybody
 * has. Thread-safe; nothing blocks for longer than a tick takes (well below a millisecond for a
 * hundred connectors). Whoever drives it calls {@link #share} every second and on every change, and
 * hands the budgets on; {@link #request} and {@link #planned} belong to the slow layer.
 */
public final class Site {
  private static final double NANOS = 1e9;
  private static final double SECONDS_AN_HOUR = 3600;

  /** A plan is followed for this long; then each charge fends for itself, s. */
  private static final double PLAN_SECONDS = 300;

  private final SiteSettings settings;
  private final NanoClock clock;
  private final Sharing sharing;
  private final @Nullable SiteStorage storage;
  private final Map<String, DrawWatch> watches = new LinkedHashMap<>();
  private final Map<String, Sharing.Grant> grants = new LinkedHashMap<>();
  private Map<String, Wish> wishes = Map.of();
  private Map<String, Demand> demands = Map.of();
  private GridLimit limit;
  private SiteAhead ahead;
  private double generationWatts = Double.NaN;
  private long generationNanos;
  private @Nullable StationPlan plan;
  private Sharing.@Nullable Outcome outcome;
  private double capacityWatts;

  /** From when on all chargers must have obeyed a budget of this site. */
  private long knownFrom;

  private Runnable changed = () -> {};

  /**
   * A site without connectors.
   *
   * @param ahead what is known about the time ahead
   * @param clock the machine's monotonic one, by which budgets run out
   */
  public Site(SiteSettings settings, SiteAhead ahead, NanoClock clock) {
    this.settings = settings;
    this.clock = clock;
    this.ahead = ahead;
    this.sharing = new Sharing(Math.round(settings.budgetSeconds() * NANOS));
    this.limit =
        GridLimit.of(ahead.gridLimitWatts(), ahead.originNanos(), settings.safeLimitWatts());
    SiteSettings.Storage own = settings.storage();
    this.knownFrom = clock.nanoTime();
    this.storage = own == null ? null : new SiteStorage(own, clock.nanoTime());
  }

  /** Tells somebody when budgets should be given at once; it must not block. */
  public synchronized void listen(Runnable newListener) {
    changed = newListener;
  }

  /** A connector comes. */
  public synchronized void add(Bay bay) {
    sharing.add(bay, clock.nanoTime());
    watches.put(bay.id(), new DrawWatch());
    knownFrom = clock.nanoTime() + sharing.reachNanos();
    changed.run();
  }

  /** A connector has gone. */
  public synchronized void remove(String id) {
    sharing.remove(id);
    watches.remove(id);
    grants.remove(id);
    changed.run();
  }

  /**
   * Sets the grid's limit from outside, until it runs out or is taken back. It counts at once.
   *
   * @param watts at least 0 (AC), base load included
   * @param validForSeconds until it runs out, s; +∞: never
   * @throws IllegalArgumentException naming the value and what is allowed
   */
  public synchronized void setGridLimit(double watts, double validForSeconds) {
    limit = limit.limited(watts, validForSeconds, clock.nanoTime());
    changed.run();
  }

  /** Takes the limit from outside back: what is configured counts. */
  public synchronized void clearGridLimit() {
    limit = limit.unlimited();
    changed.run();
  }

  /** Whether the site has a battery of its own. */
  public synchronized boolean hasBattery() {
    return storage != null;
  }

  /** The site's battery tells what it has, 0–1; nothing happens without one. */
  public synchronized void tellBattery(double soc) {
    if (storage != null) {
      storage.tell(soc, clock.nanoTime());
    }
  }

  /** What the site generates, as measured, W. */
  public synchronized void tellGeneration(double watts) {
    if (!(watts >= 0) || Double.isInfinite(watts)) {
      throw new IllegalArgumentException(
          "A generation of '" + watts + "' is not possible; allowed: a number of at least 0 W.");
    }
    generationWatts = watts;
    generationNanos = clock.nanoTime();
  }

  /**
   * Changes whose power and departure count more.
   *
   * @param weight above 0
   */
  public synchronized void prefer(String id, double weight, int priority) {
    sharing.prefer(id, weight, priority);
    changed.run();
  }

  /** What is known about the time ahead has been laid out anew. */
  public synchronized void lookAhead(SiteAhead newAhead) {
    ahead = newAhead;
    limit = limit.configured(newAhead.gridLimitWatts(), newAhead.originNanos());
  }

  /** A connector acts by a budget, or a newer one; see {@link Sharing#confirm}. */
  public synchronized void confirm(String id, long sequence, long sinceNanos) {
    sharing.confirm(id, sequence, sinceNanos);
  }

  /**
   * Gives budgets.
   *
   * @param newWishes by connector
   * @return by connector, in order
   */
  public synchronized Map<String, PowerBudget> share(Map<String, Wish> newWishes) {
    long now = clock.nanoTime();
    wishes = Map.copyOf(newWishes);
    long reach = now + sharing.reachNanos();
    double grid = limit.lowest(now, reach);
    capacityWatts = grid + firmWatts(now) - settings.baseLoadWatts();
    Map<String, Demand> wanted = new LinkedHashMap<>();
    for (String id : watches.keySet()) {
      wanted.put(id, demand(id, wishes.getOrDefault(id, Wish.NONE), now));
    }
    demands = wanted;
    Sharing.Outcome now0 = sharing.tick(now, capacityWatts, wanted);
    outcome = now0;
    Map<String, PowerBudget> budgets = new LinkedHashMap<>();
    int sharers = (int) now0.grants().stream().filter(g -> g.shareWatts() > 0).count();
    for (Sharing.Grant g : now0.grants()) {
      grants.put(g.bay().id(), g);
      budgets.put(
          g.bay().id(), budget(g, wanted.getOrDefault(g.bay().id(), Demand.NONE), grid, sharers));
    }
    return budgets;
  }

  private PowerBudget budget(Sharing.Grant g, Demand demand, double grid, int sharers) {
    Bay bay = g.bay();
    return new PowerBudget(
        bay.batteryWatts(g.budgetWatts()),
        bay.batteryWatts(bay.fallbackWatts()),
        g.budgetWatts(),
        g.sequence(),
        g.validUntilNanos(),
        SiteWords.budget(g, demand, grid, sharers));
  }

  private Demand demand(String id, Wish wish, long now) {
    Sharing.Grant before = grants.get(id);
    DrawWatch watch = watches.get(id);
    double wants =
        before == null || watch == null
            ? wish.usableWatts()
            : watch.wants(wish.usableWatts(), wish.measuredWatts(), before.budgetWatts(), now);
    StationPlan.Charge planned = planned(id, now);
    boolean departs = wish.hasDeparture();
    // A plan knows what is scarce later, but not how a charge's power falls towards its end: what
    // it leaves for later than an even spread would, that charge might not take any more.
    double planDue = planned == null ? 0 : planned.dueWatts();
    double due = departs ? Math.max(evenly(wish), planDue) : 0;
    double most = planned == null || !departs ? Double.POSITIVE_INFINITY : planned.plannedWatts();
    return new Demand(wants, Math.min(due, wish.usableWatts()), most, wish.measuredWatts());
  }

  /** Without a plan: the same power until it has to be done. */
  private double evenly(Wish wish) {
    double seconds = wish.deadlineSeconds(settings.departureMarginSeconds());
    return wish.neededWattHours() * SECONDS_AN_HOUR / seconds;
  }

  private StationPlan.@Nullable Charge planned(String id, long now) {
    StationPlan followed = plan;
    boolean old =
        followed == null
            || !followed.isUsable()
            || (now - followed.madeNanos()) / NANOS > PLAN_SECONDS;
    return old || followed == null ? null : followed.charges().get(id);
  }

  private double firmWatts(long now) {
    double reachSeconds = sharing.reachNanos() / NANOS;
    double battery = storage == null ? 0 : storage.firmWatts(reachSeconds, now);
    return battery + firmGeneration(now);
  }

  private double firmGeneration(long now) {
    double forecast =
        ahead.generationWatts().min(ahead.seconds(now), ahead.seconds(now + sharing.reachNanos()));
    double measured = isMeasured(now) ? generationWatts : Double.POSITIVE_INFINITY;
    return settings.firmGenerationShare() * Math.min(forecast, measured);
  }

  private boolean isMeasured(long now) {
    return !Double.isNaN(generationWatts) && (now - generationNanos) / NANOS < PLAN_SECONDS;
  }

  /** What the next plan is made of. */
  public synchronized PlanRequest request() {
    long now = clock.nanoTime();
    List<PlanRequest.Charge> charges = new ArrayList<>();
    double reserved = 0;
    for (Sharing.Grant g : grants.values()) {
      Wish wish = wishes.getOrDefault(g.bay().id(), Wish.NONE);
      if (wish.usableWatts() > 0) {
        charges.add(new PlanRequest.Charge(g.bay(), wish));
      } else {
        reserved += g.bay().fallbackWatts();
      }
    }
    double soc = storage == null ? 0 : storage.soc(now);
    return new PlanRequest(now, charges, limit, ahead, settings, reserved, soc);
  }

  /** A plan has been made; it counts from the next tick. */
  public synchronized void planned(StationPlan newPlan) {
    plan = newPlan;
    if (storage != null) {
      storage.suggest(newPlan.isUsable() ? newPlan.storageDischargeWatts() : 0, clock.nanoTime());
    }
  }

  /** What counts from outside now. */
  public synchronized GridLimit.External external() {
    return limit.external(clock.nanoTime());
  }

  /** The grid limit that counts now, W. */
  public synchronized double limitWatts() {
    return limit.at(clock.nanoTime());
  }

  /** How it stands, for people. */
  public synchronized SiteView view() {
    long now = clock.nanoTime();
    Instant utc = Instant.now();
    return new SiteViews(now, utc, settings, limit, ahead, plan, now - knownFrom < 0)
        .view(
            outcome,
            demands,
            wishes,
            capacityWatts,
            sharing.possibleWatts(now),
            storage == null ? null : battery(storage, now),
            new SiteViews.Generated(isMeasured(now) ? generationWatts : null, firmGeneration(now)));
  }

  private SiteView.Battery battery(SiteStorage own, long now) {
    SiteSettings.Storage kind = settings.storage();
    return new SiteView.Battery(
        own.soc(now),
        own.isTold(now),
        own.suggestedWatts(),
        kind == null ? 0 : kind.powerWatts(),
        own.firmWatts(sharing.reachNanos() / NANOS, now));
  }
}
