package dev.anodyne.opcua.server.station;

import dev.anodyne.opcua.server.audit.AuditEntry;
import dev.anodyne.opcua.server.audit.AuditText;
import dev.anodyne.opcua.server.audit.AuditTrail;
import dev.anodyne.opcua.server.event.EventMaker;
import dev.anodyne.opcua.server.event.EventMaker.Field;
import dev.anodyne.opcua.server.event.EventRouter;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.jspecify.annotations.Nullable;

/**
 * Tells audit entries as events of OPC 10000-5 §6.4 to whoever watches the Server object and may
 * see what others do.
 */
final class AuditEvents implements AuditTrail {
  private static final int DONE_SEVERITY = 100;
  private static final int REFUSED_SEVERITY = 500;
  private static final List<NodeId> NOTIFIERS = List.of(NodeIds.Server);

  private static final Map<NodeId, NodeId> METHODS =
      Map.of(
          NodeIds.AcknowledgeableConditionType_Acknowledge,
          NodeIds.AuditConditionAcknowledgeEventType,
          NodeIds.AcknowledgeableConditionType_Confirm,
          NodeIds.AuditConditionConfirmEventType,
          NodeIds.ConditionType_AddComment,
          NodeIds.AuditConditionCommentEventType,
          NodeIds.ConditionType_Enable,
          NodeIds.AuditConditionEnableEventType,
          NodeIds.ConditionType_Disable,
          NodeIds.AuditConditionEnableEventType);

  private final EventMaker events;
  private final EventRouter router;
  private final Predicate<Session> mayAudit;
  private final String serverUri;

  /**
   * For a server.
   *
   * @param mayAudit who may see audit events
   * @param serverUri which server it is
   */
  AuditEvents(
      EventMaker events, EventRouter router, Predicate<Session> mayAudit, String serverUri) {
    this.events = events;
    this.router = router;
    this.mayAudit = mayAudit;
    this.serverUri = serverUri;
  }

  /** What kind of event an entry becomes. */
  private record Shape(NodeId type, NodeId source, String sourceName, List<Field> fields) {}

  @Override
  public void record(AuditEntry entry) {
    if (!router.isWatched(NOTIFIERS)) {
      return;
    }
    Shape shape = shape(entry);
    List<Field> fields = new ArrayList<>(common(entry));
    fields.addAll(shape.fields());
    EventMaker.Head head =
        new EventMaker.Head(
            shape.type(),
            shape.source(),
            shape.sourceName(),
            entry.when(),
            entry.isDone() ? DONE_SEVERITY : REFUSED_SEVERITY,
            AuditText.line(entry));
    router.tell(events.event(head, fields), NOTIFIERS, mayAudit);
  }

  private List<Field> common(AuditEntry entry) {
    AuditEntry.Client client = entry.client();
    return List.of(
        new Field("ActionTimeStamp", NodeIds.UtcTime, new DateTime(entry.when())),
        new Field("Status", NodeIds.Boolean, entry.isDone()),
        new Field("ServerId", NodeIds.String, serverUri),
        new Field("ClientAuditEntryId", NodeIds.String, client.auditEntryId()),
        new Field("ClientUserId", NodeIds.String, client.user()),
        new Field("StatusCodeId", NodeIds.StatusCode, entry.status()));
  }

  private static Shape shape(AuditEntry entry) {
    AuditEntry.Action action = entry.action();
    Field session = new Field("SessionId", NodeIds.NodeId, entry.client().sessionId());
    if (action instanceof AuditEntry.LogIn) {
      return server(
          NodeIds.AuditActivateSessionEventType, "Session/ActivateSession", List.of(session));
    } else if (action instanceof AuditEntry.LogOut) {
      return server(NodeIds.AuditSessionEventType, "Session/CloseSession", List.of(session));
    } else if (action instanceof AuditEntry.Write write) {
      return new Shape(
          NodeIds.AuditWriteUpdateEventType,
          write.node(),
          "Attribute/Write",
          List.of(
              new Field("AttributeId", NodeIds.UInt32, write.attribute().uid()),
              new Field("IndexRange", NodeIds.NumericRange, write.indexRange()),
              new Field("OldValue", NodeIds.BaseDataType, value(write.oldValue())),
              new Field("NewValue", NodeIds.BaseDataType, value(write.newValue()))));
    } else if (action instanceof AuditEntry.Call call) {
      return call(call);
    } else if (action instanceof AuditEntry.Certificate shown) {
      return certificate(entry, shown.certificate());
    }
    return server(NodeIds.AuditSecurityEventType, "Security/" + entry.kind(), List.of());
  }

  private static Shape call(AuditEntry.Call call) {
    List<Variant> inputs = call.inputs();
    List<Field> fields = new ArrayList<>();
    fields.add(new Field("MethodId", NodeIds.NodeId, call.method()));
    fields.add(new Field("InputArguments", NodeIds.BaseDataType, inputs.toArray(Variant[]::new)));
    NodeId type = METHODS.get(call.method());
    boolean commented = type != null && inputs.size() == 2;
    if (commented && inputs.get(0).value() instanceof ByteString event) {
      fields.add(new Field("ConditionEventId", NodeIds.ByteString, event));
    }
    if (commented && inputs.get(1).value() instanceof LocalizedText comment) {
      fields.add(new Field("Comment", NodeIds.LocalizedText, comment));
    }
    return new Shape(
        type == null ? NodeIds.AuditUpdateMethodEventType : type,
        call.object(),
        "Method/Call",
        fields);
  }

  private static Shape certificate(AuditEntry entry, X509Certificate certificate) {
    long status = entry.status().value();
    NodeId type;
    if (status == StatusCodes.Bad_CertificateUntrusted) {
      type = NodeIds.AuditCertificateUntrustedEventType;
    } else if (status == StatusCodes.Bad_CertificateTimeInvalid
        || status == StatusCodes.Bad_CertificateIssuerTimeInvalid) {
      type = NodeIds.AuditCertificateExpiredEventType;
    } else if (status == StatusCodes.Bad_CertificateRevoked
        || status == StatusCodes.Bad_CertificateIssuerRevoked) {
      type = NodeIds.AuditCertificateRevokedEventType;
    } else if (status == StatusCodes.Bad_CertificateUriInvalid
        || status == StatusCodes.Bad_CertificateHostNameInvalid) {
      type = NodeIds.AuditCertificateDataMismatchEventType;
    } else if (status == StatusCodes.Bad_CertificateUseNotAllowed) {
      type = NodeIds.AuditCertificateMismatchEventType;
    } else {
      type = NodeIds.AuditCertificateInvalidEventType;
    }
    return server(
        type,
        "Security/Certificate",
        List.of(new Field("Certificate", NodeIds.ByteString, bytes(certificate))));
  }

  private static Shape server(NodeId type, String sourceName, List<Field> fields) {
    return new Shape(type, NodeIds.Server, sourceName, fields);
  }

  private static @Nullable Object value(@Nullable Variant variant) {
    return variant == null ? null : variant.value();
  }

  private static @Nullable ByteString bytes(X509Certificate certificate) {
    try {
      return ByteString.of(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      return null;
    }
  }
}
