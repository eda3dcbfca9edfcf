package dev.anodyne.opcua.client;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.anodyne.opcua.model.ChargerImage;
import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.TagBinding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.client.subscriptions.MonitoredItemServiceOperationResult;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DeadbandType;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;

/**
 * The server's promise to send what has changed. It lives as long as its session: one that cannot
 * be transferred, was dropped by the server or fell silent ends the session, and the charger's own
 * thread opens a new one. Nothing is repaired in the library's callbacks, where waiting for an
 * answer would wait for ever.
 */
final class TagSubscription {
  /** Told what the server sends, on threads of the library: must not block. */
  interface Listener {
    /** Values of some points have arrived. */
    void changed(List<Integer> points, List<DataValue> values);

    /** The server is there, but nothing has changed. */
    void alive();

    /** Nothing will come any more. */
    void ended(String reason);
  }

  /** Sampling and publishing delays add: the first is kept small against the second. */
  private static final double SAMPLES_PER_PUBLISH = 4;

  /** Older values of a point are of no use, and queues cost the server memory. */
  private static final int QUEUE = 1;

  /** A subscription whose client is gone ends after this. */
  private static final long LIFETIME_MILLIS = 10_000;

  /**
   * Signs of life within the time after which a silent server counts as gone: one may be late by as
   * much again.
   */
  private static final int ALIVE_PER_SILENCE = 3;

  private static final Set<ChargerTag> MEASURED = ChargerImage.measuredTags();

  private final OpcUaSubscription subscription;
  private final TagPlan plan;
  private final Duration period;
  private final Duration staleness;
  private final Duration silence;
  private final List<OpcUaMonitoredItem> items = new ArrayList<>();

  private TagSubscription(
      OpcUaClient client,
      TagPlan plan,
      Duration period,
      Duration staleness,
      Duration silence,
      Listener listener) {
    this.plan = plan;
    this.period = period;
    this.staleness = staleness;
    this.silence = silence;
    this.subscription = new OpcUaSubscription(client, (double) period.toMillis());
    long aliveMillis = Math.min(staleness.toMillis() / 2, silence.toMillis() / ALIVE_PER_SILENCE);
    long aliveCount = Math.max(1, aliveMillis / period.toMillis());
    subscription.setLifetimeAndKeepAliveCalculated(false);
    subscription.setMaxKeepAliveCount(uint(aliveCount));
    subscription.setLifetimeCount(
        uint(Math.max(3 * aliveCount, LIFETIME_MILLIS / period.toMillis())));
    subscription.setWatchdogMultiplier(
        (double) silence.toMillis() / (period.toMillis() * (aliveCount + 1)));
    subscription.setSubscriptionListener(new Forwarding(listener));
  }

  /**
   * Subscribes to all points of a plan. Blocks for a few requests: not for a thread of the library.
   *
   * @param nodes the points' nodes, in the plan's order
   * @param period how often changes are sent
   * @param staleness how long the heartbeat may stand still
   * @param silence how long nothing at all may come
   * @throws LinkException when the server cannot do it, or not often enough
   */
  static void open(
      OpcUaClient client,
      TagPlan plan,
      List<NodeId> nodes,
      Duration period,
      Duration staleness,
      Duration silence,
      Listener listener)
      throws LinkException {
    TagSubscription made = new TagSubscription(client, plan, period, staleness, silence, listener);
    try {
      made.subscription.create();
    } catch (UaException e) {
      throw made.impossible(Words.of(e));
    }
    made.addItems(nodes);
    made.requireOftenEnough();
  }

  private void addItems(List<NodeId> nodes) throws LinkException {
    for (int point = 0; point < nodes.size(); point++) {
      OpcUaMonitoredItem item = OpcUaMonitoredItem.newDataItem(nodes.get(point));
      item.setUserObject(point);
      item.setSamplingInterval(period.toMillis() / SAMPLES_PER_PUBLISH);
      item.setQueueSize(uint(QUEUE));
      item.setFilter(filter(point));
      items.add(item);
    }
    subscription.addMonitoredItems(items);
    boolean plain = false;
    for (MonitoredItemServiceOperationResult result : subscription.createMonitoredItems()) {
      if (isFilterRefused(result)) {
        // Without a filter the server sends more than is needed, but nothing is missed.
        result.monitoredItem().setFilter(null);
        plain = true;
      } else {
        requireGood(result);
      }
    }
    if (plain) {
      for (MonitoredItemServiceOperationResult result : subscription.createMonitoredItems()) {
        requireGood(result);
      }
    }
  }

  /** A measured value that is sent with every new time stamp shows that its source lives. */
  private DataChangeFilter filter(int point) {
    return filter(plan, point);
  }

  /**
   * What of a point is sent. Of all that is read from it, the finest counts; a bit of a word may
   * change without its number changing much.
   */
  static DataChangeFilter filter(TagPlan plan, int point) {
    boolean isWord = plan.faultPoints().contains(point) || plan.connectedPoint() == point;
    double finest = isWord ? 0 : Double.POSITIVE_INFINITY;
    boolean stamped = false;
    for (Map.Entry<ChargerTag, Integer> entry : plan.points().entrySet()) {
      if (entry.getValue() == point) {
        TagBinding binding = Objects.requireNonNull(plan.bindings().get(entry.getKey()));
        finest = Math.min(finest, binding.details().deadband() / Math.abs(binding.scale()));
        stamped |= MEASURED.contains(entry.getKey()) || !binding.details().staleness().isZero();
      }
    }
    double deadband = Double.isFinite(finest) ? finest : 0;
    return deadband > 0
        ? new DataChangeFilter(
            DataChangeTrigger.StatusValue, uint(DeadbandType.Absolute.getValue()), deadband)
        : new DataChangeFilter(
            stamped ? DataChangeTrigger.StatusValueTimestamp : DataChangeTrigger.StatusValue,
            uint(DeadbandType.None.getValue()),
            0.0);
  }

  private static boolean isFilterRefused(MonitoredItemServiceOperationResult result) {
    long code = result.operationResult().orElse(result.serviceResult()).value();
    return code == StatusCodes.Bad_MonitoredItemFilterUnsupported
        || code == StatusCodes.Bad_MonitoredItemFilterInvalid
        || code == StatusCodes.Bad_DeadbandFilterInvalid
        || code == StatusCodes.Bad_FilterNotAllowed;
  }

  private void requireGood(MonitoredItemServiceOperationResult result) throws LinkException {
    StatusCode status = result.operationResult().orElse(result.serviceResult());
    if (!result.isGood()) {
      throw impossible(name(result.monitoredItem()) + ": " + Words.nameOf(status));
    }
  }

  private void requireOftenEnough() throws LinkException {
    double longest = staleness.toMillis() / 2.0;
    double publishing = subscription.getRevisedPublishingInterval().orElse(0.0);
    if (publishing > longest) {
      throw tooSeldom("The server publishes", publishing);
    }
    if (publishing >= silence.toMillis()) {
      throw new LinkException(
          String.format(
              Locale.ROOT,
              "The server publishes every %.0f ms, but counts as gone after %d ms of silence.%n"
                  + "Maybe link.periodMillis must be at most %d.",
              publishing,
              silence.toMillis(),
              silence.toMillis() / 2));
    }
    requireSignsOfLife(publishing);
    for (OpcUaMonitoredItem item : items) {
      double sampling = item.getRevisedSamplingInterval().orElse(0.0);
      if (sampling > longest) {
        throw tooSeldom(name(item) + " is sampled", sampling);
      }
    }
  }

  /** Where no heartbeat moves, an unchanged charger is heard by its server's keep-alives alone. */
  private void requireSignsOfLife(double publishing) throws LinkException {
    long count = subscription.getRevisedMaxKeepAliveCount().map(UInteger::longValue).orElse(1L);
    double alive = publishing * count;
    if (alive >= silence.toMillis() && !plan.points().containsKey(ChargerTag.HEARTBEAT)) {
      throw new LinkException(
          String.format(
              Locale.ROOT,
              "The server shows that it lives every %.0f ms at the most often, but counts as gone"
                  + " after %d ms of silence.%nMaybe link.mode must be poll, which does without.",
              alive,
              silence.toMillis()));
    }
  }

  private LinkException tooSeldom(String what, double millis) {
    return new LinkException(
        String.format(
            "%s every %.0f ms at the fastest, which is too seldom for a staleness limit of %d ms.%n"
                + "Maybe stalenessSeconds must be at least %.1f.",
            what, millis, staleness.toMillis(), 2 * millis * 1e-3));
  }

  private LinkException impossible(String why) {
    return new LinkException(
        "The server does not take the subscription: "
            + why
            + ".\nMaybe it has no place for one more; mode: poll does without.");
  }

  private String name(OpcUaMonitoredItem item) {
    return plan.nameOf(pointOf(item));
  }

  private static int pointOf(OpcUaMonitoredItem item) {
    return (Integer) item.getUserObject().orElseThrow();
  }

  /** Turns the library's events into the listener's. */
  private record Forwarding(Listener listener) implements OpcUaSubscription.SubscriptionListener {
    @Override
    public void onDataReceived(
        OpcUaSubscription from, List<OpcUaMonitoredItem> changed, List<DataValue> values) {
      listener.changed(changed.stream().map(TagSubscription::pointOf).toList(), values);
    }

    @Override
    public void onKeepAliveReceived(OpcUaSubscription from) {
      listener.alive();
    }

    @Override
    public void onWatchdogTimerElapsed(OpcUaSubscription from) {
      // The session judges the silence itself: it knows how far this process is behind.
    }

    @Override
    public void onStatusChanged(OpcUaSubscription from, StatusCode status) {
      if (status.isBad()) {
        listener.ended("The charger has dropped the subscription: " + Words.nameOf(status) + ".");
      }
    }

    @Override
    public void onTransferFailed(OpcUaSubscription from, StatusCode status) {
      listener.ended("The charger did not take the subscription over into a new session.");
    }
  }
}
