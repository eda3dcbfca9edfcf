package dev.anodyne.opcua.server.history;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRawModifiedDetails;
import org.jspecify.annotations.Nullable;

/**
 * Raw values (OPC 10000-11 §6.5.3): two of start, end and number must be given. The first of start
 * and end is included, the second only with bounds; a start after the end asks for the newest
 * first.
 */
final class RawHistory {
  private final HistoryStore store;
  private final String variable;
  private final boolean backwards;
  private final boolean bounds;
  private final @Nullable Long start;
  private final @Nullable Long end;
  private final int most;
  private final int page;

  private RawHistory(HistoryStore store, String variable, ReadRawModifiedDetails details, int page)
      throws UaException {
    this.page = page;
    this.store = store;
    this.variable = variable;
    start = given(details.getStartTime());
    end = given(details.getEndTime());
    bounds = Boolean.TRUE.equals(details.getReturnBounds());
    long number = details.getNumValuesPerNode().longValue();
    most = number == 0 ? -1 : (int) Math.min(number, Integer.MAX_VALUE);
    if (start == null && end == null || most < 0 && (start == null || end == null)) {
      throw new UaException(StatusCodes.Bad_HistoryOperationInvalid);
    }
    backwards = start == null || end != null && start > end;
  }

  /**
   * Answers for one variable.
   *
   * @param carried where to go on; null or empty at the beginning
   * @param page most values in one answer; a continuation point leads on
   * @throws UaException when the question makes no sense
   */
  static HistoryPage read(
      HistoryStore store,
      String variable,
      ReadRawModifiedDetails details,
      @Nullable ByteString carried,
      int page)
      throws UaException {
    if (Boolean.TRUE.equals(details.getIsReadModified())) {
      throw new UaException(StatusCodes.Bad_HistoryOperationUnsupported);
    }
    return new RawHistory(store, variable, details, page).page(carried);
  }

  private HistoryPage page(@Nullable ByteString carried) throws UaException {
    String request = variable + '|' + start + '|' + end + '|' + most + '|' + bounds;
    Resume resume = Resume.of(carried, request);
    long first = resume != null ? resume.nextMicros() : first();
    int left = resume != null ? resume.left() : most;
    List<DataValue> values = new ArrayList<>();
    if (bounds && resume == null) {
      bound(first, !backwards, values);
    }
    int room = (left < 0 ? page : Math.min(left, page)) - values.size();
    // One more than fits tells whether there is more.
    List<HistoryPoint> points = points(first, Math.max(room, 0) + 1);
    boolean more = points.size() > Math.max(room, 0);
    for (HistoryPoint point : more ? points.subList(0, Math.max(room, 0)) : points) {
      values.add(point.toDataValue());
    }
    int leftNow = left < 0 ? -1 : left - values.size();
    boolean asked = most >= 0 && (start == null || end == null) && leftNow <= 0;
    if (more && !asked) {
      long next = points.get(points.size() - 1).epochMicros();
      // With both times given, the number only says how long a page is.
      int onwards = start != null && end != null ? most : leftNow;
      return new HistoryPage(
          StatusCode.GOOD, values, new Resume(next, onwards).toByteString(request));
    }
    if (bounds
        && !more
        && start != null
        && !start.equals(end)
        && end != null
        && room > points.size()) {
      bound(last(), backwards, values);
    }
    StatusCode status =
        values.isEmpty() ? new StatusCode(StatusCodes.Good_NoData) : StatusCode.GOOD;
    return new HistoryPage(status, values, ByteString.NULL_VALUE);
  }

  private long first() {
    Long given = start != null ? start : end;
    return given == null ? 0 : given;
  }

  private long last() {
    return end == null ? 0 : end;
  }

  private List<HistoryPoint> points(long first, int limit) {
    if (backwards) {
      long oldest = start == null || end == null ? Long.MIN_VALUE : end + 1;
      return store.descending(variable, first, oldest, limit);
    }
    // The same instant twice asks for the value at it.
    long newest = end == null ? Long.MAX_VALUE : end.equals(start) ? end : end - 1;
    return store.ascending(variable, first, newest, limit);
  }

  /** The value at a boundary, or the nearest one outside; says so when there is none. */
  private void bound(long at, boolean before, List<DataValue> values) {
    List<HistoryPoint> exact = store.ascending(variable, at, at, 1);
    boolean opening = values.isEmpty();
    if (!exact.isEmpty()) {
      if (!opening || at != first()) {
        values.add(exact.get(0).toDataValue());
      }
      return;
    }
    List<HistoryPoint> outside =
        before
            ? store.descending(variable, at, Long.MIN_VALUE, 1)
            : store.ascending(variable, at, Long.MAX_VALUE, 1);
    if (outside.isEmpty()) {
      DateTime time = HistoryPoint.dateTime(at);
      values.add(
          new DataValue(
              Variant.NULL_VALUE, new StatusCode(StatusCodes.Bad_BoundNotFound), time, time));
    } else {
      values.add(outside.get(0).toDataValue());
    }
  }

  private static @Nullable Long given(@Nullable DateTime time) {
    return time == null || time.isNull() ? null : HistoryPoint.micros(time);
  }
}
