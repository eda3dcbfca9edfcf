package dev.anodyne.opcua.server.alarm;

import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The causes that count: each has lasted for the alarm's on-delay, and has not been gone for its
 * off-delay. So a source that chatters makes no storm of events: at most one in each delay. Not
 * thread-safe.
 */
final class Debounce {
  private final long onNanos;
  private final long offNanos;
  private final Map<String, Cause> counting = new LinkedHashMap<>();

  /** Since when a cause has been other than it counts: there or gone. */
  private final Map<String, Long> changing = new HashMap<>();

  Debounce(Duration on, Duration off) {
    onNanos = on.toNanos();
    offNanos = off.toNanos();
  }

  boolean counts(String cause) {
    return counting.containsKey(cause);
  }

  /** The causes that count, in the order in which they came. */
  List<Cause> counting() {
    return List.copyOf(counting.values());
  }

  /** Forgets everything. */
  void clear() {
    counting.clear();
    changing.clear();
  }

  /** Takes in what is seen at an instant of a monotonic clock, ns. */
  void take(List<Cause> seen, long nanos) {
    if (seen.isEmpty() && counting.isEmpty() && changing.isEmpty()) {
      return; // as nearly always
    }
    Map<String, Cause> now = new LinkedHashMap<>();
    seen.forEach(cause -> now.putIfAbsent(cause.name(), cause));
    Iterator<Cause> old = counting.values().iterator();
    while (old.hasNext()) {
      String name = old.next().name();
      if (now.containsKey(name)) {
        changing.remove(name);
      } else if (lasts(name, offNanos, nanos)) {
        changing.remove(name);
        old.remove();
      }
    }
    changing.keySet().removeIf(name -> !now.containsKey(name) && !counting.containsKey(name));
    for (Cause cause : now.values()) {
      boolean known = counting.containsKey(cause.name());
      if (known || lasts(cause.name(), onNanos, nanos)) {
        changing.remove(cause.name());
        counting.put(cause.name(), cause);
      }
    }
  }

  private boolean lasts(String name, long delayNanos, long nanos) {
    Long since = changing.putIfAbsent(name, nanos);
    return nanos - (since == null ? nanos : since) >= delayNanos;
  }
}
