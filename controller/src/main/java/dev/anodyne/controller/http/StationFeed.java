package dev.anodyne.controller.http;

import dev.anodyne.controller.station.ConnectorSupervision;
import dev.anodyne.controller.storage.StationStorage;
import dev.anodyne.controller.storage.StoreStatus;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The station as a whole, made once for all who watch or ask, at most twice a second. Lives on one
 * event loop.
 */
final class StationFeed {
  private final Api api;
  private final SiteFeed feed;
  private long madeNanos = Long.MIN_VALUE;
  private Text text = new Text("", "");

  /**
   * The station as it is sent.
   *
   * @param json all of it
   * @param essence the same without what changes in any case: time passing is no news
   */
  record Text(String json, String essence) {}

  /** What the connectors come to. */
  private static final class Sums {
    private double watts;
    private boolean anyWatts;
    private int charging;
    private int suspended;
    private int faulted;
    private double lateness;
    private double solve;
    private long missed;
    private boolean anyTiming;

    void add(@Nullable JsonObject record) {
      if (record == null) {
        return;
      }
      if (record.getValue("packPowerWatts") instanceof Number one
          && Double.isFinite(one.doubleValue())) {
        anyWatts = true;
        watts += Math.rint(one.doubleValue());
      }
      JsonObject state = record.getJsonObject("state");
      String name = state == null ? "" : state.getString("name", "");
      charging += name.equals("Charging") ? 1 : 0;
      suspended += name.equals("Suspended") ? 1 : 0;
      faulted += name.equals("Faulted") ? 1 : 0;
      JsonObject timing = record.getJsonObject("timing");
      if (timing != null) {
        anyTiming = true;
        lateness = Math.max(lateness, timing.getDouble("latenessMillisP99", 0.0));
        solve = Math.max(solve, timing.getDouble("solveMillisP99", 0.0));
        missed += timing.getLong("misses", 0L);
      }
    }
  }

  StationFeed(Api api, SiteFeed feed) {
    this.api = api;
    this.feed = feed;
  }

  /** As new as half a second. */
  Text text() {
    long now = System.nanoTime();
    if (madeNanos == Long.MIN_VALUE || now - madeNanos >= SiteFeed.FRESH_NANOS) {
      madeNanos = now;
      JsonObject station = station();
      text = new Text(station.encode(), station.putNull("at").putNull("uptimeSeconds").encode());
    }
    return text;
  }

  /** What has just been asked of the station shows at once. */
  void forget() {
    madeNanos = Long.MIN_VALUE;
  }

  private JsonObject station() {
    Sums sums = new Sums();
    api.board().views().forEach(view -> sums.add(view.latest()));
    ApiParts parts = api.maybeParts();
    Instant now = Instant.now();
    SiteLook.Now site = feed.site();
    return new JsonObject()
        .put("name", parts == null ? "Anodyne" : parts.name())
        .put("version", parts == null ? "" : parts.version())
        .put("at", now.toString())
        .put("powerWatts", sums.anyWatts ? (Double) sums.watts : null)
        .put("limitWatts", limit(site))
        .put("externalLimit", external(site))
        .put(
            "sharing",
            site == null
                ? null
                : new JsonObject().put("why", site.why()).put("status", site.status()))
        .put("connectors", count(sums))
        .put("alarms", alarmCount())
        .put("storage", storage(parts))
        .put(
            "uptimeSeconds",
            parts == null ? 0 : Duration.between(parts.begun(), now).toMillis() / 1000.0)
        .put("loop", loop(sums));
  }

  private @Nullable Double limit(SiteLook.@Nullable Now site) {
    double lowest = site == null ? asked() : site.limitWatts();
    return Double.isFinite(lowest) ? (Double) lowest : null;
  }

  /** Without a site the limit that operators have set for all chargers together. */
  private double asked() {
    double lowest = Double.POSITIVE_INFINITY;
    for (SessionView view : api.board().views()) {
      ConnectorSupervision supervision = api.supervision(view.id());
      if (supervision != null) {
        lowest = Math.min(lowest, supervision.asked().stationLimitWatts());
      }
    }
    return lowest;
  }

  private @Nullable JsonObject external(SiteLook.@Nullable Now site) {
    Double watts = site == null ? null : site.externalWatts();
    double asked = site == null ? asked() : Double.POSITIVE_INFINITY;
    if (watts == null && Double.isInfinite(asked)) {
      return null;
    }
    return new JsonObject()
        .put("watts", watts == null ? (Double) asked : watts)
        .put("validUntil", site == null ? null : Instants.text(site.externalUntil()));
  }

  private JsonObject count(Sums sums) {
    return new JsonObject()
        .put("total", api.board().views().size())
        .put("charging", sums.charging)
        .put("suspended", sums.suspended)
        .put("faulted", sums.faulted);
  }

  private JsonObject alarmCount() {
    AlarmRows rows = api.alarms();
    return new JsonObject()
        .put("active", rows == null ? 0 : rows.active())
        .put("unacknowledged", rows == null ? 0 : rows.unacknowledged());
  }

  private static @Nullable JsonObject storage(@Nullable ApiParts parts) {
    StationStorage storage = parts == null ? null : parts.store();
    if (storage == null) {
      return null;
    }
    StoreStatus status = storage.status();
    String word =
        switch (status.state()) {
          case OK, CATCHING_UP -> "OK";
          case OPENING, SPOOLING -> "SPOOLING";
          case MEMORY_ONLY -> "DOWN";
        };
    return new JsonObject()
        .put("state", word)
        .put("spoolDepth", status.inboxEntries() + status.spoolEntries())
        .putNull("spoolCapacity")
        .put("filled", status.filled())
        .put("lastError", status.lastError())
        .put("since", Instants.text(status.since()));
  }

  private static @Nullable JsonObject loop(Sums sums) {
    return sums.anyTiming
        ? new JsonObject()
            .put("latenessMillisP99", sums.lateness)
            .put("solveMillisP99", sums.solve)
            .put("missedDeadlines", sums.missed)
        : null;
  }
}
