package dev.anodyne.opcua.server.station;

import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.opcua.server.alarm.Alarm;
import dev.anodyne.opcua.server.alarm.Alarms;
import dev.anodyne.opcua.server.event.EventMaker;
import dev.anodyne.opcua.server.event.EventNode;
import dev.anodyne.opcua.server.event.EventRouter;
import dev.anodyne.opcua.server.event.RefreshThrottle;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.items.BaseMonitoredItem;
import org.eclipse.milo.opcua.sdk.server.items.MonitoredEventItem;
import org.eclipse.milo.opcua.sdk.server.subscriptions.Subscription;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DiagnosticInfo;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.jspecify.annotations.Nullable;

/**
 * Tells a client that asks how all conditions stand that are of interest (OPC 10000-9 §5.5.7 and
 * §5.5.8): only the asking subscription, or one item of it, hears of it. What is told is how an
 * alarm stands when its turn comes; what happens to alarms meanwhile is told as always. Many alarms
 * come in portions, so that they fit into the item's queue.
 */
final class ConditionRefresh {
  private static final long SHORTEST_PAUSE_MILLIS = 50;
  private static final long LONGEST_PAUSE_MILLIS = 2000;

  private final Alarms alarms;
  private final ConditionNodes nodes;
  private final EventMaker events;
  private final ScheduledExecutorService thread;
  private final Clock clock;
  private final RefreshThrottle throttle = new RefreshThrottle(NanoClock.SYSTEM);
  private final Set<UInteger> running = ConcurrentHashMap.newKeySet();

  /**
   * Refreshes the conditions of a server.
   *
   * @param thread tells what does not fit into a queue at once
   */
  ConditionRefresh(
      Alarms alarms,
      ConditionNodes nodes,
      EventMaker events,
      ScheduledExecutorService thread,
      Clock clock) {
    this.alarms = alarms;
    this.nodes = nodes;
    this.events = events;
    this.thread = thread;
    this.clock = clock;
  }

  /** Carries out ConditionRefresh or ConditionRefresh2. */
  CallMethodResult call(@Nullable Session session, CallMethodRequest request) {
    if (session == null || session.getIdentity() == null) {
      return result(StatusCodes.Bad_UserAccessDenied);
    }
    boolean one = NodeIds.ConditionType_ConditionRefresh2.equals(request.getMethodId());
    Variant[] inputs = Objects.requireNonNullElse(request.getInputArguments(), new Variant[0]);
    int expected = one ? 2 : 1;
    if (inputs.length != expected) {
      return result(
          inputs.length < expected
              ? StatusCodes.Bad_ArgumentsMissing
              : StatusCodes.Bad_TooManyArguments);
    }
    if (!(inputs[0].value() instanceof UInteger subscriptionId)) {
      return result(StatusCodes.Bad_InvalidArgument);
    }
    UInteger itemId = null;
    if (one) {
      if (!(inputs[1].value() instanceof UInteger id)) {
        return result(StatusCodes.Bad_InvalidArgument);
      }
      itemId = id;
    }
    Subscription subscription = session.getSubscriptionManager().getSubscription(subscriptionId);
    if (subscription == null) {
      return result(StatusCodes.Bad_SubscriptionIdInvalid);
    }
    List<MonitoredEventItem> items = items(subscription, itemId);
    if (one && items.isEmpty()) {
      return result(StatusCodes.Bad_MonitoredItemIdInvalid);
    }
    return result(begin(session, subscription, items));
  }

  private long begin(Session session, Subscription subscription, List<MonitoredEventItem> items) {
    if (!running.add(subscription.getId())) {
      return StatusCodes.Bad_RefreshInProgress;
    }
    if (!throttle.mayRefresh(session.getSessionId())) {
      running.remove(subscription.getId());
      return StatusCodes.Bad_RefreshInProgress;
    }
    EventNode start = event(NodeIds.RefreshStartEventType, "The refresh begins.");
    items.forEach(item -> EventRouter.tell(start, item));
    go(new Round(subscription, items, new ArrayDeque<>(alarms.retained())));
    return StatusCodes.Good;
  }

  /** A refresh that goes on. */
  private record Round(
      Subscription subscription, List<MonitoredEventItem> items, Deque<Alarm> left) {
    /** How many alarms fit into half of the shortest queue; the rest is for what happens. */
    int portion() {
      int queue =
          items.stream().mapToInt(BaseMonitoredItem::getQueueSize).min().orElse(Integer.MAX_VALUE);
      return Math.max(1, queue / 2);
    }

    long pauseMillis() {
      double interval = subscription.getPublishingInterval();
      return Math.round(
          Math.max(SHORTEST_PAUSE_MILLIS, Math.min(LONGEST_PAUSE_MILLIS, 2 * interval)));
    }
  }

  private void go(Round round) {
    try {
      for (int i = round.portion(); i > 0 && !round.left().isEmpty(); i--) {
        tell(round.left().removeFirst(), round.items());
      }
      if (!round.left().isEmpty()) {
        var unused = thread.schedule(() -> go(round), round.pauseMillis(), TimeUnit.MILLISECONDS);
        return;
      }
      EventNode end = event(NodeIds.RefreshEndEventType, "The refresh ends.");
      round.items().forEach(item -> EventRouter.tell(end, item));
      running.remove(round.subscription().getId());
    } catch (RejectedExecutionException e) {
      running.remove(round.subscription().getId());
    }
  }

  private void tell(Alarm alarm, List<MonitoredEventItem> items) {
    ConditionNode condition = nodes.of(alarm);
    if (condition == null) {
      return;
    }
    alarm.whileStill(
        state -> {
          if (!state.retain()) {
            return;
          }
          EventNode event = nodes.event(condition, state);
          for (MonitoredEventItem item : items) {
            if (condition.notifiers().contains(item.getReadValueId().getNodeId())) {
              EventRouter.tell(event, item);
            }
          }
        });
  }

  private static List<MonitoredEventItem> items(
      Subscription subscription, @Nullable UInteger itemId) {
    List<MonitoredEventItem> items = new ArrayList<>();
    for (BaseMonitoredItem<?> item : List.copyOf(subscription.getMonitoredItems().values())) {
      if (item instanceof MonitoredEventItem event
          && (itemId == null || event.getId().equals(itemId))) {
        items.add(event);
      }
    }
    return items;
  }

  private EventNode event(NodeId type, String message) {
    return events.event(
        new EventMaker.Head(type, NodeIds.Server, "Server", clock.instant(), 1, message),
        List.of());
  }

  private static CallMethodResult result(long status) {
    return new CallMethodResult(
        new StatusCode(status), new StatusCode[0], new DiagnosticInfo[0], new Variant[0]);
  }
}
