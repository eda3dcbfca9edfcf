package dev.anodyne.opcua.server.station;

import java.util.List;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;

/**
 * An object with its variables: the same in the types and in every instance.
 *
 * @param <S> what the values are taken from
 * @param path where it stands below its owner; {@code Connectors.1} stands in the folder {@code
 *     Connectors}
 * @param typeName name of its type
 * @param superType what its type is a kind of
 * @param description what it is, for people
 * @param variables in the order of display
 */
record GroupSpec<S>(
    String path,
    String typeName,
    NodeId superType,
    String description,
    List<VariableSpec<S>> variables) {
  GroupSpec {
    variables = List.copyOf(variables);
  }
}
