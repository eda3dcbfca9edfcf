package dev.anodyne.opcua.server.station;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.DateTime;
import org.eclipse.milo.opcua.stack.core.types.builtin.StatusCode;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodRequest;
import org.eclipse.milo.opcua.stack.core.types.structured.CallMethodResult;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Methods and writes: what reaches the controller, and what is refused before it does. */
class StationCommandsTest {
  @TempDir static Path directory;
  private static StationBench bench;

  @BeforeAll
  static void start() throws Exception {
    bench = new StationBench(directory, Clock.systemUTC(), "CH01", "CH02");
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @BeforeEach
  void forget() {
    bench.commands.clear();
    bench.answer = command -> CompletableFuture.completedFuture(CommandAnswer.accepted("Done."));
  }

  @Test
  void everyMethodBecomesItsCommand() throws Exception {
    Instant departure = Instant.parse("2026-11-24T06:30:00Z");
    accepted(bench.call("CH01", "ChargerType.StartCharging"));
    accepted(bench.call("CH02", "ChargerType.StopCharging", "Lunch."));
    accepted(bench.call("CH01", "ChargerType.SetPolicy", "winter"));
    accepted(bench.call("CH01", "ChargerType.SetPowerLimit", 50_000.0));
    accepted(bench.call("CH01", "ChargerType.SetDeparture", new DateTime(departure), 0.9));
    accepted(bench.call("CH01", "ChargerType.SetDeparture", DateTime.MIN_VALUE, 0.8));
    accepted(bench.call("CH01", "ChargerType.Acknowledge", "Seen."));
    accepted(bench.call("CH01", "ChargerType.Reset"));
    accepted(bench.call("CH02", "ChargerType.EmergencyStopRequest", "Smoke."));
    accepted(
        bench.call("Station.EnergyManagement", "EnergyManagementType.SetPowerLimit", 100_000.0));
    accepted(bench.call("Station", "StationType.EmergencyStopRequest", "Fire."));
    assertThat(bench.commands)
        .containsExactly(
            new StationCommand.StartCharging("CH01"),
            new StationCommand.StopCharging("CH02", "Lunch."),
            new StationCommand.SetPolicy("CH01", "winter"),
            new StationCommand.SetPowerLimit("CH01", 50_000),
            new StationCommand.SetDeparture("CH01", departure, 0.9),
            new StationCommand.SetDeparture("CH01", null, 0.8),
            new StationCommand.Acknowledge("CH01", "Seen."),
            new StationCommand.Reset("CH01"),
            new StationCommand.EmergencyStopRequest("CH02", "Smoke."),
            new StationCommand.SetStationPowerLimit(100_000),
            new StationCommand.StationEmergencyStopRequest("Fire."));
  }

  @Test
  void anOrderCarriesWhatTheApiTakes() throws Exception {
    Instant departure = Instant.parse("2026-11-24T06:30:00Z");
    accepted(
        bench.call(
            "CH01",
            "ChargerType.StartOrder",
            "o-1",
            new DateTime(departure),
            0.9,
            "ageing",
            "van-7",
            "lgm50",
            "4s1p",
            2.5,
            310.0));
    accepted(
        bench.call(
            "CH01",
            "ChargerType.StartOrder",
            "",
            DateTime.MIN_VALUE,
            0.0,
            "",
            "",
            "",
            "",
            -1.0,
            -1.0));
    accepted(bench.call("CH02", "ChargerType.Authorise", "Anna", "van-7", "", "", -1.0, -1.0));
    accepted(bench.call("CH02", "ChargerType.Authorise", "", "", "", "", -1.0, -1.0));
    String management = "Station.EnergyManagement";
    accepted(bench.call(management, "EnergyManagementType.SetPowerLimitFor", 40_000.0, 900.0));
    accepted(bench.call(management, "EnergyManagementType.TellSiteBattery", 0.6));
    accepted(bench.call(management, "EnergyManagementType.TellGeneration", 12_000.0));
    StationCommand.Battery van = new StationCommand.Battery("van-7", "", "", -1, -1);
    assertThat(bench.commands)
        .containsExactly(
            new StationCommand.StartOrder(
                "CH01",
                new StationCommand.Order(
                    "o-1",
                    departure,
                    0.9,
                    "ageing",
                    new StationCommand.Battery("van-7", "lgm50", "4s1p", 2.5, 310))),
            new StationCommand.StartOrder("CH01", new StationCommand.Order("", null, 0, "", null)),
            new StationCommand.Authorise("CH02", "Anna", van),
            new StationCommand.Authorise("CH02", "", null),
            new StationCommand.SetStationPowerLimit(40_000, 900),
            new StationCommand.TellSiteBattery(0.6),
            new StationCommand.TellGeneration(12_000));
    bench.commands.clear();
    invalid(
        bench.call(management, "EnergyManagementType.TellSiteBattery", 60.0),
        StatusCodes.Bad_OutOfRange);
    status(bench.call("CH01", "ChargerType.StartOrder", "o-1"), StatusCodes.Bad_ArgumentsMissing);
    assertThat(bench.commands).isEmpty();
  }

  @Test
  void theControllersAnswerIsTheResult() throws Exception {
    for (CommandResult result : CommandResult.values()) {
      bench.answer =
          command -> CompletableFuture.completedFuture(new CommandAnswer(result, "Because."));
      CallMethodResult called = bench.call("CH01", "ChargerType.StartCharging");
      assertThat(called.getStatusCode()).isEqualTo(StatusCode.GOOD);
      assertThat(called.getOutputArguments()[0].value()).isEqualTo(result.ordinal());
      assertThat(called.getOutputArguments()[1].value()).isEqualTo("Because.");
    }
    bench.answer = command -> CompletableFuture.failedFuture(new IllegalStateException("bug"));
    assertThat(bench.call("CH01", "ChargerType.Reset").getOutputArguments()[0].value())
        .isEqualTo(CommandResult.FAILED.ordinal());
  }

  @Test
  void wrongArgumentsAreRefusedBeforeAnybodyIsAsked() throws Exception {
    invalid(bench.call("CH01", "ChargerType.SetPowerLimit", -1.0), StatusCodes.Bad_OutOfRange);
    invalid(bench.call("CH01", "ChargerType.SetPowerLimit", 4.1e6), StatusCodes.Bad_OutOfRange);
    invalid(
        bench.call("CH01", "ChargerType.SetPowerLimit", Double.NaN), StatusCodes.Bad_OutOfRange);
    invalid(bench.call("CH01", "ChargerType.SetPowerLimit", 5), StatusCodes.Bad_TypeMismatch);
    invalid(
        bench.call("CH01", "ChargerType.StopCharging", "x".repeat(201)),
        StatusCodes.Bad_OutOfRange);
    invalid(
        bench.call("CH01", "ChargerType.StopCharging", "two\nlines"), StatusCodes.Bad_OutOfRange);
    CallMethodResult both = bench.call("CH01", "ChargerType.SetDeparture", DateTime.MIN_VALUE, 1.5);
    assertThat(both.getInputArgumentResults())
        .extracting(StatusCode::value)
        .containsExactly(StatusCodes.Good, StatusCodes.Bad_OutOfRange);
    status(bench.call("CH01", "ChargerType.SetPowerLimit"), StatusCodes.Bad_ArgumentsMissing);
    status(bench.call("CH01", "ChargerType.Reset", 1.0), StatusCodes.Bad_TooManyArguments);
    status(
        bench.call("CH01", "StationType.EmergencyStopRequest", ""), StatusCodes.Bad_MethodInvalid);
    status(bench.call("CH99", "ChargerType.Reset"), StatusCodes.Bad_NodeIdUnknown);
    assertThat(bench.commands).isEmpty();
  }

  @Test
  void whoMayNotDoesNothingEvenBesideWhatHeMay() throws Exception {
    OpcUaClient observer = bench.connect(StationBench.OBSERVER);
    try {
      CallMethodResult[] results =
          observer
              .call(
                  List.of(
                      new CallMethodRequest(
                          bench.node("CH01"),
                          bench.type("ChargerType.EmergencyStopRequest"),
                          new Variant[] {new Variant("")}),
                      new CallMethodRequest(
                          bench.node("CH01"), bench.type("ChargerType.Reset"), new Variant[0])))
              .getResults();
      status(results[0], StatusCodes.Bad_UserAccessDenied);
      status(results[1], StatusCodes.Bad_UserAccessDenied);
      assertThat(
              observer
                  .writeValues(
                      List.of(bench.node("CH01.Setpoints.PowerLimit")),
                      List.of(DataValue.valueOnly(new Variant(1000.0))))
                  .get(0)
                  .value())
          .isEqualTo(StatusCodes.Bad_UserAccessDenied);
    } finally {
      observer.disconnectAsync();
    }
    assertThat(bench.commands).isEmpty();
  }

  @Test
  void writesAreCheckedAgainstTheirRange() throws Exception {
    assertThat(bench.write("CH01.Setpoints.PowerLimit", 100_000.0)).isEqualTo(StatusCodes.Good);
    assertThat(bench.read("CH01.Setpoints.PowerLimit").value().value()).isEqualTo(100_000.0);
    assertThat(bench.write("CH01.Setpoints.TargetSoc", 0.9)).isEqualTo(StatusCodes.Good);
    assertThat(bench.write("Station.EnergyManagement.PowerLimit", 0.0)).isEqualTo(StatusCodes.Good);
    assertThat(bench.commands)
        .containsExactly(
            new StationCommand.SetPowerLimit("CH01", 100_000),
            new StationCommand.SetTargetSoc("CH01", 0.9),
            new StationCommand.SetStationPowerLimit(0));
    bench.commands.clear();
    // The charger's own range is narrower than the type's.
    assertThat(bench.write("CH01.Setpoints.PowerLimit", 250_001.0))
        .isEqualTo(StatusCodes.Bad_OutOfRange);
    assertThat(bench.write("CH01.Setpoints.PowerLimit", Double.NaN))
        .isEqualTo(StatusCodes.Bad_OutOfRange);
    assertThat(bench.write("CH01.Setpoints.TargetSoc", 80.0)).isEqualTo(StatusCodes.Bad_OutOfRange);
    assertThat(bench.write("CH01.Setpoints.TargetSoc", 1)).isEqualTo(StatusCodes.Bad_TypeMismatch);
    assertThat(bench.write("CH01.Setpoints.Current", 10.0))
        .as("what the controller commands is not for clients to write")
        .isIn(StatusCodes.Bad_NotWritable, StatusCodes.Bad_UserAccessDenied);
    assertThat(bench.write("CH01.Setpoints.Nonsense", 1.0))
        .isEqualTo(StatusCodes.Bad_NodeIdUnknown);
    assertThat(bench.commands).isEmpty();
  }

  @Test
  void aWriteThatTheControllerRefusesIsRefused() throws Exception {
    bench.answer =
        command ->
            CompletableFuture.completedFuture(
                new CommandAnswer(CommandResult.REFUSED_IN_STATE, "Not now."));
    assertThat(bench.write("CH02.Setpoints.PowerLimit", 1.0))
        .isEqualTo(StatusCodes.Bad_InvalidState);
    assertThat(bench.read("CH02.Setpoints.PowerLimit").value().value()).isNotEqualTo(1.0);
  }

  private static void accepted(CallMethodResult result) {
    status(result, StatusCodes.Good);
    assertThat(result.getOutputArguments()[0].value()).isEqualTo(CommandResult.ACCEPTED.ordinal());
    assertThat(result.getOutputArguments()[1].value()).isEqualTo("Done.");
  }

  private static void invalid(CallMethodResult result, long argument) {
    status(result, StatusCodes.Bad_InvalidArgument);
    assertThat(result.getInputArgumentResults()[0].value()).isEqualTo(argument);
  }

  private static void status(CallMethodResult result, long status) {
    assertThat(Long.toHexString(result.getStatusCode().value()))
        .isEqualTo(Long.toHexString(status));
  }
}
