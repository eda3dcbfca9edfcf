package dev.anodyne.opcua.model;

import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExpandedNodeId;

/**
 * Where a node is found on a server. Namespaces are named by URI, never by index: the index differs
 * between servers, and between two starts of one server.
 */
public sealed interface NodeAddress {

  /** A node by its id. */
  record ById(ExpandedNodeId id) implements NodeAddress {
    @Override
    public String text() {
      return String.valueOf(id.getIdentifier());
    }
  }

  /**
   * A node by the browse names on the way to it, from the server's Objects folder along
   * hierarchical references.
   */
  record ByPath(List<Step> steps) implements NodeAddress {
    public ByPath {
      steps = List.copyOf(steps);
      if (steps.isEmpty()) {
        throw new IllegalArgumentException("A browse path needs at least one name.");
      }
    }

    @Override
    public String text() {
      return steps.stream().map(Step::name).collect(Collectors.joining("/"));
    }
  }

  /**
   * One name on the way.
   *
   * @param namespaceUri namespace of the browse name
   * @param name the browse name itself
   */
  record Step(String namespaceUri, String name) {}

  /** The address for a person, without the namespace. */
  String text();
}
