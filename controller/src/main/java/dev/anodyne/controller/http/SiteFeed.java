package dev.anodyne.controller.http;

import dev.anodyne.controller.storage.StationStorage;
import dev.anodyne.controller.storage.StoreStatus;
import dev.anodyne.opcua.server.alarm.Alarm;
import dev.anodyne.opcua.server.alarm.Alarms;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The site as it is shown: the station and a card for each connector, made once for all who watch.
 * Lives on one event loop.
 */
final class SiteFeed {
  /** A card is made anew when its session has told something, and after this time in any case. */
  private static final long OLD_NANOS = Duration.ofSeconds(2).toNanos();

  private final Api api;
  private final Map<String, Shown> shown = new LinkedHashMap<>();
  private final Map<String, JsonObject> cards = new LinkedHashMap<>();
  private long madeNanos = Long.MIN_VALUE;
  private long round;
  private long stationRound = -1;
  private @Nullable StationText stationText;

  /** A card with what it was made from. */
  private static final class Shown {
    private @Nullable SessionView view;
    private long changes = -1;
    private long version;
    private long madeNanos;
    private @Nullable JsonObject card;
    private String text = "";
    private String urgent = "";
    private long urgentVersion;
  }

  SiteFeed(Api api) {
    this.api = api;
  }

  /** All cards by connector, in order, as new as half a second. */
  Map<String, JsonObject> cards() {
    refresh();
    return cards;
  }

  /** One card, as it is now. */
  JsonObject card(SessionView view) {
    List<Alarm> alarms = retained();
    return make(view, AlarmRows.sums(alarms), shares());
  }

  /** Rises with each change of a card; 0 for a connector that is not there. */
  long version(String id) {
    Shown one = shown.get(id);
    return one == null ? 0 : one.version;
  }

  /** Rises when a card says something that cannot wait: its state, its alarms, its charge. */
  long urgentVersion(String id) {
    Shown one = shown.get(id);
    return one == null ? 0 : one.urgentVersion;
  }

  /** A card as text. */
  String text(String id) {
    Shown one = shown.get(id);
    return one == null ? "" : one.text;
  }

  /** Makes what has changed anew, at most twice a second. */
  void refresh() {
    long now = System.nanoTime();
    if (madeNanos != Long.MIN_VALUE && now - madeNanos < Duration.ofMillis(400).toNanos()) {
      return;
    }
    madeNanos = now;
    round++;
    Map<String, AlarmRows.Sum> alarms = AlarmRows.sums(retained());
    Map<String, SiteLook.Share> shares = shares();
    for (SessionView view : api.board().views()) {
      Shown one = shown.computeIfAbsent(view.id(), unused -> new Shown());
      boolean same = one.view == view && one.changes == view.changes();
      if (!same || now - one.madeNanos > OLD_NANOS || one.card == null) {
        one.view = view;
        one.changes = view.changes();
        one.madeNanos = now;
        take(view.id(), one, make(view, alarms, shares));
      }
    }
    if (shown.size() > api.board().views().size()) {
      shown.keySet().removeIf(id -> api.board().view(id) == null);
      cards.keySet().retainAll(shown.keySet());
    }
  }

  private void take(String id, Shown one, JsonObject card) {
    one.card = card;
    cards.put(id, card);
    String text = card.encode();
    if (!text.equals(one.text)) {
      one.text = text;
      one.version = round;
    }
    String urgent =
        card.getJsonObject("state").getString("name")
            + card.getValue("charge")
            + card.getValue("alarms")
            + card.getValue("held")
            + card.getValue("link")
            + card.getValue("fallback");
    if (!urgent.equals(one.urgent)) {
      one.urgent = urgent;
      one.urgentVersion = round;
    }
  }

  private JsonObject make(
      SessionView view, Map<String, AlarmRows.Sum> alarms, Map<String, SiteLook.Share> shares) {
    return Cards.of(
        view,
        api.supervision(view.id()),
        alarms.getOrDefault(view.id(), AlarmRows.Sum.NONE),
        shares);
  }

  private List<Alarm> retained() {
    AlarmRows rows = api.alarms();
    return rows == null ? List.of() : rows.retained();
  }

  private SiteLook.@Nullable Now site() {
    ApiParts parts = api.maybeParts();
    SiteLook look = parts == null ? null : parts.site();
    return look == null ? null : look.look().get();
  }

  private Map<String, SiteLook.Share> shares() {
    SiteLook.Now now = site();
    return now == null ? Map.of() : now.shares();
  }

  /** The alarms that are of interest, as rows. */
  JsonArray alarms() {
    AlarmRows rows = api.alarms();
    JsonArray all = new JsonArray();
    if (rows != null) {
      rows.retained().forEach(alarm -> all.add(rows.row(alarm)));
    }
    return all;
  }

  /**
   * The station as those who watch are sent it.
   *
   * @param text of the event
   * @param essence the same without what changes in any case: time passing is no news
   */
  record StationText(String text, String essence) {}

  /** The station, made once for all who watch; as new as half a second. */
  StationText stationText() {
    refresh();
    StationText text = stationText;
    if (text == null || stationRound != round) {
      JsonObject station = station();
      stationRound = round;
      text =
          new StationText(
              station.encode(), station.putNull("at").putNull("uptimeSeconds").encode());
      stationText = text;
    }
    return text;
  }

  /** The station, as it is now. */
  JsonObject station() {
    refresh();
    ApiParts parts = api.maybeParts();
    Instant now = Instant.now();
    SiteLook.Now site = site();
    return new JsonObject()
        .put("name", parts == null ? "Anodyne" : parts.name())
        .put("version", parts == null ? "" : parts.version())
        .put("at", now.toString())
        .put("powerWatts", power())
        .put("limitWatts", limit(site))
        .put("externalLimit", external(site))
        .put(
            "sharing",
            site == null
                ? null
                : new JsonObject().put("why", site.why()).put("status", site.status()))
        .put("connectors", count())
        .put("alarms", alarmCount())
        .put("storage", storage(parts))
        .put(
            "uptimeSeconds",
            parts == null ? 0 : Duration.between(parts.begun(), now).toMillis() / 1000.0)
        .put("loop", loop());
  }

  private @Nullable Double power() {
    double watts = 0;
    boolean any = false;
    for (JsonObject card : cards.values()) {
      Double one = card.getDouble("powerWatts");
      any |= one != null;
      watts += one == null ? 0 : one;
    }
    return any ? (Double) watts : null;
  }

  private @Nullable Double limit(SiteLook.@Nullable Now site) {
    double lowest = site == null ? Double.POSITIVE_INFINITY : site.limitWatts();
    if (site == null) {
      lowest = asked();
    }
    return Double.isFinite(lowest) ? (Double) lowest : null;
  }

  /** Without a site the limit that operators have set for all chargers together. */
  private double asked() {
    return api.board().views().stream()
        .map(view -> api.supervision(view.id()))
        .filter(supervision -> supervision != null)
        .mapToDouble(supervision -> supervision.asked().stationLimitWatts())
        .min()
        .orElse(Double.POSITIVE_INFINITY);
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

  private JsonObject count() {
    int charging = 0;
    int suspended = 0;
    int faulted = 0;
    for (JsonObject card : cards.values()) {
      String state = card.getJsonObject("state").getString("name");
      charging += state.equals("Charging") ? 1 : 0;
      suspended += state.equals("Suspended") ? 1 : 0;
      faulted += state.equals("Faulted") ? 1 : 0;
    }
    return new JsonObject()
        .put("total", cards.size())
        .put("charging", charging)
        .put("suspended", suspended)
        .put("faulted", faulted);
  }

  private JsonObject alarmCount() {
    ApiParts parts = api.maybeParts();
    Alarms all = parts == null ? null : parts.desk().alarms();
    int active = 0;
    int unseen = 0;
    for (Alarm alarm : all == null ? List.<Alarm>of() : all.retained()) {
      active += alarm.state().active() ? 1 : 0;
      unseen += alarm.state().acknowledged() ? 0 : 1;
    }
    return new JsonObject().put("active", active).put("unacknowledged", unseen);
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

  private @Nullable JsonObject loop() {
    double lateness = 0;
    double solve = 0;
    long missed = 0;
    boolean any = false;
    for (SessionView view : api.board().views()) {
      JsonObject record = view.latest();
      JsonObject timing = record == null ? null : record.getJsonObject("timing");
      if (timing != null) {
        any = true;
        lateness = Math.max(lateness, timing.getDouble("latenessMillisP99", 0.0));
        solve = Math.max(solve, timing.getDouble("solveMillisP99", 0.0));
        missed += timing.getLong("misses", 0L);
      }
    }
    return any
        ? new JsonObject()
            .put("latenessMillisP99", lateness)
            .put("solveMillisP99", solve)
            .put("missedDeadlines", missed)
        : null;
  }

  /** The connectors that are shown. */
  Set<String> ids() {
    return shown.keySet();
  }
}
