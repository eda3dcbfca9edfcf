package dev.anodyne.controller.session;

import static dev.anodyne.controller.Images.LAYOUT;
import static dev.anodyne.controller.Images.SECOND;
import static dev.anodyne.controller.Images.decision;
import static dev.anodyne.controller.Images.estimate;
import static dev.anodyne.controller.Images.up;
import static dev.anodyne.controller.Images.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.controller.safety.Guard;
import dev.anodyne.controller.safety.GuardSettings;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.StateEstimator;
import dev.anodyne.core.charging.ThermalCapabilities;
import dev.anodyne.core.charging.ThermalCommand;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a decision rests on is what its listener was told, whatever happens meanwhile. */
class DecisionGroundTest {
  private final List<Double> heated = new ArrayList<>();
  private final List<CurrentCommand> applied = new ArrayList<>();
  private final List<ChargeLimits> limits = new ArrayList<>();

  private final StateEstimator estimator =
      new StateEstimator() {
        @Override
        public CellEstimate update(Measurement m, CurrentCommand command) {
          applied.add(command);
          return estimate(m, 0.3);
        }

        @Override
        public void heated(double cellWatts) {
          heated.add(cellWatts);
        }
      };

  private static SessionSettings settings() {
    return new SessionSettings("t", LAYOUT, 0.8, 4.2, 318.15, 15, 0, 298.15, SECOND);
  }

  private ChargeLoop loop() {
    ChargeLoop loop =
        new ChargeLoop(
            settings(),
            estimator,
            (e, l) -> {
              limits.add(l);
              return decision(10).withHeatWatts(2);
            },
            new Guard(GuardSettings.of(LAYOUT, 4.2, 318.15)));
    loop.start(0);
    return loop;
  }

  private static ChargerStatus heatable(double seconds) {
    ChargerStatus s = up(seconds, 10);
    return new ChargerStatus(
        s.link(),
        s.measurement(),
        s.capabilities(),
        s.batteryLimits(),
        s.vehicleConnected(),
        s.faults(),
        s.reason(),
        new ThermalCapabilities(20, 0, 1, 1));
  }

  /** A fault that comes between the beginning of a decision and its estimate ends the heat. */
  @Test
  void aRecheckDuringADecisionChangesNothingThatItRestsOn() {
    ChargeLoop loop = loop();
    loop.cycle(heatable(1), SECOND);
    List<LoopEvent.Deciding> told = new ArrayList<>();
    loop.listen(
        event -> {
          if (event instanceof LoopEvent.Deciding d) {
            told.add(d);
            var unused =
                loop.recheck(with(heatable(2), ChargerFault.POWER_SUPPLY_FAULT), 2 * SECOND + 1);
          }
        });
    loop.decide(heatable(2), 2 * SECOND);
    assertThat(loop.latest().thermal().heatWatts()).as("the recheck ended the heat").isZero();
    assertThat(loop.latest().command().chargeCurrentAmps()).isZero();
    // Four cells of 2 W, as the first cycle commanded.
    assertThat(told.get(0).thermal().heatWatts()).isEqualTo(8);
    assertThat(heated).containsExactly(0.0, 2.0);
    assertThat(applied.get(1)).isEqualTo(told.get(0).applied());
    assertThat(applied.get(1).chargeCurrentAmps()).isEqualTo(10);
  }

  @Test
  void aChangeOfSettingsDuringADecisionCountsFromTheNextOneOn() {
    ChargeLoop loop = loop();
    List<String> order = new ArrayList<>();
    loop.listen(
        event -> {
          order.add(event.getClass().getSimpleName());
          if (event instanceof LoopEvent.Decided d) {
            loop.listen(e -> {});
            loop.change(settings().withTargetSoc(0.6));
          }
        });
    loop.cycle(up(1, 0), SECOND);
    loop.cycle(up(2, 10), 2 * SECOND);
    assertThat(order).containsExactly("Deciding", "Decided");
    assertThat(limits).extracting(ChargeLimits::targetSoc).containsExactly(0.8, 0.6);
  }

  @Test
  void anotherLoopsCommandsCanBeGiven() {
    ChargeLoop loop = loop();
    InForce recorded =
        new InForce(new CurrentCommand(3, 16.8, 2 * SECOND), new ThermalCommand(4, 2 * SECOND));
    Proposal proposal = loop.decide(heatable(1), SECOND, recorded);
    assertThat(applied).containsExactly(recorded.current());
    assertThat(heated).containsExactly(1.0);
    assertThat(proposal.decision().chargeCurrentAmps()).isEqualTo(10);
    // Without a new sample a current may not rise above what was really commanded.
    assertThat(loop.decide(heatable(1), SECOND + 1, recorded).decision().chargeCurrentAmps())
        .isEqualTo(3);
  }
}
