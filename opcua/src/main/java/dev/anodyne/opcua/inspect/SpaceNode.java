package dev.anodyne.opcua.inspect;

import dev.anodyne.opcua.model.NodeAddress;
import dev.anodyne.opcua.model.ValueRange;
import java.util.List;
import java.util.Optional;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;

/**
 * A node of a server's address space, with what stands below it.
 *
 * @param id its id, with the namespace's URI
 * @param path the browse names that lead to it from the Objects folder
 * @param kind object, variable or method
 * @param variable what is known about a variable; empty for others
 * @param children what stands below it
 * @param cut there is more below than was looked at
 */
public record SpaceNode(
    ExpandedNodeId id,
    List<NodeAddress.Step> path,
    Kind kind,
    Optional<Variable> variable,
    List<SpaceNode> children,
    boolean cut) {

  /** What a node is. */
  public enum Kind {
    OBJECT,
    VARIABLE,
    METHOD
  }

  /**
   * A variable's facts, as the server tells them.
   *
   * @param dataType name of its data type, such as {@code Double}
   * @param array its value is an array
   * @param writable this user may write it
   * @param unit its {@code EngineeringUnits}; empty when it tells none
   * @param range its {@code EURange}, in that unit; empty when it tells none
   * @param value its value, status and time
   */
  public record Variable(
      String dataType,
      boolean array,
      boolean writable,
      Optional<EUInformation> unit,
      Optional<ValueRange> range,
      DataValue value) {}

  public SpaceNode {
    path = List.copyOf(path);
    children = List.copyOf(children);
  }

  /** Its own browse name. */
  public String name() {
    return path.get(path.size() - 1).name();
  }

  /** The names that lead to it, with slashes between. */
  public String pathText() {
    return new NodeAddress.ByPath(path).text();
  }
}
