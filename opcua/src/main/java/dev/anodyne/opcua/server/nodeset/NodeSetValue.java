package dev.anodyne.opcua.server.nodeset;

import java.util.Locale;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.Range;

/** Values of properties in OPC UA's XML encoding (OPC 10000-6 §5.3). */
final class NodeSetValue {
  private static final String TYPES = "http://opcfoundation.org/UA/2008/02/Types.xsd";

  /** Data types of the encodings of structures, in XML. */
  private static final String RANGE = "i=885";

  private static final String EU_INFORMATION = "i=888";
  private static final String ARGUMENT = "i=297";

  private final Xml xml;
  private final EncodingContext context;
  private final Function<NodeId, String> ids;

  /**
   * Writes values.
   *
   * @param ids says a node id as the file does
   */
  NodeSetValue(Xml xml, EncodingContext context, Function<NodeId, String> ids) {
    this.xml = xml;
    this.context = context;
    this.ids = ids;
  }

  void write(Object value) {
    xml.open("Value");
    if (value instanceof Object[] array) {
      xml.open("ListOf" + element(array.getClass().getComponentType()), "xmlns", TYPES);
      for (Object one : array) {
        single(one);
      }
      xml.close();
    } else {
      single(value, "xmlns", TYPES);
    }
    xml.close();
  }

  private void single(Object value, String... attributes) {
    if (value instanceof ExtensionObject object) {
      single(object.decode(context), attributes);
    } else if (value instanceof LocalizedText text) {
      xml.open("LocalizedText", attributes);
      localized(text);
      xml.close();
    } else if (value instanceof Range range) {
      structure(
          RANGE,
          "Range",
          () -> {
            xml.text("Low", number(range.getLow()));
            xml.text("High", number(range.getHigh()));
          },
          attributes);
    } else if (value instanceof EUInformation unit) {
      structure(EU_INFORMATION, "EUInformation", () -> unit(unit), attributes);
    } else if (value instanceof Argument argument) {
      structure(ARGUMENT, "Argument", () -> argument(argument), attributes);
    } else if (value instanceof NodeId id) {
      xml.open("NodeId", attributes).text("Identifier", ids.apply(id)).close();
    } else {
      xml.text(element(value.getClass()), plain(value), attributes);
    }
  }

  private void structure(String encoding, String name, Runnable body, String... attributes) {
    xml.open("ExtensionObject", attributes);
    xml.open("TypeId").text("Identifier", encoding).close();
    xml.open("Body").open(name);
    body.run();
    xml.close().close().close();
  }

  private void unit(EUInformation unit) {
    xml.text("NamespaceUri", String.valueOf(unit.getNamespaceUri()));
    xml.text("UnitId", String.valueOf(unit.getUnitId()));
    xml.open("DisplayName");
    localized(unit.getDisplayName());
    xml.close().open("Description");
    localized(unit.getDescription());
    xml.close();
  }

  private void argument(Argument argument) {
    xml.text("Name", String.valueOf(argument.getName()));
    xml.open("DataType").text("Identifier", ids.apply(argument.getDataType())).close();
    xml.text("ValueRank", String.valueOf(argument.getValueRank()));
    xml.empty("ArrayDimensions");
    xml.open("Description");
    localized(argument.getDescription());
    xml.close();
  }

  private void localized(LocalizedText text) {
    if (text.locale() != null) {
      xml.text("Locale", text.locale());
    }
    xml.text("Text", text.text() == null ? "" : text.text());
  }

  private static String element(Class<?> type) {
    if (type == Integer.class) {
      return "Int32";
    } else if (type == UInteger.class) {
      return "UInt32";
    } else if (type == Argument.class) {
      return "ExtensionObject";
    }
    return type.getSimpleName();
  }

  private static String plain(Object value) {
    return value instanceof DateTime time ? time.toIso8601String() : String.valueOf(value);
  }

  private static String number(Double value) {
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? String.format(Locale.ROOT, "%.0f", value) : value.toString();
  }
}
