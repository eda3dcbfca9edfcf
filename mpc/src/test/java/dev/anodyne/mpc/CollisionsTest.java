package dev.anodyne.mpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.Collision;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.PlanAhead;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.charging.SlackUse;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.mpc.baseline.CurrentMap;
import dev.anodyne.mpc.prediction.CellPredictor;
import dev.anodyne.mpc.prediction.Collisions;
import dev.anodyne.mpc.spec.PolicySpec;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Limits that leave no current, or no way to the target, are named with their values. */
class CollisionsTest {
  private static final double NONE = Double.POSITIVE_INFINITY;
  private static final double KELVIN = 273.15;
  private static final CellParameters CELL = CellParameters.load("lgm50").withHeatTransfer(40);
  private static final P2dModel MODEL = P2dModel.of(CELL, P2dOptions.CONTROL);
  private final Collisions collisions = new Collisions(MODEL);

  private static ChargeLimits limits(double amps, double volts, double celsius, double watts) {
    return new ChargeLimits(amps, volts, celsius + KELVIN, 0, 0.8, watts, NONE, 298.15);
  }

  private static ChargeLimits usual() {
    return limits(15, 4.2, 45, NONE);
  }

  /** A cell that has rested: the belief is the model. */
  private static CellEstimate resting(double soc, double celsius) {
    P2dState state = MODEL.newState(soc, celsius + KELVIN);
    CellPredictor predictor = new CellPredictor(MODEL);
    assertThat(predictor.now(state, 0).isUsable()).isTrue();
    double volts = predictor.outputs().voltageVolts;
    double anode = predictor.outputs().anodePotentialVolts;
    double kelvin = celsius + KELVIN;
    return new CellEstimate(
        0,
        true,
        true,
        0,
        volts,
        kelvin,
        soc,
        anode,
        anode - 0.004,
        soc,
        soc,
        1 - soc,
        kelvin,
        0,
        state);
  }

  private static PolicyDecision decision(double amps, ActiveConstraint why) {
    return new PolicyDecision(
        amps, 4.2, PlanAhead.EMPTY, SolveStatus.OK, DecisionSource.MPC, why, 0);
  }

  private Collision held(CellEstimate estimate, ChargeLimits limits) {
    return collisions.told(decision(0, ActiveConstraint.NONE), estimate, limits).collision();
  }

  @Test
  void aTemperatureLimitBelowTheBatterysTemperature() {
    Collision c = held(resting(0.5, 34.2), limits(15, 4.2, 30, NONE));
    assertThat(c.text())
        .isEqualTo("held at zero: temperature limit 30.0 °C and battery at 34.2 °C");
    assertThat(c.constraints()).containsExactly(ActiveConstraint.TEMPERATURE);
  }

  @Test
  void aVoltageLimitBelowTheOpenCircuitVoltage() {
    CellEstimate e = resting(0.5, 25);
    Collision c = held(e, limits(15, 3.5, 45, NONE));
    assertThat(c.constraints()).containsExactly(ActiveConstraint.VOLTAGE);
    assertThat(c.text())
        .isEqualTo(
            String.format(
                Locale.ROOT,
                "held at zero: voltage limit 3.500 V and cell at %.3f V without current",
                e.voltageVolts()));
  }

  @Test
  void currentAndPowerLimitsOfZero() {
    assertThat(held(resting(0.5, 25), limits(0, 4.2, 45, NONE)).text())
        .isEqualTo("held at zero: current limit 0 A and target 80 %");
    assertThat(held(resting(0.5, 25), limits(15, 4.2, 45, 0)).constraints())
        .containsExactly(ActiveConstraint.POWER);
  }

  @Test
  void anAnodeMarginThatNoCurrentKeeps() {
    CellEstimate e = resting(0.7, 25);
    ChargeLimits limits = new ChargeLimits(15, 4.2, 318.15, 0.15, 0.8, NONE, NONE, 298.15);
    // Graphite near full rests far below the margin.
    assertThat(e.anodePotentialVolts()).isLessThan(0.15);
    Collision c = held(e, limits);
    assertThat(c.constraints()).containsExactly(ActiveConstraint.ANODE_POTENTIAL);
    assertThat(c.text()).startsWith("held at zero: anode margin 150.0 mV and lower bound ");
  }

  @Test
  void severalAreNamedTogether() {
    Collision c = held(resting(0.5, 34.2), limits(0, 3.5, 30, NONE));
    assertThat(c.constraints())
        .containsExactly(
            ActiveConstraint.CURRENT, ActiveConstraint.TEMPERATURE, ActiveConstraint.VOLTAGE);
    assertThat(c.text()).contains("0 A and target 80 %; temperature limit").doesNotContain(",");
  }

  /** The charge goes on for a while, but cannot end. */
  @Test
  void aTargetAboveWhatTheVoltageLimitAllows() {
    PolicyDecision d = decision(5, ActiveConstraint.VOLTAGE);
    Collision c = collisions.told(d, resting(0.3, 25), limits(15, 3.8, 45, NONE)).collision();
    assertThat(c.constraints()).containsExactly(ActiveConstraint.VOLTAGE);
    assertThat(c.text())
        .startsWith("limits collide: voltage limit 3.800 V and target 80 % where the cell rests");
  }

  @Test
  void aTemperatureLimitBelowTheSurroundings() {
    PolicyDecision d = decision(5, ActiveConstraint.NONE);
    Collision c = collisions.told(d, resting(0.3, 10), limits(15, 4.2, 20, NONE)).collision();
    assertThat(c.text())
        .isEqualTo(
            "limits collide: temperature limit 20.0 °C and surroundings of 25.0 °C without a"
                + " cooler");
  }

  @Test
  void nothingIsSaidWhereNothingCollides() {
    PolicyDecision charging = decision(5, ActiveConstraint.ANODE_POTENTIAL);
    assertThat(collisions.told(charging, resting(0.3, 25), usual())).isSameAs(charging);
    PolicyDecision waiting = decision(0, ActiveConstraint.SCHEDULE);
    assertThat(collisions.told(waiting, resting(0.3, 25), usual())).isSameAs(waiting);
    PolicyDecision done = decision(0, ActiveConstraint.TARGET_SOC);
    assertThat(collisions.told(done, resting(0.8, 25), limits(0, 3.5, 20, 0))).isSameAs(done);
    PolicyDecision blind = decision(0, ActiveConstraint.NONE);
    CellEstimate invalid = Beliefs.invalid(resting(0.5, 50));
    assertThat(collisions.told(blind, invalid, usual())).isSameAs(blind);
  }

  @ParameterizedTest
  @ValueSource(strings = {"mpc", "rider", "inversion", "map", "cccv:1"})
  void everyPolicyNamesThem(String name) {
    PolicyContext context = new PolicyContext(CELL, 1.0, 0.3, 298.15, usual(), NanoClock.SYSTEM, 0);
    try (ChargingPolicy policy = Policies.create(PolicySpec.named(name), context)) {
      PolicyDecision free = policy.next(resting(0.3, 25), usual());
      assertThat(free.chargeCurrentAmps()).isPositive();
      assertThat(free.collision()).isEqualTo(Collision.NONE);
    }
    // A policy of its own: some filter the temperature, and this cell has always been warm.
    try (ChargingPolicy policy = Policies.create(PolicySpec.named(name), context)) {
      PolicyDecision d = policy.next(resting(0.5, 34.2), limits(15, 4.2, 30, NONE));
      assertThat(d.chargeCurrentAmps()).isZero();
      assertThat(d.collision().text())
          .isEqualTo("held at zero: temperature limit 30.0 °C and battery at 34.2 °C");
    }
  }

  /** A cell at rest is 10 mV above its limit, of which a plan keeps 2 mV: no current helps. */
  @Test
  void aPlanThatCannotKeepASoftLimitTellsByHowMuch() {
    try (MpcPolicy policy =
        new MpcPolicy(
            MODEL, CurrentMap.cached(CELL, 0, 15), MpcSettings.DEFAULT, NanoClock.SYSTEM, 0)) {
      PolicyDecision kept = policy.next(resting(0.3, 25), usual());
      assertThat(kept.source()).isEqualTo(DecisionSource.MPC);
      assertThat(kept.slack()).isEqualTo(SlackUse.NONE);
      CellEstimate full = resting(0.5, 25);
      double limit = full.voltageVolts() - 0.010;
      // A plan sheds a quarter of the current limit in a decision: after five only zero is left.
      PolicyDecision d = kept;
      for (int i = 0; i < 5; i++) {
        d = policy.next(full, limits(15, limit, 45, NONE));
      }
      assertThat(d.source()).isEqualTo(DecisionSource.MPC);
      assertThat(d.chargeCurrentAmps()).isZero();
      // The model's voltage at rest stays within a tenth of a millivolt.
      assertThat(d.slack().voltageVolts()).isCloseTo(0.012, within(1e-4));
      assertThat(d.slack().anodePotentialVolts()).isZero();
      assertThat(d.slack().temperatureKelvin()).isZero();
      assertThat(d.slack().text()).isEqualTo("voltage 12.0 mV");
      assertThat(d.collision().constraints()).containsExactly(ActiveConstraint.VOLTAGE);
    }
  }
}
