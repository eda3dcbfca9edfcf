package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.model.EngineeringUnit;
import dev.anodyne.opcua.model.ValueRange;
import java.util.function.Function;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * One variable of the model: the same in the types and in every instance.
 *
 * @param <S> what its values are taken from
 * @param name its browse name; {@code CurrentState.Id} is the property {@code Id} of the variable
 *     {@code CurrentState}
 * @param kind what it holds
 * @param unit unit of its values; null for what has none
 * @param range the values it may have; null for what has none
 * @param enumeration its enumeration; null for what is none
 * @param origin where its values come from
 * @param access whether clients may write it
 * @param historized whether its values are kept
 * @param typeDefinition type of variable
 * @param description what it is, for people
 * @param value takes it from its source; NaN and null mean that nobody knows
 */
record VariableSpec<S>(
    String name,
    Kind kind,
    @Nullable EngineeringUnit unit,
    @Nullable ValueRange range,
    @Nullable Class<? extends Enum<?>> enumeration,
    Origin origin,
    Access access,
    boolean historized,
    NodeId typeDefinition,
    String description,
    Function<S, @Nullable Object> value) {
  /** Whether clients may write it. */
  enum Access {
    READ,
    WRITE
  }

  /** A quantity: a number, or an array of them, with unit and range. */
  static <S> VariableSpec<S> analog(
      String name,
      EngineeringUnit unit,
      double low,
      double high,
      Origin origin,
      String description,
      Function<S, @Nullable Object> value) {
    return new VariableSpec<>(
        name,
        Kind.DOUBLE,
        unit,
        new ValueRange(low, high),
        null,
        origin,
        Access.READ,
        false,
        NodeIds.AnalogUnitRangeType,
        description,
        value);
  }

  /** Anything without a unit. */
  static <S> VariableSpec<S> data(
      String name,
      Kind kind,
      Origin origin,
      String description,
      Function<S, @Nullable Object> value) {
    return new VariableSpec<>(
        name,
        kind,
        null,
        null,
        null,
        origin,
        Access.READ,
        false,
        NodeIds.BaseDataVariableType,
        description,
        value);
  }

  /** One of some names. */
  static <S> VariableSpec<S> choice(
      String name,
      Class<? extends Enum<?>> enumeration,
      Origin origin,
      String description,
      Function<S, @Nullable Object> value) {
    return new VariableSpec<>(
        name,
        Kind.ENUMERATION,
        null,
        null,
        enumeration,
        origin,
        Access.READ,
        false,
        NodeIds.BaseDataVariableType,
        description,
        value);
  }

  /** The same as an array. */
  VariableSpec<S> array() {
    return with(Kind.DOUBLES, access, historized, typeDefinition);
  }

  /** The same for clients to write. */
  VariableSpec<S> writable() {
    return with(kind, Access.WRITE, historized, typeDefinition);
  }

  /** The same with its values kept. */
  VariableSpec<S> kept() {
    return with(kind, access, true, typeDefinition);
  }

  /** The same with another type of variable. */
  VariableSpec<S> typed(NodeId type) {
    return with(kind, access, historized, type);
  }

  boolean isWritable() {
    return access == Access.WRITE;
  }

  private VariableSpec<S> with(Kind k, Access a, boolean h, NodeId type) {
    return new VariableSpec<>(
        name, k, unit, range, enumeration, origin, a, h, type, description, value);
  }
}
