package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.model.ValueRange;
import dev.anodyne.opcua.server.history.HistoryPoint;
import dev.anodyne.opcua.server.history.HistoryStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.eclipse.milo.opcua.sdk.server.items.DataItem;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.jspecify.annotations.Nullable;

/**
 * A charger, or the station itself: its variables with their newest values. All values change
 * together, so that one read never mixes two instants. What has not changed keeps its value, and
 * with it the time of its last change; only measurements and estimates get the time of each sample.
 *
 * @param <S> what its values are taken from
 */
final class LiveObject<S> {
  /** The status and time of values, by where they come from. */
  interface Truth {
    long status(Origin origin);

    Instant time(Origin origin, long status);
  }

  private final String id;
  private final List<LiveVariable> variables = new ArrayList<>();
  private final List<VariableSpec<S>> specs = new ArrayList<>();
  private volatile DataValue[] image = {};

  LiveObject(String id) {
    this.id = id;
  }

  /** The first part of its node ids. */
  String id() {
    return id;
  }

  /** Adds a variable while the object is made. */
  LiveVariable add(VariableSpec<S> spec, @Nullable ValueRange range, NodeId nodeId) {
    LiveVariable variable = new LiveVariable(this, variables.size(), spec, range, nodeId);
    variables.add(variable);
    specs.add(spec);
    DataValue[] next = new DataValue[variables.size()];
    System.arraycopy(image, 0, next, 0, image.length);
    next[variable.index()] =
        new DataValue(
            Variant.NULL_VALUE,
            new StatusCode(StatusCodes.Bad_WaitingForInitialData),
            DateTime.now());
    image = next;
    return variable;
  }

  /** A variable's newest value. */
  DataValue value(LiveVariable variable) {
    return image[variable.index()];
  }

  /** Takes in new values, keeps those that are to be kept, and tells the watchers. */
  synchronized void publish(S source, Truth truth, HistoryStore history) {
    DataValue[] before = image;
    DataValue[] next = new DataValue[before.length];
    for (int i = 0; i < next.length; i++) {
      next[i] = next(before[i], variables.get(i), specs.get(i), source, truth);
    }
    image = next;
    for (int i = 0; i < next.length; i++) {
      if (next[i] != before[i]) {
        tell(variables.get(i), next[i], history);
      }
    }
  }

  /** Shows a value that was written, until the next publication says what became of it. */
  synchronized void show(LiveVariable variable, Object value, Instant now) {
    DataValue[] next = image.clone();
    next[variable.index()] = new DataValue(new Variant(value), StatusCode.GOOD, Kind.dateTime(now));
    image = next;
    variable.watchers().forEach(item -> give(item, next[variable.index()]));
  }

  /** Tells an item the newest value now, and every new one from now on. */
  synchronized void watch(LiveVariable variable, DataItem item) {
    if (!variable.watchers().contains(item)) {
      List<DataItem> items = new ArrayList<>(variable.watchers());
      items.add(item);
      variable.setWatchers(List.copyOf(items));
    }
    give(item, value(variable));
  }

  synchronized void unwatch(LiveVariable variable, DataItem item) {
    variable.setWatchers(variable.watchers().stream().filter(i -> i != item).toList());
  }

  /** Tells all watchers that there is no such object any more. */
  synchronized void end() {
    DataValue gone = new DataValue(StatusCodes.Bad_NodeIdUnknown);
    for (LiveVariable variable : variables) {
      variable.watchers().forEach(item -> give(item, gone));
      variable.setWatchers(List.of());
    }
  }

  private static <S> DataValue next(
      DataValue before, LiveVariable variable, VariableSpec<S> spec, S source, Truth truth) {
    long status = truth.status(spec.origin());
    boolean bad = new StatusCode(status).isBad();
    Object value = bad ? null : spec.kind().toUa(spec.value().apply(source));
    if (!bad && (value == null || isInfinite(value))) {
      // There is no such number: say so, and show none.
      status = StatusCodes.Bad_DataUnavailable;
      value = null;
    } else if (status == StatusCodes.Good && isOutside(variable.range(), value)) {
      status = StatusCodes.Uncertain_EngineeringUnitsExceeded;
    }
    DateTime time = Kind.dateTime(truth.time(spec.origin(), status));
    boolean same =
        before.statusCode().value() == status && Objects.deepEquals(before.value().value(), value);
    boolean sampled =
        value != null && (spec.origin() == Origin.MEASURED || spec.origin() == Origin.ESTIMATE);
    if (same && (!sampled || time.equals(before.sourceTime()))) {
      return before;
    }
    return new DataValue(
        value == null ? Variant.NULL_VALUE : new Variant(value), new StatusCode(status), time);
  }

  private static boolean isInfinite(@Nullable Object value) {
    return value instanceof Double d && Double.isInfinite(d);
  }

  private static boolean isOutside(@Nullable ValueRange range, @Nullable Object value) {
    if (range == null) {
      return false;
    }
    if (value instanceof Double[] numbers) {
      for (Double number : numbers) {
        if (!range.contains(number)) {
          return true;
        }
      }
      return false;
    }
    return value instanceof Double number && !range.contains(number);
  }

  private static void tell(LiveVariable variable, DataValue value, HistoryStore history) {
    for (DataItem item : variable.watchers()) {
      give(item, value);
    }
    DateTime time = value.sourceTime();
    if (variable.spec().historized() && time != null) {
      double number = value.value().value() instanceof Double d ? d : Double.NaN;
      history.append(variable.key(), HistoryPoint.at(time, number, value.statusCode().value()));
    }
  }

  private static void give(DataItem item, DataValue value) {
    if (item.isSamplingEnabled()) {
      TimestampsToReturn timestamps = item.getTimestampsToReturn();
      item.setValue(
          DataValue.derivedValue(value, timestamps == null ? TimestampsToReturn.Both : timestamps));
    }
  }
}
