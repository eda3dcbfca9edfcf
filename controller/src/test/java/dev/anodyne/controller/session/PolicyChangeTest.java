package dev.anodyne.controller.session;

import static dev.anodyne.controller.Images.LAYOUT;
import static dev.anodyne.controller.Images.SECOND;
import static dev.anodyne.controller.Images.decision;
import static dev.anodyne.controller.Images.estimate;
import static dev.anodyne.controller.Images.planned;
import static dev.anodyne.controller.Images.up;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.safety.GuardSettings;
import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargingPolicy;
import dev.anodyne.core.charging.PolicyDecision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** Another policy takes over in a running charge. */
class PolicyChangeTest {
  /** 2 % of 15 A a second. */
  private static final double RISE = 0.3;

  private final List<LoopEvent> events = new ArrayList<>();

  /** A policy that does what it is told, and tells what happens to it. */
  private static final class Told implements ChargingPolicy {
    final Supplier<PolicyDecision> wish;
    ChargingPolicy predecessor;
    boolean closed;

    Told(Supplier<PolicyDecision> wish) {
      this.wish = wish;
    }

    @Override
    public PolicyDecision next(CellEstimate estimate, ChargeLimits limits) {
      assertThat(closed).as("a closed policy is asked").isFalse();
      return wish.get();
    }

    @Override
    public void takeOver(ChargingPolicy other) {
      predecessor = other;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private ChargeLoop loop(ChargingPolicy policy) {
    SessionSettings settings =
        new SessionSettings("t", LAYOUT, 0.8, 4.2, 318.15, 15, 0, 298.15, SECOND);
    ChargeLoop loop =
        new ChargeLoop(
            settings,
            (m, command) -> estimate(m, 0.3),
            policy,
            new Guard(GuardSettings.of(LAYOUT, 4.2, 318.15)));
    loop.listen(events::add);
    loop.start(0);
    return loop;
  }

  private static double amps(ChargeLoop loop, int second) {
    double flowing = loop.latest() == null ? 0 : loop.latest().command().chargeCurrentAmps();
    return loop.cycle(up(second, flowing), second * SECOND).command().chargeCurrentAmps();
  }

  @Test
  void aRiseIsSpreadOverTimeAndThenLetGo() {
    Told old = new Told(() -> decision(5));
    Told fresh = new Told(() -> decision(6));
    ChargeLoop loop = loop(old);
    assertThat(amps(loop, 1)).isEqualTo(5);
    loop.change(fresh, "fresh");
    assertThat(old.closed).as("the old one decides until the next period").isFalse();
    List<Double> after = new ArrayList<>();
    for (int s = 2; s <= 7; s++) {
      after.add(amps(loop, s));
    }
    assertThat(old.closed).isTrue();
    assertThat(fresh.predecessor).isSameAs(old);
    assertThat(after.get(0)).as("the period of the change").isEqualTo(5);
    for (int i = 1; i < after.size(); i++) {
      // 1e-9: rounding of sums.
      assertThat(after.get(i) - after.get(i - 1)).isBetween(0.0, RISE + 1e-9);
    }
    assertThat(after.get(5)).isEqualTo(6);
    assertThat(loop.latest().activeConstraint()).isEqualTo(ActiveConstraint.ANODE_POTENTIAL);
  }

  @Test
  void afterwardsThePolicyIsFree() {
    double[] wish = {5};
    Told fresh = new Told(() -> decision(wish[0]));
    ChargeLoop loop = loop(new Told(() -> decision(5)));
    amps(loop, 1);
    loop.change(fresh, "fresh");
    amps(loop, 2);
    wish[0] = 12;
    assertThat(amps(loop, 3)).isEqualTo(12);
  }

  @Test
  void aFallCountsAtOnce() {
    ChargeLoop loop = loop(new Told(() -> decision(10)));
    amps(loop, 1);
    loop.change(new Told(() -> decision(3)), "fresh");
    assertThat(amps(loop, 2)).isEqualTo(3);
  }

  @Test
  void whatALateDecisionFallsBackOnRisesNoFaster() {
    ChargeLoop loop = loop(new Told(() -> decision(5)));
    amps(loop, 1);
    loop.change(new Told(() -> planned(12, 12, 12)), "fresh");
    amps(loop, 2);
    LoopRecord late = loop.withoutDecision(up(4, 5), 4 * SECOND);
    assertThat(late.command().chargeCurrentAmps()).isBetween(5.0, 5 + 2 * RISE + 1e-9);
  }

  @Test
  void aPolicyThatFailsLeavesTheSeatToTheOldOne() {
    Told old = new Told(() -> decision(5));
    Told broken =
        new Told(
            () -> {
              throw new IllegalStateException("broken");
            });
    ChargeLoop loop = loop(old);
    amps(loop, 1);
    loop.change(broken, "broken");
    assertThat(amps(loop, 2)).isEqualTo(5);
    assertThat(amps(loop, 3)).isEqualTo(5);
    assertThat(broken.closed).isTrue();
    assertThat(old.closed).isFalse();
  }

  @Test
  void ofTwoOffersTheLaterCountsAndNoneLeaks() {
    Told first = new Told(() -> decision(1));
    Told second = new Told(() -> decision(5));
    Told unused = new Told(() -> decision(5));
    ChargeLoop loop = loop(new Told(() -> decision(5)));
    amps(loop, 1);
    loop.change(first, "first");
    loop.change(second, "second");
    assertThat(first.closed).isTrue();
    assertThat(amps(loop, 2)).isCloseTo(5, within(1e-12));
    assertThat(events).filteredOn(e -> e instanceof LoopEvent.PolicyChanged).hasSize(1);
    int change = events.indexOf(new LoopEvent.PolicyChanged("second"));
    assertThat(events.get(change + 1)).isInstanceOf(LoopEvent.Deciding.class);
    loop.change(unused, "unused");
    loop.close();
    assertThat(second.closed).isTrue();
    assertThat(unused.closed).isTrue();
  }

  @Test
  void beforeAnyCurrentFlowsThereIsNothingToRiseFrom() {
    ChargeLoop loop = loop(new Told(() -> decision(5)));
    loop.change(new Told(() -> decision(9)), "fresh");
    assertThat(amps(loop, 1)).isEqualTo(9);
  }
}
