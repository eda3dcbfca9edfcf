package dev.anodyne.opcua.server.event;

import dev.anodyne.core.charging.NanoClock;
import java.util.LinkedHashMap;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/**
 * Bounds how often clients may ask for a refresh: a call of a few bytes makes the server send every
 * condition it has. Each session has a bucket of {@value #SESSION_BURST} that fills by one in
 * {@value #SESSION_SECONDS} s, and all sessions together one of {@value #ALL_BURST} that fills by
 * {@value #ALL_PER_SECOND} a second. Thread-safe.
 */
public final class RefreshThrottle {
  private static final int SESSION_BURST = 5;
  private static final double SESSION_SECONDS = 2;
  private static final int ALL_BURST = 50;
  private static final double ALL_PER_SECOND = 10;

  /** Sessions beyond this many are forgotten, the oldest first. */
  private static final int MOST_SESSIONS = 1000;

  private final NanoClock clock;
  private final Bucket all;
  private final Map<NodeId, Bucket> sessions = new LinkedHashMap<>();

  /**
   * Full buckets.
   *
   * @param clock by which they fill
   */
  public RefreshThrottle(NanoClock clock) {
    this.clock = clock;
    this.all = new Bucket(ALL_BURST, ALL_PER_SECOND, clock.nanoTime());
  }

  /** Whether a session may have a refresh now; if so it is counted. */
  public synchronized boolean mayRefresh(NodeId session) {
    long now = clock.nanoTime();
    Bucket own =
        sessions.computeIfAbsent(
            session, id -> new Bucket(SESSION_BURST, 1 / SESSION_SECONDS, now));
    if (sessions.size() > MOST_SESSIONS) {
      sessions.remove(sessions.keySet().iterator().next());
    }
    if (!own.isReady(now) || !all.isReady(now)) {
      return false;
    }
    own.take();
    all.take();
    return true;
  }

  /** A bucket of permissions. */
  private static final class Bucket {
    private final int burst;
    private final double perSecond;
    private double level;
    private long filledNanos;

    Bucket(int burst, double perSecond, long nanos) {
      this.burst = burst;
      this.perSecond = perSecond;
      this.level = burst;
      this.filledNanos = nanos;
    }

    boolean isReady(long nanos) {
      level = Math.min(burst, level + (nanos - filledNanos) * 1e-9 * perSecond);
      filledNanos = nanos;
      return level >= 1;
    }

    void take() {
      level -= 1;
    }
  }
}
