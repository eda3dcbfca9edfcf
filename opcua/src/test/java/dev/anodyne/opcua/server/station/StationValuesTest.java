package dev.anodyne.opcua.server.station;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaMonitoredItem;
import org.eclipse.milo.opcua.sdk.client.subscriptions.OpcUaSubscription;
import org.eclipse.milo.opcua.stack.core.AttributeId;
import org.eclipse.milo.opcua.stack.core.StatusCodes;
import org.eclipse.milo.opcua.stack.core.types.builtin.DataValue;
import org.eclipse.milo.opcua.stack.core.types.builtin.LocalizedText;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UInteger;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.Unsigned;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DataChangeTrigger;
import org.eclipse.milo.opcua.stack.core.types.enumerated.DeadbandType;
import org.eclipse.milo.opcua.stack.core.types.enumerated.TimestampsToReturn;
import org.eclipse.milo.opcua.stack.core.types.structured.DataChangeFilter;
import org.eclipse.milo.opcua.stack.core.types.structured.ReadValueId;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values tell the truth: status, time and number of what is known, quiet, gone or never known. */
class StationValuesTest {
  private static final Instant START = Instant.parse("2026-11-23T06:00:00Z");

  /** The server gathers for 10 ms and looks for quiet loops every 250 ms: both have happened. */
  private static final Duration QUIET = Duration.ofMillis(600);

  /** Guards against hanging only. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir static Path directory;
  private static final AtomicReference<Instant> NOW = new AtomicReference<>(START);
  private static final AtomicLong AGE = new AtomicLong(Snapshots.heard(START));
  private static StationBench bench;

  @BeforeAll
  static void start() throws Exception {
    bench =
        new StationBench(
            directory, clock(), AGE::get, "A", "B", "C", "D", "E", "F", "G", "H", "I", "J", "K");
  }

  @AfterAll
  static void stop() {
    bench.close();
  }

  @Test
  void goodValuesCarryTheTimeOfTheirSource() throws Exception {
    publish(Snapshots.charging("A", NOW.get()), "A.Measurements.Current", StatusCodes.Good);
    assertValue("A.Measurements.Current", 180.0, NOW.get().minusMillis(40));
    assertValue("A.Measurements.Power", 180 * 372.5, NOW.get().minusMillis(40));
    assertValue("A.Setpoints.Current", 180.0, NOW.get());
    assertValue("A.Limits.MaxCurrent", 300.0, NOW.get());
    assertValue("A.Limits.MaxPower", 150_000.0, NOW.get());
    assertValue("A.Estimators.AnodePotential", 0.031, NOW.get().minusMillis(40));
    assertValue("A.Estimators.AnodePotentialLowerBound", 0.031 - 0.01, NOW.get().minusMillis(40));
    assertValue("A.Estimators.Confidence", 0.95, NOW.get().minusMillis(40));
    assertValue("A.Policy.ActivePolicy", "winter", NOW.get());
    assertValue("A.Policy.Source", 0, NOW.get());
    assertThat((Double[]) bench.read("A.Policy.PlanCellCurrent").value().value())
        .containsExactly(90.0, 80.0, 70.0);
    assertThat((Double[]) bench.read("A.Estimators.SocInterval").value().value())
        .containsExactly(0.41, 0.44);
    assertThat(bench.read("A.Session.CurrentState").value().value())
        .isEqualTo(LocalizedText.english("Charging"));
    assertThat(bench.read("A.Session.CurrentState.Id").value().value())
        .isEqualTo(bench.type("ChargeSessionStateMachineType.Charging"));
  }

  @Test
  void anElementOfAnArrayIsReadByItsIndex() throws Exception {
    publish(Snapshots.charging("A", NOW.get()), "A.Policy.PlanCellCurrent", StatusCodes.Good);
    DataValue part =
        bench.client.read(
                0.0,
                TimestampsToReturn.Both,
                List.of(
                    new ReadValueId(
                        bench.node("A.Policy.PlanCellCurrent"),
                        AttributeId.Value.uid(),
                        "1:2",
                        null)))
            .getResults()[0];
    assertThat((Double[]) part.value().value()).containsExactly(80.0, 70.0);
  }

  @Test
  void whatTheEstimatorDoesNotSayIsNoNumber() throws Exception {
    publish(Snapshots.charging("B", NOW.get()), "B.Measurements.Current", StatusCodes.Good);
    assertBad("B.Estimators.CathodeStoichiometry", StatusCodes.Bad_DataUnavailable);
    publish(
        Snapshots.estimated("B", NOW.get(), Snapshots.invalid()),
        "B.Estimators.AnodePotential",
        StatusCodes.Bad_DataUnavailable);
    assertBad("B.Estimators.AnodePotential", StatusCodes.Bad_DataUnavailable);
    assertBad("B.Estimators.Soc", StatusCodes.Bad_DataUnavailable);
    assertThat(bench.read("B.Estimators.Valid").value().value()).isEqualTo(false);
    publish(
        Snapshots.estimated("B", NOW.get(), null),
        "B.Estimators.AnodePotential",
        StatusCodes.Bad_WaitingForInitialData);
    publish(
        Snapshots.estimated("B", NOW.get(), Snapshots.estimate(0.3, 0.02, false)),
        "B.Estimators.AnodePotential",
        StatusCodes.Uncertain_SubNormal);
    assertThat(bench.read("B.Estimators.AnodePotential").value().value()).isEqualTo(0.02);
  }

  @Test
  void aQuietChargerHasLastUsableValuesAndOneThatIsGoneHasNone() throws Exception {
    publish(Snapshots.unknown("C", NOW.get()), "C.Setpoints.Current", StatusCodes.Good);
    assertBad("C.Measurements.Voltage", StatusCodes.Bad_WaitingForInitialData);
    assertBad("C.Limits.ChargerMaxCurrent", StatusCodes.Bad_WaitingForInitialData);
    publish(
        Snapshots.link("C", NOW.get(), LinkState.STALE),
        "C.Measurements.Voltage",
        StatusCodes.Uncertain_LastUsableValue);
    assertThat(bench.read("C.Measurements.Voltage").value().value()).isEqualTo(372.5);
    publish(
        Snapshots.link("C", NOW.get(), LinkState.DOWN),
        "C.Measurements.Voltage",
        StatusCodes.Bad_NoCommunication);
    assertBad("C.Measurements.Voltage", StatusCodes.Bad_NoCommunication);
    assertBad("C.Estimators.AnodePotential", StatusCodes.Bad_NoCommunication);
    assertThat(bench.read("C.Health.Link").statusCode().isGood())
        .as("that the link is down is known well")
        .isTrue();
    assertThat(bench.read("C.Health.Link").value().value()).isEqualTo(LinkState.DOWN.ordinal());
  }

  @Test
  void aValueBeyondItsRangeIsUncertain() throws Exception {
    publish(
        Snapshots.implausible("D", NOW.get()),
        "D.Measurements.Voltage",
        StatusCodes.Uncertain_EngineeringUnitsExceeded);
    assertThat(bench.read("D.Measurements.Voltage").value().value()).isEqualTo(2500.0);
  }

  @Test
  void aSilentControllerIsNotMistakenForAGoodOne() throws Exception {
    publish(Snapshots.charging("E", NOW.get()), "E.Setpoints.Current", StatusCodes.Good);
    // Three periods of 1 s are quiet, three times as long is gone.
    pass(Duration.ofMillis(3100));
    awaitStatus("E.Setpoints.Current", StatusCodes.Uncertain_LastUsableValue);
    awaitStatus("E.Measurements.Current", StatusCodes.Uncertain_LastUsableValue);
    pass(Duration.ofMillis(6000));
    awaitStatus("E.Setpoints.Current", StatusCodes.Bad_NoCommunication);
    assertBad("E.Session.CurrentState", StatusCodes.Bad_NoCommunication);
    publish(Snapshots.charging("E", NOW.get()), "E.Setpoints.Current", StatusCodes.Good);
  }

  /** An operator's order is published with what the loop has told last, which is old. */
  @Test
  void anOrderDoesNotMakeTheValuesOfADeadLoopGood() throws Exception {
    ChargerSnapshot last = Snapshots.charging("I", NOW.get());
    publish(last, "I.Setpoints.Current", StatusCodes.Good);
    pass(Duration.ofMillis(9100));
    awaitStatus("I.Setpoints.Current", StatusCodes.Bad_NoCommunication);
    bench.server.publish(last);
    stays("I.Setpoints.Current", StatusCodes.Bad_NoCommunication);
  }

  @Test
  void aCorrectedTimeOfDayMakesNothingOldAndNothingNew() throws Exception {
    publish(Snapshots.charging("J", NOW.get()), "J.Setpoints.Current", StatusCodes.Good);
    Instant before = NOW.getAndUpdate(now -> now.plusSeconds(3600));
    try {
      stays("J.Setpoints.Current", StatusCodes.Good);
      NOW.set(before.minusSeconds(3600));
      pass(Duration.ofMillis(9100));
      awaitStatus("J.Setpoints.Current", StatusCodes.Bad_NoCommunication);
    } finally {
      NOW.set(before.plusMillis(9100));
    }
  }

  @Test
  void anOldSnapshotDoesNotFollowANewOne() throws Exception {
    Instant now = NOW.get();
    ChargerSnapshot older = Snapshots.charging("K", now.minusSeconds(1));
    publish(Snapshots.charging("K", now), "K.Setpoints.Current", StatusCodes.Good);
    bench.server.publish(Snapshots.inPhase(older, SessionPhase.FINISHED, now.minusSeconds(1)));
    await()
        .during(QUIET)
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(bench.read("K.Session.CurrentState").value().value())
                    .isEqualTo(LocalizedText.english("Charging")));
  }

  @Test
  void transitionsAreNotLostWhenSnapshotsComeFast() throws Exception {
    Instant now = NOW.get();
    ChargerSnapshot charging = Snapshots.charging("F", now);
    bench.server.publish(Snapshots.inPhase(charging, SessionPhase.WAITING, now));
    for (int i = 0; i < 50; i++) {
      bench.server.publish(Snapshots.charging("F", now));
    }
    bench.server.publish(Snapshots.inPhase(charging, SessionPhase.SUSPENDED, now.plusSeconds(5)));
    awaitValue("F.Session.CurrentState", LocalizedText.english("Suspended"));
    assertThat(bench.read("F.Session.LastTransition").value().value())
        .isEqualTo(LocalizedText.english("ChargingToSuspended"));
    assertThat(bench.read("F.Session.LastTransition.Id").value().value())
        .isEqualTo(bench.type("ChargeSessionStateMachineType.ChargingToSuspended"));
    assertThat(bench.read("F.Session.LastTransition.Number").value().value())
        .isEqualTo(UInteger.valueOf(3));
    assertThat(bench.read("F.Session.LastTransition.TransitionTime").value().value())
        .isEqualTo(Kind.dateTime(now.plusSeconds(5)));
  }

  @Test
  void faultsAndHealthAreShown() throws Exception {
    publish(
        Snapshots.faulted(Snapshots.charging("G", NOW.get()), ChargerFault.ISOLATION_FAULT),
        "G.Health.Faults",
        StatusCodes.Good);
    assertThat((String[]) bench.read("G.Health.Faults").value().value())
        .containsExactly("ISOLATION_FAULT");
    assertThat(bench.read("G.Health.DeviceHealth").value().value())
        .isEqualTo(ChargerView.DeviceHealth.FAILURE.ordinal());
  }

  @Test
  void subscriptionsAreToldWhenValuesArePublished() throws Exception {
    List<Object> seen = new CopyOnWriteArrayList<>();
    OpcUaSubscription subscription = new OpcUaSubscription(bench.client, 50.0);
    subscription.create();
    OpcUaMonitoredItem item = OpcUaMonitoredItem.newDataItem(bench.node("H.Estimators.Soc"));
    item.setSamplingInterval(0.0);
    item.setQueueSize(UInteger.valueOf(60_000));
    item.setDataValueListener(
        (monitored, value) -> seen.add(String.valueOf(value.value().value())));
    subscription.addMonitoredItem(item);
    subscription.synchronizeMonitoredItems();
    assertThat(item.getRevisedQueueSize()).contains(UInteger.valueOf(100));
    await().atMost(PATIENCE).until(() -> seen.size() == 1);
    assertThat(seen.get(0)).as("before the first snapshot there is no number").isEqualTo("null");
    for (int i = 1; i <= 5; i++) {
      Instant time = NOW.get().plusMillis(i);
      String expected = String.valueOf(0.4 + i / 100.0);
      bench.server.publish(
          Snapshots.estimated("H", time, Snapshots.estimate(0.4 + i / 100.0, 0.03, true)));
      await().atMost(PATIENCE).until(() -> seen.contains(expected));
    }
    assertThat(seen).hasSize(6);
    subscription.delete();
  }

  @Test
  void aSlowItemIsSampledInstead() throws Exception {
    OpcUaSubscription subscription = new OpcUaSubscription(bench.client, 100.0);
    subscription.create();
    List<DataValue> pushed = new CopyOnWriteArrayList<>();
    List<DataValue> sampled = new CopyOnWriteArrayList<>();
    OpcUaMonitoredItem fast = stampedItem("H.Measurements.Current", 0, pushed);
    OpcUaMonitoredItem slow = stampedItem("H.Measurements.Current", 60_000, sampled);
    subscription.addMonitoredItems(List.of(fast, slow));
    subscription.synchronizeMonitoredItems();
    await().atMost(PATIENCE).until(() -> !pushed.isEmpty() && !sampled.isEmpty());
    for (int i = 1; i <= 5; i++) {
      int before = pushed.size();
      bench.server.publish(Snapshots.charging("H", NOW.get().plusMillis(i)));
      await().atMost(PATIENCE).until(() -> pushed.size() > before);
    }
    assertThat(slow.getRevisedSamplingInterval()).contains(60_000.0);
    assertThat(sampled).as("the first value; the next is due in a minute").hasSize(1);
    subscription.delete();
  }

  /** Every new time stamp counts as a change. */
  private static OpcUaMonitoredItem stampedItem(
      String id, double samplingMillis, List<DataValue> seen) {
    OpcUaMonitoredItem item = OpcUaMonitoredItem.newDataItem(bench.node(id));
    item.setSamplingInterval(samplingMillis);
    item.setFilter(
        new DataChangeFilter(
            DataChangeTrigger.StatusValueTimestamp,
            Unsigned.uint(DeadbandType.None.getValue()),
            0.0));
    item.setDataValueListener((monitored, value) -> seen.add(value));
    return item;
  }

  @Test
  void aSamplingIntervalThatCannotBeKeptIsRevised() throws Exception {
    OpcUaSubscription subscription = new OpcUaSubscription(bench.client, 100.0);
    subscription.create();
    OpcUaMonitoredItem property =
        OpcUaMonitoredItem.newDataItem(bench.node("H.Measurements.Current.EURange"));
    property.setSamplingInterval(Double.NaN);
    subscription.addMonitoredItem(property);
    subscription.synchronizeMonitoredItems();
    assertThat(property.getRevisedSamplingInterval()).contains(250.0);
    subscription.delete();
  }

  private static void publish(ChargerSnapshot snapshot, String id, long status) {
    bench.server.publish(snapshot);
    awaitStatus(id, status);
  }

  /** Time goes by, for both clocks. */
  private static void pass(Duration time) {
    NOW.updateAndGet(now -> now.plus(time));
    AGE.addAndGet(time.toNanos());
  }

  private static void stays(String id, long status) {
    await()
        .during(QUIET)
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(Long.toHexString(bench.read(id).statusCode().value()))
                    .as(id)
                    .isEqualTo(Long.toHexString(status)));
  }

  private static void awaitStatus(String id, long status) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(Long.toHexString(bench.read(id).statusCode().value()))
                    .as(id)
                    .isEqualTo(Long.toHexString(status)));
  }

  private static void awaitValue(String id, Object value) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(bench.read(id).value().value()).isEqualTo(value));
  }

  private static void assertValue(String id, Object value, Instant time) throws Exception {
    DataValue read = bench.read(id);
    assertThat(read.statusCode().isGood()).as("%s is %s", id, read.statusCode()).isTrue();
    assertThat(read.value().value()).as(id).isEqualTo(value);
    assertThat(read.sourceTime()).as(id).isNotNull();
    assertThat(read.sourceTime().getJavaInstant()).as(id).isEqualTo(time);
  }

  private static void assertBad(String id, long status) throws Exception {
    DataValue read = bench.read(id);
    assertThat(Long.toHexString(read.statusCode().value()))
        .as(id)
        .isEqualTo(Long.toHexString(status));
    assertThat(read.value().value()).as("%s has no number", id).isNull();
  }

  /** A clock that stands still until a test moves it. */
  private static Clock clock() {
    return new Clock() {
      @Override
      public ZoneId getZone() {
        return ZoneId.of("UTC");
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return NOW.get();
      }
    };
  }
}
