package dev.anodyne.mpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.NanoClock;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.mpc.baseline.CurrentMap;
import dev.anodyne.mpc.lp.ForwardingLinearProgram;
import dev.anodyne.mpc.lp.LpStatus;
import dev.anodyne.mpc.lp.OrToolsLinearProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MpcPolicyTest {
  private static final double NONE = Double.POSITIVE_INFINITY;
  private static final double KELVIN = 298.15;
  private static final CellParameters CELL = CellParameters.load("lgm50").withHeatTransfer(40);
  private static final CurrentMap MAP = CurrentMap.cached(CELL, 0, 15);

  private static ChargeLimits limits(double amps, double watts, double ramp) {
    return new ChargeLimits(amps, 4.2, 318.15, 0, 0.81, watts, ramp, KELVIN);
  }

  private static final ChargeLimits LIMITS = limits(15, NONE, NONE);

  private static MpcPolicy policy(ChargeProgram.ProgramFactory programs) {
    return new MpcPolicy(
        P2dModel.of(CELL, P2dOptions.CONTROL),
        MAP,
        MpcSettings.DEFAULT,
        NanoClock.SYSTEM,
        0,
        KnownAhead.NOTHING,
        programs);
  }

  private static ClosedLoop loop() {
    return new ClosedLoop(CELL, CELL, 0.1, KELVIN);
  }

  /** GLOP until it is told to fail. */
  private static final class Breakable extends ForwardingLinearProgram {
    LpStatus failure = LpStatus.OPTIMAL;

    Breakable(int variables, int rows) {
      super(new OrToolsLinearProgram(variables, rows));
    }

    @Override
    public LpStatus solve(long timeLimitNanos) {
      return failure == LpStatus.OPTIMAL ? super.solve(timeLimitNanos) : failure;
    }

    @Override
    public LpStatus status() {
      return failure == LpStatus.OPTIMAL ? super.status() : failure;
    }
  }

  /**
   * From rest the model alone says what a current does to the anode, so that the first period uses
   * half of the room that it sees; every measurement frees half of what is left.
   */
  @Test
  void isAtTheFullCurrentWithinSecondsAndSeesTheAnodeComing() {
    try (MpcPolicy policy = policy(OrToolsLinearProgram::new)) {
      ClosedLoop loop = loop();
      PolicyDecision first = policy.next(loop.estimate(), LIMITS);
      assertThat(first.chargeCurrentAmps()).isBetween(7.5, 12.0);
      assertThat(first.activeConstraint()).isEqualTo(ActiveConstraint.ANODE_POTENTIAL);
      assertThat(first.source()).isEqualTo(DecisionSource.MPC);
      assertThat(first.status()).isEqualTo(SolveStatus.OK);
      assertThat(first.voltageCeilingVolts()).isEqualTo(4.2);
    }
    try (MpcPolicy policy = policy(OrToolsLinearProgram::new)) {
      ClosedLoop loop = loop();
      loop.run(policy, LIMITS, 5);
      PolicyDecision sixth = policy.next(loop.estimate(), LIMITS);
      assertThat(sixth.chargeCurrentAmps()).isCloseTo(15.0, within(1e-6));
      assertThat(sixth.activeConstraint()).isEqualTo(ActiveConstraint.CURRENT);
      // The plan lets go before the anode potential is reached and then follows it. A cold start
      // stops with what a dozen programs give: a millivolt five minutes ahead is good enough.
      double[] anode = sixth.plan().anodePotentialVolts();
      double[] amps = sixth.plan().chargeCurrentAmps();
      int last = sixth.plan().length() - 1;
      for (double volts : anode) {
        assertThat(volts).isGreaterThan(-0.001);
      }
      assertThat(anode[last]).isLessThan(0.01);
      assertThat(amps[last]).isLessThan(0.8 * amps[0]);
      assertThat(sixth.plan().secondsAhead()[last]).isCloseTo(300, within(1e-6));
    }
  }

  /**
   * A bound so low that even no current keeps it cannot be kept by any plan; what is unavoidable
   * later must not set the present free. Before the first move had its own ceiling, the current
   * rose here.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.02, 0.1, 0.3, 2.0})
  void neverRaisesTheCurrentWhileTheBoundIsBelowItsLimit(double dropVolts) {
    try (MpcPolicy policy = policy(OrToolsLinearProgram::new)) {
      ClosedLoop loop = loop();
      loop.run(policy, LIMITS, 400);
      double flowing = loop.amps;
      CellEstimate calm = loop.estimate();
      CellEstimate alarmed = withBound(calm, calm.anodePotentialLowerBoundVolts() - dropVolts);
      assertThat(policy.next(alarmed, LIMITS).chargeCurrentAmps()).isLessThan(0.9 * flowing);
    }
  }

  /** A battery that is not understood at all is charged by what is measured: late and slowly. */
  @Test
  void creepsWhereNoCurrentKeepsTheBoundButNotInTheCold() {
    try (MpcPolicy policy = policy(OrToolsLinearProgram::new)) {
      ClosedLoop loop = loop();
      loop.boundVolts = 1.0;
      loop.run(policy, LIMITS, 60);
      assertThat(loop.maxAmps).isZero();
      loop.run(policy, LIMITS, 120);
      assertThat(loop.amps).isEqualTo(0.5);
      assertThat(loop.maxAmps).isEqualTo(0.5);
      assertThat(loop.sources).containsKey(DecisionSource.LOW_CC);
    }
    try (MpcPolicy policy = policy(OrToolsLinearProgram::new)) {
      ClosedLoop cold = new ClosedLoop(CELL, CELL, 0.1, 271.15);
      cold.boundVolts = 1.0;
      cold.run(policy, LIMITS, 120);
      assertThat(cold.maxAmps).isZero();
    }
  }

  private static CellEstimate withBound(CellEstimate e, double boundVolts) {
    return new CellEstimate(
        e.timeNanos(),
        e.valid(),
        e.inRange(),
        e.chargeCurrentAmps(),
        e.voltageVolts(),
        e.temperatureKelvin(),
        e.soc(),
        e.anodePotentialVolts(),
        boundVolts,
        e.anodeSurfaceStoichiometry(),
        e.anodeSurfaceStoichiometryAtSeparator(),
        e.cathodeSurfaceStoichiometry(),
        e.coreTemperatureKelvin(),
        e.voltageBiasVolts(),
        e.twinState());
  }

  @Test
  void sameInputsGiveTheSameCommandsBitForBit() {
    double[][] commands = new double[2][];
    for (int i = 0; i < 2; i++) {
      ClosedLoop loop = loop();
      loop.boundNoiseVolts = 1e-3;
      loop.temperatureNoiseKelvin = 0.2;
      try (MpcPolicy policy = policy(OrToolsLinearProgram::new)) {
        loop.run(policy, LIMITS, 150);
      }
      commands[i] = loop.commands();
    }
    assertThat(commands[0]).hasSize(150).isEqualTo(commands[1]);
  }

  @ParameterizedTest
  @EnumSource(
      value = LpStatus.class,
      names = {"INFEASIBLE", "ABNORMAL", "NOT_FINITE", "TIME_LIMIT"})
  void aFailingSolverTakesTheLadderAndPoisonsNothing(LpStatus failure) {
    List<Breakable> made = new ArrayList<>();
    try (MpcPolicy policy =
            policy(
                (variables, rows) -> {
                  made.add(new Breakable(variables, rows));
                  return made.get(made.size() - 1);
                });
        MpcPolicy healthy = policy(OrToolsLinearProgram::new)) {
      ClosedLoop loop = loop();
      ClosedLoop twin = loop();
      loop.run(policy, LIMITS, 60);
      twin.run(healthy, LIMITS, 60);
      made.forEach(program -> program.failure = failure);
      PolicyDecision broken = policy.next(loop.estimate(), LIMITS);
      assertThat(broken.source()).isEqualTo(DecisionSource.SHIFTED_PLAN);
      assertThat(broken.status()).isEqualTo(failure.toSolveStatus());
      assertThat(broken.plan().length()).isPositive();
      assertThat(broken.chargeCurrentAmps())
          .isCloseTo(healthy.next(twin.estimate(), LIMITS).chargeCurrentAmps(), within(0.3));
      loop.run(policy, LIMITS, 75);
      assertThat(loop.sources).containsKey(DecisionSource.RIDER);
      assertThat(loop.minAnodeVolts).isGreaterThan(-0.0005);
      made.forEach(program -> program.failure = LpStatus.OPTIMAL);
      PolicyDecision again = policy.next(loop.estimate(), LIMITS);
      assertThat(again.source()).isEqualTo(DecisionSource.MPC);
      assertThat(again.status()).isEqualTo(SolveStatus.OK);
    }
  }

  /** From rest a plan's second move counts on what the first has shown: it is no fallback. */
  @Test
  void theRestOfAPlanRisesNoFurtherThanAFirstMoveMay() {
    List<Breakable> made = new ArrayList<>();
    try (MpcPolicy policy =
            policy(
                (variables, rows) -> {
                  made.add(new Breakable(variables, rows));
                  return made.get(made.size() - 1);
                });
        MpcPolicy healthy = policy(OrToolsLinearProgram::new)) {
      ClosedLoop loop = new ClosedLoop(CELL, CELL, 0.5, 298.15);
      ClosedLoop twin = new ClosedLoop(CELL, CELL, 0.5, 298.15);
      loop.run(policy, LIMITS, 1);
      twin.run(healthy, LIMITS, 1);
      made.forEach(program -> program.failure = LpStatus.ABNORMAL);
      PolicyDecision broken = policy.next(loop.estimate(), LIMITS);
      PolicyDecision sound = healthy.next(twin.estimate(), LIMITS);
      assertThat(broken.source()).isEqualTo(DecisionSource.SHIFTED_PLAN);
      assertThat(sound.activeConstraint()).isEqualTo(ActiveConstraint.ANODE_POTENTIAL);
      assertThat(broken.chargeCurrentAmps())
          .isLessThanOrEqualTo(sound.chargeCurrentAmps() + 1e-6)
          .isPositive();
    }
  }

  @Test
  void aMissedDeadlineIsToldAndAnsweredByTheLadder() {
    long[] now = {0};
    long[] tick = {0};
    NanoClock clock = () -> now[0] += tick[0];
    P2dModel model = P2dModel.of(CELL, P2dOptions.CONTROL);
    try (MpcPolicy policy = new MpcPolicy(model, MAP, MpcSettings.DEFAULT, clock, 500_000_000L)) {
      ClosedLoop loop = loop();
      tick[0] = 1_000;
      loop.run(policy, LIMITS, 40);
      assertThat(loop.sources).containsOnlyKeys(DecisionSource.MPC);
      tick[0] = 300_000_000L;
      PolicyDecision late = policy.next(loop.estimate(), LIMITS);
      assertThat(late.status()).isEqualTo(SolveStatus.DEADLINE);
      assertThat(late.source()).isEqualTo(DecisionSource.SHIFTED_PLAN);
      tick[0] = 1_000;
      assertThat(policy.next(loop.estimate(), LIMITS).source()).isEqualTo(DecisionSource.MPC);
    }
  }

  @Test
  void noCurrentWithoutAValidBeliefAndNoneAtTheTarget() {
    try (MpcPolicy policy = policy(OrToolsLinearProgram::new)) {
      ClosedLoop loop = loop();
      loop.run(policy, LIMITS, 10);
      PolicyDecision blind = policy.next(Beliefs.invalid(loop.estimate()), LIMITS);
      assertThat(blind.chargeCurrentAmps()).isZero();
      assertThat(blind.source()).isEqualTo(DecisionSource.ZERO);
      assertThat(blind.plan().length()).isZero();
      assertThat(policy.next(loop.estimate(), LIMITS).source()).isEqualTo(DecisionSource.MPC);
      ChargeLimits done = new ChargeLimits(15, 4.2, 318.15, 0, 0.1, NONE, NONE, KELVIN);
      PolicyDecision end = policy.next(loop.estimate(), done);
      assertThat(end.chargeCurrentAmps()).isZero();
      assertThat(end.activeConstraint()).isEqualTo(ActiveConstraint.TARGET_SOC);
    }
  }

  @Test
  void numbersThatAreNotFiniteNeverBecomeACurrent() {
    ClosedLoop loop = loop();
    CellEstimate good = loop.estimate();
    P2dState broken = loop.twinModel.newState(0.1, KELVIN);
    broken.values()[3] = Double.NaN;
    CellEstimate[] bad = {
      new CellEstimate(
          0,
          true,
          true,
          0,
          3.5,
          KELVIN,
          0.1,
          0.1,
          Double.NaN,
          0,
          0,
          0,
          KELVIN,
          0,
          good.twinState()),
      new CellEstimate(
          0,
          true,
          true,
          0,
          3.5,
          KELVIN,
          0.1,
          0.1,
          0.1,
          0,
          0,
          0,
          KELVIN,
          Double.NaN,
          good.twinState()),
      new CellEstimate(0, true, true, 0, 3.5, KELVIN, 0.1, 0.1, 0.1, 0, 0, 0, KELVIN, 0, broken),
      new CellEstimate(
          0, true, true, 0, Double.NaN, Double.NaN, Double.NaN, 0, 0, 0, 0, 0, 0, 0, broken)
    };
    for (CellEstimate estimate : bad) {
      try (MpcPolicy policy = policy(OrToolsLinearProgram::new)) {
        PolicyDecision decision = policy.next(estimate, LIMITS);
        assertThat(decision.source()).isNotEqualTo(DecisionSource.MPC);
        // The map may not raise a current it cannot see the effect of: at most C/10 from rest.
        assertThat(decision.chargeCurrentAmps()).isBetween(0.0, 0.5);
        assertThat(decision.status().isUsable()).isFalse();
      }
    }
  }

  @Test
  void limitsThatChangeEverySecondAreObeyedAtOnce() {
    Random random = new Random(5);
    ClosedLoop loop = new ClosedLoop(CELL, CELL, 0.4, KELVIN);
    try (MpcPolicy policy = policy(OrToolsLinearProgram::new)) {
      double before = 0;
      for (int t = 0; t < 150; t++) {
        double amps = random.nextInt(4) == 0 ? 0 : 15 * random.nextDouble();
        double watts = random.nextBoolean() ? NONE : 60 * random.nextDouble();
        double ramp = random.nextBoolean() ? NONE : 0.1 + 5 * random.nextDouble();
        ChargeLimits limits = limits(amps, watts, ramp);
        loop.run(policy, limits, t + 1);
        assertThat(loop.amps).isBetween(0.0, amps);
        assertThat(loop.amps).isLessThanOrEqualTo(before + ramp + 1e-9);
        // 0.2 %: voltage noise is absent here, the voltage rises a little within the second.
        assertThat(loop.truth.chargeCurrentAmps * loop.truth.voltageVolts)
            .isLessThanOrEqualTo(1.002 * watts);
        before = loop.amps;
      }
      assertThat(loop.minAnodeVolts).isGreaterThan(-0.0005);
      assertThat(loop.statuses).doesNotContainKey(SolveStatus.INFEASIBLE);
    }
  }

  /**
   * A recording replays in another process, whose policies have warmed up or not: what a warm-up
   * leaves behind must not count, in any bit.
   */
  @Test
  void aPolicyThatWarmedUpDecidesAsOneThatDidNot() {
    P2dModel model = P2dModel.of(CELL, P2dOptions.CONTROL);
    WarmUp.forget();
    try (MpcPolicy first = new MpcPolicy(model, MAP, MpcSettings.DEFAULT, () -> 0, 500_000_000L);
        MpcPolicy second = new MpcPolicy(model, MAP, MpcSettings.DEFAULT, () -> 0, 500_000_000L)) {
      ClosedLoop one = loop();
      ClosedLoop other = loop();
      for (int i = 0; i < 20; i++) {
        PolicyDecision warmed = first.next(one.estimate(), LIMITS);
        PolicyDecision fresh = second.next(other.estimate(), LIMITS);
        assertThat(warmed.chargeCurrentAmps()).isEqualTo(fresh.chargeCurrentAmps()).isPositive();
        one.run(first, LIMITS, 1);
        other.run(second, LIMITS, 1);
      }
    }
  }
}
