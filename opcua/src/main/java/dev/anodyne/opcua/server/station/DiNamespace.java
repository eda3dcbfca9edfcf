package dev.anodyne.opcua.server.station;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;

/**
 * The part of OPC 10000-100 (Devices) that a station uses, with the ids of the published node set:
 * the interfaces of name plates and health, the types that chargers and their identification are
 * kinds of, and the set of all devices. Its metadata says that it is a subset.
 */
final class DiNamespace extends StaticNamespace {
  private static final int DEVICE_SET = 5001;
  private static final int TOPOLOGY_ELEMENT_TYPE = 1001;
  private static final int FUNCTIONAL_GROUP_TYPE = 1005;
  private static final int COMPONENT_TYPE = 15063;
  private static final int VENDOR_NAMEPLATE = 15035;
  private static final int TAG_NAMEPLATE = 15048;
  private static final int HEALTH = 15051;
  private static final int HEALTH_ENUMERATION = 6244;

  /** What a vendor's name plate says that is a LocalizedText in DI; the rest is a String. */
  private static final List<String> LOCALIZED = List.of("Manufacturer", "Model", "ComponentName");

  private static final Map<String, Integer> VENDOR_PROPERTIES = new LinkedHashMap<>();
  private static final Map<String, Integer> TAG_PROPERTIES = new LinkedHashMap<>();

  static {
    VENDOR_PROPERTIES.put("Manufacturer", 15036);
    VENDOR_PROPERTIES.put("Model", 15038);
    VENDOR_PROPERTIES.put("HardwareRevision", 15039);
    VENDOR_PROPERTIES.put("SoftwareRevision", 15040);
    VENDOR_PROPERTIES.put("ProductCode", 15042);
    VENDOR_PROPERTIES.put("SerialNumber", 15045);
    TAG_PROPERTIES.put("AssetId", 15049);
    TAG_PROPERTIES.put("ComponentName", 15050);
  }

  DiNamespace(OpcUaServer server) {
    super(server, StationUris.DI);
    NodeMaker make = maker();
    types(make);
    interfaces(make);
    make.object(
        id(DEVICE_SET), make.name("DeviceSet"), NodeIds.BaseObjectType, "All devices there are.");
    make.link(NodeIds.ObjectsFolder, NodeIds.Organizes, id(DEVICE_SET));
    metadata(id(15001), (name, i) -> id(15002 + i), "1.04.0", true);
  }

  /** The set of all devices. */
  NodeId deviceSet() {
    return id(DEVICE_SET);
  }

  /** What a charger is a kind of. */
  NodeId componentType() {
    return id(COMPONENT_TYPE);
  }

  /** What a charger's identification is a kind of. */
  NodeId functionalGroupType() {
    return id(FUNCTIONAL_GROUP_TYPE);
  }

  /** The interfaces of an identification. */
  List<NodeId> nameplates() {
    return List.of(id(VENDOR_NAMEPLATE), id(TAG_NAMEPLATE));
  }

  NodeId healthInterface() {
    return id(HEALTH);
  }

  NodeId healthEnumeration() {
    return id(HEALTH_ENUMERATION);
  }

  /** A browse name of DI. */
  QualifiedName name(String name) {
    return maker().name(name);
  }

  /** All that a name plate may say, in DI's order. */
  static List<String> nameplateProperties() {
    return Stream.concat(VENDOR_PROPERTIES.keySet().stream(), TAG_PROPERTIES.keySet().stream())
        .toList();
  }

  /** The data type of a name plate's property. */
  static NodeId nameplateType(String property) {
    return LOCALIZED.contains(property) ? NodeIds.LocalizedText : NodeIds.String;
  }

  private void types(NodeMaker make) {
    NodeId group =
        make.objectType(
            id(FUNCTIONAL_GROUP_TYPE),
            make.name("FunctionalGroupType"),
            NodeIds.FolderType,
            false,
            "Organizes what belongs together.");
    NodeId element =
        make.objectType(
            id(TOPOLOGY_ELEMENT_TYPE),
            make.name("TopologyElementType"),
            NodeIds.BaseObjectType,
            true,
            "What all elements of a device topology have.");
    make.object(id(6014), make.name("Identification"), group, "Identifies the element.");
    make.link(element, NodeIds.HasComponent, id(6014));
    make.refer(id(6014), NodeIds.HasModellingRule, NodeIds.ModellingRule_Optional);
    make.objectType(
        id(COMPONENT_TYPE),
        make.name("ComponentType"),
        element,
        true,
        "A component with a name plate.");
  }

  private void interfaces(NodeMaker make) {
    declare(make, VENDOR_NAMEPLATE, "IVendorNameplateType", VENDOR_PROPERTIES);
    declare(make, TAG_NAMEPLATE, "ITagNameplateType", TAG_PROPERTIES);
    for (NodeId nameplate : nameplates()) {
      make.link(id(COMPONENT_TYPE), NodeIds.HasInterface, nameplate);
    }
    make.enumeration(
        id(HEALTH_ENUMERATION),
        id(6450),
        make.name("DeviceHealthEnumeration"),
        "Health of a device.",
        ChargerView.DeviceHealth.values());
    NodeId health =
        make.objectType(
            id(HEALTH),
            make.name("IDeviceHealthType"),
            NodeIds.BaseInterfaceType,
            true,
            "Something with a health.");
    NodeId value =
        make.variable(
            id(15052),
            make.name("DeviceHealth"),
            VariableSpec.data("DeviceHealth", Kind.ENUMERATION, Origin.CHARGER, "", v -> null),
            healthEnumeration(),
            AccessLevel.toValue(AccessLevel.READ_ONLY));
    make.link(health, NodeIds.HasComponent, value);
    make.refer(value, NodeIds.HasModellingRule, NodeIds.ModellingRule_Optional);
  }

  private void declare(NodeMaker make, int id, String name, Map<String, Integer> properties) {
    NodeId type = make.objectType(id(id), make.name(name), NodeIds.BaseInterfaceType, true, "");
    properties.forEach(
        (property, node) ->
            make.declareProperty(
                type, id(node), make.name(property), nameplateType(property), false));
  }

  private NodeId id(int identifier) {
    return new NodeId(getNamespaceIndex(), identifier);
  }
}
