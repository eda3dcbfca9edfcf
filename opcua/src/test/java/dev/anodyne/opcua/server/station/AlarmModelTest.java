package dev.anodyne.opcua.server.station;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.opcua.server.alarm.Alarm;
import dev.anodyne.opcua.server.alarm.AlarmQuality;
import dev.anodyne.opcua.server.alarm.AlarmState;
import dev.anodyne.opcua.server.alarm.LimitLevel;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.eclipse.milo.opcua.stack.core.types.builtin.unsigned.UShort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which alarm becomes active when, and which does not. */
class AlarmModelTest {
  private static final Instant START = Instant.parse("2026-11-23T06:00:00Z");
  private static final Duration LONG = Duration.ofHours(1);
  private static final StationLayout.Bay BAY =
      new StationLayout.Bay("A", Nameplate.named("Bay"), "96s2p", "physics", 250_000, 0.8);

  private Instant certificateEnds = START.plus(Duration.ofDays(365));
  private final StationAlarms alarms =
      new StationAlarms(
          new StationLayout("Depot", "1", List.of(BAY)),
          AlarmSettings.USUAL,
          () -> certificateEnds);

  @Test
  void aChargeThatIsWellHasNoAlarm() {
    look(Snapshots.charging("A", START));
    assertThat(active()).isEmpty();
  }

  @Test
  void aStationThatWaitsForAVehicleHasNoAlarm() {
    ChargerSnapshot s = Snapshots.charging("A", START);
    ChargerSnapshot waiting = Snapshots.inPhase(s, SessionPhase.WAITING, START);
    look(guarded(source(waiting, DecisionSource.ZERO), "NOT_CONNECTED", false));
    assertThat(active()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(ChargerFault.class)
  void everyFaultHasOneAlarmAndTellsItsName(ChargerFault fault) {
    look(Snapshots.faulted(Snapshots.charging("A", START), fault));
    assertThat(active()).hasSize(1);
    Alarm alarm = alarm(active().get(0));
    assertThat(alarm.spec().fault()).isTrue();
    if (fault != ChargerFault.EMERGENCY_STOP) {
      assertThat(alarm.state().message()).isEqualTo("The charger reports " + fault + ".");
    }
    assertThat(alarm.state().severity() <= 200)
        .as("only a warning is light")
        .isEqualTo(fault == ChargerFault.VENDOR_WARNING);
  }

  @Test
  void aLostLinkIsOneAlarmAndLeavesTheOthersAsTheyAre() {
    look(Snapshots.faulted(Snapshots.charging("A", START), ChargerFault.AC_INPUT_FAULT));
    look(guarded(Snapshots.link("A", START, LinkState.DOWN), "LINK_DOWN", false));
    assertThat(active()).containsExactly("SupplyFault", "LinkLost");
    assertThat(alarm("SupplyFault").state().quality()).isEqualTo(AlarmQuality.BAD);
    assertThat(alarm("LinkLost").state().quality()).isEqualTo(AlarmQuality.GOOD);
    assertThat(alarm("LinkLost").state().message())
        .isEqualTo("The charger cannot be reached: Quiet.");
  }

  @Test
  void aQuietLoopIsTheControllersAlarmAndNobodyKnowsTheRest() {
    look(Snapshots.charging("A", START), Freshness.GONE);
    assertThat(active()).containsExactly("ControllerFallback");
    assertThat(alarm("ControllerFallback").state().severity()).isEqualTo(700);
    assertThat(alarm("LinkLost").state().quality()).isEqualTo(AlarmQuality.BAD);
  }

  @Test
  void anotherRungThanThePolicyIsAnAlarmOnlyWhileCharging() {
    ChargerSnapshot charging = Snapshots.charging("A", START);
    for (DecisionSource source : DecisionSource.values()) {
      look(source(charging, source));
      boolean own = source == DecisionSource.MPC || source == DecisionSource.BASELINE;
      assertThat(alarm("ControllerFallback").state().active()).as("%s", source).isEqualTo(!own);
      look(charging);
    }
    look(Snapshots.inPhase(source(charging, DecisionSource.ZERO), SessionPhase.FINISHED, START));
    assertThat(active()).isEmpty();
  }

  @Test
  void anEstimateThatMayNotBeUsedIsAnAlarm() {
    look(Snapshots.estimated("A", START, Snapshots.invalid()));
    assertThat(active()).containsExactly("EstimatorNotValid");
    look(
        Snapshots.inPhase(
            Snapshots.estimated("A", START, Snapshots.invalid()), SessionPhase.FINISHED, START));
    assertThat(active()).isEmpty();
  }

  @Test
  void theGuardsTripIsToldWithItsReason() {
    look(guarded(Snapshots.charging("A", START), "IMPLAUSIBLE", true));
    assertThat(active()).containsExactly("GuardTripped");
    assertThat(alarm("GuardTripped").state().message()).isEqualTo("Because of IMPLAUSIBLE.");
  }

  @Test
  void limitsAreThoseAtWhichTheGuardActs() {
    // The limits in force are 318.15 K and 4.2 V, the margin 0 V.
    Map<Double, LimitLevel> levels = Map.of(318.7, LimitLevel.HIGH, 320.2, LimitLevel.HIGH_HIGH);
    levels.forEach(
        (kelvin, level) -> {
          look(Snapshots.hottest("A", START, kelvin));
          assertThat(alarm("CellTemperature").state().level()).isEqualTo(level);
          look(Snapshots.hottest("A", START, 318.6 - 0.3));
          assertThat(alarm("CellTemperature").state().active()).isFalse();
        });
    look(Snapshots.hottest("A", START, 318.6));
    assertThat(active()).as("sensor noise").isEmpty();
    look(Snapshots.estimated("A", START, bound(-0.0015)));
    assertThat(active()).as("a policy that rides on its bound").isEmpty();
    look(Snapshots.estimated("A", START, bound(-0.0025)));
    assertThat(alarm("AnodePotential").state().level()).isEqualTo(LimitLevel.LOW);
    look(Snapshots.estimated("A", START, bound(-0.011)));
    AlarmState low = alarm("AnodePotential").state();
    assertThat(low.level()).isEqualTo(LimitLevel.LOW_LOW);
    assertThat(low.severity()).isEqualTo(800);
    look(
        Snapshots.inPhase(
            Snapshots.estimated("A", START, bound(-0.011)), SessionPhase.SUSPENDED, START));
    assertThat(active()).as("no current").isEmpty();
  }

  @Test
  void morePowerThanTheStationMayTakeIsAnAlarm() {
    station(90_000, 100_000);
    station(102_400, 100_000);
    assertThat(active()).isEmpty();
    station(102_600, 100_000);
    assertThat(alarm("Station", "GridPowerLimit").state().level()).isEqualTo(LimitLevel.HIGH);
    station(111_000, 100_000);
    assertThat(alarm("Station", "GridPowerLimit").state().level()).isEqualTo(LimitLevel.HIGH_HIGH);
    station(111_000, ChargerModel.MOST_WATTS);
    assertThat(active()).as("no limit").isEmpty();
  }

  @Test
  void aCertificateThatEndsBecomesGraver() {
    int[] days = {31, 29, 6, -1};
    int[] severities = {0, 300, 600, 900};
    for (int i = 0; i < days.length; i++) {
      certificateEnds = START.plus(Duration.ofDays(days[i]));
      alarms.look(view(0, ChargerModel.MOST_WATTS), START, 0);
      AlarmState state = alarm("Station", "CertificateExpiring").state();
      assertThat(state.active() ? state.severity() : 0).isEqualTo(severities[i]);
    }
    certificateEnds = START.plus(Duration.ofDays(365));
    alarms.look(view(0, ChargerModel.MOST_WATTS), START, 0);
    assertThat(alarm("Station", "CertificateExpiring").state().active())
        .as("it has been renewed")
        .isFalse();
  }

  private void look(ChargerSnapshot snapshot) {
    look(snapshot, Freshness.FRESH);
  }

  private long nanos;

  /** Long enough for every delay. */
  private void look(ChargerSnapshot snapshot, Freshness freshness) {
    ChargerView view = new ChargerView(BAY, snapshot, null, null, UShort.valueOf(1));
    for (int i = 0; i < 2; i++) {
      alarms.look(view, freshness, START, nanos);
      nanos += LONG.toNanos();
    }
  }

  private void station(double delivered, double limit) {
    for (int i = 0; i < 2; i++) {
      alarms.look(view(delivered, limit), START, nanos);
      nanos += LONG.toNanos();
    }
  }

  private static StationView view(double delivered, double limit) {
    return new StationView(START, 1, 1, 1, delivered, limit);
  }

  private List<String> active() {
    return alarms.all().all().stream()
        .filter(alarm -> alarm.state().active())
        .map(alarm -> alarm.spec().name())
        .toList();
  }

  private Alarm alarm(String name) {
    return alarm("A", name);
  }

  private Alarm alarm(String owner, String name) {
    Alarm alarm = alarms.all().alarm(owner + ".Alarms." + name);
    assertThat(alarm).as(name).isNotNull();
    return alarm;
  }

  private static CellEstimate bound(double volts) {
    // Snapshots' bound lies 10 mV below the potential.
    return Snapshots.estimate(0.42, volts + 0.01, true);
  }

  private static ChargerSnapshot guarded(ChargerSnapshot s, String reason, boolean tripped) {
    return Snapshots.because(
        s,
        new ChargerSnapshot.Reasons(
            ActiveConstraint.NONE, "", reason, "Because of " + reason + ".", tripped));
  }

  private static ChargerSnapshot source(ChargerSnapshot s, DecisionSource source) {
    return Snapshots.decided(s, source);
  }
}
