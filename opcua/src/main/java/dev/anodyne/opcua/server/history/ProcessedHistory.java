package dev.anodyne.opcua.server.history;

import java.util.ArrayList;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.AggregateConfiguration;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadProcessedDetails;
import org.jspecify.annotations.Nullable;

/**
 * Processed values (OPC 10000-11 §6.5.4): one {@link Aggregate} for each interval between start and
 * end, stamped with the interval's beginning. An interval begins with its first instant and ends
 * before its last.
 */
final class ProcessedHistory {
  /** Most values that one answer looks at. */
  private static final int MOST_POINTS = 1_000_000;

  private final HistoryStore store;
  private final String variable;
  private final Aggregate aggregate;
  private final long start;
  private final long end;
  private final long width;
  private final double percentBad;
  private final double percentGood;
  private final boolean uncertainIsBad;

  private ProcessedHistory(
      HistoryStore store, String variable, ReadProcessedDetails details, NodeId function)
      throws UaException {
    this.store = store;
    this.variable = variable;
    aggregate =
        Aggregate.of(function)
            .orElseThrow(() -> new UaException(StatusCodes.Bad_AggregateNotSupported));
    start = given(details.getStartTime());
    end = given(details.getEndTime());
    double millis = details.getProcessingInterval();
    if (!(millis >= 0) || start == end) {
      throw new UaException(StatusCodes.Bad_InvalidArgument);
    }
    double micros = millis * 1000;
    width = micros < 1 || micros > Math.abs(end - start) ? Math.abs(end - start) : (long) micros;
    AggregateConfiguration c = details.getAggregateConfiguration();
    boolean own = c != null && Boolean.FALSE.equals(c.getUseServerCapabilitiesDefaults());
    // The defaults of OPC 10000-13 §4.2.1.2.
    uncertainIsBad = c == null || !own || Boolean.TRUE.equals(c.getTreatUncertainAsBad());
    percentBad = c != null && own ? c.getPercentDataBad().doubleValue() : 100;
    percentGood = c != null && own ? c.getPercentDataGood().doubleValue() : 100;
    if (percentBad > 100 || percentGood > 100 || percentGood < 100 - percentBad) {
      throw new UaException(StatusCodes.Bad_AggregateInvalidInputs);
    }
  }

  /**
   * Answers for one variable.
   *
   * @param function the standard node of an aggregate
   * @param carried where to go on; null or empty at the beginning
   * @param most intervals in one answer; a continuation point leads on
   * @throws UaException when the question makes no sense
   */
  static HistoryPage read(
      HistoryStore store,
      String variable,
      ReadProcessedDetails details,
      NodeId function,
      @Nullable ByteString carried,
      int most)
      throws UaException {
    return new ProcessedHistory(store, variable, details, function).page(carried, most);
  }

  private HistoryPage page(@Nullable ByteString carried, int most) throws UaException {
    String request = variable + '|' + aggregate + '|' + start + '|' + end + '|' + width;
    Resume resume = Resume.of(carried, request);
    long at = resume == null ? start : resume.nextMicros();
    int direction = end > start ? 1 : -1;
    List<DataValue> values = new ArrayList<>();
    while (values.size() < most && direction * (end - at) > 0) {
      long next = direction > 0 ? Math.min(at + width, end) : Math.max(at - width, end);
      values.add(interval(at, next));
      at = next;
    }
    boolean more = direction * (end - at) > 0;
    return new HistoryPage(
        StatusCode.GOOD,
        values,
        more ? new Resume(at, -1).toByteString(request) : ByteString.NULL_VALUE);
  }

  /** Backwards, an interval holds its later end and is stamped with it (OPC 10000-13 §5.4.2.2). */
  private DataValue interval(long from, long to) {
    List<HistoryPoint> points =
        to > from
            ? store.ascending(variable, from, to - 1, MOST_POINTS)
            : store.descending(variable, from, to + 1, MOST_POINTS);
    List<HistoryPoint> good = points.stream().filter(this::counts).toList();
    DateTime time = HistoryPoint.dateTime(from);
    if (points.isEmpty()) {
      return new DataValue(Variant.NULL_VALUE, new StatusCode(StatusCodes.Bad_NoData), time, time);
    }
    double goodPercent = 100.0 * good.size() / points.size();
    if (good.isEmpty() || 100 - goodPercent >= percentBad) {
      return new DataValue(Variant.NULL_VALUE, new StatusCode(StatusCodes.Bad_NoData), time, time);
    }
    long status =
        goodPercent >= percentGood ? StatusCodes.Good : StatusCodes.Uncertain_DataSubNormal;
    return new DataValue(
        new Variant(aggregate.of(good)), new StatusCode(status | CALCULATED), time, time);
  }

  /** InfoType DataValue, HistorianBits Calculated (OPC 10000-4 §7.39, table 178). */
  private static final long CALCULATED = 0x0400L | 0x01L;

  private boolean counts(HistoryPoint point) {
    StatusCode status = new StatusCode(point.status());
    return !Double.isNaN(point.value())
        && (status.isGood() || !uncertainIsBad && status.isUncertain());
  }

  private static long given(@Nullable DateTime time) throws UaException {
    if (time == null || time.isNull()) {
      throw new UaException(StatusCodes.Bad_InvalidArgument);
    }
    return HistoryPoint.micros(time);
  }
}
