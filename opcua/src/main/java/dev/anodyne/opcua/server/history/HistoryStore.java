package dev.anodyne.opcua.server.history;

import java.util.List;

/** Keeps values of the past. Thread-safe. */
public interface HistoryStore {
  /**
   * Keeps a point. Quick: called at the rate at which values change. A point that is not newer than
   * the variable's newest is left out.
   *
   * @param variable identifier of the variable's node
   */
  void append(String variable, HistoryPoint point);

  /**
   * The points of a time range, oldest first.
   *
   * @param fromMicros first instant, µs since 1970 UTC, included
   * @param toMicros last instant, included
   * @param limit most points to return, from the range's beginning
   */
  List<HistoryPoint> ascending(String variable, long fromMicros, long toMicros, int limit);

  /**
   * The points of a time range, newest first.
   *
   * @param fromMicros newest instant, included
   * @param toMicros oldest instant, included
   * @param limit most points to return, from the range's newest end
   */
  List<HistoryPoint> descending(String variable, long fromMicros, long toMicros, int limit);
}
