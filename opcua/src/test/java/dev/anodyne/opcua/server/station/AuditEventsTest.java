package dev.anodyne.opcua.server.station;

import static dev.anodyne.opcua.server.station.EventWatcher.type;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Audit events: who may see them sees what was done by whom, and nobody else does. */
class AuditEventsTest {
  private static final List<String> FIELDS =
      List.of(
          "ActionTimeStamp",
          "Status",
          "ServerId",
          "StatusCodeId",
          "SessionId",
          "MethodId",
          "InputArguments",
          "AttributeId",
          "OldValue",
          "NewValue");

  @TempDir static Path directory;
  private static StationBench bench;

  @BeforeAll
  static void start() throws Exception {
    bench = new StationBench(directory, Clock.systemUTC(), "CH01");
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @Test
  void writesCallsAndLogInsAreToldToWhoMaySeeThem() throws Exception {
    assertThat(bench.read(NodeIds.Server_Auditing, AttributeId.Value).value().value())
        .isEqualTo(true);
    EventWatcher admin = new EventWatcher(bench.client, NodeIds.Server, FIELDS);
    OpcUaClient observer = bench.connect(StationBench.OBSERVER);
    try {
      EventWatcher other = new EventWatcher(observer, NodeIds.Server, FIELDS);
      EventWatcher elsewhere = new EventWatcher(bench.client, bench.node("Station"), FIELDS);
      assertThat(bench.write("CH01.Setpoints.PowerLimit", 50_000.0)).isEqualTo(StatusCodes.Good);
      Map<String, Object> write = admin.next(type(NodeIds.AuditWriteUpdateEventType));
      assertThat(write.get("SourceNode")).isEqualTo(bench.node("CH01.Setpoints.PowerLimit"));
      assertThat(write.get("ClientUserId")).isEqualTo(StationBench.OPERATOR);
      assertThat(write.get("Status")).isEqualTo(true);
      assertThat(write.get("NewValue")).isEqualTo(50_000.0);
      assertThat(write.get("ServerId")).isEqualTo("urn:anodyne:test:station");
      StationBench.call(
          observer, bench.node("CH01"), bench.type("ChargerType.StopCharging"), "No.");
      Map<String, Object> call = admin.next(type(NodeIds.AuditUpdateMethodEventType));
      assertThat(call.get("MethodId")).isEqualTo(bench.type("ChargerType.StopCharging"));
      assertThat(call.get("SourceNode")).isEqualTo(bench.node("CH01"));
      assertThat(call.get("ClientUserId")).isEqualTo(StationBench.OBSERVER);
      assertThat(call.get("Status")).isEqualTo(false);
      assertThat(((StatusCode) call.get("StatusCodeId")).value())
          .isEqualTo(StatusCodes.Bad_UserAccessDenied);
      assertThat((Variant[]) call.get("InputArguments")).containsExactly(new Variant("No."));
      Map<String, Object> login = admin.next(type(NodeIds.AuditActivateSessionEventType));
      assertThat(login.get("ClientUserId")).isEqualTo(StationBench.OBSERVER);
      assertThat(login.get("SourceName")).isEqualTo("Session/ActivateSession");
      assertThat(other.told).isEmpty();
      assertThat(elsewhere.told).isEmpty();
    } finally {
      observer.disconnectAsync();
    }
  }
}
