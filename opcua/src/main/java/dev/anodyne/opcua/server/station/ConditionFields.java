package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.server.alarm.AlarmKind;
import dev.anodyne.opcua.server.alarm.AlarmQuality;
import dev.anodyne.opcua.server.alarm.AlarmSpec;
import dev.anodyne.opcua.server.alarm.AlarmState;
import dev.anodyne.opcua.server.alarm.Bands;
import dev.anodyne.opcua.server.alarm.LimitLevel;
import dev.anodyne.opcua.server.event.EventMaker;
import dev.anodyne.opcua.server.event.EventNode;
import dev.anodyne.opcua.server.event.FieldNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.milo.opcua.sdk.core.Reference;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNode;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNodeContext;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.jspecify.annotations.Nullable;

/**
 * The fields of a condition in one state, as nodes with their references. They are made when
 * somebody asks for them: of the hundreds of nodes that a charger's alarms have hardly any is ever
 * looked at, and all fields of an event belong to one state. Not thread-safe while it is made; then
 * it is only read.
 */
final class ConditionFields {
  private static final Map<LimitLevel, NodeId> LEVELS =
      Map.of(
          LimitLevel.HIGH_HIGH, NodeIds.ExclusiveLimitStateMachineType_HighHigh,
          LimitLevel.HIGH, NodeIds.ExclusiveLimitStateMachineType_High,
          LimitLevel.LOW, NodeIds.ExclusiveLimitStateMachineType_Low,
          LimitLevel.LOW_LOW, NodeIds.ExclusiveLimitStateMachineType_LowLow);

  private final UaNodeContext context;
  private final NodeMaker make;
  private final ConditionNode condition;
  private final AlarmSpec spec;
  private final Map<String, FieldNode> all = new LinkedHashMap<>();
  private final Map<NodeId, UaNode> nodes = new LinkedHashMap<>();
  private final Map<NodeId, List<Reference>> references = new LinkedHashMap<>();
  private final List<UaNode> top = new ArrayList<>();

  /** Without values yet. */
  ConditionFields(UaNodeContext context, NodeMaker make, ConditionNode condition) {
    this.context = context;
    this.make = make;
    this.condition = condition;
    this.spec = condition.alarm().spec();
    event();
    condition();
    if (spec.kind() == AlarmKind.EXCLUSIVE_LIMIT) {
      limitFields();
    } else {
      add("NormalState", NodeIds.NodeId, NodeId.NULL_VALUE, NodeIds.PropertyType);
    }
    if (spec.kind() == AlarmKind.CERTIFICATE_EXPIRATION) {
      double soon = StationAlarmModel.SOON.toMillis();
      add("ExpirationDate", NodeIds.DateTime, null, NodeIds.PropertyType);
      add("ExpirationLimit", NodeIds.Duration, soon, NodeIds.PropertyType);
      add("CertificateType", NodeIds.NodeId, null, NodeIds.PropertyType);
      add("Certificate", NodeIds.ByteString, null, NodeIds.PropertyType);
    }
    for (UaNode field : top) {
      NodeId type =
          field instanceof FieldNode variable && variable.parts().isEmpty()
              ? NodeIds.HasProperty
              : NodeIds.HasComponent;
      link(condition.id(), type, field.getNodeId());
    }
  }

  /** The event that tells of this state. */
  EventNode event(QualifiedName name) {
    return new EventNode(context, condition.id(), name, spec.when(), type(spec.kind()), top);
  }

  /** All fields, and the objects between them. */
  List<UaNode> nodes() {
    return List.copyOf(nodes.values());
  }

  @Nullable UaNode node(NodeId id) {
    return nodes.get(id);
  }

  /** The references of a field, or those of the condition to its fields. */
  List<Reference> references(NodeId id) {
    return references.getOrDefault(id, List.of());
  }

  /** Gives a field a value; one that this condition does not have is left out. */
  void put(String path, @Nullable Object value, DateTime time) {
    FieldNode field = all.get(path);
    if (field != null) {
      field.show(value, time);
    }
  }

  /** Shows a state. */
  void show(AlarmState s) {
    DateTime time = Kind.dateTime(s.time());
    UUID event = s.eventId();
    if (event != null) {
      put("EventId", EventMaker.bytes(event), time);
      put("Time", time, time);
      put("ReceiveTime", time, time);
      put("Message", LocalizedText.english(s.message()), time);
    }
    put("Severity", UShort.valueOf(s.severity()), time);
    put("Retain", s.retain(), time);
    showState("EnabledState", s.enabled(), "Enabled", "Disabled", time);
    showState("ActiveState", s.active(), "Active", "Inactive", time);
    showState("AckedState", s.acknowledged(), "Acknowledged", "Unacknowledged", time);
    showState("ConfirmedState", s.confirmed(), "Confirmed", "Unconfirmed", time);
    showStamped("Quality", status(s.quality()), Kind.dateTime(s.qualityTime()));
    showStamped(
        "LastSeverity", UShort.valueOf(s.lastSeverity()), Kind.dateTime(s.lastSeverityTime()));
    AlarmState.Note note = s.note();
    showStamped("Comment", LocalizedText.english(note.text()), Kind.dateTime(note.time()));
    put("ClientUserId", note.user(), time);
    if (spec.kind() == AlarmKind.EXCLUSIVE_LIMIT) {
      showLimits(s.level(), time);
    }
  }

  private void showLimits(@Nullable LimitLevel level, DateTime time) {
    put(
        "LimitState.CurrentState",
        level == null ? null : LocalizedText.english(level.stateName()),
        time);
    put("LimitState.CurrentState.Id", level == null ? null : LEVELS.get(level), time);
    Bands bands = condition.alarm().bands();
    for (LimitLevel one : spec.levels()) {
      double limit = bands.limit(one);
      put(one.stateName() + "Limit", Double.isNaN(limit) ? null : limit, time);
    }
  }

  private void showState(String name, boolean is, String yes, String no, DateTime time) {
    put(name, LocalizedText.english(is ? yes : no), time);
    put(name + ".Id", is, time);
  }

  private void showStamped(String name, Object value, DateTime time) {
    put(name, value, time);
    put(name + ".SourceTimestamp", time, time);
  }

  private static StatusCode status(AlarmQuality quality) {
    return new StatusCode(
        switch (quality) {
          case GOOD -> StatusCodes.Good;
          case UNCERTAIN -> StatusCodes.Uncertain_LastUsableValue;
          case BAD -> StatusCodes.Bad_NoCommunication;
        });
  }

  private void event() {
    NodeId property = NodeIds.PropertyType;
    add("EventId", NodeIds.ByteString, null, property);
    add("EventType", NodeIds.NodeId, type(spec.kind()), property);
    add("SourceNode", NodeIds.NodeId, condition.source(), property);
    add("SourceName", NodeIds.String, condition.alarm().owner(), property);
    add("Time", NodeIds.UtcTime, null, property);
    add("ReceiveTime", NodeIds.UtcTime, null, property);
    add("Message", NodeIds.LocalizedText, null, property);
    add("Severity", NodeIds.UInt16, null, property);
  }

  private void condition() {
    NodeId property = NodeIds.PropertyType;
    add("ConditionClassId", NodeIds.NodeId, topicId(spec.conditionClass()), property);
    add(
        "ConditionClassName",
        NodeIds.LocalizedText,
        LocalizedText.english(topicName(spec.conditionClass())),
        property);
    add("ConditionName", NodeIds.String, spec.name(), property);
    add("BranchId", NodeIds.NodeId, NodeId.NULL_VALUE, property);
    add("Retain", NodeIds.Boolean, null, property);
    add("ClientUserId", NodeIds.String, null, property);
    add("SuppressedOrShelved", NodeIds.Boolean, false, property);
    NodeId input =
        spec.input().isEmpty()
            ? NodeId.NULL_VALUE
            : make.id(condition.alarm().owner() + "." + spec.input());
    add("InputNode", NodeIds.NodeId, input, property);
    state("EnabledState");
    state("AckedState");
    state("ActiveState");
    if (spec.confirmed()) {
      state("ConfirmedState");
    }
    stamped("Quality", NodeIds.StatusCode);
    stamped("LastSeverity", NodeIds.UInt16);
    stamped("Comment", NodeIds.LocalizedText);
  }

  private void limitFields() {
    for (LimitLevel level : LimitLevel.values()) {
      if (spec.levels().contains(level)) {
        add(level.stateName() + "Limit", NodeIds.Double, null, NodeIds.PropertyType);
      }
    }
    limitState();
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

  private void add(String name, NodeId dataType, @Nullable Object value, NodeId type) {
    top.add(field(name, dataType, value, type, List.of()));
  }

  private FieldNode field(
      String path, NodeId dataType, @Nullable Object value, NodeId type, List<FieldNode> parts) {
    String name = path.substring(path.lastIndexOf('.') + 1);
    FieldNode field = new FieldNode(context, id(path), name, dataType, false, parts);
    if (value != null) {
      field.fix(value);
    }
    all.put(path, field);
    keep(field, type);
    for (FieldNode part : parts) {
      link(field.getNodeId(), NodeIds.HasProperty, part.getNodeId());
    }
    return field;
  }

  private void state(String name) {
    FieldNode id = field(name + ".Id", NodeIds.Boolean, null, NodeIds.PropertyType, List.of());
    top.add(field(name, NodeIds.LocalizedText, null, NodeIds.TwoStateVariableType, List.of(id)));
  }

  private void stamped(String name, NodeId dataType) {
    FieldNode time =
        field(name + ".SourceTimestamp", NodeIds.UtcTime, null, NodeIds.PropertyType, List.of());
    top.add(field(name, dataType, null, NodeIds.ConditionVariableType, List.of(time)));
  }

  private void limitState() {
    String path = "LimitState.CurrentState";
    FieldNode id = field(path + ".Id", NodeIds.NodeId, null, NodeIds.PropertyType, List.of());
    FieldNode current =
        field(path, NodeIds.LocalizedText, null, NodeIds.FiniteStateVariableType, List.of(id));
    NodeId type = NodeIds.ExclusiveLimitStateMachineType;
    QualifiedName name = NodeMaker.standardName("LimitState");
    UaNode machine = new EventNode(context, id("LimitState"), name, "", type, List.of(current));
    keep(machine, type);
    link(machine.getNodeId(), NodeIds.HasComponent, current.getNodeId());
    top.add(machine);
  }

  private NodeId id(String path) {
    return make.id(condition.alarm().id() + "." + path);
  }

  private void keep(UaNode node, NodeId type) {
    nodes.put(node.getNodeId(), node);
    refer(node.getNodeId(), NodeIds.HasTypeDefinition, type, Reference.Direction.FORWARD);
  }

  private void link(NodeId from, NodeId type, NodeId to) {
    refer(from, type, to, Reference.Direction.FORWARD);
    refer(to, type, from, Reference.Direction.INVERSE);
  }

  private void refer(NodeId from, NodeId type, NodeId to, Reference.Direction direction) {
    references
        .computeIfAbsent(from, id -> new ArrayList<>())
        .add(new Reference(from, type, to.expanded(), direction));
  }
}
