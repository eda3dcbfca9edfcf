package dev.anodyne.opcua.server.station;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.jspecify.annotations.Nullable;

/** What a variable holds, and how a value of the model becomes one of OPC UA. */
enum Kind {
  BOOLEAN(NodeIds.Boolean, Boolean.class, false),
  UINT32(NodeIds.UInt32, UInteger.class, false),
  DOUBLE(NodeIds.Double, Double.class, false),
  DOUBLES(NodeIds.Double, Double[].class, true),
  STRING(NodeIds.String, String.class, false),
  STRINGS(NodeIds.String, String[].class, true),
  UTC_TIME(NodeIds.UtcTime, DateTime.class, false),
  TEXT(NodeIds.LocalizedText, LocalizedText.class, false),
  NODE_ID(NodeIds.NodeId, NodeId.class, false),
  /** The data type is that of the variable's own enumeration. */
  ENUMERATION(NodeIds.Enumeration, Integer.class, false);

  private final NodeId dataType;
  private final Class<?> javaType;
  private final boolean array;

  Kind(NodeId dataType, Class<?> javaType, boolean array) {
    this.dataType = dataType;
    this.javaType = javaType;
    this.array = array;
  }

  NodeId dataType() {
    return dataType;
  }

  /** The class that carries such a value in Milo. */
  Class<?> javaType() {
    return javaType;
  }

  boolean isArray() {
    return array;
  }

  /** A value as Milo wants it; null when there is no such value, as for NaN. */
  @Nullable Object toUa(@Nullable Object value) {
    if (value instanceof Double d) {
      return Double.isNaN(d) ? null : d;
    } else if (value instanceof Long n) {
      return UInteger.valueOf(Math.max(0, Math.min(UInteger.MAX_VALUE, n)));
    } else if (value instanceof Instant t) {
      return dateTime(t);
    } else if (value instanceof Enum<?> e) {
      return e.ordinal();
    } else if (value instanceof double[] numbers) {
      return Arrays.stream(numbers).boxed().toArray(Double[]::new);
    } else if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).toArray(String[]::new);
    }
    return this == TEXT && value instanceof String s ? LocalizedText.english(s) : value;
  }

  /** To the microsecond, the resolution of the history. */
  static DateTime dateTime(Instant t) {
    return new DateTime(t.minusNanos(t.getNano() % 1000));
  }
}
