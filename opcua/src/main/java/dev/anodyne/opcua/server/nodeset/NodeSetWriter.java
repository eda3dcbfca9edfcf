package dev.anodyne.opcua.server.nodeset;

import dev.anodyne.opcua.server.event.FieldNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.core.ValueRanks;
import org.eclipse.milo.opcua.sdk.server.UaNodeManager;
import org.eclipse.milo.opcua.sdk.server.nodes.UaDataTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaMethodNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectTypeNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NamespaceTable;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.encoding.EncodingContext;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumDefinition;
import org.eclipse.milo.opcua.stack.core.types.structured.EnumField;
import org.eclipse.milo.opcua.stack.core.util.Namespaces;

/** Writes all nodes of a namespace, sorted by id: the same model gives the same text. */
public final class NodeSetWriter {
  private static final String SCHEMA = "http://opcfoundation.org/UA/2011/03/UANodeSet.xsd";
  private static final Map<NodeId, String> ALIASES = new LinkedHashMap<>();

  static {
    ALIASES.put(NodeIds.Boolean, "Boolean");
    ALIASES.put(NodeIds.UInt32, "UInt32");
    ALIASES.put(NodeIds.Double, "Double");
    ALIASES.put(NodeIds.String, "String");
    ALIASES.put(NodeIds.DateTime, "DateTime");
    ALIASES.put(NodeIds.UtcTime, "UtcTime");
    ALIASES.put(NodeIds.NodeId, "NodeId");
    ALIASES.put(NodeIds.LocalizedText, "LocalizedText");
    ALIASES.put(NodeIds.Range, "Range");
    ALIASES.put(NodeIds.EUInformation, "EUInformation");
    ALIASES.put(NodeIds.Argument, "Argument");
    ALIASES.put(NodeIds.Organizes, "Organizes");
    ALIASES.put(NodeIds.HasModellingRule, "HasModellingRule");
    ALIASES.put(NodeIds.HasTypeDefinition, "HasTypeDefinition");
    ALIASES.put(NodeIds.HasSubtype, "HasSubtype");
    ALIASES.put(NodeIds.HasProperty, "HasProperty");
    ALIASES.put(NodeIds.HasComponent, "HasComponent");
    ALIASES.put(NodeIds.FromState, "FromState");
    ALIASES.put(NodeIds.ToState, "ToState");
    ALIASES.put(NodeIds.HasInterface, "HasInterface");
  }

  private final Xml xml = new Xml();
  private final NodeSetModel model;
  private final NamespaceTable table;
  private final List<String> uris = new ArrayList<>();
  private final NodeSetValue values;

  private NodeSetWriter(NodeSetModel model, EncodingContext context) {
    this.model = model;
    this.table = context.getNamespaceTable();
    uris.add(Namespaces.OPC_UA);
    uris.add(model.uri());
    for (NodeSetModel.Required required : model.required()) {
      if (!uris.contains(required.uri())) {
        uris.add(required.uri());
      }
    }
    values = new NodeSetValue(xml, context, this::plainId);
  }

  /**
   * The text of a file.
   *
   * @param nodes the namespace's nodes and their references
   * @param context of the server that they live in
   */
  public static String write(NodeSetModel model, UaNodeManager nodes, EncodingContext context) {
    NodeSetWriter writer = new NodeSetWriter(model, context);
    writer.head();
    nodes.getNodes().stream()
        .sorted(Comparator.comparing(node -> writer.sortKey(node.getNodeId())))
        .forEach(node -> writer.node(node, nodes));
    writer.xml.close();
    return writer.xml.toString();
  }

  private void head() {
    xml.open("UANodeSet", "xmlns", SCHEMA, "LastModified", model.published());
    xml.open("NamespaceUris");
    uris.subList(1, uris.size()).forEach(uri -> xml.text("Uri", uri));
    xml.close().open("Models");
    xml.open(
        "Model",
        "ModelUri",
        model.uri(),
        "Version",
        model.version(),
        "PublicationDate",
        model.published());
    for (NodeSetModel.Required r : model.required()) {
      xml.empty(
          "RequiredModel",
          "ModelUri",
          r.uri(),
          "Version",
          r.version(),
          "PublicationDate",
          r.published());
    }
    xml.close().close().open("Aliases");
    ALIASES.forEach((id, name) -> xml.text("Alias", plainId(id), "Alias", name));
    xml.close();
  }

  private void node(UaNode node, UaNodeManager nodes) {
    List<String> attributes = new ArrayList<>();
    add(attributes, "NodeId", id(node.getNodeId()));
    add(attributes, "BrowseName", name(node.getBrowseName()));
    String element = element(node, attributes);
    xml.open(element, attributes.toArray(String[]::new));
    localized("DisplayName", node.getDisplayName());
    localized("Description", node.getDescription());
    xml.open("References");
    nodes.getReferences(node.getNodeId()).stream()
        .distinct()
        .sorted(Comparator.comparing(this::sortKey))
        .forEach(this::reference);
    xml.close();
    if (node instanceof UaVariableNode variable) {
      Object value = variable.getValue().value().value();
      boolean live = node instanceof FieldNode field && !field.isConstant();
      if (value != null && !live) {
        values.write(value);
      }
    } else if (node instanceof UaDataTypeNode type
        && type.getDataTypeDefinition() instanceof EnumDefinition definition) {
      definition(node, definition);
    }
    xml.close();
  }

  /** The element of a node's class; adds the attributes that only this class has. */
  private String element(UaNode node, List<String> attributes) {
    if (node instanceof UaObjectNode) {
      int notifier = ((UaObjectNode) node).getEventNotifier().intValue();
      if (notifier != 0) {
        add(attributes, "EventNotifier", String.valueOf(notifier));
      }
      return "UAObject";
    } else if (node instanceof UaMethodNode) {
      return "UAMethod";
    } else if (node instanceof UaDataTypeNode) {
      return "UADataType";
    } else if (node instanceof UaObjectTypeNode type) {
      if (type.getIsAbstract()) {
        add(attributes, "IsAbstract", "true");
      }
      return "UAObjectType";
    } else if (node instanceof UaVariableNode variable) {
      variable(variable, attributes);
      return "UAVariable";
    }
    throw new IllegalStateException("Nodes of class " + node.getNodeClass() + " are not written.");
  }

  private void variable(UaVariableNode node, List<String> attributes) {
    add(attributes, "DataType", id(node.getDataType()));
    if (node.getValueRank() != ValueRanks.Scalar) {
      add(attributes, "ValueRank", String.valueOf(node.getValueRank()));
      Object[] dimensions = node.getArrayDimensions();
      add(attributes, "ArrayDimensions", dimensions == null ? "0" : dimensions[0].toString());
    }
    add(attributes, "AccessLevel", node.getAccessLevel().toString());
    if (node.getMinimumSamplingInterval() != -1) {
      add(attributes, "MinimumSamplingInterval", "0");
    }
    if (node.getHistorizing()) {
      add(attributes, "Historizing", "true");
    }
  }

  private void reference(Reference reference) {
    String target =
        id(
            reference
                .getTargetNodeId()
                .toNodeId(table)
                .orElseThrow(
                    () -> new IllegalStateException(reference + " leads to another server.")));
    String type = id(reference.getReferenceTypeId());
    if (reference.isForward()) {
      xml.text("Reference", target, "ReferenceType", type);
    } else {
      xml.text("Reference", target, "ReferenceType", type, "IsForward", "false");
    }
  }

  private void definition(UaNode node, EnumDefinition definition) {
    EnumField[] fields = definition.getFields();
    xml.open("Definition", "Name", name(node.getBrowseName()));
    for (EnumField field : fields == null ? new EnumField[0] : fields) {
      xml.empty(
          "Field",
          "Name",
          String.valueOf(field.getName()),
          "Value",
          String.valueOf(field.getValue()));
    }
    xml.close();
  }

  private void localized(String element, LocalizedText text) {
    if (text.text() != null && !text.text().isEmpty()) {
      xml.text(element, text.text(), "Locale", text.locale() == null ? "" : text.locale());
    }
  }

  private String id(NodeId id) {
    String alias = ALIASES.get(id);
    return alias == null ? plainId(id) : alias;
  }

  private String plainId(NodeId id) {
    int index = index(id.getNamespaceIndex().intValue());
    String kind = id.getIdentifier() instanceof String ? "s=" : "i=";
    return (index == 0 ? "" : "ns=" + index + ";") + kind + id.getIdentifier();
  }

  private String name(QualifiedName name) {
    int index = index(name.namespaceIndex().intValue());
    return (index == 0 ? "" : index + ":") + name.name();
  }

  private int index(int serverIndex) {
    int index = uris.indexOf(String.valueOf(table.get(serverIndex)));
    if (index < 0) {
      throw new IllegalStateException(
          "Namespace " + table.get(serverIndex) + " is used but not required by " + model.uri());
    }
    return index;
  }

  private String sortKey(NodeId id) {
    return id.getIdentifier() instanceof String text
        ? text
        : String.format(java.util.Locale.ROOT, "%010d", ((Number) id.getIdentifier()).longValue());
  }

  private String sortKey(Reference reference) {
    return id(reference.getReferenceTypeId())
        + (reference.isForward() ? ">" : "<")
        + reference.getTargetNodeId().toParseableString();
  }

  private static void add(List<String> attributes, String name, String value) {
    attributes.add(name);
    attributes.add(value);
  }
}
