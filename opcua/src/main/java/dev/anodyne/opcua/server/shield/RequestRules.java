package dev.anodyne.opcua.server.shield;

import java.util.Set;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.UaRequestMessageType;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.ActivateSessionRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilterElement;
import org.eclipse.milo.opcua.stack.core.types.structured.CreateMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ElementOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.HistoryReadRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ModifyMonitoredItemsRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemCreateRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoredItemModifyRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.MonitoringParameters;
import org.jspecify.annotations.Nullable;

/**
 * What is refused for what it asks: refreshes of alarms that come too often, and filters of events
 * that are too large or whose conditions refer to themselves, which the library would follow for
 * ever at the next event. Structures within requests are read here first, with care.
 */
final class RequestRules {
  private static final Set<NodeId> REFRESHES =
      Set.of(NodeIds.ConditionType_ConditionRefresh, NodeIds.ConditionType_ConditionRefresh2);

  /** Fields of an event that a client may select. */
  private static final int MOST_FIELDS = 200;

  /** Conditions of one filter. */
  private static final int MOST_CONDITIONS = 32;

  private final Connection connection;
  private final TokenBucket refreshes;

  RequestRules(Connection connection) {
    this.connection = connection;
    double rate = connection.limits().rates().refreshes();
    refreshes = new TokenBucket(rate, Math.max(3, 3 * rate), System.nanoTime());
  }

  @Nullable Refusal refusal(UaRequestMessageType asked) {
    if (asked instanceof CallRequest call) {
      return mayRefresh(call.getMethodsToCall()) ? null : Refusal.REFRESH_TOO_OFTEN;
    }
    if (asked instanceof CreateMonitoredItemsRequest create && create.getItemsToCreate() != null) {
      for (MonitoredItemCreateRequest item : create.getItemsToCreate()) {
        if (!isSound(item.getRequestedParameters())) {
          return Refusal.FILTER;
        }
      }
    }
    if (asked instanceof ModifyMonitoredItemsRequest modify && modify.getItemsToModify() != null) {
      for (MonitoredItemModifyRequest item : modify.getItemsToModify()) {
        if (!isSound(item.getRequestedParameters())) {
          return Refusal.FILTER;
        }
      }
    }
    if (asked instanceof HistoryReadRequest history) {
      return isReadable(history.getHistoryReadDetails()) ? null : Refusal.STRUCTURE;
    }
    if (asked instanceof ActivateSessionRequest activate) {
      return isReadable(activate.getUserIdentityToken()) ? null : Refusal.STRUCTURE;
    }
    return null;
  }

  /** Whether a structure that the library is going to read can be read without harm. */
  private boolean isReadable(@Nullable ExtensionObject structure) {
    EncodingContext encoding = connection.shield().encodingContext();
    if (structure == null || encoding == null) {
      return true;
    }
    try {
      CheckedDecoder.read(structure, encoding);
      return true;
    } catch (UaSerializationException | IndexOutOfBoundsException e) {
      return false;
    }
  }

  private boolean mayRefresh(CallMethodRequest @Nullable [] methods) {
    int wanted = 0;
    if (methods != null) {
      for (CallMethodRequest method : methods) {
        wanted += REFRESHES.contains(method.getMethodId()) ? 1 : 0;
      }
    }
    if (wanted == 0) {
      return true;
    }
    return wanted == 1 && refreshes.take(1, System.nanoTime()) == 0;
  }

  private boolean isSound(@Nullable MonitoringParameters parameters) {
    ExtensionObject filter = parameters == null ? null : parameters.getFilter();
    EncodingContext encoding = connection.shield().encodingContext();
    if (filter == null || encoding == null) {
      return true;
    }
    try {
      Object read = CheckedDecoder.read(filter, encoding);
      return !(read instanceof EventFilter events) || isSound(events, encoding);
    } catch (UaSerializationException | IndexOutOfBoundsException e) {
      return false;
    }
  }

  private static boolean isSound(EventFilter filter, EncodingContext encoding) {
    Object[] fields = filter.getSelectClauses();
    ContentFilter where = filter.getWhereClause();
    ContentFilterElement[] conditions = where == null ? null : where.getElements();
    if (fields != null && fields.length > MOST_FIELDS) {
      return false;
    }
    if (conditions == null) {
      return true;
    }
    if (conditions.length > MOST_CONDITIONS) {
      return false;
    }
    for (int i = 0; i < conditions.length; i++) {
      ExtensionObject[] operands = conditions[i].getFilterOperands();
      if (operands != null && !pointDown(operands, i, conditions.length, encoding)) {
        return false;
      }
    }
    return true;
  }

  /** Operands may only refer to later conditions (OPC 10000-4 §7.7.4.2). */
  private static boolean pointDown(
      ExtensionObject[] operands, int own, int count, EncodingContext encoding) {
    for (ExtensionObject operand : operands) {
      Object read = CheckedDecoder.read(operand, encoding);
      if (read instanceof ElementOperand element
          && (element.getIndex().longValue() <= own || element.getIndex().longValue() >= count)) {
        return false;
      }
    }
    return true;
  }
}
