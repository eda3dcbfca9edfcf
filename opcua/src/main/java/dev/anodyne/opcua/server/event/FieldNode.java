package dev.anodyne.opcua.server.event;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.core.ValueRanks;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNodeContext;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.jspecify.annotations.Nullable;

/** A field of an event, with the fields below it; clients can read it, never write. */
public final class FieldNode extends UaVariableNode {
  private static final UByte READ_ONLY = AccessLevel.toValue(AccessLevel.READ_ONLY);
  private static final UInteger[] ANY_LENGTH = {UInteger.MIN};

  private final List<FieldNode> parts;
  private boolean constant;

  /**
   * A field of OPC UA itself.
   *
   * @param name its browse name, in namespace 0
   * @param array whether it holds a list of values
   * @param parts what stands below it, for example the Id of a state
   */
  public FieldNode(
      UaNodeContext context,
      NodeId id,
      String name,
      NodeId dataType,
      boolean array,
      List<FieldNode> parts) {
    super(
        context,
        id,
        new QualifiedName(UShort.MIN, name),
        LocalizedText.english(name),
        LocalizedText.NULL_VALUE,
        UInteger.MIN,
        UInteger.MIN,
        DataValue.valueOnly(Variant.NULL_VALUE),
        dataType,
        array ? ValueRanks.OneDimension : ValueRanks.Scalar,
        array ? ANY_LENGTH : null,
        READ_ONLY,
        READ_ONLY,
        -1.0,
        false);
    this.parts = List.copyOf(parts);
  }

  /** The fields below it. */
  public List<FieldNode> parts() {
    return parts;
  }

  /** Gives it a value that never changes. */
  public void fix(Object value) {
    constant = true;
    show(value, DateTime.MIN_VALUE);
  }

  /** Whether its value is part of the model. */
  public boolean isConstant() {
    return constant;
  }

  /** Gives it a value; null for none. */
  public void show(@Nullable Object value, DateTime time) {
    Object now = getValue().value().value();
    if (now == null ? value != null : !now.equals(value)) {
      setValue(
          new DataValue(
              value == null ? Variant.NULL_VALUE : Variant.of(value), StatusCode.GOOD, time));
    }
  }

  @Override
  public Optional<UaNode> findNode(
      QualifiedName name, Predicate<UaNode> nodes, Predicate<Reference> references) {
    return EventNode.find(parts, name);
  }
}
