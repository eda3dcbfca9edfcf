package dev.anodyne.opcua.client;

import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.TagBinding;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.jspecify.annotations.Nullable;

/**
 * One clock for each point that says how old its newest sign of life is. A server that froze, or a
 * gateway whose device is gone, still answers with good status: only a changed value or a moved
 * time stamp shows that the source lives.
 */
final class TagClocks {
  private static final long NANOS_PER_TICK = 100;

  private final int points;
  private final long[] limitNanos;
  private final boolean[] valuesOnly;
  private final @Nullable DataValue[] newest;
  private final long[] freshNanos;
  private final SourceClock source = new SourceClock();
  private boolean moved;

  TagClocks(TagPlan plan) {
    points = plan.addresses().size();
    limitNanos = new long[points];
    valuesOnly = new boolean[points];
    newest = new DataValue[points];
    freshNanos = new long[points];
    for (Map.Entry<ChargerTag, Integer> entry : plan.points().entrySet()) {
      TagBinding binding = Objects.requireNonNull(plan.bindings().get(entry.getKey()));
      long limit = binding.details().staleness().toNanos();
      int point = entry.getValue();
      if (limit > 0) {
        limitNanos[point] = limitNanos[point] == 0 ? limit : Math.min(limit, limitNanos[point]);
      }
      valuesOnly[point] |= binding.details().valuesOnly();
    }
  }

  /**
   * Takes in what has arrived.
   *
   * @param at the points
   * @param values their values, in the same order
   * @param nowNanos the machine's time of arrival
   */
  void heard(List<Integer> at, List<DataValue> values, long nowNanos) {
    moved = false;
    for (int i = 0; i < at.size(); i++) {
      DateTime time = values.get(i).sourceTime();
      if (time != null && time.isValid()) {
        DataValue before = newest[at.get(i)];
        DateTime last = before == null ? null : before.sourceTime();
        if (last != null && time.utcTime() < last.utcTime()) {
          source.restart();
        }
        source.heard(time.utcTime() * NANOS_PER_TICK, nowNanos);
      }
    }
    for (int i = 0; i < at.size(); i++) {
      note(at.get(i), values.get(i), nowNanos);
    }
  }

  private void note(int point, DataValue value, long nowNanos) {
    DataValue before = newest[point];
    newest[point] = value;
    DateTime time = value.sourceTime();
    boolean stamped = time != null && time.isValid();
    boolean sameValue = before != null && value.value().equals(before.value());
    boolean sameTime = before != null && Objects.equals(time, before.sourceTime());
    if (sameValue && (sameTime || valuesOnly[point])) {
      return;
    }
    moved = true;
    long age =
        stamped && time != null ? source.ageNanos(time.utcTime() * NANOS_PER_TICK, nowNanos) : 0;
    freshNanos[point] = nowNanos - age;
  }

  /** True when the last arrival showed that some source lives. */
  boolean hasMoved() {
    return moved;
  }

  /** The newest value of a point; null before the first. */
  @Nullable DataValue newest(int point) {
    return newest[point];
  }

  /** The point that turns stale first; −1 when none can. */
  int firstToStale() {
    int first = -1;
    for (int point = 0; point < points; point++) {
      if (limitNanos[point] > 0
          && newest[point] != null
          && (first < 0 || staleNanos(point) - staleNanos(first) < 0)) {
        first = point;
      }
    }
    return first;
  }

  /** The machine's time at which a point turns stale when nothing more is heard of it. */
  long staleNanos(int point) {
    return freshNanos[point] + limitNanos[point];
  }
}
