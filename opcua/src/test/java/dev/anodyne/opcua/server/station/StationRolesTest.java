package dev.anodyne.opcua.server.station;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.opcua.security.Role;
import dev.anodyne.opcua.security.UserAccount;
import dev.anodyne.opcua.security.UserDirectory;
import dev.anodyne.opcua.server.audit.AuditEntry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.sdk.core.AccessLevel;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.ExtensionObject;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteNodesItem;
import org.eclipse.milo.opcua.stack.core.types.structured.DeleteNodesRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.eclipse.milo.opcua.stack.core.types.structured.RolePermissionType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What each role may do at a live station, and what is noted of it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StationRolesTest {
  private static final List<String> METHODS =
      List.of(
          "StartCharging",
          "StopCharging",
          "SetPolicy",
          "SetPowerLimit",
          "SetDeparture",
          "Acknowledge",
          "Reset",
          "EmergencyStopRequest");

  private StationBench bench;
  private final Map<Role, OpcUaClient> clients = new EnumMap<>(Role.class);

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    bench =
        new StationBench(
            directory, Clock.systemUTC(), users(), Authorization.byRole(users()::roleOf), "CH01");
    for (Role role : Role.values()) {
      clients.put(role, role == Role.OPERATOR ? bench.client : bench.connect(role.word()));
    }
  }

  private static UserDirectory users() {
    Map<String, UserAccount> users = new java.util.HashMap<>();
    for (Role role : Role.values()) {
      users.put(role.word(), UserAccount.withPassword(role, StationBench.HASH));
    }
    return new UserDirectory(users, null);
  }

  @AfterAll
  void stop() {
    clients.values().forEach(OpcUaClient::disconnectAsync);
    bench.close();
  }

  private OpcUaClient as(Role role) {
    return clients.get(role);
  }

  private DataValue read(Role role, NodeId node, AttributeId attribute) throws UaException {
    return as(role)
        .read(
            0.0,
            TimestampsToReturn.Both,
            List.of(new ReadValueId(node, attribute.uid(), null, null)))
        .getResults()[0];
  }

  private static String named(StatusCode status) {
    return StatusCodes.lookup(status.value()).orElseThrow()[0];
  }

  private NodeId method(String name) {
    return bench.type("ChargerType." + name);
  }

  @Test
  void methodsAskForTheirRole() throws Exception {
    for (Role role : Role.values()) {
      for (String name : METHODS) {
        boolean may = role.includes(name.equals("SetPolicy") ? Role.ENGINEER : Role.OPERATOR);
        assertThat(read(role, method(name), AttributeId.UserExecutable).value().value())
            .as("%s by %s", name, role.word())
            .isEqualTo(may);
        assertThat(read(role, method(name), AttributeId.Executable).value().value())
            .isEqualTo(true);
      }
    }
    assertThat(stop(Role.OBSERVER)).isEqualTo("Bad_UserAccessDenied");
    assertThat(bench.commands).isEmpty();
    assertThat(stop(Role.OPERATOR)).isEqualTo("Good");
    assertThat(bench.commands).hasSize(1);
    assertThat(policy(Role.OPERATOR)).isEqualTo("Bad_UserAccessDenied");
    assertThat(policy(Role.ENGINEER)).isEqualTo("Good");
    bench.commands.clear();
    AuditEntry refused =
        bench.notes.stream()
            .filter(e -> e.kind() == AuditEntry.Kind.CALL && !e.isDone())
            .filter(e -> "observer".equals(e.client().user()))
            .findFirst()
            .orElseThrow();
    assertThat(refused.client().user()).isEqualTo("observer");
    assertThat(refused.client().address()).isEqualTo("127.0.0.1");
    AuditEntry.Call call = (AuditEntry.Call) refused.action();
    assertThat(call.method()).isEqualTo(method("StopCharging"));
    assertThat(call.inputs()).containsExactly(new Variant("test"));
  }

  private String stop(Role role) throws Exception {
    return named(
        StationBench.call(as(role), bench.node("CH01"), method("StopCharging"), "test")
            .getStatusCode());
  }

  private String policy(Role role) throws Exception {
    return named(
        StationBench.call(as(role), bench.node("CH01"), method("SetPolicy"), "map")
            .getStatusCode());
  }

  @Test
  void observersDoNotWrite() throws Exception {
    NodeId limit = bench.node("CH01.Setpoints.PowerLimit");
    int write = AccessLevel.CurrentWrite.getValue();
    for (Role role : Role.values()) {
      UByte level = (UByte) read(role, limit, AttributeId.UserAccessLevel).value().value();
      assertThat((level.intValue() & write) != 0)
          .as(role.word())
          .isEqualTo(role.includes(Role.OPERATOR));
    }
    assertThat(write(Role.OBSERVER, limit)).isEqualTo("Bad_UserAccessDenied");
    assertThat(bench.commands).isEmpty();
    assertThat(write(Role.OPERATOR, limit)).isEqualTo("Good");
    bench.commands.clear();
    assertThat(write(Role.ADMIN, bench.node("CH01.Measurements.Voltage")))
        .as("what nobody can write")
        .isEqualTo("Bad_NotWritable");
    assertThat(bench.notes)
        .filteredOn(e -> e.kind() == AuditEntry.Kind.WRITE && e.isDone())
        .anySatisfy(
            e ->
                assertThat(((AuditEntry.Write) e.action()).newValue()).isEqualTo(new Variant(5e4)));
  }

  private String write(Role role, NodeId node) throws UaException {
    return named(
        as(role).writeValues(List.of(node), List.of(DataValue.valueOnly(new Variant(5e4)))).get(0));
  }

  @Test
  void theStandardsOwnNodesAreGuardedToo() throws Exception {
    NodeId flag = NodeIds.Server_ServerDiagnostics_EnabledFlag;
    DataValue on = DataValue.valueOnly(new Variant(true));
    assertThat(named(as(Role.ENGINEER).writeValues(List.of(flag), List.of(on)).get(0)))
        .isNotEqualTo("Good");
    NodeId sessions =
        NodeIds.Server_ServerDiagnostics_SessionsDiagnosticsSummary_SessionSecurityDiagnosticsArray;
    assertThat(named(read(Role.ENGINEER, sessions, AttributeId.Value).statusCode()))
        .isEqualTo("Bad_UserAccessDenied");
    assertThat(named(read(Role.ADMIN, sessions, AttributeId.Value).statusCode()))
        .isNotEqualTo("Bad_UserAccessDenied");
    assertThat(
            named(
                StationBench.call(
                        as(Role.ENGINEER), NodeIds.Server, NodeIds.Server_RequestServerStateChange)
                    .getStatusCode()))
        .isEqualTo("Bad_UserAccessDenied");
  }

  @Test
  void nobodyChangesTheAddressSpace() throws Exception {
    OpcUaClient admin = as(Role.ADMIN);
    DeleteNodesRequest request =
        new DeleteNodesRequest(
            admin.newRequestHeader(admin.getSession().getAuthenticationToken()),
            new DeleteNodesItem[] {new DeleteNodesItem(bench.node("CH01"), true)});
    assertThat(admin.sendRequestAsync(request))
        .failsWithin(java.time.Duration.ofSeconds(10))
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .satisfies(
            e ->
                assertThat(UaException.extractStatusCode(e).orElseThrow().value())
                    .isEqualTo(StatusCodes.Bad_ServiceUnsupported));
    assertThat(bench.notes).anyMatch(e -> e.kind() == AuditEntry.Kind.SERVICE_REFUSED);
  }

  @Test
  void rolesArePublished() throws Exception {
    NodeId stop = method("StopCharging");
    assertThat(callers(Role.OBSERVER, stop, AttributeId.RolePermissions))
        .containsExactly(
            NodeIds.WellKnownRole_Operator,
            NodeIds.WellKnownRole_Engineer,
            NodeIds.WellKnownRole_SecurityAdmin);
    assertThat(callers(Role.OBSERVER, stop, AttributeId.UserRolePermissions)).isEmpty();
    assertThat(callers(Role.OPERATOR, stop, AttributeId.UserRolePermissions))
        .containsExactly(NodeIds.WellKnownRole_Operator);
  }

  private List<NodeId> callers(Role role, NodeId method, AttributeId attribute) throws UaException {
    ExtensionObject[] permissions =
        (ExtensionObject[]) read(role, method, attribute).value().value();
    return java.util.Arrays.stream(permissions)
        .map(p -> (RolePermissionType) p.decode(as(role).getStaticEncodingContext()))
        .filter(p -> p.getPermissions().getCall())
        .map(RolePermissionType::getRoleId)
        .toList();
  }
}
