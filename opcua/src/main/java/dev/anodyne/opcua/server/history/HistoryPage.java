package dev.anodyne.opcua.server.history;

import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;

/**
 * A part of an answer.
 *
 * @param status Good, or Good_NoData
 * @param values in the order that was asked for
 * @param resume where to go on; {@link ByteString#NULL_VALUE} at the end
 */
record HistoryPage(StatusCode status, List<DataValue> values, ByteString resume) {}
