package dev.anodyne.opcua.client;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.TagBinding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;

/**
 * Finds the nodes of mapped tags on a server: turns namespace URIs into this server's indices, and
 * asks for every node, so that a wrong mapping is noticed before anything is charged.
 */
final class NodeFinder {
  /** The nodes, or what is wrong with the mapping. */
  record Found(Map<ChargerTag, NodeId> nodes, String problem) {
    Map<ChargerTag, NodeId> orThrow() throws LinkException {
      if (!problem.isEmpty()) {
        throw new LinkException(problem);
      }
      return nodes;
    }
  }

  private NodeFinder() {}

  static CompletableFuture<Found> find(OpcUaClient client, Map<ChargerTag, TagBinding> bindings) {
    return client
        .readNamespaceTableAsync()
        .thenCompose(namespaces -> find(client, bindings, namespaces));
  }

  private static CompletableFuture<Found> find(
      OpcUaClient client, Map<ChargerTag, TagBinding> bindings, NamespaceTable namespaces) {
    Map<ChargerTag, NodeId> nodes = new EnumMap<>(ChargerTag.class);
    for (Map.Entry<ChargerTag, TagBinding> entry : bindings.entrySet()) {
      Optional<NodeId> node = entry.getValue().node().toNodeId(namespaces);
      if (node.isEmpty()) {
        return CompletableFuture.completedFuture(
            new Found(Map.of(), unknownNamespace(entry.getValue(), namespaces)));
      }
      nodes.put(entry.getKey(), node.get());
    }
    List<ChargerTag> tags = new ArrayList<>(nodes.keySet());
    List<ReadValueId> classes = classes(tags, nodes);
    return client
        .readAsync(0.0, TimestampsToReturn.Neither, classes)
        .thenCompose(
            response -> {
              DataValue[] results = response.getResults();
              for (int i = 0; i < tags.size(); i++) {
                if (results == null || !results[i].statusCode().isGood()) {
                  return missing(client, tags.get(i), classes.get(i).getNodeId());
                }
              }
              return CompletableFuture.completedFuture(new Found(nodes, ""));
            });
  }

  /** Those of the tags that the server has. */
  static CompletableFuture<Map<ChargerTag, NodeId>> present(
      OpcUaClient client, Map<ChargerTag, TagBinding> bindings) {
    return client
        .readNamespaceTableAsync()
        .thenCompose(
            namespaces -> {
              Map<ChargerTag, NodeId> nodes = new EnumMap<>(ChargerTag.class);
              bindings.forEach(
                  (tag, binding) ->
                      binding.node().toNodeId(namespaces).ifPresent(node -> nodes.put(tag, node)));
              List<ChargerTag> tags = new ArrayList<>(nodes.keySet());
              if (tags.isEmpty()) {
                return CompletableFuture.completedFuture(nodes);
              }
              return client
                  .readAsync(0.0, TimestampsToReturn.Neither, classes(tags, nodes))
                  .thenApply(
                      response -> {
                        DataValue[] results = response.getResults();
                        for (int i = 0; i < tags.size(); i++) {
                          if (results == null || !results[i].statusCode().isGood()) {
                            nodes.remove(tags.get(i));
                          }
                        }
                        return nodes;
                      });
            });
  }

  private static List<ReadValueId> classes(List<ChargerTag> tags, Map<ChargerTag, NodeId> nodes) {
    return tags.stream()
        .map(
            tag ->
                new ReadValueId(
                    nodes.get(tag), AttributeId.NodeClass.uid(), null, QualifiedName.NULL_VALUE))
        .toList();
  }

  private static String unknownNamespace(TagBinding binding, NamespaceTable namespaces) {
    return "Namespace '"
        + binding.node().getNamespaceUri()
        + "' of the mapping is not on this server; it has "
        + Arrays.toString(namespaces.toArray())
        + ".\nMaybe the mapping belongs to another charger model.";
  }

  /** Names the missing tag and, when there is one, the node whose name looks most like it. */
  private static CompletableFuture<Found> missing(OpcUaClient client, ChargerTag tag, NodeId node) {
    String wanted = String.valueOf(node.getIdentifier());
    return chargers(client)
        .handle(
            (present, failure) -> {
              String maybe =
                  present == null || present.isEmpty()
                      ? "Maybe the mapping belongs to another charger model."
                      : "Maybe the charger's id is one of " + present + ".";
              return new Found(
                  Map.of(),
                  "Tag '"
                      + tag.path()
                      + "' was not found on the server: there is no node '"
                      + wanted
                      + "'.\n"
                      + maybe);
            });
  }

  /** What stands in the server's Objects folder outside the standard's own namespace. */
  private static CompletableFuture<List<String>> chargers(OpcUaClient client) {
    BrowseDescription objects =
        new BrowseDescription(
            NodeIds.ObjectsFolder,
            BrowseDirection.Forward,
            NodeIds.Organizes,
            true,
            uint(0),
            uint(63));
    return client.browseAsync(objects).thenApply(NodeFinder::names);
  }

  private static List<String> names(BrowseResult result) {
    ReferenceDescription[] references = result.getReferences();
    List<String> names = new ArrayList<>();
    if (references != null) {
      for (ReferenceDescription reference : references) {
        if (reference.getBrowseName().namespaceIndex().intValue() > 1) {
          names.add(reference.getBrowseName().name());
        }
      }
    }
    return names;
  }
}
