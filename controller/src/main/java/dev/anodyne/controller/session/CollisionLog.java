package dev.anodyne.controller.session;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.Collision;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs limits that collide: once when they begin to, and once when others do. The same limits are
 * logged again only after they have been apart for a while, so that a charge on the edge of its
 * limits does not fill a log.
 */
final class CollisionLog {
  private static final Logger LOG = LoggerFactory.getLogger(ChargeLoop.class);
  private static final long APART_NANOS = 60_000_000_000L;

  private final String session;
  private List<ActiveConstraint> logged = List.of();
  private long seenNanos;

  CollisionLog(String session) {
    this.session = session;
  }

  /** Takes in what a decision told. */
  void hear(Collision collision, long nowNanos) {
    if (collision.isNone()) {
      return;
    }
    boolean again = nowNanos - seenNanos > APART_NANOS;
    if (again || !collision.constraints().equals(logged)) {
      logged = collision.constraints();
      LOG.warn("Session {}: {}.", session, collision.text());
    }
    seenNanos = nowNanos;
  }
}
