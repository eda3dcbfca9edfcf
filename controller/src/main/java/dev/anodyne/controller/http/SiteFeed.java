package dev.anodyne.controller.http;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A card for each connector, made once for all who watch or ask, and only when it is asked for and
 * something may have changed. Lives on one event loop.
 */
final class SiteFeed {
  /** What is shown is at most this old, whoever asks and how often. */
  static final long FRESH_NANOS = Duration.ofMillis(400).toNanos();

  /** A card is made anew when its session has told something, and after this time in any case. */
  private static final long OLD_NANOS = Duration.ofSeconds(2).toNanos();

  private final Api api;
  private final Map<String, CardState> cards = new LinkedHashMap<>();
  private long lookedNanos = Long.MIN_VALUE;
  private long newest;
  private long siteNanos = Long.MIN_VALUE;
  private SiteLook.@Nullable Now site;

  SiteFeed(Api api) {
    this.api = api;
  }

  /** A connector's card as it is now. */
  String now(SessionView view) {
    CardState card = cards.computeIfAbsent(view.id(), unused -> new CardState());
    make(view, card, System.nanoTime());
    return card.text();
  }

  /** A connector's card, as new as half a second: it costs nothing when nothing has changed. */
  String text(SessionView view) {
    return fresh(view, System.nanoTime()).text();
  }

  /** The connectors that are shown, in order, and as new as half a second. */
  Map<String, CardState> all() {
    long now = System.nanoTime();
    if (lookedNanos == Long.MIN_VALUE || now - lookedNanos >= FRESH_NANOS) {
      lookedNanos = now;
      api.board().views().forEach(view -> fresh(view, now));
      if (cards.size() > api.board().views().size()) {
        cards.keySet().removeIf(id -> api.board().view(id) == null);
      }
    }
    return cards;
  }

  /** What has just been asked for shows at once. */
  void forget() {
    lookedNanos = Long.MIN_VALUE;
    siteNanos = Long.MIN_VALUE;
  }

  /** How the power is shared, as new as half a second; null where it is not. */
  SiteLook.@Nullable Now site() {
    long now = System.nanoTime();
    if (siteNanos == Long.MIN_VALUE || now - siteNanos >= FRESH_NANOS) {
      siteNanos = now;
      ApiParts parts = api.maybeParts();
      SiteLook look = parts == null ? null : parts.site();
      site = look == null ? null : look.look().get();
    }
    return site;
  }

  private CardState fresh(SessionView view, long now) {
    CardState card = cards.computeIfAbsent(view.id(), unused -> new CardState());
    if (card.isDue(view, now, OLD_NANOS)) {
      make(view, card, now);
    }
    return card;
  }

  private void make(SessionView view, CardState card, long now) {
    AlarmRows rows = api.alarms();
    SiteLook.Now shared = site();
    newest++;
    card.take(
        view,
        Cards.of(
            view,
            api.supervision(view.id()),
            rows == null ? AlarmRows.Sum.NONE : rows.sum(view.id()),
            shared == null ? Map.of() : shared.shares()),
        now,
        newest);
  }
}
