package dev.anodyne.opcua.server.event;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilterElement;
import org.eclipse.milo.opcua.stack.core.types.structured.ElementOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.EventFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the filters of event items before the library does.
 *
 * <ul>
 *   <li>Clients write the operand for the id of a condition with a null browse path. The library
 *       refuses it, and the item would never be told anything: it becomes an empty path.
 *   <li>A where clause with operators that the library does not know is asked for as a field:
 *       {@link WhereFields}.
 *   <li>Elements of a where clause may refer to each other in a circle, or twice to the same one
 *       again and again, which would never end or take forever with each event. Such a filter, or a
 *       very long one, loses its fields: the library then refuses it with {@code
 *       Bad_EventFilterInvalid}.
 * </ul>
 */
public final class EventFilters implements UnaryOperator<ExtensionObject> {
  private static final int MOST_FIELDS = 200;
  private static final int MOST_ELEMENTS = 32;
  private static final EventFilter REFUSED =
      new EventFilter(
          new SimpleAttributeOperand[0], new ContentFilter(new ContentFilterElement[0]));

  private final EncodingContext context;

  public EventFilters(EncodingContext context) {
    this.context = context;
  }

  @Override
  public ExtensionObject apply(ExtensionObject filter) {
    try {
      return filter.decode(context) instanceof EventFilter events
          ? ExtensionObject.encode(context, mended(events))
          : filter;
    } catch (RuntimeException e) {
      // Cannot be read: that is the library's to say.
      return filter;
    }
  }

  private EventFilter mended(EventFilter filter) {
    SimpleAttributeOperand[] fields = filter.getSelectClauses();
    ContentFilter where = filter.getWhereClause();
    ContentFilterElement[] elements = where == null ? null : where.getElements();
    if (fields == null || fields.length > MOST_FIELDS || !isTree(elements)) {
      return REFUSED;
    }
    if (Arrays.stream(fields).anyMatch(WhereFields::isReserved) || isReserved(elements)) {
      return REFUSED;
    }
    SimpleAttributeOperand[] paths = new SimpleAttributeOperand[fields.length];
    for (int i = 0; i < paths.length; i++) {
      paths[i] = withPath(fields[i]);
    }
    ContentFilterElement[] mended = mended(elements);
    if (!WhereClause.isNeeded(mended)) {
      return new EventFilter(paths, new ContentFilter(mended));
    }
    return new WhereClause(mended, context).isSound()
        ? new EventFilter(paths, WhereFields.asking(mended, context))
        : REFUSED;
  }

  private ContentFilterElement[] mended(ContentFilterElement @Nullable [] elements) {
    if (elements == null) {
      return new ContentFilterElement[0];
    }
    ContentFilterElement[] mended = new ContentFilterElement[elements.length];
    for (int i = 0; i < mended.length; i++) {
      ExtensionObject[] operands = operands(elements[i]);
      ExtensionObject[] paths = new ExtensionObject[operands.length];
      for (int k = 0; k < paths.length; k++) {
        paths[k] =
            operands[k].decode(context) instanceof SimpleAttributeOperand operand
                ? ExtensionObject.encode(context, withPath(operand))
                : operands[k];
      }
      mended[i] = new ContentFilterElement(elements[i].getFilterOperator(), paths);
    }
    return mended;
  }

  /** Each element but the first is an operand of exactly one before it (OPC 10000-4 §7.7.4.2). */
  private boolean isTree(ContentFilterElement @Nullable [] elements) {
    if (elements == null) {
      return true;
    }
    Set<Long> used = new HashSet<>();
    for (int i = 0; i < elements.length; i++) {
      for (ExtensionObject operand : operands(elements[i])) {
        if (operand.decode(context) instanceof ElementOperand element) {
          long index = element.getIndex().longValue();
          if (index <= i || index >= elements.length || !used.add(index)) {
            return false;
          }
        }
      }
    }
    return elements.length <= MOST_ELEMENTS;
  }

  private boolean isReserved(ContentFilterElement @Nullable [] elements) {
    return elements != null
        && Arrays.stream(elements)
            .flatMap(element -> Arrays.stream(operands(element)))
            .anyMatch(
                operand ->
                    operand.decode(context) instanceof SimpleAttributeOperand field
                        && WhereFields.isReserved(field));
  }

  private static ExtensionObject[] operands(ContentFilterElement element) {
    ExtensionObject[] operands = element.getFilterOperands();
    return operands == null ? new ExtensionObject[0] : operands;
  }

  private static SimpleAttributeOperand withPath(SimpleAttributeOperand operand) {
    return operand.getBrowsePath() != null
        ? operand
        : new SimpleAttributeOperand(
            operand.getTypeDefinitionId(),
            new QualifiedName[0],
            operand.getAttributeId(),
            operand.getIndexRange());
  }
}
