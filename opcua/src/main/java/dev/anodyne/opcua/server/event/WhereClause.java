package dev.anodyne.opcua.server.event;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.events.EventContentFilter;
import org.eclipse.milo.opcua.sdk.server.events.FilterContext;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.enumerated.FilterOperator;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilterElement;
import org.eclipse.milo.opcua.stack.core.types.structured.ElementOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.LiteralOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;
import org.jspecify.annotations.Nullable;

/**
 * A where clause with And, Or, InList, Between or Like (OPC 10000-4 §7.7.3), which the library does
 * not know. What it knows it decides: comparisons and types. Its elements form a tree.
 */
final class WhereClause {
  private static final Set<FilterOperator> OWN =
      EnumSet.of(
          FilterOperator.And,
          FilterOperator.Or,
          FilterOperator.InList,
          FilterOperator.Between,
          FilterOperator.Like);

  private static final int LONGEST_PATTERN = 200;
  private static final int MOST_WILDCARDS = 3;

  private final ContentFilterElement[] elements;
  private final EncodingContext encoding;

  WhereClause(ContentFilterElement[] elements, EncodingContext encoding) {
    this.elements = elements.clone();
    this.encoding = encoding;
  }

  /** Whether a clause needs more than the library can. */
  static boolean isNeeded(ContentFilterElement[] elements) {
    for (ContentFilterElement element : elements) {
      if (OWN.contains(element.getFilterOperator())) {
        return true;
      }
    }
    return false;
  }

  /** Whether every element has as many operands, of the kinds, that it is evaluated with here. */
  boolean isSound() {
    for (ContentFilterElement element : elements) {
      int count = operands(element).length;
      FilterOperator operator = element.getFilterOperator();
      boolean sound =
          switch (operator) {
            case And, Or -> count == 2 && elementOperands(element) == 2;
            case Not -> count == 1 && elementOperands(element) == 1;
            case Between -> count == 3 && elementOperands(element) == 0;
            case Like -> count == 2 && elementOperands(element) == 0 && pattern(element) != null;
            case InList -> count >= 2 && elementOperands(element) == 0;
            case Equals, GreaterThan, LessThan, GreaterThanOrEqual, LessThanOrEqual ->
                count == 2 && elementOperands(element) == 0;
            case IsNull, OfType -> count == 1 && elementOperands(element) == 0;
            default -> false;
          };
      if (!sound) {
        return false;
      }
    }
    return true;
  }

  /** Whether an event fits. */
  boolean fits(EventNode event) {
    return elements.length == 0 || fits(0, event);
  }

  private boolean fits(int index, EventNode event) {
    ContentFilterElement element = elements[index];
    ExtensionObject[] operands = operands(element);
    return switch (element.getFilterOperator()) {
      case And -> fits(next(operands[0]), event) && fits(next(operands[1]), event);
      case Or -> fits(next(operands[0]), event) || fits(next(operands[1]), event);
      case Not -> !fits(next(operands[0]), event);
      case Between ->
          library(FilterOperator.GreaterThanOrEqual, event, operands[0], operands[1])
              && library(FilterOperator.LessThanOrEqual, event, operands[0], operands[2]);
      case InList -> isListed(operands, event);
      case Like -> isLike(element, event);
      default -> library(element.getFilterOperator(), event, operands);
    };
  }

  private boolean isListed(ExtensionObject[] operands, EventNode event) {
    for (int i = 1; i < operands.length; i++) {
      if (library(FilterOperator.Equals, event, operands[0], operands[i])) {
        return true;
      }
    }
    return false;
  }

  private boolean isLike(ContentFilterElement element, EventNode event) {
    Pattern pattern = pattern(element);
    if (pattern == null
        || !(operands(element)[0].decode(encoding) instanceof SimpleAttributeOperand field)) {
      return false;
    }
    Object value =
        EventContentFilter.select(context(event), new SimpleAttributeOperand[] {field}, event)[0]
            .value();
    String text = value instanceof LocalizedText localized ? localized.text() : null;
    if (value instanceof String string) {
      text = string;
    }
    return text != null && pattern.matcher(text).matches();
  }

  /** A comparison or a type, by the library; what cannot be compared does not fit. */
  private static boolean library(
      FilterOperator operator, EventNode event, ExtensionObject... operands) {
    try {
      return EventContentFilter.evaluate(
          context(event),
          new ContentFilter(
              new ContentFilterElement[] {new ContentFilterElement(operator, operands)}),
          event);
    } catch (UaException e) {
      return false;
    }
  }

  /**
   * The literal pattern of a Like: % any text, _ any character, the rest as it is; null for one
   * with sets of characters, or with so many wildcards that comparing could take long.
   */
  private @Nullable Pattern pattern(ContentFilterElement element) {
    Object literal =
        operands(element)[1].decode(encoding) instanceof LiteralOperand operand
            ? operand.getValue().value()
            : null;
    if (!(literal instanceof String text)
        || text.length() > LONGEST_PATTERN
        || text.chars().filter(c -> c == '%').count() > MOST_WILDCARDS
        || text.chars().anyMatch(c -> c == '[' || c == '\\')) {
      return null;
    }
    StringBuilder regex = new StringBuilder();
    for (char c : text.toCharArray()) {
      regex.append(c == '%' ? ".*" : c == '_' ? "." : Pattern.quote(String.valueOf(c)));
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  private int elementOperands(ContentFilterElement element) {
    int count = 0;
    for (ExtensionObject operand : operands(element)) {
      count += operand.decode(encoding) instanceof ElementOperand ? 1 : 0;
    }
    return count;
  }

  private int next(ExtensionObject operand) {
    return ((ElementOperand) operand.decode(encoding)).getIndex().intValue();
  }

  private static ExtensionObject[] operands(ContentFilterElement element) {
    ExtensionObject[] operands = element.getFilterOperands();
    return operands == null ? new ExtensionObject[0] : operands;
  }

  private static FilterContext context(EventNode event) {
    return new FilterContext() {
      @Override
      public OpcUaServer getServer() {
        return event.getNodeContext().getServer();
      }

      @Override
      public Optional<Session> getSession() {
        return Optional.empty();
      }
    };
  }
}
