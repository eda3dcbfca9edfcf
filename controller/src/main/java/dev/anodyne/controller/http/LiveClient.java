package dev.anodyne.controller.http;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One who watches. Of what changes faster than it is sent the newest counts; points are sent
 * together, each once. A client that does not read gets nothing until it does, so it costs no
 * memory; one that has not read for half a minute is closed.
 *
 * <p>Events: {@code station}, {@code connectors} with {@code {"items": [cards], "removed": [ids]}}
 * (with {@code "changes": [{id, what has changed}]} for those who want it so) and {@code alarms}
 * with {@code {"active": [rows], "more": n}} twice a second for those who watch the site; {@code
 * session} with {@code {"id", "generation", "from", "points", "truthFrom", "truth", "summary"}} and
 * {@code removed} with {@code {"id"}} for those who watch a connector; {@code result} with a demo's
 * comparison.
 */
final class LiveClient {
  /** Of a thousand connectors nobody sees all at once: the rest comes with the next event. */
  private static final int MOST_CARDS = 100;

  /** Changes are a third of a card. */
  private static final int MOST_CHANGES = 250;

  private static final String NO_ALARMS = "{\"active\":[],\"more\":0}";
  private static final int ALIVE_TICKS = 18;
  private static final int SITE_TICKS = 2;
  private static final long SLOW_NANOS = Duration.ofSeconds(30).toNanos();

  private final Api api;
  private final SiteFeed feed;
  private final StationFeed station;
  private final Wanted wanted;
  private final Sink sink;
  private final Map<String, Cursor> cursors = new HashMap<>();
  private final Map<String, Long> sent = new HashMap<>();
  private final Map<String, Long> sentUrgent = new HashMap<>();
  private String sentStation = "";
  private long sentAlarms = -1;
  private long resultSent;
  private int ticks;
  private int silent;
  private long fullSince;
  private boolean slow;

  /**
   * What somebody wants to see.
   *
   * @param isSite whether station, cards and alarms
   * @param isChanges of cards only what has changed
   * @param connector points of this one; null: of all, unless the site is watched
   */
  record Wanted(boolean isSite, boolean isChanges, @Nullable String connector) {}

  /** How far a client has read. */
  private static final class Cursor {
    private int generation = -1;
    private int points;
    private int truth;
    private long changes = -1;
  }

  LiveClient(Api api, SiteFeed feed, StationFeed station, Wanted wanted, Sink sink) {
    this.api = api;
    this.feed = feed;
    this.station = station;
    this.wanted = wanted;
    this.sink = sink;
  }

  /** Whether it was closed since it did not read. */
  boolean isSlow() {
    return slow;
  }

  /** Sends what is new; true when this client has gone. */
  boolean tick() {
    if (sink.isClosed()) {
      return true;
    }
    if (sink.isFull()) {
      return isTooSlow();
    }
    fullSince = 0;
    boolean any = false;
    if (wanted.isSite() && ticks % SITE_TICKS == 0) {
      any = site();
    }
    ticks++;
    any |= sessions();
    any |= result();
    silent = any ? 0 : silent + 1;
    if (silent >= ALIVE_TICKS) {
      silent = 0;
      sink.alive();
    }
    return false;
  }

  private boolean isTooSlow() {
    long now = System.nanoTime();
    if (fullSince == 0) {
      fullSince = now;
    }
    if (now - fullSince < SLOW_NANOS) {
      return false;
    }
    slow = true;
    sink.close("The client has not read for 30 s.");
    return true;
  }

  private boolean site() {
    StationFeed.Text now = station.text();
    boolean any = !now.essence().equals(sentStation);
    if (any) {
      sentStation = now.essence();
      sink.event("station", now.json());
    }
    any |= cards();
    AlarmRows rows = api.alarms();
    long changes = rows == null ? 0 : rows.changes();
    if (changes != sentAlarms) {
      sentAlarms = changes;
      sink.event("alarms", rows == null ? NO_ALARMS : rows.text());
      any = true;
    }
    return any;
  }

  private boolean cards() {
    Map<String, CardState> all = feed.all();
    List<String> due = due(all);
    JsonArray removed = removed(all);
    if (due.isEmpty() && removed.isEmpty()) {
      return false;
    }
    StringBuilder items = new StringBuilder();
    StringBuilder changes = new StringBuilder();
    for (String id : due) {
      CardState card = all.get(id);
      if (card == null) {
        continue;
      }
      long known = wanted.isChanges() ? sent.getOrDefault(id, 0L) : 0;
      StringBuilder to = known == 0 ? items : changes;
      to.append(to.isEmpty() ? "" : ",").append(card.since(known));
      sent.put(id, card.version());
      sentUrgent.put(id, card.urgentVersion());
    }
    sink.event(
        "connectors",
        "{\"items\":["
            + items
            + (wanted.isChanges() ? "],\"changes\":[" + changes : "")
            + "],\"removed\":"
            + removed.encode()
            + "}");
    return true;
  }

  /** Those whose state has changed first, then those that were sent longest ago. */
  private List<String> due(Map<String, CardState> all) {
    List<String> due = new ArrayList<>();
    for (SessionView view : api.board().views()) {
      CardState card = all.get(view.id());
      if (card != null && card.version() != sent.getOrDefault(view.id(), 0L)) {
        due.add(view.id());
      }
    }
    int most = wanted.isChanges() ? MOST_CHANGES : MOST_CARDS;
    if (due.size() <= most || sent.isEmpty()) {
      return due;
    }
    due.sort(
        Comparator.<String, Boolean>comparing(id -> !isUrgent(id, all))
            .thenComparing(id -> sent.getOrDefault(id, 0L)));
    return due.subList(0, most);
  }

  private boolean isUrgent(String id, Map<String, CardState> all) {
    CardState card = all.get(id);
    return card != null && card.urgentVersion() != sentUrgent.getOrDefault(id, 0L);
  }

  private JsonArray removed(Map<String, CardState> all) {
    JsonArray removed = new JsonArray();
    for (String id : List.copyOf(sent.keySet())) {
      if (!all.containsKey(id)) {
        sent.remove(id);
        sentUrgent.remove(id);
        removed.add(id);
      }
    }
    return removed;
  }

  private boolean sessions() {
    String only = wanted.connector();
    if (only == null && wanted.isSite()) {
      return false;
    }
    boolean any = false;
    for (SessionView view : api.board().views()) {
      if (only == null || only.equals(view.id())) {
        any |= session(view, cursors.computeIfAbsent(view.id(), unused -> new Cursor()));
      }
    }
    for (String id : List.copyOf(cursors.keySet())) {
      if (api.board().view(id) == null) {
        cursors.remove(id);
        sink.event("removed", new JsonObject().put("id", id).encode());
        any = true;
      }
    }
    return any;
  }

  private boolean session(SessionView view, Cursor cursor) {
    if (cursor.generation != view.generation()) {
      cursor.generation = view.generation();
      cursor.points = 0;
      cursor.truth = 0;
      cursor.changes = -1;
    }
    boolean isNew =
        cursor.changes != view.changes()
            || cursor.points != view.points().size()
            || cursor.truth != view.truth().size();
    if (isNew) {
      JsonObject message =
          new JsonObject()
              .put("id", view.id())
              .put("generation", cursor.generation)
              .put("from", cursor.points)
              .put("points", view.points().from(cursor.points))
              .put("truthFrom", cursor.truth)
              .put("truth", view.truth().from(cursor.truth));
      sink.event("session", SessionView.with(message.encode(), "summary", view.summaryText()));
      cursor.points = view.points().size();
      cursor.truth = view.truth().size();
      cursor.changes = view.changes();
    }
    return isNew;
  }

  private boolean result() {
    JsonObject result = api.board().result();
    if (result == null || api.board().resultVersion() == resultSent) {
      return false;
    }
    resultSent = api.board().resultVersion();
    sink.event("result", result.encode());
    return true;
  }
}
