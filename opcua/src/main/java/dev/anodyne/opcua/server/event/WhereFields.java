package dev.anodyne.opcua.server.event;

import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.eclipse.milo.opcua.stack.core.types.enumerated.FilterOperator;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.ContentFilterElement;
import org.eclipse.milo.opcua.stack.core.types.structured.LiteralOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;
import org.jspecify.annotations.Nullable;

/**
 * Lets the library evaluate a {@link WhereClause}: as a field of the event that is true when the
 * clause fits. The field's name is the clause itself, so that nothing has to be remembered for it;
 * what is remembered only saves reading it again.
 */
final class WhereFields {
  /** No namespace of a server has this index. */
  private static final UShort NAMESPACE = UShort.MAX;

  private static final int MOST_REMEMBERED = 500;
  private static final NodeId ENCODING = NodeIds.ContentFilter_Encoding_DefaultBinary;

  private static final Map<String, WhereClause> READ =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, WhereClause> eldest) {
          return size() > MOST_REMEMBERED;
        }
      };

  private WhereFields() {}

  /** A clause that the library knows, which asks for the field. */
  static ContentFilter asking(ContentFilterElement[] elements, EncodingContext context) {
    ExtensionObject encoded = ExtensionObject.encode(context, new ContentFilter(elements));
    ByteString body = (ByteString) encoded.getBody();
    String name = Base64.getEncoder().encodeToString(body.bytesOrEmpty());
    SimpleAttributeOperand field =
        new SimpleAttributeOperand(
            NodeIds.BaseEventType,
            new QualifiedName[] {new QualifiedName(NAMESPACE, name)},
            AttributeId.Value.uid(),
            null);
    return new ContentFilter(
        new ContentFilterElement[] {
          new ContentFilterElement(
              FilterOperator.Equals,
              new ExtensionObject[] {
                ExtensionObject.encode(context, field),
                ExtensionObject.encode(context, new LiteralOperand(new Variant(true)))
              })
        });
  }

  /** Whether a client asks for such a field by itself, which it must not. */
  static boolean isReserved(SimpleAttributeOperand operand) {
    QualifiedName[] path = operand.getBrowsePath();
    return path != null
        && Arrays.stream(path)
            .anyMatch(name -> name != null && NAMESPACE.equals(name.namespaceIndex()));
  }

  /** The field of that name; null when it is none of these. */
  static @Nullable FieldNode field(QualifiedName name, EventNode event) {
    String text = name.name();
    if (!NAMESPACE.equals(name.namespaceIndex()) || text == null) {
      return null;
    }
    EncodingContext context = event.getNodeContext().getServer().getStaticEncodingContext();
    FieldNode field =
        new FieldNode(
            event.getNodeContext(),
            new NodeId(NAMESPACE, "where"),
            "where",
            NodeIds.Boolean,
            false,
            List.of());
    field.show(clause(text, context).fits(event), DateTime.MIN_VALUE);
    return field;
  }

  private static WhereClause clause(String name, EncodingContext context) {
    synchronized (READ) {
      return READ.computeIfAbsent(name, text -> read(text, context));
    }
  }

  private static WhereClause read(String name, EncodingContext context) {
    ByteString body = ByteString.of(Base64.getDecoder().decode(name));
    ContentFilter filter = (ContentFilter) ExtensionObject.of(body, ENCODING).decode(context);
    ContentFilterElement[] elements = filter.getElements();
    return new WhereClause(elements == null ? new ContentFilterElement[0] : elements, context);
  }
}
