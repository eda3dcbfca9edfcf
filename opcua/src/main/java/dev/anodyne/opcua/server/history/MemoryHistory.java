package dev.anodyne.opcua.server.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The newest points of each variable, in memory: 20 bytes a point, allocated as they come, and the
 * oldest gives way when a variable has as many as it may.
 */
public final class MemoryHistory implements HistoryStore {
  private static final int FIRST_CAPACITY = 64;

  private final int pointsPerVariable;
  private final Map<String, Ring> rings = new ConcurrentHashMap<>();

  /**
   * A store that is bounded.
   *
   * @param pointsPerVariable most points of one variable, 1 to 1 000 000
   */
  public MemoryHistory(int pointsPerVariable) {
    if (pointsPerVariable < 1 || pointsPerVariable > 1_000_000) {
      throw new IllegalArgumentException(
          "A history of "
              + pointsPerVariable
              + " points a variable is not possible; allowed: 1 to 1000000.");
    }
    this.pointsPerVariable = pointsPerVariable;
  }

  @Override
  public void append(String variable, HistoryPoint point) {
    rings.computeIfAbsent(variable, name -> new Ring(pointsPerVariable)).append(point);
  }

  @Override
  public List<HistoryPoint> ascending(String variable, long fromMicros, long toMicros, int limit) {
    Ring ring = rings.get(variable);
    return ring == null ? List.of() : ring.ascending(fromMicros, toMicros, limit);
  }

  @Override
  public List<HistoryPoint> descending(String variable, long fromMicros, long toMicros, int limit) {
    Ring ring = rings.get(variable);
    return ring == null ? List.of() : ring.descending(fromMicros, toMicros, limit);
  }

  /** One variable's points, oldest first from {@code head} on. */
  private static final class Ring {
    private final int most;
    private long[] micros = new long[0];
    private double[] values = new double[0];
    private int[] statuses = new int[0];
    private int head;
    private int size;

    Ring(int most) {
      this.most = most;
    }

    synchronized void append(HistoryPoint point) {
      if (size > 0 && point.epochMicros() <= micros[slot(size - 1)]) {
        return;
      }
      if (size == micros.length && size < most) {
        grow();
      }
      int at;
      if (size < micros.length) {
        at = slot(size++);
      } else {
        at = head;
        head = (head + 1) % micros.length;
      }
      micros[at] = point.epochMicros();
      values[at] = point.value();
      statuses[at] = (int) point.status();
    }

    synchronized List<HistoryPoint> ascending(long from, long to, int limit) {
      List<HistoryPoint> points = new ArrayList<>();
      for (int i = firstNotBefore(from); i < size && points.size() < limit; i++) {
        if (micros[slot(i)] > to) {
          break;
        }
        points.add(point(i));
      }
      return points;
    }

    synchronized List<HistoryPoint> descending(long from, long to, int limit) {
      List<HistoryPoint> points = new ArrayList<>();
      int newest = from == Long.MAX_VALUE ? size - 1 : firstNotBefore(from + 1) - 1;
      for (int i = newest; i >= 0 && points.size() < limit; i--) {
        if (micros[slot(i)] < to) {
          break;
        }
        points.add(point(i));
      }
      return points;
    }

    /** Only a ring that has never wrapped grows: its points stand in order from 0 on. */
    private void grow() {
      int capacity = Math.min(most, Math.max(FIRST_CAPACITY, 2 * micros.length));
      micros = Arrays.copyOf(micros, capacity);
      values = Arrays.copyOf(values, capacity);
      statuses = Arrays.copyOf(statuses, capacity);
    }

    /** Position of the first point at or after a time. */
    private int firstNotBefore(long time) {
      int low = 0;
      int high = size;
      while (low < high) {
        int middle = (low + high) >>> 1;
        if (micros[slot(middle)] < time) {
          low = middle + 1;
        } else {
          high = middle;
        }
      }
      return low;
    }

    private HistoryPoint point(int i) {
      int at = slot(i);
      return new HistoryPoint(micros[at], values[at], Integer.toUnsignedLong(statuses[at]));
    }

    private int slot(int i) {
      return (head + i) % micros.length;
    }
  }
}
