package dev.anodyne.controller.station;

import dev.anodyne.controller.config.ConnectorConfig;
import dev.anodyne.controller.config.SiteConfig;
import dev.anodyne.controller.session.SessionSettings;
import dev.anodyne.controller.station.sharing.Bay;
import dev.anodyne.controller.station.sharing.PowerBudget;
import dev.anodyne.controller.station.sharing.Site;
import dev.anodyne.controller.station.sharing.SiteAhead;
import dev.anodyne.controller.station.sharing.SiteSettings;
import dev.anodyne.controller.station.sharing.StationPlan;
import dev.anodyne.controller.station.sharing.StationPlanner;
import dev.anodyne.controller.station.sharing.Wish;
import dev.anodyne.core.charging.NanoClock;
import java.time.Clock;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Drives a {@link Site} beside the sessions: hears what they tell, gives every connector its budget
 * once a second and whenever a limit or a connector changes, and has a plan made every minute. It
 * has two threads of its own, so that neither a session nor a solver holds the budgets up. Should
 * they stop all the same, the budgets run out and each connector has its fall-back.
 */
public final class SiteController implements ConnectorListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SiteController.class);
  private static final long TICK_MILLIS = 1000;
  private static final double NANOS = 1e9;

  /** Looks between ticks, timers and other delays of this machine, s. */
  private static final double SLACK_SECONDS = 0.5;

  private final SiteConfig config;
  private final Clock clock;
  private final Site site;
  private final Map<String, Driven> connectors = new LinkedHashMap<>();
  private final AtomicBoolean due = new AtomicBoolean();
  private final ScheduledExecutorService ticker = executor("site");
  private final ScheduledExecutorService planner = executor("site-plan");
  private volatile Runnable afterTick = () -> {};
  private double shownLimitWatts = Double.NaN;
  private boolean failing;

  private record Driven(ConnectorSupervision supervision, ConnectorWish wish) {}

  /**
   * A site without connectors, which does nothing before {@link #start}.
   *
   * @param clock by which the times of day of limits and prices count
   */
  public SiteController(SiteConfig config, Clock clock) {
    this.config = config;
    this.clock = clock;
    this.site = new Site(settings(config), ahead(), NanoClock.SYSTEM);
  }

  /** Begins to give budgets and to plan. */
  public void start() {
    site.listen(this::soon);
    var ticks = ticker.scheduleAtFixedRate(this::tick, 0, TICK_MILLIS, TimeUnit.MILLISECONDS);
    long planMillis = Math.round(config.planSeconds() * 1000);
    var plans =
        planner.scheduleWithFixedDelay(
            this::plan, Math.min(5000, planMillis), planMillis, TimeUnit.MILLISECONDS);
  }

  /** What is shared, for whoever sets limits or shows it. */
  public Site site() {
    return site;
  }

  /** Has something done after each tick, on its thread; it must not block. */
  public void afterTick(Runnable task) {
    afterTick = task;
  }

  @Override
  public void added(ConnectorConfig connector, ConnectorSupervision supervision) {
    SiteConfig.Share share = config.share(connector.id());
    synchronized (connectors) {
      requireRoom(connector.id(), share);
      supervision.budget(
          new PowerBudget(
              0,
              share.fallbackWatts() * share.efficiency(),
              0,
              0,
              NanoClock.SYSTEM.nanoTime(),
              "The first share of the grid's power is awaited."));
      connectors.put(
          connector.id(),
          new Driven(supervision, new ConnectorWish(connector, supervision, share)));
    }
    site.add(bay(connector, share));
  }

  @Override
  public void removed(String id) {
    synchronized (connectors) {
      connectors.remove(id);
    }
    site.remove(id);
  }

  /** Ends; the last budgets run out. */
  @Override
  public void close() {
    ticker.shutdownNow();
    planner.shutdownNow();
  }

  /** A connector that comes later must fit as those of the file do. */
  private void requireRoom(String id, SiteConfig.Share share) {
    double fallback = share.fallbackWatts();
    for (String other : connectors.keySet()) {
      fallback += other.equals(id) ? 0 : config.share(other).fallbackWatts();
    }
    double room = config.lowestLimitWatts() - config.baseLoadWatts();
    if (fallback > room) {
      throw new IllegalArgumentException(
          "Connector "
              + id
              + ": with its fall-back of "
              + Math.round(share.fallbackWatts())
              + " W all fall-backs need "
              + Math.round(fallback)
              + " W; the lowest grid limit leaves "
              + Math.round(room)
              + " W.");
    }
  }

  private static Bay bay(ConnectorConfig c, SiteConfig.Share share) {
    return new Bay(
        c.id(),
        share.maxWatts(),
        share.fallbackWatts(),
        share.minWatts(),
        share.weight(),
        share.priority(),
        share.efficiency(),
        settleNanos(c, share));
  }

  /**
   * How long after the end of a budget its charger may still draw by it: a command that was given
   * just before is valid for a while, takes its dead time and counts until the charger has ramped
   * down.
   */
  private static long settleNanos(ConnectorConfig c, SiteConfig.Share share) {
    SessionSettings settings =
        new SessionSettings(
            c.id(),
            c.layout(),
            c.targetSoc(),
            c.maxVoltageVolts(),
            c.maxTemperatureKelvin(),
            c.maxCellCurrentAmps(),
            c.minAnodePotentialVolts(),
            c.ambientKelvin(),
            Math.round(c.periodSeconds() * NANOS),
            c.charger().mapping().link().reserve().toNanos());
    double seconds = c.chargerDelaySeconds() + share.rampSeconds() + SLACK_SECONDS;
    return settings.commandValidityNanos() + Math.round(seconds * NANOS);
  }

  private static SiteSettings settings(SiteConfig c) {
    SiteConfig.Battery b = c.battery();
    return new SiteSettings(
        c.lowestLimitWatts(),
        c.safeLimitWatts(),
        c.baseLoadWatts(),
        c.budgetSeconds(),
        b == null
            ? null
            : new SiteSettings.Storage(
                b.powerWatts(),
                b.capacityWattHours(),
                b.efficiency(),
                b.minSoc(),
                b.maxSoc(),
                b.startSoc(),
                b.firm()),
        c.firmGenerationShare(),
        c.shifts(),
        c.departureMarginMinutes() * 60);
  }

  private SiteAhead ahead() {
    ZonedDateTime now = ZonedDateTime.now(clock);
    return new SiteAhead(
        NanoClock.SYSTEM.nanoTime(),
        config.limitsFrom(now),
        config.pricesFrom(now),
        config.generationFrom(now));
  }

  /** At once, but not twice for the same reason. */
  private void soon() {
    if (due.compareAndSet(false, true)) {
      try {
        ticker.execute(this::tick);
      } catch (RejectedExecutionException e) {
        LOG.debug("The site has ended: no budgets any more.");
      }
    }
  }

  /** A tick that fails leaves the budgets to run out; the next one may do better. */
  private void tick() {
    due.set(false);
    try {
      give();
      afterTick.run();
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        LOG.error("No budgets could be given; they run out.", e);
      }
      failing = true;
    }
  }

  private void give() {
    Map<String, Driven> all;
    synchronized (connectors) {
      all = new LinkedHashMap<>(connectors);
    }
    Instant utc = clock.instant();
    Map<String, Wish> wishes = new LinkedHashMap<>();
    all.forEach(
        (id, one) -> {
          ConnectorSupervision.Acted acted = one.supervision().acted();
          site.confirm(id, acted.sequence(), acted.sinceNanos());
          wishes.put(id, one.wish().now(utc));
        });
    site.share(wishes)
        .forEach(
            (id, budget) -> {
              Driven one = all.get(id);
              if (one != null) {
                one.supervision().budget(budget);
              }
            });
    showLimit(all, site.limitWatts());
  }

  /** The limit that counts is the station's power limit for whoever looks at a connector. */
  private void showLimit(Map<String, Driven> all, double limitWatts) {
    boolean isNew = limitWatts != shownLimitWatts;
    shownLimitWatts = limitWatts;
    for (Driven one : all.values()) {
      if (isNew || one.supervision().orders().stationLimitWatts() != limitWatts) {
        one.supervision().order(o -> o.withSharedLimit(limitWatts));
      }
    }
  }

  /** Looks ahead anew, and plans; a plan that fails is not followed. */
  private void plan() {
    try {
      site.lookAhead(ahead());
      StationPlan plan = StationPlanner.plan(site.request());
      site.planned(plan);
      if (!plan.isUsable()) {
        LOG.warn("The site has no plan ({}): each charge fends for itself.", plan.status());
      }
    } catch (RuntimeException e) {
      LOG.error("The site could not be planned.", e);
    }
  }

  private static ScheduledExecutorService executor(String name) {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, name);
          thread.setDaemon(true);
          return thread;
        });
  }
}
