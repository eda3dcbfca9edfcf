package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.server.alarm.Alarm;
import dev.anodyne.opcua.server.alarm.AlarmKind;
import dev.anodyne.opcua.server.alarm.AlarmSpec;
import dev.anodyne.opcua.server.alarm.LimitLevel;
import dev.anodyne.opcua.server.event.EventNode;
import dev.anodyne.opcua.server.event.FieldNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNodeContext;
import org.eclipse.milo.opcua.sdk.server.nodes.UaObjectNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.jspecify.annotations.Nullable;

/**
 * Makes the nodes of alarms: instances of OPC UA's own alarm types with the fields that are filled
 * in. Methods are those of the types.
 */
final class ConditionNodes {
  private final UaNodeContext context;
  private final NodeMaker make;
  private final TypesNamespace types;
  private final Map<NodeId, ConditionNode> conditions = new LinkedHashMap<>();
  private final Map<String, ConditionNode> byAlarm = new LinkedHashMap<>();

  ConditionNodes(UaNodeContext context, NodeMaker make, TypesNamespace types) {
    this.context = context;
    this.make = make;
    this.types = types;
  }

  /** The condition at a node; null for any other node. */
  @Nullable ConditionNode at(NodeId id) {
    return conditions.get(id);
  }

  /** The condition of an alarm. */
  @Nullable ConditionNode of(Alarm alarm) {
    return byAlarm.get(alarm.id());
  }

  /**
   * Makes the nodes of an alarm.
   *
   * @param source the object that has it
   * @param folder the folder that it stands in
   * @param notifiers the nodes whose watchers are told of it
   */
  void make(Alarm alarm, NodeId source, NodeId folder, List<NodeId> notifiers) {
    AlarmSpec spec = alarm.spec();
    NodeId id = make.id(alarm.id());
    Fields fields = new Fields(alarm.id());
    event(fields, alarm, source);
    condition(fields, spec);
    if (spec.kind() == AlarmKind.EXCLUSIVE_LIMIT) {
      limits(fields, spec);
    } else {
      fields.add("NormalState", NodeIds.NodeId, NodeId.NULL_VALUE, NodeIds.PropertyType);
    }
    if (spec.kind() == AlarmKind.CERTIFICATE_EXPIRATION) {
      fields.add("ExpirationDate", NodeIds.DateTime, null, NodeIds.PropertyType);
      double soon = StationAlarmModel.SOON.toMillis();
      fields.add("ExpirationLimit", NodeIds.Duration, soon, NodeIds.PropertyType);
      fields.add("CertificateType", NodeIds.NodeId, null, NodeIds.PropertyType);
      fields.add("Certificate", NodeIds.ByteString, null, NodeIds.PropertyType);
    }
    EventNode node =
        new EventNode(
            context, id, types.name(spec.name()), spec.when(), type(spec.kind()), fields.top);
    context.getNodeManager().addNode(node);
    make.refer(id, NodeIds.HasTypeDefinition, type(spec.kind()));
    fields.link(id);
    make.link(folder, NodeIds.HasComponent, id);
    make.link(source, NodeIds.HasCondition, id);
    methods(id, spec);
    ConditionNode made = new ConditionNode(alarm, node, fields.all, notifiers);
    conditions.put(id, made);
    byAlarm.put(alarm.id(), made);
  }

  private void event(Fields f, Alarm alarm, NodeId source) {
    AlarmSpec spec = alarm.spec();
    NodeId property = NodeIds.PropertyType;
    f.add("EventId", NodeIds.ByteString, null, property);
    f.add("EventType", NodeIds.NodeId, type(spec.kind()), property);
    f.add("SourceNode", NodeIds.NodeId, source, property);
    f.add("SourceName", NodeIds.String, alarm.owner(), property);
    f.add("Time", NodeIds.UtcTime, null, property);
    f.add("ReceiveTime", NodeIds.UtcTime, null, property);
    f.add("Message", NodeIds.LocalizedText, null, property);
    f.add("Severity", NodeIds.UInt16, null, property);
  }

  private void condition(Fields f, AlarmSpec spec) {
    NodeId property = NodeIds.PropertyType;
    f.add("ConditionClassId", NodeIds.NodeId, topicId(spec.conditionClass()), property);
    f.add(
        "ConditionClassName",
        NodeIds.LocalizedText,
        LocalizedText.english(topicName(spec.conditionClass())),
        property);
    f.add("ConditionName", NodeIds.String, spec.name(), property);
    f.add("BranchId", NodeIds.NodeId, NodeId.NULL_VALUE, property);
    f.add("Retain", NodeIds.Boolean, null, property);
    f.add("ClientUserId", NodeIds.String, null, property);
    f.add("SuppressedOrShelved", NodeIds.Boolean, false, property);
    NodeId input =
        spec.input().isEmpty() ? NodeId.NULL_VALUE : make.id(f.owner() + "." + spec.input());
    f.add("InputNode", NodeIds.NodeId, input, property);
    f.state("EnabledState");
    f.state("AckedState");
    f.state("ActiveState");
    if (spec.confirmed()) {
      f.state("ConfirmedState");
    }
    f.stamped("Quality", NodeIds.StatusCode);
    f.stamped("LastSeverity", NodeIds.UInt16);
    f.stamped("Comment", NodeIds.LocalizedText);
  }

  private void limits(Fields f, AlarmSpec spec) {
    for (LimitLevel level : LimitLevel.values()) {
      if (spec.levels().contains(level)) {
        f.add(level.stateName() + "Limit", NodeIds.Double, null, NodeIds.PropertyType);
      }
    }
    f.limitState();
  }

  private void methods(NodeId id, AlarmSpec spec) {
    List<NodeId> methods =
        new ArrayList<>(
            List.of(
                NodeIds.ConditionType_Enable,
                NodeIds.ConditionType_Disable,
                NodeIds.ConditionType_AddComment,
                NodeIds.AcknowledgeableConditionType_Acknowledge));
    if (spec.confirmed()) {
      methods.add(NodeIds.AcknowledgeableConditionType_Confirm);
    }
    methods.forEach(method -> make.refer(id, NodeIds.HasComponent, method));
  }

  static NodeId type(AlarmKind kind) {
    return switch (kind) {
      case OFF_NORMAL -> NodeIds.OffNormalAlarmType;
      case EXCLUSIVE_LIMIT -> NodeIds.ExclusiveLimitAlarmType;
      case CERTIFICATE_EXPIRATION -> NodeIds.CertificateExpirationAlarmType;
    };
  }

  private static NodeId topicId(AlarmSpec.Topic topic) {
    return switch (topic) {
      case PROCESS -> NodeIds.ProcessConditionClassType;
      case SYSTEM -> NodeIds.SystemConditionClassType;
      case MAINTENANCE -> NodeIds.MaintenanceConditionClassType;
    };
  }

  private static String topicName(AlarmSpec.Topic topic) {
    return switch (topic) {
      case PROCESS -> "Process";
      case SYSTEM -> "System";
      case MAINTENANCE -> "Maintenance";
    };
  }

  /** The fields of one condition while it is made. */
  private final class Fields {
    private final String prefix;
    private final Map<String, FieldNode> all = new LinkedHashMap<>();
    private final List<UaNode> top = new ArrayList<>();

    Fields(String prefix) {
      this.prefix = prefix;
    }

    /** The object that has the condition. */
    String owner() {
      return prefix.substring(0, prefix.indexOf('.'));
    }

    FieldNode add(String name, NodeId dataType, @Nullable Object value, NodeId type) {
      return add(name, dataType, value, type, List.of());
    }

    private FieldNode add(
        String name, NodeId dataType, @Nullable Object value, NodeId type, List<FieldNode> parts) {
      FieldNode field = field(name, dataType, value, type, parts);
      top.add(field);
      return field;
    }

    private FieldNode field(
        String path, NodeId dataType, @Nullable Object value, NodeId type, List<FieldNode> parts) {
      String name = path.substring(path.lastIndexOf('.') + 1);
      FieldNode field =
          new FieldNode(context, make.id(prefix + "." + path), name, dataType, false, parts);
      if (value != null) {
        field.fix(value);
      }
      context.getNodeManager().addNode(field);
      make.refer(field.getNodeId(), NodeIds.HasTypeDefinition, type);
      all.put(path, field);
      for (FieldNode part : parts) {
        make.link(field.getNodeId(), NodeIds.HasProperty, part.getNodeId());
      }
      return field;
    }

    void state(String name) {
      FieldNode id = field(name + ".Id", NodeIds.Boolean, null, NodeIds.PropertyType, List.of());
      add(name, NodeIds.LocalizedText, null, NodeIds.TwoStateVariableType, List.of(id));
    }

    void stamped(String name, NodeId dataType) {
      FieldNode time =
          field(name + ".SourceTimestamp", NodeIds.UtcTime, null, NodeIds.PropertyType, List.of());
      add(name, dataType, null, NodeIds.ConditionVariableType, List.of(time));
    }

    void limitState() {
      FieldNode id =
          field(
              "LimitState.CurrentState.Id", NodeIds.NodeId, null, NodeIds.PropertyType, List.of());
      FieldNode current =
          field(
              "LimitState.CurrentState",
              NodeIds.LocalizedText,
              null,
              NodeIds.FiniteStateVariableType,
              List.of(id));
      NodeId node = make.id(prefix + ".LimitState");
      QualifiedName name = NodeMaker.standardName("LimitState");
      NodeId type = NodeIds.ExclusiveLimitStateMachineType;
      UaObjectNode machine = new EventNode(context, node, name, "", type, List.of(current));
      context.getNodeManager().addNode(machine);
      make.refer(node, NodeIds.HasTypeDefinition, type);
      make.link(node, NodeIds.HasComponent, current.getNodeId());
      top.add(machine);
    }

    /** Hangs the fields below the condition. */
    void link(NodeId condition) {
      for (UaNode field : top) {
        NodeId type =
            field instanceof FieldNode variable && variable.parts().isEmpty()
                ? NodeIds.HasProperty
                : NodeIds.HasComponent;
        make.link(condition, type, field.getNodeId());
      }
    }
  }
}
