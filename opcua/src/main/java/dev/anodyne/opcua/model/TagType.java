package dev.anodyne.opcua.model;

import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;

/** The OPC UA data types that tags use. */
public enum TagType {
  BOOLEAN(NodeIds.Boolean, Boolean.class, Boolean.FALSE, false),
  UINT32(NodeIds.UInt32, UInteger.class, UInteger.valueOf(0), true),
  INT64(NodeIds.Int64, Long.class, 0L, true),
  DOUBLE(NodeIds.Double, Double.class, 0.0, true),
  /** One-dimensional array of strings. */
  STRING_ARRAY(NodeIds.String, String[].class, new String[0], false);

  private final NodeId dataType;
  private final Class<?> javaType;
  private final Object initialValue;
  private final boolean numeric;

  TagType(NodeId dataType, Class<?> javaType, Object initialValue, boolean numeric) {
    this.dataType = dataType;
    this.javaType = javaType;
    this.initialValue = initialValue;
    this.numeric = numeric;
  }

  /** The data type's node in the standard namespace. */
  public NodeId dataType() {
    return dataType;
  }

  /** The class that carries such a value in Java. */
  public Class<?> javaType() {
    return javaType;
  }

  /** What a node shows before its first value: false, zero, empty. */
  public Object initialValue() {
    return initialValue;
  }

  /** True for numbers, which have a range. */
  public boolean isNumeric() {
    return numeric;
  }

  /** A number in this type's Java class; other types take the value as it is. */
  public Object fromDouble(double value) {
    return switch (this) {
      case DOUBLE -> value;
      case INT64 -> Math.round(value);
      case UINT32 -> UInteger.valueOf(Math.round(Math.max(0, value)));
      case BOOLEAN, STRING_ARRAY ->
          throw new IllegalArgumentException("A " + this + " cannot carry a number.");
    };
  }
}
