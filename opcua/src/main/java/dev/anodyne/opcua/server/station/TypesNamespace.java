package dev.anodyne.opcua.server.station;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.p2d.SolveStatus;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.sdk.core.ValueRanks;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.structured.Argument;

/** The types of everything that a station has, with their methods. */
final class TypesNamespace extends StaticNamespace {
  static final String VERSION = "1.2.0";
  static final String STATION_TYPE = "StationType";
  static final String CHARGER_TYPE = "ChargerType";
  static final String IDENTIFICATION_TYPE = "ChargerIdentificationType";

  private final DiNamespace di;
  private final NodeMaker make;
  private final Map<Class<?>, NodeId> enumerations = new HashMap<>();

  TypesNamespace(OpcUaServer server, DiNamespace di) {
    super(server, StationUris.TYPES);
    this.di = di;
    this.make = maker();
    enumerations();
    new SessionTypeNodes(make, this).make();
    groupTypes();
    identificationType();
    chargerType();
    stationType();
    metadata(VERSION);
  }

  /** A node of this namespace. */
  NodeId id(String identifier) {
    return make.id(identifier);
  }

  QualifiedName name(String name) {
    return make.name(name);
  }

  DiNamespace di() {
    return di;
  }

  /** The data type of a variable. */
  NodeId dataType(VariableSpec<?> spec) {
    Class<?> enumeration = spec.enumeration();
    NodeId type = enumeration == null ? null : enumerations.get(enumeration);
    return type == null ? spec.kind().dataType() : type;
  }

  /** The node of a method: instances share their type's. */
  NodeId method(StationMethod method) {
    return id(method.ownerType() + "." + method.methodName());
  }

  private void enumerations() {
    enumerations.put(ChargerView.DeviceHealth.class, di.healthEnumeration());
    enumeration(ChargerStatus.LinkState.class, "Whether a charger can be heard.");
    enumeration(ActiveConstraint.class, "Which limit explains the current.");
    enumeration(DecisionSource.class, "Which rung of the fallback ladder decided.");
    enumeration(SolveStatus.class, "How a solve ended.");
    enumeration(CommandResult.class, "What became of a command.");
  }

  private void enumeration(Class<? extends Enum<?>> type, String description) {
    String name = type.getSimpleName();
    NodeId node = make.enumeration(id(name), name(name), description, type.getEnumConstants());
    enumerations.put(type, node);
  }

  private void groupTypes() {
    ModelNodes nodes = new ModelNodes(make, this, true);
    for (GroupSpec<ChargerView> group : ChargerModel.GROUPS) {
      groupType(nodes, group);
    }
    for (GroupSpec<StationView> group : StationModel.GROUPS) {
      groupType(nodes, group);
    }
    make.link(id(LimitsModel.HEALTH.typeName()), NodeIds.HasInterface, di.healthInterface());
    methods(StationModel.ENERGY_MANAGEMENT.typeName());
  }

  private <S> void groupType(ModelNodes nodes, GroupSpec<S> group) {
    NodeId type =
        make.objectType(
            id(group.typeName()),
            name(group.typeName()),
            group.superType(),
            false,
            group.description());
    nodes.variables(group.typeName(), type, group, Map.of(), (spec, node) -> {});
  }

  private void identificationType() {
    NodeId type =
        make.objectType(
            id(IDENTIFICATION_TYPE),
            name(IDENTIFICATION_TYPE),
            di.functionalGroupType(),
            false,
            "Which device a charger is. What is not known is not there.");
    di.nameplates().forEach(nameplate -> make.link(type, NodeIds.HasInterface, nameplate));
    for (String property : DiNamespace.nameplateProperties()) {
      make.declareProperty(
          type,
          id(IDENTIFICATION_TYPE + "." + property),
          di.name(property),
          DiNamespace.nameplateType(property),
          false);
    }
  }

  private void chargerType() {
    NodeId type =
        make.objectType(
            id(CHARGER_TYPE),
            name(CHARGER_TYPE),
            di.componentType(),
            false,
            "A charger with the battery that it charges.");
    ModelNodes nodes = new ModelNodes(make, this, true);
    NodeId identification =
        make.object(
            id(CHARGER_TYPE + ".Identification"),
            di.name("Identification"),
            id(IDENTIFICATION_TYPE),
            "Which device it is.");
    make.link(type, NodeIds.HasComponent, identification);
    make.rule(identification, NodeIds.ModellingRule_Mandatory);
    for (GroupSpec<ChargerView> group : ChargerModel.GROUPS) {
      nodes.group(CHARGER_TYPE, type, group, Map.of(), (spec, node) -> {});
    }
    nodes.folder(CHARGER_TYPE, type, "Alarms");
    methods(CHARGER_TYPE);
  }

  private void stationType() {
    NodeId type =
        make.objectType(
            id(STATION_TYPE),
            name(STATION_TYPE),
            NodeIds.BaseObjectType,
            false,
            "Chargers behind one grid connection.");
    ModelNodes nodes = new ModelNodes(make, this, true);
    for (GroupSpec<StationView> group : StationModel.GROUPS) {
      nodes.group(STATION_TYPE, type, group, Map.of(), (spec, node) -> {});
    }
    NodeId management = id(STATION_TYPE + "." + StationModel.ENERGY_MANAGEMENT.path());
    StationMethod.of(StationModel.ENERGY_MANAGEMENT.typeName())
        .forEach(method -> make.refer(management, NodeIds.HasComponent, method(method)));
    NodeId chargers = nodes.folder(STATION_TYPE, type, "Chargers");
    NodeId charger =
        make.object(
            id(STATION_TYPE + ".Chargers.Charger"),
            name("<Charger>"),
            id(CHARGER_TYPE),
            "One charger.");
    make.link(chargers, NodeIds.HasComponent, charger);
    make.rule(charger, NodeIds.ModellingRule_OptionalPlaceholder);
    nodes.folder(STATION_TYPE, type, "Alarms");
    methods(STATION_TYPE);
  }

  private void methods(String ownerType) {
    for (StationMethod method : StationMethod.of(ownerType)) {
      NodeId node = make.method(method(method), name(method.methodName()), method.description());
      make.link(id(ownerType), NodeIds.HasComponent, node);
      make.rule(node, NodeIds.ModellingRule_Mandatory);
      arguments(node, "InputArguments", method.inputs().stream().map(this::argument).toList());
      arguments(node, "OutputArguments", outputs());
    }
  }

  private void arguments(NodeId method, String name, List<Argument> arguments) {
    if (!arguments.isEmpty()) {
      NodeId node =
          make.property(method, name, NodeIds.Argument, arguments.toArray(Argument[]::new));
      make.rule(node, NodeIds.ModellingRule_Mandatory);
    }
  }

  private Argument argument(StationMethod.Input input) {
    return argument(input.name(), input.kind().dataType(), input.description());
  }

  private List<Argument> outputs() {
    return List.of(
        argument("Result", id(CommandResult.class.getSimpleName()), "What became of the command."),
        argument("Message", NodeIds.String, "The same as a sentence."));
  }

  private static Argument argument(String name, NodeId dataType, String description) {
    return new Argument(
        name, dataType, ValueRanks.Scalar, new UInteger[0], LocalizedText.english(description));
  }
}
