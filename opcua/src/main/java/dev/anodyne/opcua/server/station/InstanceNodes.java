package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.model.ValueRange;
import dev.anodyne.opcua.server.alarm.Alarm;
import dev.anodyne.opcua.server.alarm.Alarms;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * Makes the nodes of a station and its chargers, and finds them again. Chargers may come and go
 * while nodes are read; whoever changes them takes care that only one does.
 */
final class InstanceNodes {
  private static final String STATION = StationLayout.STATION_ID;

  private final NodeMaker make;
  private final TypesNamespace types;
  private final StationCalls calls;
  private final ConditionNodes conditions;
  private final ModelNodes nodes;
  private final Map<NodeId, LiveVariable> variables = new ConcurrentHashMap<>();
  private final Map<String, LiveObject<ChargerView>> chargers = new ConcurrentHashMap<>();
  private final LiveObject<StationView> station = new LiveObject<>(STATION);

  InstanceNodes(
      NodeMaker make, TypesNamespace types, StationCalls calls, ConditionNodes conditions) {
    this.conditions = conditions;
    this.make = make;
    this.types = types;
    this.calls = calls;
    this.nodes = new ModelNodes(make, types, false);
  }

  void make(StationLayout layout, Alarms alarms) {
    NodeId root =
        make.notifier(
            make.id(STATION),
            make.name(STATION),
            types.id(TypesNamespace.STATION_TYPE),
            layout.name() + ", Anodyne " + layout.softwareVersion());
    make.link(NodeIds.ObjectsFolder, NodeIds.Organizes, root);
    make.link(NodeIds.Server, NodeIds.HasNotifier, root);
    for (GroupSpec<StationView> group : StationModel.GROUPS) {
      nodes.group(
          STATION,
          root,
          group,
          Map.of(),
          (spec, node) -> keep(station.add(spec, spec.range(), node)));
    }
    NodeId management = make.id(STATION + "." + StationModel.ENERGY_MANAGEMENT.path());
    offer(root, STATION, StationMethod.STATION_EMERGENCY_STOP_REQUEST);
    StationMethod.of(StationModel.ENERGY_MANAGEMENT.typeName())
        .forEach(method -> offer(management, STATION, method));
    NodeId folder = nodes.folder(STATION, root, "Chargers");
    for (StationLayout.Bay bay : layout.chargers()) {
      charger(folder, bay);
    }
    nodes.folder(STATION, root, "Alarms");
    for (Alarm alarm : alarms.all()) {
      condition(alarm, root);
    }
  }

  /** Makes the nodes of another charger, whose alarms are there already. */
  void add(StationLayout.Bay bay, Alarms alarms) {
    NodeId root = make.id(STATION);
    charger(make.id(STATION + ".Chargers"), bay);
    for (Alarm alarm : alarms.all()) {
      if (alarm.owner().equals(bay.id())) {
        condition(alarm, root);
      }
    }
  }

  /** Takes away all nodes of a charger; who watches one of its values is told so. */
  void remove(String charger, List<NodeId> all) {
    LiveObject<ChargerView> live = chargers.remove(charger);
    calls.withdraw(charger);
    conditions.forget(charger);
    variables.values().removeIf(variable -> variable.owner() == live);
    make.remove(charger, all);
    if (live != null) {
      live.end();
    }
  }

  private void condition(Alarm alarm, NodeId root) {
    NodeId source = make.id(alarm.owner());
    List<NodeId> notifiers =
        source.equals(root) ? List.of(root, NodeIds.Server) : List.of(source, root, NodeIds.Server);
    conditions.make(alarm, source, make.id(alarm.owner() + ".Alarms"), notifiers);
  }

  @Nullable LiveVariable variable(NodeId id) {
    return variables.get(id);
  }

  @Nullable LiveObject<ChargerView> charger(String id) {
    return chargers.get(id);
  }

  LiveObject<StationView> station() {
    return station;
  }

  /** What writing a variable asks for. */
  static StationCommand command(LiveVariable variable, double number) {
    String id = variable.owner().id();
    if (id.equals(STATION)) {
      return new StationCommand.SetStationPowerLimit(number);
    }
    return variable.spec().name().equals("TargetSoc")
        ? new StationCommand.SetTargetSoc(id, number)
        : new StationCommand.SetPowerLimit(id, number);
  }

  private void charger(NodeId folder, StationLayout.Bay bay) {
    NodeId node =
        make.notifier(
            make.id(bay.id()),
            make.name(bay.id()),
            types.id(TypesNamespace.CHARGER_TYPE),
            bay.battery());
    make.link(folder, NodeIds.HasComponent, node);
    make.link(types.di().deviceSet(), NodeIds.Organizes, node);
    make.link(make.id(STATION), NodeIds.HasNotifier, node);
    identification(bay, node);
    LiveObject<ChargerView> live = new LiveObject<>(bay.id());
    chargers.put(bay.id(), live);
    Map<String, ValueRange> narrowed = Map.of("PowerLimit", new ValueRange(0, bay.maxPowerWatts()));
    for (GroupSpec<ChargerView> group : ChargerModel.GROUPS) {
      nodes.group(
          bay.id(),
          node,
          group,
          narrowed,
          (spec, id) -> keep(live.add(spec, narrowed.getOrDefault(spec.name(), spec.range()), id)));
    }
    nodes.folder(bay.id(), node, "Alarms");
    StationMethod.of(TypesNamespace.CHARGER_TYPE).forEach(method -> offer(node, bay.id(), method));
  }

  private void identification(StationLayout.Bay bay, NodeId charger) {
    NodeId node =
        make.object(
            make.id(bay.id() + ".Identification"),
            nodes.name("Identification"),
            types.id(TypesNamespace.IDENTIFICATION_TYPE),
            "Which device it is.");
    make.link(charger, NodeIds.HasComponent, node);
    bay.nameplate()
        .known()
        .forEach(
            (name, text) -> {
              NodeId dataType = DiNamespace.nameplateType(name);
              boolean localized = dataType.equals(NodeIds.LocalizedText);
              make.property(
                  node,
                  make.id(bay.id() + ".Identification." + name),
                  types.di().name(name),
                  dataType,
                  localized ? LocalizedText.english(text) : text);
            });
  }

  private void keep(LiveVariable variable) {
    variables.put(variable.nodeId(), variable);
  }

  /** Instances share the method nodes of their type (OPC 10000-3 §6.3.3.2). */
  private void offer(NodeId object, String charger, StationMethod method) {
    NodeId node = types.method(method);
    make.refer(object, NodeIds.HasComponent, node);
    calls.offer(object, charger, node, method);
  }
}
