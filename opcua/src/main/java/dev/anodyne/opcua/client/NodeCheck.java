package dev.anodyne.opcua.client;

import dev.anodyne.opcua.model.ChargerTag;
import dev.anodyne.opcua.model.MeasuringUnit;
import dev.anodyne.opcua.model.TagBinding;
import dev.anodyne.opcua.model.WireType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.UaSerializationException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePath;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePathResult;
import org.eclipse.milo.opcua.stack.core.types.structured.BrowsePathTarget;
import org.eclipse.milo.opcua.stack.core.types.structured.EUInformation;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePath;
import org.eclipse.milo.opcua.stack.core.types.structured.RelativePathElement;

/**
 * Holds a mapping against what the server itself says about its nodes: a unit that does not fit, or
 * a set-point that the server takes in another data type, would otherwise show first in the
 * battery.
 */
final class NodeCheck {
  /** Two factors that differ by less mean the same unit. */
  private static final double SAME = 1e-6;

  private NodeCheck() {}

  /** A node whose unit is compared. */
  record Measured(ChargerTag tag, TagBinding binding, NodeId node) {}

  /**
   * Compares scale and offset with the servers' {@code EngineeringUnits}, where there are any.
   *
   * @return what does not fit, for a person; empty when all is well
   */
  static CompletableFuture<String> units(OpcUaClient client, List<Measured> nodes) {
    if (nodes.isEmpty()) {
      return CompletableFuture.completedFuture("");
    }
    List<BrowsePath> paths = nodes.stream().map(one -> unitProperty(one.node())).toList();
    return client
        .readNamespaceTableAsync()
        .thenCompose(
            namespaces ->
                client
                    .translateBrowsePathsAsync(paths)
                    .thenCompose(
                        found ->
                            compare(client, nodes, properties(found.getResults(), namespaces))));
  }

  private static CompletableFuture<String> compare(
      OpcUaClient client, List<Measured> nodes, List<Optional<NodeId>> properties) {
    List<NodeId> present = new ArrayList<>();
    List<Measured> compared = new ArrayList<>();
    for (int i = 0; i < properties.size(); i++) {
      if (properties.get(i).isPresent()) {
        present.add(properties.get(i).get());
        compared.add(nodes.get(i));
      }
    }
    if (present.isEmpty()) {
      return CompletableFuture.completedFuture("");
    }
    return client
        .readValuesAsync(0.0, TimestampsToReturn.Neither, present)
        .thenApply(
            values -> {
              for (int i = 0; i < values.size(); i++) {
                String problem =
                    unit(client, values.get(i)).map(saidBy(compared.get(i))).orElse("");
                if (!problem.isEmpty()) {
                  return problem;
                }
              }
              return "";
            });
  }

  private static Function<MeasuringUnit, String> saidBy(Measured one) {
    return unit -> mismatch(one.tag(), one.binding(), unit);
  }

  /** A sign may be turned round: chargers count the current that flows out of them. */
  static String mismatch(ChargerTag tag, TagBinding binding, MeasuringUnit unit) {
    boolean fits =
        unit.base() == tag.unit()
            && Math.abs(Math.abs(binding.scale()) / unit.factor() - 1) < SAME
            && Math.abs(binding.offset() - unit.offset()) < SAME * (1 + Math.abs(unit.offset()));
    return fits
        ? ""
        : "Tag '"
            + tag.path()
            + "' is in "
            + unit.symbol()
            + " on the server, but the mapping reads 1 there as "
            + (float) binding.fromRaw(1)
            + " "
            + tag.unit().symbol()
            + ".\nMaybe scale, offset or unit are wrong; checkUnit: false if the server is.";
  }

  private static Optional<MeasuringUnit> unit(OpcUaClient client, DataValue value) {
    if (!(value.value().value() instanceof ExtensionObject object)) {
      return Optional.empty();
    }
    try {
      return object.decode(client.getStaticEncodingContext()) instanceof EUInformation unit
          ? MeasuringUnit.of(unit)
          : Optional.empty();
    } catch (UaSerializationException e) {
      // Not the standard's structure: it says nothing.
      return Optional.empty();
    }
  }

  private static BrowsePath unitProperty(NodeId node) {
    RelativePathElement step =
        new RelativePathElement(
            NodeIds.HasProperty, false, true, new QualifiedName(0, "EngineeringUnits"));
    return new BrowsePath(node, new RelativePath(new RelativePathElement[] {step}));
  }

  private static List<Optional<NodeId>> properties(
      BrowsePathResult[] results, NamespaceTable namespaces) {
    List<Optional<NodeId>> properties = new ArrayList<>();
    for (BrowsePathResult result : results) {
      BrowsePathTarget[] targets = result.getTargets();
      properties.add(
          targets != null && targets.length > 0
              ? targets[0].getTargetId().toNodeId(namespaces)
              : Optional.empty());
    }
    return properties;
  }

  /** The data types of nodes; empty for those in which numbers do not go out. */
  static CompletableFuture<List<Optional<WireType>>> dataTypes(
      OpcUaClient client, List<NodeId> nodes) {
    List<ReadValueId> ids =
        nodes.stream()
            .map(
                node ->
                    new ReadValueId(
                        node, AttributeId.DataType.uid(), null, QualifiedName.NULL_VALUE))
            .toList();
    return client
        .readAsync(0.0, TimestampsToReturn.Neither, ids)
        .thenApply(
            response -> {
              List<Optional<WireType>> types = new ArrayList<>();
              for (DataValue value : response.getResults()) {
                types.add(
                    value.value().value() instanceof NodeId type
                        ? WireType.ofDataType(type)
                        : Optional.empty());
              }
              return types;
            });
  }
}
