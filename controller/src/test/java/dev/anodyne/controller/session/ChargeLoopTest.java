package dev.anodyne.controller.session;

import static dev.anodyne.controller.Images.LAYOUT;
import static dev.anodyne.controller.Images.SECOND;
import static dev.anodyne.controller.Images.decision;
import static dev.anodyne.controller.Images.estimate;
import static dev.anodyne.controller.Images.planned;
import static dev.anodyne.controller.Images.sample;
import static dev.anodyne.controller.Images.unplugged;
import static dev.anodyne.controller.Images.up;
import static dev.anodyne.controller.Images.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.safety.GuardReason;
import dev.anodyne.controller.safety.GuardSettings;
import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.charging.StateEstimator;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ChargeLoopTest {
  private final List<Measurement> seen = new ArrayList<>();
  private final List<CurrentCommand> applied = new ArrayList<>();
  private final List<ChargeLimits> limits = new ArrayList<>();
  private double soc = 0.3;
  private PolicyDecision wish = decision(10);
  private RuntimeException estimatorBug;
  private RuntimeException policyBug;

  private final StateEstimator estimator =
      (m, command) -> {
        seen.add(m);
        applied.add(command);
        if (estimatorBug != null) {
          throw estimatorBug;
        }
        return estimate(m, soc);
      };
  private final ChargingPolicy policy =
      (e, l) -> {
        limits.add(l);
        if (policyBug != null) {
          throw policyBug;
        }
        return wish;
      };

  private static SessionSettings settings(PackLayout layout) {
    return new SessionSettings("t", layout, 0.8, 4.2, 318.15, 15, 0, 298.15, SECOND);
  }

  private ChargeLoop loop(PackLayout layout) {
    ChargeLoop loop =
        new ChargeLoop(
            settings(layout), estimator, policy, new Guard(GuardSettings.of(layout, 4.2, 318.15)));
    loop.start(0);
    return loop;
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * SECOND);
  }

  private static LoopRecord cycle(ChargeLoop loop, ChargerStatus status, double seconds) {
    return loop.cycle(status, nanos(seconds));
  }

  @Test
  void commandsWhatThePolicyWants() {
    ChargeLoop loop = loop(LAYOUT);
    LoopRecord record = cycle(loop, up(1, 0), 1);
    assertThat(record.command().chargeCurrentAmps()).isEqualTo(10);
    assertThat(record.command().validUntilNanos()).isEqualTo(nanos(2.75));
    assertThat(record.state()).isInstanceOf(SessionState.PreCharge.class);
    assertThat(record.activeConstraint()).isEqualTo(ActiveConstraint.ANODE_POTENTIAL);
    assertThat(record.sequence()).isZero();
    LoopRecord second = cycle(loop, up(2, 10), 2);
    assertThat(second.sequence()).isEqualTo(1);
    assertThat(second.state()).isInstanceOf(SessionState.Charging.class);
  }

  @Test
  void estimatorSeesTheBatterysSampleAndTheCommandThatWasInForce() {
    PackLayout pack = new PackLayout(4, 3);
    ChargeLoop loop = loop(pack);
    ChargerStatus status = up(1, 9);
    cycle(loop, status, 1);
    wish = decision(2);
    cycle(loop, up(2, 9), 2);
    assertThat(seen.get(0)).isEqualTo(status.measurement());
    assertThat(applied.get(0).chargeCurrentAmps()).isZero();
    // 10 A a cell times three, capped by the vehicle at 15 A.
    assertThat(applied.get(1).chargeCurrentAmps()).isEqualTo(15);
  }

  @Test
  void anImageWithoutANewSampleIsNotFedTwice() {
    ChargeLoop loop = loop(LAYOUT);
    ChargerStatus status = up(1, 0);
    cycle(loop, status, 1);
    cycle(loop, status, 1.5);
    assertThat(seen).hasSize(1);
    assertThat(limits).hasSize(2);
  }

  @Test
  void limitsAreTheTightestOfAllForOneCell() {
    PackLayout pack = new PackLayout(4, 2);
    ChargeLoop loop = loop(pack);
    ChargerStatus status =
        with(up(1, 0), new BatteryLimits(8, 16.4, 4.15, 310, 160)); // charger: 15 A, 17.2 V, 300 W
    cycle(loop, status, 1);
    ChargeLimits l = limits.get(0);
    assertThat(l.maxChargeCurrentAmps()).isEqualTo(4);
    assertThat(l.maxVoltageVolts()).isEqualTo(4.1);
    assertThat(l.maxTemperatureKelvin()).isEqualTo(310);
    assertThat(l.maxPowerWatts()).isEqualTo(20);
    assertThat(l.maxRampAmpsPerSecond()).isEqualTo(10);
    assertThat(l.targetSoc()).isEqualTo(0.8);
    assertThat(l.ambientTemperatureKelvin()).isEqualTo(298.15);
  }

  @Test
  void theCellsVoltageCeilingIsTranslatedForTheHighestCell() {
    ChargeLoop loop = loop(LAYOUT);
    Measurement m = sample(1, 0);
    LoopRecord record = cycle(loop, up(m), 1);
    // pack + series × (ceiling − highest cell); 1e-9 V for rounding.
    double expected = m.voltageVolts() + 4 * (4.2 - m.maxCellVoltageVolts());
    assertThat(record.command().voltageCeilingVolts()).isCloseTo(expected, within(1e-9));
    assertThat(expected).isLessThan(16.8);
  }

  @Test
  void estimatorOrPolicyBugsGiveNoCurrentAndARecordThatSaysSo() {
    ChargeLoop loop = loop(LAYOUT);
    cycle(loop, up(1, 0), 1);
    policyBug = new IllegalStateException("singular");
    LoopRecord record = cycle(loop, up(2, 10), 2);
    assertThat(record.command().chargeCurrentAmps()).isZero();
    assertThat(record.state())
        .isInstanceOfSatisfying(
            SessionState.Suspended.class, s -> assertThat(s.reason()).contains("singular"));
    policyBug = null;
    estimatorBug = new ArithmeticException("diverged");
    record = cycle(loop, up(3, 0), 3);
    assertThat(record.command().chargeCurrentAmps()).isZero();
    assertThat(record.note()).contains("diverged");
    estimatorBug = null;
    assertThat(cycle(loop, up(4, 0), 4).command().chargeCurrentAmps()).isEqualTo(10);
  }

  @Test
  void anInvalidEstimateLeavesOnlyTheBlindRungs() {
    StateEstimator invalid =
        (m, c) -> {
          CellEstimate e = estimate(m, Double.NaN);
          return new CellEstimate(
              e.timeNanos(),
              false,
              false,
              e.chargeCurrentAmps(),
              e.voltageVolts(),
              e.temperatureKelvin(),
              Double.NaN,
              Double.NaN,
              Double.NaN,
              0,
              0,
              0,
              298,
              0,
              null);
        };
    ChargeLoop loop =
        new ChargeLoop(
            settings(LAYOUT), invalid, policy, new Guard(GuardSettings.of(LAYOUT, 4.2, 318.15)));
    loop.start(0);
    assertThat(cycle(loop, up(1, 0), 1).command().chargeCurrentAmps()).isZero();
    PolicyDecision d = decision(0.5);
    wish =
        new PolicyDecision(
            0.5,
            4.2,
            d.plan(),
            d.status(),
            DecisionSource.LOW_CC,
            d.activeConstraint(),
            d.solveNanos());
    assertThat(cycle(loop, up(2, 0), 2).command().chargeCurrentAmps()).isEqualTo(0.5);
  }

  @Test
  void aLostLinkSuspendsWithTheReasonAndTheChargeGoesOnByItself() {
    ChargeLoop loop = loop(LAYOUT);
    cycle(loop, up(1, 0), 1);
    ChargerStatus lost = with(up(1, 10), LinkState.DOWN, "connection refused");
    assertThat(loop.recheck(lost, nanos(1.1)).chargeCurrentAmps()).isZero();
    assertThat(loop.state())
        .isInstanceOfSatisfying(
            SessionState.Suspended.class,
            s -> assertThat(s.reason()).contains("connection refused"));
    int decisionsBefore = limits.size();
    cycle(loop, lost, 2);
    assertThat(limits).as("no decision on a lost link").hasSize(decisionsBefore);
    // Back: the recheck alone must not raise the current, the next decision may.
    assertThat(loop.recheck(up(5, 0), nanos(5)).chargeCurrentAmps()).isZero();
    assertThat(loop.state()).isInstanceOf(SessionState.Suspended.class);
    assertThat(cycle(loop, up(5.1, 0), 5.1).command().chargeCurrentAmps()).isPositive();
    assertThat(cycle(loop, up(6.1, 10), 6.1).state()).isInstanceOf(SessionState.Charging.class);
  }

  @Test
  void waitsForChargerVehicleAndFirstMeasurement() {
    ChargeLoop loop = loop(LAYOUT);
    assertThat(loop.state()).isInstanceOf(SessionState.Idle.class);
    ChargerStatus connecting = with(up(0, 0), LinkState.CONNECTING, "");
    cycle(loop, connecting, 1);
    assertThat(loop.state()).isInstanceOf(SessionState.Idle.class);
    cycle(loop, unplugged(up(2, 0)), 2);
    assertThat(loop.state().reason()).contains("No vehicle");
    cycle(loop, up(sample(3, 0).withQuality(Quality.BAD)), 3);
    assertThat(loop.state()).isInstanceOf(SessionState.Authorised.class);
    assertThat(cycle(loop, up(4, 0), 4).state()).isInstanceOf(SessionState.PreCharge.class);
    assertThat(cycle(loop, up(5, 10), 5).state()).isInstanceOf(SessionState.Charging.class);
  }

  @Test
  void aGentleStopFallsAlongARampThatPolicyAndGuardMayUndercut() {
    ChargeLoop loop = loop(LAYOUT);
    cycle(loop, up(1, 0), 1);
    cycle(loop, up(2, 10), 2);
    loop.stopGently("Enough.", 4, nanos(2));
    assertThat(loop.recheck(up(2.5, 10), nanos(2.5)).chargeCurrentAmps()).isEqualTo(8);
    assertThat(cycle(loop, up(3, 8), 3).command().chargeCurrentAmps()).isEqualTo(6);
    wish = decision(1);
    assertThat(cycle(loop, up(3.25, 6), 3.25).command().chargeCurrentAmps())
        .as("the policy wants less")
        .isEqualTo(1);
    wish = decision(10);
    assertThat(cycle(loop, up(3.5, 1), 3.5).command().chargeCurrentAmps())
        .as("never above the ramp")
        .isEqualTo(4);
    ChargerStatus lost = with(up(3.6, 4), LinkState.DOWN, "connection refused");
    assertThat(loop.recheck(lost, nanos(3.6)).chargeCurrentAmps()).isZero();
    assertThat(loop.state()).isInstanceOf(SessionState.Stopping.class);
    assertThat(cycle(loop, up(4.5, 3), 4.5).command().chargeCurrentAmps()).isZero();
    assertThat(loop.state())
        .as("current is measured yet")
        .isInstanceOf(SessionState.Stopping.class);
    cycle(loop, up(5, 0), 5);
    assertThat(loop.state()).isInstanceOf(SessionState.Finished.class);
    assertThat(loop.state().reason()).isEqualTo("Enough.");
  }

  @Test
  void aGentleStopFallsNoFasterThanTheChargerCanAndHoldsNoHeat() {
    ChargeLoop loop = loop(LAYOUT);
    ChargerCapabilities slow = new ChargerCapabilities(8, 17.2, 15, 300, 2);
    cycle(loop, with(up(1, 10), slow), 1);
    double before = loop.latest().command().chargeCurrentAmps();
    loop.stopGently("Enough.", Double.POSITIVE_INFINITY, nanos(1));
    assertThat(loop.recheck(with(up(1.5, 10), slow), nanos(1.5)).chargeCurrentAmps())
        .isEqualTo(before - 1);
    assertThat(loop.latest().thermal().heatWatts()).isZero();
  }

  @Test
  void endsAtTheTargetAndStaysEnded() {
    ChargeLoop loop = loop(LAYOUT);
    cycle(loop, up(1, 0), 1);
    soc = 0.8;
    LoopRecord record = cycle(loop, up(2, 10), 2);
    assertThat(record.command().chargeCurrentAmps()).isZero();
    assertThat(record.state())
        .isInstanceOfSatisfying(
            SessionState.Finished.class, f -> assertThat(f.targetReached()).isTrue());
    soc = 0.7;
    assertThat(cycle(loop, up(3, 0), 3).command().chargeCurrentAmps()).isZero();
  }

  @Test
  void aStopEndsTheSessionWithinTheNextRecheck() {
    ChargeLoop loop = loop(LAYOUT);
    cycle(loop, up(1, 0), 1);
    loop.stop("Stopped by the operator.", nanos(1.2));
    assertThat(loop.recheck(up(1.3, 10), nanos(1.3)).chargeCurrentAmps()).isZero();
    assertThat(loop.state().reason()).isEqualTo("Stopped by the operator.");
  }

  @Test
  void aFaultStopsAndPassesButAnEmergencyStopNeedsAPerson() {
    ChargeLoop loop = loop(LAYOUT);
    cycle(loop, up(1, 0), 1);
    assertThat(cycle(loop, with(up(2, 10), ChargerFault.POWER_SUPPLY_FAULT), 2).state())
        .isInstanceOf(SessionState.Faulted.class);
    assertThat(cycle(loop, up(3, 0), 3).state()).isInstanceOf(SessionState.PreCharge.class);
    cycle(loop, with(up(4, 10), ChargerFault.EMERGENCY_STOP), 4);
    LoopRecord after = cycle(loop, up(5, 0), 5);
    assertThat(after.command().chargeCurrentAmps()).isZero();
    assertThat(after.state().isOver()).isTrue();
  }

  @Test
  void theVehiclesZeroTargetSuspends() {
    ChargeLoop loop = loop(LAYOUT);
    cycle(loop, up(1, 0), 1);
    ChargerStatus pause = with(up(2, 10), new BatteryLimits(0, 16.9, 4.2, 318.15, 300));
    loop.recheck(pause, nanos(2));
    assertThat(loop.state().reason()).isEqualTo("The vehicle asks for no current.");
    assertThat(cycle(loop, up(3, 0), 3).command().chargeCurrentAmps()).isEqualTo(10);
  }

  @Test
  void aMissingDecisionUsesTheRestOfTheLastPlanThenNothing() {
    ChargeLoop loop = loop(LAYOUT);
    wish = planned(10, 9, 8);
    cycle(loop, up(1, 0), 1);
    LoopRecord second = loop.withoutDecision(up(2, 10), nanos(2));
    assertThat(second.command().chargeCurrentAmps()).isEqualTo(9);
    assertThat(second.decision().source()).isEqualTo(DecisionSource.SHIFTED_PLAN);
    assertThat(second.decision().plan().secondsAhead()).containsExactly(1, 2);
    assertThat(loop.withoutDecision(up(3, 9), nanos(3)).command().chargeCurrentAmps()).isEqualTo(8);
    LoopRecord spent = loop.withoutDecision(up(4, 8), nanos(4));
    assertThat(spent.command().chargeCurrentAmps()).isZero();
    assertThat(spent.decision().source()).isEqualTo(DecisionSource.ZERO);
    assertThat(spent.state().reason()).isEqualTo("No decision has come in time.");
  }

  @Test
  void aLateDecisionCountsOnlyByTheRestOfItsPlan() {
    ChargeLoop loop = loop(LAYOUT);
    wish = planned(10, 9, 8, 7);
    Proposal late = loop.decide(up(1, 0), nanos(1));
    LoopRecord record = loop.conclude(late, up(3.5, 0), nanos(3.5));
    assertThat(record.command().chargeCurrentAmps()).isEqualTo(8);
  }

  /** A plan rises on measurements that are still to come; 10 s of them may be missing. */
  @Test
  void theRestOfAPlanNeverRisesAboveWhatWasDecided() {
    ChargeLoop loop = loop(LAYOUT);
    wish = planned(3, 8.6, 8.6, 2);
    Proposal late = loop.decide(up(1, 0), nanos(1));
    assertThat(loop.conclude(late, up(2.5, 0), nanos(2.5)).command().chargeCurrentAmps())
        .isEqualTo(3);
    LoopRecord missing = loop.withoutDecision(up(3.5, 3), nanos(3.5));
    assertThat(missing.decision().source()).isEqualTo(DecisionSource.SHIFTED_PLAN);
    assertThat(missing.command().chargeCurrentAmps()).isEqualTo(3);
    assertThat(loop.withoutDecision(up(4.5, 3), nanos(4.5)).command().chargeCurrentAmps())
        .isEqualTo(2);
  }

  @Test
  void withoutAPlanADecisionIsHeldForItsValidityOnly() {
    ChargeLoop loop = loop(LAYOUT);
    cycle(loop, up(1, 0), 1);
    assertThat(loop.withoutDecision(up(2, 10), nanos(2)).command().chargeCurrentAmps())
        .isEqualTo(10);
    assertThat(loop.withoutDecision(up(4, 10), nanos(4)).command().chargeCurrentAmps()).isZero();
  }

  @Test
  void theSameImagesGiveTheSameCommands() {
    List<CurrentCommand> first = replay();
    seen.clear();
    assertThat(replay()).isEqualTo(first);
  }

  private List<CurrentCommand> replay() {
    ChargeLoop loop = loop(LAYOUT);
    List<CurrentCommand> commands = new ArrayList<>();
    for (int i = 1; i < 50; i++) {
      wish = decision(5 + Math.sin(i));
      commands.add(cycle(loop, up(i, 5), i).command());
    }
    return commands;
  }

  @Test
  void aLimitThatTheGuardLoweredExplainsTheCurrent() {
    ChargeLoop loop = loop(LAYOUT);
    ChargerStatus status = with(up(1, 0), new BatteryLimits(3, 16.9, 4.2, 318.15, 300));
    LoopRecord record = cycle(loop, status, 1);
    assertThat(record.command().chargeCurrentAmps()).isEqualTo(3);
    assertThat(record.activeConstraint()).isEqualTo(ActiveConstraint.VEHICLE);
    assertThat(record.verdict().reason()).isEqualTo(GuardReason.VEHICLE_CURRENT);
  }
}
