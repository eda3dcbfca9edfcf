package dev.anodyne.controller.session;

import static dev.anodyne.controller.Images.BATTERY;
import static dev.anodyne.controller.Images.LAYOUT;
import static dev.anodyne.controller.Images.SECOND;
import static dev.anodyne.controller.Images.estimate;
import static dev.anodyne.controller.Images.planned;
import static dev.anodyne.controller.Images.up;
import static dev.anodyne.controller.Images.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.safety.GuardSettings;
import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PolicyDecision;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A policy that is asked every five seconds, of a battery that is looked at every second. */
class DecisionPaceTest {
  private static final SessionSettings EACH =
      new SessionSettings("t", LAYOUT, 0.8, 4.2, 318.15, 15, 0, 298.15, SECOND);

  /** Seconds at which the policy was asked. */
  private final List<Long> asked = new ArrayList<>();

  /** Amounts that the anode potential's bound is lowered by, V. */
  private double doubt;

  private int estimates;

  private ChargeLoop loop(SessionSettings settings, double... plan) {
    ChargeLoop loop =
        new ChargeLoop(
            settings,
            (m, applied) -> believed(m),
            (e, l) -> {
              asked.add(e.timeNanos() / SECOND);
              return planned(plan);
            },
            new Guard(GuardSettings.of(LAYOUT, 4.2, 318.15)));
    loop.start(0);
    return loop;
  }

  private CellEstimate believed(Measurement m) {
    estimates++;
    CellEstimate e = estimate(m, 0.3);
    return new CellEstimate(
        e.timeNanos(),
        true,
        true,
        e.chargeCurrentAmps(),
        e.voltageVolts(),
        e.temperatureKelvin(),
        e.soc(),
        0.030,
        0.020 - doubt,
        0.5,
        0.55,
        0.6,
        e.temperatureKelvin(),
        0,
        null);
  }

  private PolicyDecision cycle(ChargeLoop loop, ChargerStatus status) {
    return loop.cycle(status, status.measurement().timeNanos()).decision();
  }

  private static SessionSettings everyFive() {
    return EACH.decidingEvery(5 * SECOND);
  }

  @Test
  void thePolicyIsAskedInItsTurnAndItsPlanIsFollowedMeanwhile() {
    ChargeLoop loop = loop(everyFive(), 10, 9, 8, 7, 6, 5, 4);
    List<Double> wanted = new ArrayList<>();
    for (int second = 1; second <= 11; second++) {
      PolicyDecision d = cycle(loop, up(second, 10));
      wanted.add(d.chargeCurrentAmps());
      assertThat(d.source()).as("no fallback").isEqualTo(DecisionSource.MPC);
      assertThat(d.plan().secondsAhead()[0]).as("the plan begins now").isEqualTo(1);
    }
    assertThat(asked).containsExactly(1L, 6L, 11L);
    assertThat(estimates).as("the belief follows every period").isEqualTo(11);
    assertThat(wanted).containsExactly(10.0, 9.0, 8.0, 7.0, 6.0, 10.0, 9.0, 8.0, 7.0, 6.0, 10.0);
  }

  @Test
  void byDefaultItIsAskedEachPeriod() {
    ChargeLoop loop = loop(EACH, 10, 9, 8);
    for (int second = 1; second <= 4; second++) {
      cycle(loop, up(second, 10));
    }
    assertThat(asked).containsExactly(1L, 2L, 3L, 4L);
  }

  /** What a plan hopes for has not been decided yet. */
  @Test
  void inBetweenTheCurrentNeverRises() {
    ChargeLoop loop = loop(everyFive(), 5, 7, 9, 11, 13, 15);
    for (int second = 1; second <= 5; second++) {
      assertThat(cycle(loop, up(second, 5)).chargeCurrentAmps()).isEqualTo(5);
    }
    assertThat(asked).containsExactly(1L);
  }

  @Test
  void aBoundThatThePlanDoesNotKeepAsksAtOnce() {
    ChargeLoop loop = loop(everyFive(), 10, 10, 10, 10, 10, 10);
    cycle(loop, up(1, 10));
    cycle(loop, up(2, 10));
    doubt = 0.0205; // half a millivolt below: within what a plan may pass its limits by
    cycle(loop, up(3, 10));
    assertThat(asked).containsExactly(1L);
    doubt = 0.0215;
    cycle(loop, up(4, 10));
    assertThat(asked).containsExactly(1L, 4L);
    doubt = 0;
    cycle(loop, up(5, 10));
    assertThat(asked).as("five seconds from there").containsExactly(1L, 4L);
  }

  @Test
  void aLimitBelowThePlanAsksAtOnceAndSoDoOtherSettings() {
    ChargeLoop loop = loop(everyFive(), 10, 10, 10, 10, 10, 10);
    cycle(loop, up(1, 10));
    BatteryLimits less = new BatteryLimits(8, 16.9, 4.2, 318.15, Double.POSITIVE_INFINITY);
    cycle(loop, with(up(2, 10), less));
    assertThat(asked).containsExactly(1L, 2L);
    cycle(loop, with(up(3, 8), BATTERY));
    assertThat(asked).containsExactly(1L, 2L);
    loop.change(everyFive().withTargetSoc(0.6));
    cycle(loop, up(4, 8));
    assertThat(asked).containsExactly(1L, 2L, 4L);
  }

  @Test
  void aPolicyThatTakesOverIsAskedAtOnce() {
    ChargeLoop loop = loop(everyFive(), 10, 10, 10, 10, 10, 10);
    cycle(loop, up(1, 10));
    loop.change((e, l) -> planned(4, 4, 4, 4, 4, 4), "another");
    assertThat(cycle(loop, up(2, 10)).chargeCurrentAmps()).isEqualTo(4);
  }

  /** What cannot be decided now is not carried over a break either. */
  @Test
  void afterABreakThePolicyIsAsked() {
    ChargeLoop loop = loop(everyFive(), 10, 10, 10, 10, 10, 10);
    cycle(loop, up(1, 10));
    cycle(loop, with(up(2, 10), ChargerStatus.LinkState.DOWN, "gone"));
    cycle(loop, up(3, 0));
    assertThat(asked).containsExactly(1L, 3L);
  }
}
