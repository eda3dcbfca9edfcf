package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.model.ValueRange;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.jspecify.annotations.Nullable;

/**
 * Makes the nodes of groups and variables, as declarations of a type or as instances. Browse names
 * are the same in both: those of the types namespace, of DI or of OPC UA itself.
 */
final class ModelNodes {
  /** Defined by OPC UA itself. */
  private static final Set<String> STANDARD =
      Set.of("CurrentState", "LastTransition", "Id", "Number", "TransitionTime");

  /** Defined by DI. */
  private static final Set<String> OF_DI = Set.of("DeviceHealth", "Identification");

  private final NodeMaker make;
  private final TypesNamespace types;
  private final boolean declaring;

  /**
   * Makes nodes of one namespace.
   *
   * @param declaring true for a type's declarations, which carry a modelling rule
   */
  ModelNodes(NodeMaker make, TypesNamespace types, boolean declaring) {
    this.make = make;
    this.types = types;
    this.declaring = declaring;
  }

  /**
   * Makes an object with its variables, and the folder that it stands in.
   *
   * @param prefix identifier of the owner
   * @param narrowed ranges by variable's name that are narrower than the model's
   * @param made is told each variable's node
   */
  <S> void group(
      String prefix,
      NodeId owner,
      GroupSpec<S> group,
      Map<String, ValueRange> narrowed,
      BiConsumer<VariableSpec<S>, NodeId> made) {
    NodeId parent = owner;
    int dot = group.path().indexOf('.');
    if (dot > 0) {
      parent = folder(prefix, owner, group.path().substring(0, dot));
    }
    String identifier = prefix + "." + group.path();
    String name = group.path().substring(dot + 1);
    boolean placeholder = declaring && dot > 0;
    NodeId node =
        make.object(
            make.id(identifier),
            name(placeholder ? "<Connector>" : name),
            types.id(group.typeName()),
            group.description());
    make.link(parent, NodeIds.HasComponent, node);
    rule(node, placeholder ? NodeIds.ModellingRule_MandatoryPlaceholder : mandatory());
    variables(identifier, node, group, narrowed, made);
  }

  /** Makes a folder below an owner. */
  NodeId folder(String prefix, NodeId owner, String name) {
    NodeId folder = make.object(make.id(prefix + "." + name), name(name), NodeIds.FolderType, "");
    make.link(owner, NodeIds.HasComponent, folder);
    rule(folder, mandatory());
    return folder;
  }

  /** Makes the variables of a group below an object or its type. */
  <S> void variables(
      String prefix,
      NodeId owner,
      GroupSpec<S> group,
      Map<String, ValueRange> narrowed,
      BiConsumer<VariableSpec<S>, NodeId> made) {
    for (VariableSpec<S> spec : group.variables()) {
      int dot = spec.name().indexOf('.');
      NodeId parent = dot < 0 ? owner : make.id(prefix + "." + spec.name().substring(0, dot));
      NodeId node =
          make.variable(
              make.id(prefix + "." + spec.name()),
              name(spec.name().substring(dot + 1)),
              spec,
              types.dataType(spec),
              accessLevel(spec));
      boolean property = spec.typeDefinition().equals(NodeIds.PropertyType);
      make.link(parent, property ? NodeIds.HasProperty : NodeIds.HasComponent, node);
      rule(node, mandatory());
      ValueRange range = narrowed.getOrDefault(spec.name(), spec.range());
      if (range != null && spec.unit() != null) {
        rule(make.property(node, "EURange", NodeIds.Range, range.toEuRange()), mandatory());
        rule(
            make.property(
                node, "EngineeringUnits", NodeIds.EUInformation, spec.unit().toEuInformation()),
            mandatory());
      }
      made.accept(spec, node);
    }
  }

  /** The browse name of a part of the model. */
  QualifiedName name(String name) {
    if (STANDARD.contains(name)) {
      return NodeMaker.standardName(name);
    }
    return OF_DI.contains(name) ? types.di().name(name) : types.name(name);
  }

  private void rule(NodeId node, @Nullable NodeId rule) {
    if (declaring && rule != null) {
      make.rule(node, rule);
    }
  }

  private static NodeId mandatory() {
    return NodeIds.ModellingRule_Mandatory;
  }

  private static UByte accessLevel(VariableSpec<?> spec) {
    int level = AccessLevel.CurrentRead.getValue();
    level |= spec.isWritable() ? AccessLevel.CurrentWrite.getValue() : 0;
    level |= spec.historized() ? AccessLevel.HistoryRead.getValue() : 0;
    return UByte.valueOf(level);
  }
}
