package dev.anodyne.opcua.server.station;

import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.opcua.server.Login;
import dev.anodyne.opcua.server.SecureServer;
import dev.anodyne.opcua.server.audit.AuditTrail;
import dev.anodyne.opcua.server.event.EventFilters;
import dev.anodyne.opcua.server.event.EventMaker;
import dev.anodyne.opcua.server.event.EventRouter;
import dev.anodyne.opcua.server.event.ServerEvents;
import dev.anodyne.opcua.server.history.HistoryStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import org.eclipse.milo.opcua.sdk.server.OpcUaServer;
import org.eclipse.milo.opcua.sdk.server.Session;
import org.eclipse.milo.opcua.sdk.server.nodes.UaVariableNode;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;

/**
 * What is made for a station's server before it listens.
 *
 * @param changes tells that chargers come and go
 * @param auditEvents tells audit entries to those who may see them; may take its time
 */
record StationParts(
    TypesNamespace types,
    StationNamespace namespace,
    StationPublisher publisher,
    StationAlarms alarms,
    ModelChanges changes,
    AuditTrail auditEvents) {
  /** What a station is made of. */
  record Setup(
      StationLayout layout,
      StationCommands commands,
      Authorization authorization,
      HistoryStore history,
      AlarmSettings alarms) {}

  /** The time of day, and the clock by which snapshots grow old. */
  record Clocks(Clock utc, NanoClock age) {}

  /** Makes them; {@code thread} does what must wait. */
  static StationParts make(
      SecureServer server, Setup setup, ScheduledExecutorService thread, Clocks clocks) {
    DiNamespace di = server.add(DiNamespace::new);
    TypesNamespace types = server.add(s -> new TypesNamespace(s, di));
    for (StationMethod method : StationMethod.values()) {
      server.access().allowCalls(types.method(method), method.action().needed());
    }
    Supplier<X509Certificate> certificate = server.pki()::certificate;
    StationAlarms alarms =
        new StationAlarms(
            setup.layout(), setup.alarms(), () -> certificate.get().getNotAfter().toInstant());
    StationCalls calls = new StationCalls(setup.commands(), setup.authorization());
    ConditionMethods methods = new ConditionMethods(alarms.all(), calls, clocks.utc());
    calls.follow(methods::followed);
    EventRouter router = new EventRouter();
    var forAlarms = new StationNamespace.AlarmParts(alarms.all(), methods, router, certificate);
    StationNamespace namespace = server.add(s -> namespace(s, types, setup, calls, forAlarms));
    EventMaker events = new EventMaker(namespace.getNodeContext());
    server.eventFilters(
        new EventFilters(namespace.getNodeContext().getServer().getStaticEncodingContext()));
    ConditionNodes conditions = namespace.conditions();
    ConditionRefresh refresh =
        new ConditionRefresh(alarms.all(), conditions, events, thread, clocks.utc());
    var unused = server.add(s -> new ServerEvents(s, router, refresh::call));
    alarms.all().listen(new AlarmEvents(conditions, router));
    StationPublisher publisher =
        new StationPublisher(
            setup.layout(),
            namespace,
            types.getNamespaceIndex(),
            setup.history(),
            alarms,
            clocks.utc(),
            clocks.age());
    AuditTrail audit =
        new AuditEvents(
            events,
            router,
            session -> mayAudit(session, setup.authorization()),
            server.pki().identity().uri());
    ModelChanges changes = new ModelChanges(events, router, clocks.utc());
    return new StationParts(types, namespace, publisher, alarms, changes, audit);
  }

  private static StationNamespace namespace(
      OpcUaServer server,
      TypesNamespace types,
      Setup setup,
      StationCalls calls,
      StationNamespace.AlarmParts alarms) {
    var unused = server.updateDataTypeTree();
    HistoryCapabilities.declare(server);
    server
        .getAddressSpaceManager()
        .getManagedNode(NodeIds.Server_Auditing)
        .filter(UaVariableNode.class::isInstance)
        .map(UaVariableNode.class::cast)
        .ifPresent(node -> node.setValue(DataValue.valueOnly(new Variant(true))));
    return new StationNamespace(server, types, setup.layout(), calls, setup.history(), alarms);
  }

  private static boolean mayAudit(Session session, Authorization authorization) {
    return Login.of(session)
        .filter(login -> authorization.check(login.user(), Authorization.Action.ADMINISTER))
        .isPresent();
  }
}
