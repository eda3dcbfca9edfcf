package dev.anodyne.plantsim.charger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.CurrentCommand;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** The power stage on a battery of constant voltage. */
class ChargerElectronicsTest {
  private static final double VOLTS = 15.0;
  private static final double OHMS = 0.1;
  private static final double DT = 0.5;
  private static final long NEVER = Long.MAX_VALUE / 2;
  private static final ChargerCapabilities CAN = new ChargerCapabilities(5, 20, 15, 1000, 10);

  private final ChargerElectronics charger = new ChargerElectronics(ChargerSettings.of(CAN));
  private long now;

  private double run(ChargerElectronics stage, CurrentCommand command, double dt) {
    double amps = stage.prepare(command, now, dt, VOLTS, OHMS, true);
    stage.settle(amps, VOLTS, dt);
    now += Math.round(dt * 1e9);
    return amps;
  }

  private double run(CurrentCommand command, int steps) {
    double amps = charger.currentAmps();
    for (int i = 0; i < steps; i++) {
      amps = run(charger, command, DT);
    }
    return amps;
  }

  private static CurrentCommand command(double amps) {
    return new CurrentCommand(amps, 16.8, NEVER);
  }

  @Property(tries = 200)
  void neitherRampNorSetpointNorCapabilityIsEverPassed(
      @ForAll @Size(20) double @DoubleRange(min = 0, max = 30) [] wanted,
      @ForAll @DoubleRange(min = 0, max = 3) double timeConstant,
      @ForAll @DoubleRange(min = 0.01, max = 2) double dt) {
    ChargerElectronics stage =
        new ChargerElectronics(ChargerSettings.of(CAN).withTimeConstantSeconds(timeConstant));
    double before = 0;
    for (double amps : wanted) {
      for (int i = 0; i < 3; i++) {
        double now = run(stage, command(amps), dt);
        double target = Math.min(amps, CAN.maxCurrentAmps());
        assertThat(Math.abs(now - before))
            .isLessThanOrEqualTo(CAN.maxRampAmpsPerSecond() * dt + 1e-9); // rounding
        assertThat(now).isBetween(Math.min(before, target) - 0.01, Math.max(before, target));
        assertThat(now).isLessThanOrEqualTo(CAN.maxCurrentAmps());
        before = now;
      }
    }
  }

  @Test
  void reachesItsSetpointExactlyAndStays() {
    assertThat(run(command(12.34), 20)).isEqualTo(12.34);
  }

  @Test
  void roundsTheSetpointDownToItsResolution() {
    assertThat(run(command(12.349), 20)).isCloseTo(12.34, within(1e-9));
  }

  @Property(tries = 100)
  void anExpiredCommandIsZeroWithinTheStatedTime(
      @ForAll @DoubleRange(min = 0.1, max = 15) double amps,
      @ForAll @DoubleRange(min = 0.05, max = 3) double statedSeconds,
      @ForAll @DoubleRange(min = 0.05, max = 0.5) double dt) {
    ChargerElectronics stage =
        new ChargerElectronics(ChargerSettings.of(CAN).withExpiryRampSeconds(statedSeconds));
    now = 0;
    long expiry = 5_000_000_000L;
    CurrentCommand command = new CurrentCommand(amps, 16.8, expiry);
    double before = 0;
    while (now < expiry) {
      before = run(stage, command, dt);
    }
    while ((now - expiry) * 1e-9 < statedSeconds) {
      double after = run(stage, command, dt);
      assertThat(after).isLessThanOrEqualTo(before); // never up again
      before = after;
    }
    assertThat(stage.currentAmps()).isZero();
  }

  @Test
  void aZeroCommandStopsTheChargeAlongTheRamp() {
    run(command(15), 20);
    CurrentCommand zero = CurrentCommand.zero(NEVER);
    assertThat(run(zero, 1)).isCloseTo(15 - 10 * DT, within(1e-9)); // 10 A/s
    assertThat(run(zero, 4)).isZero();
  }

  @Test
  void powerIsNotPassedEvenWhenTheVoltageRisesWithTheCurrent() {
    ChargerElectronics stage =
        new ChargerElectronics(
            ChargerSettings.of(new ChargerCapabilities(5, 20, 15, 100, 1000))
                .withTimeConstantSeconds(0)
                .withResolutionAmps(0));
    double amps = stage.prepare(command(15), 0, DT, VOLTS, OHMS, true);
    assertThat(amps * (VOLTS + OHMS * amps)).isCloseTo(100, within(1e-9)); // V = V₀ + R·I
  }

  @Test
  void nothingFlowsIntoABatteryBelowTheLowestVoltageOrWithoutAValidNumber() {
    assertThat(charger.prepare(command(10), 0, DT, 4.9, OHMS, true)).isZero();
    assertThat(run(command(Double.NaN), 1)).isZero();
    assertThat(run(command(-5), 1)).isZero();
  }

  @Test
  void aFaultStopsTheChargeWithinTheStatedTime() {
    run(command(10), 20);
    for (int i = 0; i < 2; i++) { // 1 s in all
      charger.settle(charger.prepare(command(10), now, DT, VOLTS, OHMS, false), VOLTS, DT);
    }
    assertThat(charger.currentAmps()).isZero();
  }

  @Test
  void injectedMisbehaviourDoesWhatItSays() {
    run(command(10), 20);
    charger.inject(ChargerFaultInjection.NONE.withIgnoresStop(true));
    assertThat(run(CurrentCommand.zero(NEVER), 10)).isEqualTo(10);
    assertThat(run(new CurrentCommand(10, 16.8, now - 1), 10)).isEqualTo(10);

    charger.inject(ChargerFaultInjection.NONE.withDeliveryFactor(1.2));
    assertThat(run(command(10), 20)).isCloseTo(12, within(1e-9));

    charger.inject(ChargerFaultInjection.NONE.withStuck(true));
    assertThat(run(command(3), 20)).isCloseTo(12, within(1e-9));

    charger.inject(ChargerFaultInjection.NONE.withRampFactor(0.1));
    assertThat(run(command(3), 1)).isCloseTo(12 - 0.1 * 10 * DT, within(1e-9));

    charger.inject(ChargerFaultInjection.NONE.withIgnoresVoltageCeiling(true));
    run(command(3), 1);
    assertThat(charger.ceilingVolts()).isEqualTo(CAN.maxVoltageVolts());
    charger.inject(ChargerFaultInjection.NONE);
    run(command(3), 1);
    assertThat(charger.ceilingVolts()).isEqualTo(16.8);
  }

  @Test
  void countsEnergyAndLosses() {
    run(command(10), 20);
    double before = charger.deliveredJoules();
    run(command(10), 2);
    assertThat(charger.deliveredJoules() - before).isCloseTo(150.0, within(1e-9)); // 150 W · 1 s
    assertThat(charger.gridPowerWatts()).isCloseTo(150 / 0.95, within(1e-9));
  }
}
