package dev.anodyne.opcua.client;

import static org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned.uint;

import dev.anodyne.opcua.model.NodeAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.eclipse.milo.opcua.stack.core.types.enumerated.BrowseDirection;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePath;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePathResult;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePathTarget;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowseResult;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.ReferenceDescription;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePath;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePathElement;
import org.jspecify.annotations.Nullable;

/**
 * Finds mapped nodes on a server: turns namespace URIs into this server's indices, follows browse
 * paths, and asks for every node, so that a wrong mapping is noticed before anything is charged.
 */
final class NodeFinder {
  /** A node that is looked for, and what it is called in messages. */
  record Wanted(NodeAddress address, String name) {}

  /** The nodes, or what is wrong with the mapping. */
  record Found(Map<NodeAddress, NodeId> nodes, String problem) {
    Map<NodeAddress, NodeId> orThrow() throws LinkException {
      if (!problem.isEmpty()) {
        throw new LinkException(problem);
      }
      return nodes;
    }
  }

  private final OpcUaClient client;
  private final List<Wanted> wanted;
  private final Map<NodeAddress, NodeId> nodes = new HashMap<>();

  private NodeFinder(OpcUaClient client, List<Wanted> wanted) {
    this.client = client;
    this.wanted = wanted;
  }

  static CompletableFuture<Found> find(OpcUaClient client, List<Wanted> wanted) {
    NodeFinder finder = new NodeFinder(client, wanted);
    return client.readNamespaceTableAsync().thenCompose(finder::find);
  }

  /** Those of some nodes that the server has; only nodes that are named by their id. */
  static CompletableFuture<Set<NodeAddress>> present(
      OpcUaClient client, Collection<NodeAddress> asked) {
    return client
        .readNamespaceTableAsync()
        .thenCompose(
            namespaces -> {
              List<NodeAddress> addresses = new ArrayList<>();
              List<NodeId> ids = new ArrayList<>();
              for (NodeAddress address : asked) {
                if (address instanceof NodeAddress.ById byId) {
                  byId.id()
                      .toNodeId(namespaces)
                      .ifPresent(
                          id -> {
                            addresses.add(address);
                            ids.add(id);
                          });
                }
              }
              return ids.isEmpty()
                  ? CompletableFuture.completedFuture(Set.of())
                  : answering(client, addresses, ids);
            });
  }

  private static CompletableFuture<Set<NodeAddress>> answering(
      OpcUaClient client, List<NodeAddress> addresses, List<NodeId> ids) {
    return client
        .readAsync(0.0, TimestampsToReturn.Neither, classes(ids))
        .thenApply(
            response -> {
              Set<NodeAddress> found = new HashSet<>();
              DataValue[] results = response.getResults();
              for (int i = 0; i < addresses.size(); i++) {
                if (results != null && results[i].statusCode().isGood()) {
                  found.add(addresses.get(i));
                }
              }
              return found;
            });
  }

  private static List<ReadValueId> classes(List<NodeId> ids) {
    return ids.stream()
        .map(id -> new ReadValueId(id, AttributeId.NodeClass.uid(), null, QualifiedName.NULL_VALUE))
        .toList();
  }

  private CompletableFuture<Found> find(NamespaceTable namespaces) {
    List<Wanted> byPath = new ArrayList<>();
    List<BrowsePath> paths = new ArrayList<>();
    for (Wanted one : wanted) {
      if (one.address() instanceof NodeAddress.ById byId) {
        Optional<NodeId> node = byId.id().toNodeId(namespaces);
        if (node.isEmpty()) {
          return unknownNamespace(byId.id().getNamespaceUri(), namespaces);
        }
        nodes.put(one.address(), node.get());
      } else if (one.address() instanceof NodeAddress.ByPath path) {
        for (NodeAddress.Step step : path.steps()) {
          if (namespaces.getIndex(step.namespaceUri()) == null) {
            return unknownNamespace(step.namespaceUri(), namespaces);
          }
        }
        byPath.add(one);
        paths.add(browsePath(path, namespaces));
      }
    }
    return paths.isEmpty() ? checkPresence() : follow(byPath, paths, namespaces);
  }

  private CompletableFuture<Found> follow(
      List<Wanted> byPath, List<BrowsePath> paths, NamespaceTable namespaces) {
    return client
        .translateBrowsePathsAsync(paths)
        .thenCompose(
            response -> {
              BrowsePathResult[] results = response.getResults();
              for (int i = 0; i < byPath.size(); i++) {
                Optional<NodeId> target =
                    results == null ? Optional.empty() : onlyTarget(results[i], namespaces);
                if (target.isEmpty()) {
                  return missing(byPath.get(i));
                }
                nodes.put(byPath.get(i).address(), target.get());
              }
              return checkPresence();
            });
  }

  private static BrowsePath browsePath(NodeAddress.ByPath path, NamespaceTable namespaces) {
    RelativePathElement[] elements =
        path.steps().stream()
            .map(
                step ->
                    new RelativePathElement(
                        NodeIds.HierarchicalReferences,
                        false,
                        true,
                        new QualifiedName(index(namespaces, step.namespaceUri()), step.name())))
            .toArray(RelativePathElement[]::new);
    return new BrowsePath(NodeIds.ObjectsFolder, new RelativePath(elements));
  }

  private static UShort index(NamespaceTable namespaces, String uri) {
    return Objects.requireNonNull(namespaces.getIndex(uri));
  }

  /** A path that leads to several nodes names none of them. */
  private static Optional<NodeId> onlyTarget(BrowsePathResult result, NamespaceTable namespaces) {
    BrowsePathTarget[] targets = result.getTargets();
    return result.getStatusCode().isGood() && targets != null && targets.length == 1
        ? targets[0].getTargetId().toNodeId(namespaces)
        : Optional.empty();
  }

  private CompletableFuture<Found> checkPresence() {
    List<NodeId> ids =
        wanted.stream().map(one -> Objects.requireNonNull(nodes.get(one.address()))).toList();
    return client
        .readAsync(0.0, TimestampsToReturn.Neither, classes(ids))
        .thenCompose(
            response -> {
              DataValue[] results = response.getResults();
              for (int i = 0; i < wanted.size(); i++) {
                if (results == null || !results[i].statusCode().isGood()) {
                  return missing(wanted.get(i));
                }
              }
              return CompletableFuture.completedFuture(new Found(nodes, ""));
            });
  }

  private static CompletableFuture<Found> unknownNamespace(
      @Nullable String uri, NamespaceTable namespaces) {
    return problem(
        "Namespace '"
            + uri
            + "' of the mapping is not on this server; it has "
            + Arrays.toString(namespaces.toArray())
            + ".\nMaybe the mapping belongs to another charger model.");
  }

  private static CompletableFuture<Found> problem(String text) {
    return CompletableFuture.completedFuture(new Found(Map.of(), text));
  }

  /** Names the missing tag and, when there is one, the node whose name looks most like it. */
  private CompletableFuture<Found> missing(Wanted one) {
    String how = one.address() instanceof NodeAddress.ByPath ? "no node at '" : "no node '";
    return chargers(client)
        .handle(
            (present, failure) -> {
              String maybe =
                  present == null || present.isEmpty()
                      ? "Maybe the mapping belongs to another charger model."
                      : "Maybe the charger's id is one of " + present + ".";
              return new Found(
                  Map.of(),
                  one.name()
                      + " was not found on the server: there is "
                      + how
                      + one.address().text()
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
