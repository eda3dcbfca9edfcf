package dev.anodyne.opcua.server.event;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNodeContext;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.QualifiedName;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.jspecify.annotations.Nullable;

/** Makes events that pass by: they are told once and are not in the address space. */
public final class EventMaker {
  private static final UShort OWN = UShort.valueOf(1);

  private final UaNodeContext context;

  public EventMaker(UaNodeContext context) {
    this.context = context;
  }

  /**
   * A field beyond those that all events have.
   *
   * @param name its browse name, in namespace 0
   * @param value null for none
   */
  public record Field(String name, NodeId dataType, @Nullable Object value) {}

  /**
   * What all events have.
   *
   * @param type its type
   * @param source the node that it comes from
   * @param sourceName the same for people
   * @param time when it was, UTC
   * @param severity 1 to 1000
   * @param message for people
   */
  public record Head(
      NodeId type, NodeId source, String sourceName, Instant time, int severity, String message) {}

  /** An event with an id of its own. */
  public EventNode event(Head head, List<Field> more) {
    UUID id = UUID.randomUUID();
    DateTime time = new DateTime(head.time());
    List<FieldNode> fields = new ArrayList<>();
    add(fields, id, new Field("EventId", NodeIds.ByteString, bytes(id)), time);
    add(fields, id, new Field("EventType", NodeIds.NodeId, head.type()), time);
    add(fields, id, new Field("SourceNode", NodeIds.NodeId, head.source()), time);
    add(fields, id, new Field("SourceName", NodeIds.String, head.sourceName()), time);
    add(fields, id, new Field("Time", NodeIds.UtcTime, time), time);
    add(fields, id, new Field("ReceiveTime", NodeIds.UtcTime, time), time);
    add(
        fields,
        id,
        new Field("Message", NodeIds.LocalizedText, LocalizedText.english(head.message())),
        time);
    add(fields, id, new Field("Severity", NodeIds.UInt16, UShort.valueOf(head.severity())), time);
    more.forEach(field -> add(fields, id, field, time));
    return new EventNode(
        context, new NodeId(OWN, id), new QualifiedName(OWN, "Event"), "", head.type(), fields);
  }

  /** An event's id as it goes over the wire. */
  public static ByteString bytes(UUID id) {
    return ByteString.of(
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array());
  }

  /** The id that bytes stand for; null when they are no id of this server. */
  public static @Nullable UUID id(@Nullable ByteString bytes) {
    byte[] raw = bytes == null ? null : bytes.bytes();
    if (raw == null || raw.length != 16) {
      return null;
    }
    ByteBuffer buffer = ByteBuffer.wrap(raw);
    return new UUID(buffer.getLong(), buffer.getLong());
  }

  private void add(List<FieldNode> fields, UUID event, Field field, DateTime time) {
    Object value = field.value();
    boolean array = value != null && value.getClass().isArray();
    FieldNode node =
        new FieldNode(
            context,
            new NodeId(OWN, event + "." + field.name()),
            field.name(),
            field.dataType(),
            array,
            List.of());
    node.show(value, time);
    fields.add(node);
  }
}
