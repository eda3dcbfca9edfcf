package dev.anodyne.opcua.server.event;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.items.EventItem;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows who watches the events of which node, and tells them. An item watches one node, so that an
 * event which goes to several nodes – charger, station, Server – reaches each item once.
 * Thread-safe; telling an item only puts the event into its queue.
 */
public final class EventRouter {
  /** Events that an item queues up unless its client asks for another number. */
  private static final UInteger USUAL_QUEUE = UInteger.valueOf(100);

  /** Events that an item may queue up at most; the queue is allocated at once. */
  private static final UInteger LONGEST_QUEUE = UInteger.valueOf(1000);

  private static final Logger LOG = LoggerFactory.getLogger(EventRouter.class);

  private final Map<NodeId, Set<EventItem>> watching = new ConcurrentHashMap<>();

  /**
   * The queue that an item gets: zero and one ask the server for what it thinks fit (OPC 10000-4
   * §7.21).
   */
  public static UInteger queue(UInteger requested) {
    if (requested.longValue() <= 1) {
      return USUAL_QUEUE;
    }
    return requested.compareTo(LONGEST_QUEUE) > 0 ? LONGEST_QUEUE : requested;
  }

  /** Items that are told events from now on. */
  public void watch(List<EventItem> items) {
    for (EventItem item : items) {
      watching
          .computeIfAbsent(item.getReadValueId().getNodeId(), id -> ConcurrentHashMap.newKeySet())
          .add(item);
    }
  }

  /** Items that are told nothing any more. */
  public void unwatch(List<EventItem> items) {
    for (EventItem item : items) {
      watching.computeIfPresent(
          item.getReadValueId().getNodeId(),
          (id, watchers) -> {
            watchers.remove(item);
            return watchers.isEmpty() ? null : watchers;
          });
    }
  }

  /** True when somebody watches one of these nodes. */
  public boolean isWatched(List<NodeId> notifiers) {
    return notifiers.stream().anyMatch(watching::containsKey);
  }

  /**
   * Tells an event to those who watch one of some nodes.
   *
   * @param notifiers the nodes, each once
   * @param who may see it
   */
  public void tell(EventNode event, List<NodeId> notifiers, Predicate<Session> who) {
    for (NodeId notifier : notifiers) {
      for (EventItem item : watching.getOrDefault(notifier, Set.of())) {
        if (who.test(item.getSession())) {
          tell(event, item);
        }
      }
    }
  }

  /** Tells an event to one item; one that fails must not keep it from the others. */
  public static void tell(EventNode event, EventItem item) {
    try {
      if (item.isSamplingEnabled()) {
        item.onEvent(event);
      }
    } catch (RuntimeException e) {
      LOG.warn("An event could not be told to item {}.", item.getId(), e);
    }
  }
}
