package dev.anodyne.opcua.server.history;

import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryData;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadResult;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadProcessedDetails;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadRawModifiedDetails;

/** Answers requests for history. */
public final class HistoryReader {
  private final HistoryStore store;
  private final EncodingContext context;
  private final int most;

  /**
   * Of a store.
   *
   * @param context encodes answers
   * @param most values of a variable in one answer; a continuation point leads on
   */
  public HistoryReader(HistoryStore store, EncodingContext context, int most) {
    this.store = store;
    this.context = context;
    this.most = most;
  }

  /**
   * Answers for one variable whose history is kept.
   *
   * @param position the variable's position in the request: each has an aggregate of its own
   * @param count number of variables in the request
   */
  public HistoryReadResult read(
      HistoryReadDetails details,
      TimestampsToReturn timestamps,
      HistoryReadValueId id,
      int position,
      int count) {
    if (timestamps == TimestampsToReturn.Neither) {
      return failed(StatusCodes.Bad_TimestampsToReturnInvalid);
    }
    if (id.getIndexRange() != null && !id.getIndexRange().isEmpty()) {
      return failed(StatusCodes.Bad_IndexRangeInvalid);
    }
    try {
      HistoryPage page = page(details, id, position, count);
      DataValue[] values =
          page.values().stream().map(value -> stamped(value, timestamps)).toArray(DataValue[]::new);
      return new HistoryReadResult(
          page.status(), page.resume(), ExtensionObject.encode(context, new HistoryData(values)));
    } catch (UaException e) {
      return new HistoryReadResult(e.getStatusCode(), null, null);
    }
  }

  /** An answer that only says why there is none. */
  public static HistoryReadResult failed(long status) {
    return new HistoryReadResult(new StatusCode(status), null, null);
  }

  private HistoryPage page(
      HistoryReadDetails details, HistoryReadValueId id, int position, int count)
      throws UaException {
    String variable = String.valueOf(id.getNodeId().getIdentifier());
    if (details instanceof ReadRawModifiedDetails raw) {
      return RawHistory.read(store, variable, raw, id.getContinuationPoint(), most);
    }
    if (details instanceof ReadProcessedDetails processed) {
      NodeId[] functions = processed.getAggregateType();
      if (functions == null || functions.length != count) {
        throw new UaException(StatusCodes.Bad_AggregateListMismatch);
      }
      return ProcessedHistory.read(
          store, variable, processed, functions[position], id.getContinuationPoint(), most);
    }
    throw new UaException(StatusCodes.Bad_HistoryOperationUnsupported);
  }

  private static DataValue stamped(DataValue value, TimestampsToReturn timestamps) {
    return switch (timestamps) {
      case Source -> new DataValue(value.value(), value.statusCode(), value.sourceTime(), null);
      case Server -> new DataValue(value.value(), value.statusCode(), null, value.serverTime());
      default -> value;
    };
  }
}
