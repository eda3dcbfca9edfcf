package dev.anodyne.opcua.server.station;

import static dev.anodyne.opcua.server.station.EventWatcher.id;
import static dev.anodyne.opcua.server.station.EventWatcher.of;
import static dev.anodyne.opcua.server.station.EventWatcher.ofType;
import static dev.anodyne.opcua.server.station.EventWatcher.text;
import static dev.anodyne.opcua.server.station.EventWatcher.type;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.opcua.server.alarm.Alarm;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.eclipse.milo.opcua.sdk.client.OpcUaClient;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.NodeIds;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.UaException;
import org.eclipse.milo.opcua.stack.core.types.builtin.ByteString;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.NodeId;
import org.eclipse.milo.opcua.stack.core.types.builtin.Variant;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UByte;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.eclipse.milo.opcua.stack.core.types.enumerated.FilterOperator;
import org.eclipse.milo.opcua.stack.core.types.structured.ElementOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.LiteralOperand;
import org.eclipse.milo.opcua.stack.core.types.structured.SimpleAttributeOperand;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Alarms as a client of the station sees and handles them. */
class StationAlarmsTest {
  private static final NodeId ACKNOWLEDGE = NodeIds.AcknowledgeableConditionType_Acknowledge;
  private static final NodeId CONFIRM = NodeIds.AcknowledgeableConditionType_Confirm;

  @TempDir static Path directory;
  private static StationBench bench;
  private static OpcUaClient second;
  private static OpcUaClient observer;

  @BeforeAll
  static void start() throws Exception {
    bench = new StationBench(directory, Clock.systemUTC(), "A", "B", "C", "D", "E", "F", "G", "H");
    second = bench.connect(StationBench.OPERATOR);
    observer = bench.connect(StationBench.OBSERVER);
  }

  @AfterAll
  static void stop() {
    second.disconnectAsync();
    observer.disconnectAsync();
    bench.close();
  }

  @BeforeEach
  void forget() {
    bench.commands.clear();
    bench.answer = command -> CompletableFuture.completedFuture(CommandAnswer.accepted("Done."));
  }

  @Test
  void conditionsStandBelowTheirChargerAndItsEventsCanBeWatched() throws Exception {
    assertThat(bench.children(bench.node("A.Alarms")))
        .containsExactlyInAnyOrder(
            "EmergencyStop",
            "ElectricalFault",
            "ContactorFault",
            "ThermalFault",
            "ConnectorFault",
            "SupplyFault",
            "BatteryFault",
            "CommunicationFault",
            "VendorFault",
            "LinkLost",
            "ControllerFallback",
            "EstimatorNotValid",
            "GuardTripped",
            "CellTemperature",
            "CellVoltage",
            "AnodePotential");
    assertThat(bench.children(bench.node("Station.Alarms")))
        .containsExactlyInAnyOrder("GridPowerLimit", "CertificateExpiring");
    assertThat(bench.browse(NodeIds.Server, NodeIds.HasNotifier))
        .extracting(r -> r.getBrowseName().name())
        .containsExactly("Station");
    assertThat(bench.browse(bench.node("Station"), NodeIds.HasNotifier)).hasSize(8);
    assertThat(bench.browse(bench.node("A"), NodeIds.HasCondition)).hasSize(16);
    for (NodeId notifier : List.of(NodeIds.Server, bench.node("Station"), bench.node("A"))) {
      assertThat(bench.read(notifier, AttributeId.EventNotifier).value().value())
          .isEqualTo(UByte.valueOf(1));
    }
    assertThat(bench.children(bench.node("A.Alarms.EmergencyStop")))
        .contains("Acknowledge", "Confirm", "AddComment", "Enable", "Disable", "AckedState");
    assertThat(bench.read("A.Alarms.LinkLost.ActiveState.Id").value().value()).isEqualTo(false);
  }

  @Test
  void aFaultIsToldOnServerStationAndChargerOnceEach() throws Exception {
    EventWatcher server = watch(bench.client, NodeIds.Server);
    EventWatcher station = watch(bench.client, bench.node("Station"));
    EventWatcher charger = watch(bench.client, bench.node("A"));
    EventWatcher other = watch(bench.client, bench.node("B"));
    fault("A", ChargerFault.OVER_TEMPERATURE);
    for (EventWatcher watcher : List.of(server, station, charger)) {
      Map<String, Object> event = watcher.next(of("ThermalFault", true));
      assertThat(event.get("ConditionId")).isEqualTo(bench.node("A.Alarms.ThermalFault"));
      assertThat(event.get("EventType")).isEqualTo(NodeIds.OffNormalAlarmType);
      assertThat(event.get("SourceNode")).isEqualTo(bench.node("A"));
      assertThat(event.get("SourceName")).isEqualTo("A");
      assertThat(event.get("Severity")).isEqualTo(UShort.valueOf(700));
      assertThat(event.get("Retain")).isEqualTo(true);
      assertThat(event.get("AckedState/Id")).isEqualTo(false);
      assertThat(event.get("EnabledState/Id")).isEqualTo(true);
      assertThat(event.get("BranchId")).isEqualTo(NodeId.NULL_VALUE);
      assertThat(text(event, "Message")).isEqualTo("The charger reports OVER_TEMPERATURE.");
      assertThat(event.get("ConfirmedState/Id")).as("nothing to confirm").isNull();
    }
    assertThat(bench.read("A.Alarms.ThermalFault.EventId").value().value())
        .isEqualTo(id(server.next(of("ThermalFault", true))));
    assertThat(server.told.stream().filter(of("ThermalFault", true))).hasSize(1);
    assertThat(other.told).isEmpty();
    clear("A");
    server.next(of("ThermalFault", false));
  }

  @Test
  void aWhereClauseLetsOnlySomeThrough() throws Exception {
    EventWatcher grave =
        new EventWatcher(
            bench.client,
            bench.node("B"),
            List.of(),
            EventWatcher.element(
                bench.client,
                FilterOperator.GreaterThanOrEqual,
                EventWatcher.field(NodeIds.BaseEventType, "Severity"),
                new LiteralOperand(new Variant(UShort.valueOf(750)))));
    EventWatcher limits =
        new EventWatcher(
            bench.client, bench.node("B"), List.of(), ofType(bench.client, NodeIds.LimitAlarmType));
    fault("B", ChargerFault.BATTERY_MANAGEMENT_FAULT);
    fault("B", ChargerFault.CONTACTOR_WELDED);
    grave.next(of("ContactorFault", true));
    assertThat(grave.told).allMatch(of("ContactorFault", true));
    assertThat(limits.told).isEmpty();
    clear("B");
  }

  /**
   * Severity between 650 and 850, and either the name or the message fits; or an event of a list.
   */
  @Test
  void aWhereClauseMayCombineWhatTheLibraryCannot() throws Exception {
    OpcUaClient c = bench.client;
    SimpleAttributeOperand severity = EventWatcher.field(NodeIds.BaseEventType, "Severity");
    SimpleAttributeOperand name = EventWatcher.field(NodeIds.ConditionType, "ConditionName");
    SimpleAttributeOperand message = EventWatcher.field(NodeIds.BaseEventType, "Message");
    EventWatcher some =
        new EventWatcher(
            c,
            bench.node("H"),
            List.of(),
            EventWatcher.element(c, FilterOperator.And, at(1), at(2)),
            EventWatcher.element(
                c,
                FilterOperator.Between,
                severity,
                literal(UShort.valueOf(650)),
                literal(UShort.valueOf(850))),
            EventWatcher.element(c, FilterOperator.Or, at(3), at(4)),
            EventWatcher.element(
                c, FilterOperator.InList, name, literal("X"), literal("ContactorFault")),
            EventWatcher.element(c, FilterOperator.Like, message, literal("%ISOLATION_F_ULT%")));
    fault(
        "H",
        ChargerFault.CONTACTOR_WELDED,
        ChargerFault.ISOLATION_FAULT,
        ChargerFault.AC_INPUT_FAULT,
        ChargerFault.VENDOR_ERROR);
    some.next(of("ContactorFault", true));
    some.next(of("ElectricalFault", true));
    await().atMost(EventWatcher.PATIENCE).until(() -> retained("H.Alarms.VendorFault"));
    assertThat(some.told).hasSize(2);
    clear("H");
  }

  @Test
  void ofTwoClientsWhoAcknowledgeAtOnceOneIsTooLate() throws Exception {
    EventWatcher watcher = watch(bench.client, bench.node("C"));
    fault("C", ChargerFault.ISOLATION_FAULT);
    ByteString event = id(watcher.next(of("ElectricalFault", true)));
    NodeId condition = bench.node("C.Alarms.ElectricalFault");
    List<CompletableFuture<Long>> calls = new ArrayList<>();
    for (OpcUaClient client : List.of(bench.client, second)) {
      calls.add(
          CompletableFuture.supplyAsync(
              () -> call(client, condition, ACKNOWLEDGE, event, LocalizedText.english("Mine."))));
    }
    assertThat(calls.stream().map(CompletableFuture::join))
        .containsExactlyInAnyOrder(StatusCodes.Good, StatusCodes.Bad_ConditionBranchAlreadyAcked);
    assertThat(bench.commands)
        .as("the charger's fault is acknowledged with it, once")
        .containsExactly(new StationCommand.Acknowledge("C", "Mine."));
    Map<String, Object> told = watcher.next(e -> Boolean.TRUE.equals(e.get("AckedState/Id")));
    assertThat(text(told, "Comment")).isEqualTo("Mine.");
    assertThat(told.get("ClientUserId")).isEqualTo(StationBench.OPERATOR);
    assertThat(told.get("ConfirmedState/Id")).isEqualTo(false);
    assertThat(call(bench.client, condition, CONFIRM, id(told), LocalizedText.english("Repaired.")))
        .isEqualTo(StatusCodes.Good);
    clear("C");
    Map<String, Object> over = watcher.next(of("ElectricalFault", false));
    assertThat(over.get("Retain")).isEqualTo(false);
  }

  @Test
  void toAcknowledgeTheChargerIsToAcknowledgeItsAlarmsAndToResetItConfirmsThem() throws Exception {
    EventWatcher watcher = watch(bench.client, bench.node("D"));
    bench.server.publish(
        Snapshots.faulted(
            Snapshots.charging("D", Instant.now()),
            ChargerFault.EMERGENCY_STOP,
            ChargerFault.VENDOR_WARNING));
    watcher.next(of("EmergencyStop", true));
    watcher.next(of("VendorFault", true));
    bench.answer =
        command ->
            CompletableFuture.completedFuture(
                new CommandAnswer(CommandResult.NOTHING_TO_DO, "Nothing."));
    var answer = bench.call("D", "ChargerType.Acknowledge", "Both seen.");
    assertThat(answer.getOutputArguments()[0].value())
        .as("alarms are acknowledged even when nothing is held")
        .isEqualTo(CommandResult.ACCEPTED.ordinal());
    assertThat(acknowledged("D.Alarms.EmergencyStop")).isTrue();
    assertThat(acknowledged("D.Alarms.VendorFault")).isTrue();
    assertThat(bench.read("D.Alarms.EmergencyStop.ConfirmedState.Id").value().value())
        .isEqualTo(false);
    assertThat(bench.commands).containsExactly(new StationCommand.Acknowledge("D", "Both seen."));
    clear("D");
    watcher.next(of("EmergencyStop", false));
    assertThat(bench.read("D.Alarms.EmergencyStop.Retain").value().value()).isEqualTo(true);
    var unused = bench.call("D", "ChargerType.Reset");
    assertThat(bench.read("D.Alarms.EmergencyStop.Retain").value().value()).isEqualTo(false);
  }

  @Test
  void theChargerIsAcknowledgedWithItsLastAlarm() throws Exception {
    EventWatcher watcher = watch(bench.client, bench.node("E"));
    bench.server.publish(
        Snapshots.faulted(
            Snapshots.charging("E", Instant.now()),
            ChargerFault.AC_INPUT_FAULT,
            ChargerFault.ENCLOSURE_OPEN));
    ByteString first = id(watcher.next(of("SupplyFault", true)));
    ByteString last = id(watcher.next(of("ConnectorFault", true)));
    LocalizedText seen = LocalizedText.english("Seen.");
    assertThat(call(bench.client, bench.node("E.Alarms.SupplyFault"), ACKNOWLEDGE, last, seen))
        .as("the event of another alarm")
        .isEqualTo(StatusCodes.Bad_EventIdUnknown);
    assertThat(call(bench.client, bench.node("E.Alarms.SupplyFault"), ACKNOWLEDGE, first, seen))
        .isEqualTo(StatusCodes.Good);
    assertThat(bench.commands).isEmpty();
    assertThat(call(bench.client, bench.node("E.Alarms.ConnectorFault"), ACKNOWLEDGE, last, seen))
        .isEqualTo(StatusCodes.Good);
    assertThat(bench.commands).containsExactly(new StationCommand.Acknowledge("E", "Seen."));
    clear("E");
  }

  @Test
  void whatDoesNotFitIsRefused() throws Exception {
    NodeId condition = bench.node("A.Alarms.LinkLost");
    LocalizedText text = LocalizedText.english("x");
    ByteString event = ByteString.of(new byte[16]);
    assertThat(call(observer, condition, ACKNOWLEDGE, event, text))
        .isEqualTo(StatusCodes.Bad_UserAccessDenied);
    assertThat(call(observer, condition, NodeIds.ConditionType_Disable))
        .isEqualTo(StatusCodes.Bad_UserAccessDenied);
    assertThat(call(bench.client, condition, ACKNOWLEDGE, event, text))
        .isEqualTo(StatusCodes.Bad_EventIdUnknown);
    assertThat(call(bench.client, condition, ACKNOWLEDGE, ByteString.of(new byte[3]), text))
        .isEqualTo(StatusCodes.Bad_EventIdUnknown);
    assertThat(call(bench.client, condition, ACKNOWLEDGE, event))
        .isEqualTo(StatusCodes.Bad_ArgumentsMissing);
    assertThat(call(bench.client, condition, ACKNOWLEDGE, 5, text))
        .isEqualTo(StatusCodes.Bad_InvalidArgument);
    assertThat(call(bench.client, condition, CONFIRM, event, text))
        .as("nothing to confirm about a link")
        .isEqualTo(StatusCodes.Bad_MethodInvalid);
    assertThat(call(bench.client, condition, bench.type("ChargerType.Reset")))
        .isEqualTo(StatusCodes.Bad_MethodInvalid);
    assertThat(call(bench.client, condition, NodeIds.ConditionType_Disable))
        .isEqualTo(StatusCodes.Good);
    assertThat(call(bench.client, condition, NodeIds.ConditionType_Disable))
        .isEqualTo(StatusCodes.Bad_ConditionAlreadyDisabled);
    assertThat(call(bench.client, condition, ACKNOWLEDGE, event, text))
        .isEqualTo(StatusCodes.Bad_ConditionDisabled);
    assertThat(call(bench.client, condition, NodeIds.ConditionType_Enable))
        .isEqualTo(StatusCodes.Good);
    assertThat(call(bench.client, condition, NodeIds.ConditionType_Enable))
        .isEqualTo(StatusCodes.Bad_ConditionAlreadyEnabled);
    assertThat(bench.commands).isEmpty();
  }

  @Test
  void aRefreshTellsOnlyTheAskingSubscriptionHowThingsStandWhileTheyChange() throws Exception {
    fault("F", ChargerFault.AC_INPUT_FAULT);
    await().atMost(EventWatcher.PATIENCE).until(() -> retained("F.Alarms.SupplyFault"));
    EventWatcher asking = watch(bench.client, bench.node("F"));
    EventWatcher other = watch(second, bench.node("F"));
    UInteger subscription = asking.subscription.getSubscriptionId().orElseThrow();
    assertThat(refresh(bench.client, subscription)).isEqualTo(StatusCodes.Good);
    // Meanwhile something new happens; it is told to both, once.
    fault("F", ChargerFault.AC_INPUT_FAULT, ChargerFault.HARDWARE_FAULT);
    asking.next(type(NodeIds.RefreshEndEventType));
    asking.next(e -> e.get("Message") != null && text(e, "Message").contains("HARDWARE_FAULT"));
    other.next(e -> e.get("Message") != null && text(e, "Message").contains("HARDWARE_FAULT"));
    List<Object> types = asking.told.stream().map(e -> e.get("EventType")).toList();
    int start = types.indexOf(NodeIds.RefreshStartEventType);
    int end = types.indexOf(NodeIds.RefreshEndEventType);
    assertThat(start).isNotNegative().isLessThan(end);
    assertThat(types.subList(start, end)).contains(NodeIds.OffNormalAlarmType);
    assertThat(asking.told.get(types.indexOf(NodeIds.OffNormalAlarmType)).get("ConditionId"))
        .isEqualTo(bench.node("F.Alarms.SupplyFault"));
    assertThat(other.told).noneMatch(type(NodeIds.RefreshStartEventType));
    assertThat(other.told).hasSize(1);
    clear("F");
  }

  @Test
  void aRefreshIsForOnesOwnSubscriptionAndNotWithoutEnd() throws Exception {
    OpcUaClient client = bench.connect("third");
    try {
      EventWatcher mine = watch(client, NodeIds.Server);
      UInteger subscription = mine.subscription.getSubscriptionId().orElseThrow();
      assertThat(refresh(bench.client, subscription))
          .isEqualTo(StatusCodes.Bad_SubscriptionIdInvalid);
      assertThat(
              call(
                  client,
                  NodeIds.ConditionType,
                  NodeIds.ConditionType_ConditionRefresh2,
                  subscription,
                  UInteger.valueOf(4711)))
          .isEqualTo(StatusCodes.Bad_MonitoredItemIdInvalid);
      assertThat(call(client, NodeIds.ConditionType, NodeIds.ConditionType_ConditionRefresh, "x"))
          .isEqualTo(StatusCodes.Bad_InvalidArgument);
      assertThat(
              call(
                  client,
                  NodeIds.ConditionType,
                  NodeIds.ConditionType_ConditionRefresh2,
                  subscription,
                  mine.item.getMonitoredItemId().orElseThrow()))
          .isEqualTo(StatusCodes.Good);
      mine.next(type(NodeIds.RefreshEndEventType));
      long[] answers = new long[20];
      for (int i = 0; i < answers.length; i++) {
        answers[i] = refresh(client, subscription);
      }
      assertThat(Arrays.stream(answers).boxed())
          .as("a flood is answered without an event")
          .contains(StatusCodes.Bad_RefreshInProgress)
          .isSubsetOf(StatusCodes.Good, StatusCodes.Bad_RefreshInProgress);
      await()
          .atMost(EventWatcher.PATIENCE)
          .pollInterval(Duration.ofMillis(500))
          .until(() -> refresh(client, subscription) == StatusCodes.Good);
    } finally {
      client.disconnectAsync();
    }
  }

  @Test
  void afterARestartAnAlarmIsRaisedAnewAndOldEventsAreUnknown() throws Exception {
    Path own = directory.resolve("restart");
    ByteString old;
    try (StationBench before = new StationBench(own, Clock.systemUTC(), "A")) {
      EventWatcher watcher = watch(before.client, before.node("A"));
      before.server.publish(
          Snapshots.faulted(Snapshots.charging("A", Instant.now()), ChargerFault.CONTACTOR_WELDED));
      old = id(watcher.next(of("ContactorFault", true)));
    }
    try (StationBench after = new StationBench(own, Clock.systemUTC(), "A")) {
      EventWatcher watcher = watch(after.client, after.node("A"));
      after.server.publish(
          Snapshots.faulted(Snapshots.charging("A", Instant.now()), ChargerFault.CONTACTOR_WELDED));
      Map<String, Object> event = watcher.next(of("ContactorFault", true));
      assertThat(event.get("AckedState/Id")).isEqualTo(false);
      NodeId condition = after.node("A.Alarms.ContactorFault");
      assertThat(call(after.client, condition, ACKNOWLEDGE, old, LocalizedText.english("")))
          .isEqualTo(StatusCodes.Bad_EventIdUnknown);
      assertThat(call(after.client, condition, ACKNOWLEDGE, id(event), LocalizedText.english("")))
          .isEqualTo(StatusCodes.Good);
    }
  }

  @Test
  void aLimitAlarmSaysWhichLimitAndWhereItIs() throws Exception {
    EventWatcher watcher = watch(bench.client, bench.node("G"));
    Alarm alarm = bench.server.alarms().alarm("G.Alarms.CellTemperature");
    assertThat(alarm).isNotNull();
    assertThat(alarm.spec().onDelay()).hasSeconds(2);
    // 3 K above the limit of 318.15 K in force.
    await()
        .atMost(EventWatcher.PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              bench.server.publish(Snapshots.hottest("G", Instant.now(), 321.15));
              return alarm.state().active();
            });
    Map<String, Object> event = watcher.next(of("CellTemperature", true));
    assertThat(event.get("EventType")).isEqualTo(NodeIds.ExclusiveLimitAlarmType);
    assertThat(text(event, "LimitState/CurrentState")).isEqualTo("HighHigh");
    assertThat((Double) event.get("HighLimit")).isEqualTo(318.65);
    assertThat(event.get("Severity")).isEqualTo(UShort.valueOf(800));
    assertThat(text(event, "Message")).isEqualTo("The hottest cell is 321.2 K, above 320.2 K.");
  }

  private static ElementOperand at(int index) {
    return new ElementOperand(UInteger.valueOf(index));
  }

  private static LiteralOperand literal(Object value) {
    return new LiteralOperand(new Variant(value));
  }

  private static EventWatcher watch(OpcUaClient client, NodeId node) throws Exception {
    return new EventWatcher(client, node, List.of());
  }

  private static void fault(String charger, ChargerFault... faults) {
    bench.server.publish(Snapshots.faulted(Snapshots.charging(charger, Instant.now()), faults));
  }

  /** No fault any more, looked at until the off-delay has passed, however busy the machine is. */
  private static void clear(String charger) {
    await()
        .atMost(EventWatcher.PATIENCE)
        .pollInterval(Duration.ofMillis(300))
        .until(
            () -> {
              bench.server.publish(Snapshots.charging(charger, Instant.now()));
              return bench.server.alarms().all().stream()
                  .noneMatch(a -> a.owner().equals(charger) && a.state().active());
            });
  }

  private static boolean acknowledged(String condition) throws Exception {
    return Boolean.TRUE.equals(bench.read(condition + ".AckedState.Id").value().value());
  }

  private static boolean retained(String condition) throws Exception {
    return Boolean.TRUE.equals(bench.read(condition + ".Retain").value().value());
  }

  private static long refresh(OpcUaClient client, UInteger subscription) {
    return call(
        client, NodeIds.ConditionType, NodeIds.ConditionType_ConditionRefresh, subscription);
  }

  private static long call(OpcUaClient client, NodeId object, NodeId method, Object... inputs) {
    try {
      return StationBench.call(client, object, method, inputs).getStatusCode().value();
    } catch (UaException e) {
      // A service as a whole may be refused before the method is looked at.
      return e.getStatusCode().value();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
