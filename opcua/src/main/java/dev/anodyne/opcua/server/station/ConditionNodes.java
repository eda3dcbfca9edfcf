package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.server.alarm.Alarm;
import dev.anodyne.opcua.server.alarm.AlarmKind;
import dev.anodyne.opcua.server.alarm.AlarmSpec;
import dev.anodyne.opcua.server.alarm.AlarmState;
import dev.anodyne.opcua.server.event.EventNode;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.eclipse.milo.opcua.sdk.server.nodes.UaNodeContext;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.jspecify.annotations.Nullable;

/**
 * The nodes of alarms: instances of OPC UA's own alarm types. The conditions themselves stand in
 * the address space; their fields are made when they are needed. Methods are those of the types.
 */
final class ConditionNodes {
  private final UaNodeContext context;
  private final NodeMaker make;
  private final TypesNamespace types;
  private final Supplier<X509Certificate> certificate;
  private final Map<String, ConditionNode> conditions = new ConcurrentHashMap<>();

  /**
   * None yet.
   *
   * @param certificate the server's own, as it is now
   */
  ConditionNodes(
      UaNodeContext context,
      NodeMaker make,
      TypesNamespace types,
      Supplier<X509Certificate> certificate) {
    this.context = context;
    this.make = make;
    this.types = types;
    this.certificate = certificate;
  }

  /** The condition at a node; null for any other node. */
  @Nullable ConditionNode at(NodeId id) {
    return make.owns(id) ? conditions.get(String.valueOf(id.getIdentifier())) : null;
  }

  /** The condition that a node is a field of, or that it is itself; null for any other node. */
  @Nullable ConditionNode around(NodeId id) {
    if (!make.owns(id) || !(id.getIdentifier() instanceof String text)) {
      return null;
    }
    // Owner, folder, alarm: an owner's id has no dots.
    int end = 0;
    for (int dots = 0; end < text.length(); end++) {
      if (text.charAt(end) == '.' && ++dots == 3) {
        break;
      }
    }
    return conditions.get(text.substring(0, end));
  }

  /** The condition of an alarm. */
  @Nullable ConditionNode of(Alarm alarm) {
    return conditions.get(alarm.id());
  }

  /** All of them. */
  Collection<ConditionNode> all() {
    return List.copyOf(conditions.values());
  }

  /** Forgets the conditions of an owner; their nodes are taken away with its own. */
  void forget(String owner) {
    conditions.values().removeIf(condition -> condition.alarm().owner().equals(owner));
  }

  /** The event that tells how an alarm stands; to be asked for under the alarm's lock. */
  EventNode event(ConditionNode condition, AlarmState state) {
    return fields(condition, state).event(types.name(condition.alarm().spec().name()));
  }

  /** A condition's fields as they are now. */
  ConditionFields fields(ConditionNode condition) {
    return fields(condition, condition.alarm().state());
  }

  private ConditionFields fields(ConditionNode condition, AlarmState state) {
    ConditionFields fields = new ConditionFields(context, make, condition);
    fields.show(state);
    if (condition.alarm().spec().kind() == AlarmKind.CERTIFICATE_EXPIRATION) {
      show(fields, certificate.get());
    }
    return fields;
  }

  private static void show(ConditionFields fields, X509Certificate own) {
    DateTime now = DateTime.now();
    fields.put("ExpirationDate", new DateTime(own.getNotAfter()), now);
    fields.put("CertificateType", NodeIds.RsaSha256ApplicationCertificateType, now);
    try {
      fields.put("Certificate", ByteString.of(own.getEncoded()), now);
    } catch (CertificateEncodingException e) {
      fields.put("Certificate", null, now);
    }
  }

  /**
   * Makes the node of an alarm.
   *
   * @param source the object that has it
   * @param folder the folder that it stands in
   * @param notifiers the nodes whose watchers are told of it
   */
  void make(Alarm alarm, NodeId source, NodeId folder, List<NodeId> notifiers) {
    AlarmSpec spec = alarm.spec();
    NodeId id = make.id(alarm.id());
    NodeId type = ConditionFields.type(spec.kind());
    make.object(id, types.name(spec.name()), type, spec.when());
    make.link(folder, NodeIds.HasComponent, id);
    make.link(source, NodeIds.HasCondition, id);
    methods(id, spec);
    conditions.put(alarm.id(), new ConditionNode(alarm, id, source, notifiers));
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
}
