package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.server.event.EventMaker;
import dev.anodyne.opcua.server.event.EventRouter;
import java.time.Clock;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/**
 * Tells whoever watches the Server's events that nodes have come or gone, as a
 * BaseModelChangeEventType (OPC 10000-3 §9.32.6): it says that clients are to browse anew, not what
 * has changed.
 */
final class ModelChanges {
  private static final List<NodeId> NOTIFIERS = List.of(NodeIds.Server);
  private static final int SEVERITY = 1;

  private final EventMaker events;
  private final EventRouter router;
  private final Clock clock;

  ModelChanges(EventMaker events, EventRouter router, Clock clock) {
    this.events = events;
    this.router = router;
    this.clock = clock;
  }

  /** Tells it. */
  void told(String message) {
    if (router.isWatched(NOTIFIERS)) {
      EventMaker.Head head =
          new EventMaker.Head(
              NodeIds.BaseModelChangeEventType,
              NodeIds.Server,
              "Server",
              clock.instant(),
              SEVERITY,
              message);
      router.tell(events.event(head, List.of()), NOTIFIERS, session -> true);
    }
  }
}
