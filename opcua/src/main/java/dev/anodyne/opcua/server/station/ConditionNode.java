package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.server.alarm.Alarm;
import dev.anodyne.opcua.server.alarm.AlarmKind;
import dev.anodyne.opcua.server.alarm.AlarmQuality;
import dev.anodyne.opcua.server.alarm.AlarmState;
import dev.anodyne.opcua.server.alarm.Bands;
import dev.anodyne.opcua.server.alarm.LimitLevel;
import dev.anodyne.opcua.server.event.EventMaker;
import dev.anodyne.opcua.server.event.EventNode;
import dev.anodyne.opcua.server.event.FieldNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.jspecify.annotations.Nullable;

/**
 * An alarm in the address space. It is the event as well that tells of the alarm: whoever fires it
 * holds the alarm's lock, so that all fields belong to one state.
 */
final class ConditionNode {
  private static final Map<LimitLevel, NodeId> LEVELS =
      Map.of(
          LimitLevel.HIGH_HIGH, NodeIds.ExclusiveLimitStateMachineType_HighHigh,
          LimitLevel.HIGH, NodeIds.ExclusiveLimitStateMachineType_High,
          LimitLevel.LOW, NodeIds.ExclusiveLimitStateMachineType_Low,
          LimitLevel.LOW_LOW, NodeIds.ExclusiveLimitStateMachineType_LowLow);

  private final Alarm alarm;
  private final EventNode node;
  private final Map<String, FieldNode> fields;
  private final List<NodeId> notifiers;

  /**
   * Shows an alarm.
   *
   * @param fields its fields by path, for example {@code ActiveState.Id}
   * @param notifiers the nodes whose watchers are told of it
   */
  ConditionNode(
      Alarm alarm, EventNode node, Map<String, FieldNode> fields, List<NodeId> notifiers) {
    this.alarm = alarm;
    this.node = node;
    this.fields = Map.copyOf(fields);
    this.notifiers = List.copyOf(notifiers);
    show(alarm.state());
  }

  Alarm alarm() {
    return alarm;
  }

  EventNode node() {
    return node;
  }

  List<NodeId> notifiers() {
    return notifiers;
  }

  /** Shows a state; under the alarm's lock. */
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
    state("EnabledState", s.enabled(), "Enabled", "Disabled", time);
    state("ActiveState", s.active(), "Active", "Inactive", time);
    state("AckedState", s.acknowledged(), "Acknowledged", "Unacknowledged", time);
    state("ConfirmedState", s.confirmed(), "Confirmed", "Unconfirmed", time);
    stamped("Quality", status(s.quality()), Kind.dateTime(s.qualityTime()));
    stamped("LastSeverity", UShort.valueOf(s.lastSeverity()), Kind.dateTime(s.lastSeverityTime()));
    AlarmState.Note note = s.note();
    stamped("Comment", LocalizedText.english(note.text()), Kind.dateTime(note.time()));
    put("ClientUserId", note.user(), time);
    if (alarm.spec().kind() == AlarmKind.EXCLUSIVE_LIMIT) {
      limits(s.level(), time);
    }
  }

  private void limits(@Nullable LimitLevel level, DateTime time) {
    put(
        "LimitState.CurrentState",
        level == null ? null : LocalizedText.english(level.stateName()),
        time);
    put("LimitState.CurrentState.Id", level == null ? null : LEVELS.get(level), time);
    Bands bands = alarm.bands();
    for (LimitLevel one : alarm.spec().levels()) {
      double limit = bands.limit(one);
      put(one.stateName() + "Limit", Double.isNaN(limit) ? null : limit, time);
    }
  }

  /** Gives a field a value of its own, such as a certificate's end. */
  void put(String path, @Nullable Object value, DateTime time) {
    FieldNode field = fields.get(path);
    if (field != null) {
      field.show(value, time);
    }
  }

  private void state(String name, boolean is, String yes, String no, DateTime time) {
    put(name, LocalizedText.english(is ? yes : no), time);
    put(name + ".Id", is, time);
  }

  private void stamped(String name, Object value, DateTime time) {
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
}
