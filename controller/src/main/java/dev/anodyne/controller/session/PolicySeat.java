package dev.anodyne.controller.session;

import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.PolicyDecision;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the deciding policy sits, and how another takes its place. {@link #offer} may be called on
 * any thread; everything else belongs to the thread that decides.
 */
final class PolicySeat implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PolicySeat.class);

  private final String session;
  private final AtomicReference<@Nullable Offer> offered = new AtomicReference<>();
  private ChargingPolicy policy;
  private @Nullable ChargingPolicy successor;
  private @Nullable Handover handover;

  private record Offer(ChargingPolicy policy, String description) {}

  /**
   * What is commanded when a decision begins.
   *
   * @param cellAmps cell current commanded until now, A
   * @param limitAmps the session's cell current limit, A
   */
  record Flowing(double cellAmps, double limitAmps) {}

  PolicySeat(String session, ChargingPolicy policy) {
    this.session = session;
    this.policy = policy;
  }

  /** Offers the seat; an earlier offer that has not been taken up is withdrawn. */
  void offer(ChargingPolicy next, String description) {
    Offer before = offered.getAndSet(new Offer(next, description));
    if (before != null) {
      before.policy().close();
    }
  }

  /** Takes up an offer for the decision that begins; its description, or null without one. */
  @Nullable String takeUp() {
    Offer offer = offered.getAndSet(null);
    if (offer == null) {
      return null;
    }
    if (successor != null) {
      successor.close();
    }
    successor = offer.policy();
    return offer.description();
  }

  /** Whether a policy takes over, which is looked at every period. */
  boolean isChanging() {
    return successor != null || handover != null;
  }

  /** Decides; a successor takes the seat with its first decision that does not fail. */
  PolicyDecision next(CellEstimate estimate, ChargeLimits limits, Flowing flowing, long nowNanos) {
    ChargingPolicy fresh = successor;
    successor = null;
    PolicyDecision decision =
        fresh == null
            ? policy.next(estimate, limits)
            : firstOf(fresh, estimate, limits, flowing, nowNanos);
    Handover slow = handover;
    if (slow == null) {
      return decision;
    }
    PolicyDecision held = slow.limit(decision, nowNanos);
    if (slow.isOver()) {
      handover = null;
    }
    return held;
  }

  private PolicyDecision firstOf(
      ChargingPolicy fresh,
      CellEstimate estimate,
      ChargeLimits limits,
      Flowing flowing,
      long nowNanos) {
    PolicyDecision first;
    try {
      fresh.takeOver(policy);
      first = fresh.next(estimate, limits);
    } catch (RuntimeException | LinkageError e) {
      LOG.error("Session {}: the new policy failed; the old one stays.", session, e);
      fresh.close();
      return policy.next(estimate, limits);
    }
    policy.close();
    policy = fresh;
    if (flowing.cellAmps() > 0.0) {
      handover = new Handover(flowing.cellAmps(), flowing.limitAmps(), nowNanos);
    }
    return first;
  }

  @Override
  public void close() {
    takeUp();
    if (successor != null) {
      successor.close();
      successor = null;
    }
    policy.close();
  }
}
