package dev.anodyne.opcua.server.shield;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import java.util.ArrayDeque;
import java.util.Deque;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.SessionListener;
import org.eclipse.milo.opcua.sdk.server.subscriptions.Subscription;
import org.eclipse.milo.opcua.sdk.server.subscriptions.SubscriptionDeletedEvent;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteSubscriptionsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.RequestHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps subscriptions that have outlived their session, so that a client that comes back can take
 * them over, but only so many of them, the newest. Without it they stay for ever: when a session
 * ends, the library (1.1.2) cuts the tie by which it would hear that the life of its subscriptions
 * has run out.
 */
final class OrphanKeeper implements SessionListener, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanKeeper.class);

  private record Orphan(Subscription subscription, Session parent) {}

  private final OpcUaServer server;
  private final int most;
  private final Deque<Orphan> orphans = new ArrayDeque<>();

  OrphanKeeper(OpcUaServer server, int most) {
    this.server = server;
    this.most = most;
    server.getSessionManager().addSessionListener(this);
  }

  @Override
  public void close() {
    server.getSessionManager().removeSessionListener(this);
  }

  @Override
  public void onSessionCreated(Session session) {}

  /** The library calls it for one session after the other. */
  @Override
  public synchronized void onSessionClosed(Session session) {
    for (Subscription subscription : server.getSubscriptions().values()) {
      if (subscription.getSession() == session) {
        // Ties it again, so that it goes when its life has run out.
        server.getInternalEventBus().post(new SubscriptionDeletedEvent(subscription));
        session.getSubscriptionManager().addSubscription(subscription);
        orphans.addLast(new Orphan(subscription, session));
      }
    }
    orphans.removeIf(o -> !isOrphan(o));
    while (orphans.size() > most) {
      delete(orphans.removeFirst());
    }
  }

  private boolean isOrphan(Orphan orphan) {
    return server.getSubscriptions().containsKey(orphan.subscription().getId())
        && orphan.subscription().getSession() == orphan.parent();
  }

  private void delete(Orphan orphan) {
    UInteger id = orphan.subscription().getId();
    LOG.warn("Subscription {} without a session is deleted: there are more than {}.", id, most);
    RequestHeader header =
        new RequestHeader(NodeId.NULL_VALUE, DateTime.now(), uint(0), uint(0), null, uint(0), null);
    var unused =
        orphan
            .parent()
            .getSubscriptionManager()
            .deleteSubscriptions(new DeleteSubscriptionsRequest(header, new UInteger[] {id}));
  }
}
