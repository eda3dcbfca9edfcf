package dev.anodyne.opcua.model;

import java.util.Arrays;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;

/**
 * The data types in which a charger takes numbers. Which way a number is rounded is up to the
 * caller: a set-point must never become more than was decided.
 */
public enum WireType {
  INT16("Int16", NodeIds.Int16, Short.MIN_VALUE, Short.MAX_VALUE),
  UINT16("UInt16", NodeIds.UInt16, 0, 0xFFFF),
  INT32("Int32", NodeIds.Int32, Integer.MIN_VALUE, Integer.MAX_VALUE),
  UINT32("UInt32", NodeIds.UInt32, 0, UInteger.MAX_VALUE),
  /** Whole numbers beyond 2⁵³ are not exact: they come from a double. */
  INT64("Int64", NodeIds.Int64, -0x1p53, 0x1p53),
  FLOAT("Float", NodeIds.Float, -Float.MAX_VALUE, Float.MAX_VALUE),
  DOUBLE("Double", NodeIds.Double, -Double.MAX_VALUE, Double.MAX_VALUE);

  private final String name;
  private final NodeId dataType;
  private final double lowest;
  private final double highest;

  WireType(String name, NodeId dataType, double lowest, double highest) {
    this.name = name;
    this.dataType = dataType;
    this.lowest = lowest;
    this.highest = highest;
  }

  /** Its name in the standard, for example {@code UInt16}. */
  public String typeName() {
    return name;
  }

  /** The data type's node in the standard namespace. */
  public NodeId dataType() {
    return dataType;
  }

  /** The smallest number it carries. */
  public double lowest() {
    return lowest;
  }

  /** The largest number it carries. */
  public double highest() {
    return highest;
  }

  /** The largest whole number up to which it carries every one: how far a counter can run. */
  public double countsTo() {
    return switch (this) {
      case FLOAT -> 0x1p24;
      case DOUBLE -> 0x1p53;
      default -> highest;
    };
  }

  /** The type with this name in the standard; empty when numbers do not go out in it. */
  public static Optional<WireType> named(String name) {
    return Arrays.stream(values()).filter(type -> type.name.equals(name)).findFirst();
  }

  /** The type of this node in the standard namespace; empty when numbers do not go out in it. */
  public static Optional<WireType> ofDataType(NodeId dataType) {
    return Arrays.stream(values()).filter(type -> type.dataType.equals(dataType)).findFirst();
  }

  /**
   * The largest value of this type that is not above the number, or its lowest value.
   *
   * @throws IllegalArgumentException when it is not a number
   */
  public Object atMost(double number) {
    double within = within(number);
    return switch (this) {
      case DOUBLE -> within;
      case FLOAT -> (float) within > within ? Math.nextDown((float) within) : (float) within;
      default -> whole(Math.floor(within));
    };
  }

  /**
   * The smallest value of this type that is not below the number, or its highest value.
   *
   * @throws IllegalArgumentException when it is not a number
   */
  public Object atLeast(double number) {
    double within = within(number);
    return switch (this) {
      case DOUBLE -> within;
      case FLOAT -> (float) within < within ? Math.nextUp((float) within) : (float) within;
      default -> whole(Math.ceil(within));
    };
  }

  private double within(double number) {
    if (Double.isNaN(number)) {
      throw new IllegalArgumentException("NaN cannot be written.");
    }
    return Math.max(lowest, Math.min(highest, number));
  }

  private Object whole(double number) {
    return switch (this) {
      case INT16 -> (short) number;
      case UINT16 -> UShort.valueOf((int) number);
      case INT32 -> (int) number;
      case UINT32 -> UInteger.valueOf((long) number);
      case INT64 -> (long) number;
      case FLOAT, DOUBLE -> number;
    };
  }
}
