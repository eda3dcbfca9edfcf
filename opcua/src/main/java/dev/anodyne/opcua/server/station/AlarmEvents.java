package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.server.alarm.AlarmChange;
import dev.anodyne.opcua.server.event.EventRouter;
import java.util.function.Consumer;

/** Tells every change of an alarm to whoever watches. */
final class AlarmEvents implements Consumer<AlarmChange> {
  private final ConditionNodes nodes;
  private final EventRouter router;

  AlarmEvents(ConditionNodes nodes, EventRouter router) {
    this.nodes = nodes;
    this.router = router;
  }

  @Override
  public void accept(AlarmChange change) {
    ConditionNode condition = nodes.of(change.alarm());
    if (condition != null && router.isWatched(condition.notifiers())) {
      // Everybody who has logged in may see alarms: a session without a log-in has no items.
      router.tell(nodes.event(condition, change.now()), condition.notifiers(), session -> true);
    }
  }
}
