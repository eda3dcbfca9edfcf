package dev.anodyne.controller.safety;

import static dev.anodyne.controller.Images.BATTERY;
import static dev.anodyne.controller.Images.CHARGER;
import static dev.anodyne.controller.Images.LAYOUT;
import static dev.anodyne.controller.Images.sample;
import static dev.anodyne.controller.Images.up;
import static dev.anodyne.controller.Images.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.Quality;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What lowers the current without stopping it: caps, deratings and ramps. */
class GuardCapTest extends GuardFixture {
  static Stream<Arguments> caps() {
    double volts = sample(11, 10).voltageVolts();
    return Stream.of(
        Arguments.of(
            CHARGER, battery(4, Double.POSITIVE_INFINITY), 4.0, GuardReason.VEHICLE_CURRENT),
        Arguments.of(CHARGER, battery(0, 100), 0.0, GuardReason.VEHICLE_CURRENT),
        Arguments.of(CHARGER, battery(15, 78), 78 / volts, GuardReason.VEHICLE_POWER),
        Arguments.of(CHARGER, battery(15, 0), 0.0, GuardReason.VEHICLE_POWER),
        Arguments.of(
            new ChargerCapabilities(8, 17.2, 6, 300, 20),
            BATTERY,
            6.0,
            GuardReason.CHARGER_CURRENT),
        Arguments.of(
            new ChargerCapabilities(8, 17.2, 15, 62, 20),
            BATTERY,
            62 / volts,
            GuardReason.CHARGER_POWER));
  }

  private static BatteryLimits battery(double amps, double watts) {
    return new BatteryLimits(amps, 16.9, 4.2, 318.15, watts);
  }

  @ParameterizedTest
  @MethodSource("caps")
  void vehicleAndChargerCapTheCommand(
      ChargerCapabilities charger, BatteryLimits battery, double amps, GuardReason reason) {
    charging();
    ChargerStatus status = with(with(up(11, 10), charger), battery);
    GuardVerdict verdict = guard.recheck(status, command(10, 10), nanos(11));
    assertThat(verdict.allowedAmps()).isCloseTo(amps, within(1e-12));
    assertThat(verdict.reason()).isEqualTo(reason);
    // A cap is not a trip: when it goes, the same decision holds again.
    assertThat(guard.recheck(up(11.5, amps), command(10, 10), nanos(11.5)).allowedAmps())
        .isEqualTo(10);
  }

  @Test
  void theSitesOwnLimitCapsTheCommand() {
    Guard site = new Guard(GuardSettings.of(LAYOUT, 4.2, 318.15).withMaxCurrentAmps(7));
    GuardVerdict verdict = site.admit(up(9, 0), command(10, 9), nanos(9), nanos(9));
    assertThat(verdict.allowedAmps()).isEqualTo(7);
    assertThat(verdict.reason()).isEqualTo(GuardReason.SITE_CURRENT);
  }

  @Test
  void theVoltageCeilingIsCappedByVehicleAndCharger() {
    charging();
    CurrentCommand wild = new CurrentCommand(10, 40, nanos(13));
    assertThat(guard.admit(up(11, 10), wild, nanos(11), nanos(11)).voltageCeilingVolts())
        .isEqualTo(16.9);
    ChargerStatus low = with(up(11.5, 10), new ChargerCapabilities(8, 16.5, 15, 300, 20));
    assertThat(guard.admit(low, wild, nanos(11.5), nanos(11.5)).voltageCeilingVolts())
        .isEqualTo(16.5);
    CurrentCommand broken = new CurrentCommand(10, Double.NaN, nanos(14));
    assertThat(guard.admit(up(12, 10), broken, nanos(12), nanos(12)).voltageCeilingVolts())
        .isZero();
  }

  @Test
  void closeAboveALimitTheCurrentIsReducedInProportion() {
    charging();
    // Half way between +10 mV and +50 mV: half the current.
    GuardVerdict volts = admit(up(measured(10, 16.8, 4.19, 4.23, 298, 299)), 10, 11);
    assertThat(volts.allowedAmps()).isCloseTo(5, within(1e-9));
    assertThat(volts.reason()).isEqualTo(GuardReason.VOLTAGE_DERATING);

    Guard warm = new Guard(GuardSettings.of(LAYOUT, 4.2, 297.75));
    // 299 K is 1.25 K above the limit, half way between 0.5 K and 2 K.
    GuardVerdict heat =
        warm.admit(
            up(measured(10, 15.6, 3.9, 3.9, 298, 299)), command(10, 11), nanos(11), nanos(11));
    assertThat(heat.allowedAmps()).isCloseTo(5, within(1e-9));
    assertThat(heat.reason()).isEqualTo(GuardReason.TEMPERATURE_DERATING);
  }

  @Test
  void afterOverTemperatureTheCellMustBeBackInsideItsLimit() {
    Guard hot = new Guard(GuardSettings.of(LAYOUT, 4.2, 298.0));
    hot.admit(up(9, 0), command(10, 9), nanos(9), nanos(9));
    assertThat(at(hot, 10, 300.5).reason()).isEqualTo(GuardReason.OVER_TEMPERATURE);
    assertThat(at(hot, 11, 299.0).reason()).isEqualTo(GuardReason.OVER_TEMPERATURE);
    assertThat(at(hot, 12, 297.9).allowedAmps()).isEqualTo(10);
  }

  private static GuardVerdict at(Guard guard, double seconds, double kelvin) {
    Measurement m =
        new Measurement(nanos(seconds), 0, 15.6, 297, 3.9, 3.9, 296, kelvin, Quality.GOOD);
    return guard.admit(up(m), command(10, seconds), nanos(seconds), nanos(seconds));
  }

  @Test
  void aChargerThatDoesNotComeDownIsStopped() {
    charging();
    GuardReason reason = GuardReason.NONE;
    double stoppedAt = Double.NaN;
    for (int tick = 1; tick <= 50 && Double.isNaN(stoppedAt); tick++) {
      double now = 10 + tick * 0.1;
      GuardVerdict verdict = admit(up(now, 10), 4, now);
      reason = verdict.reason();
      if (verdict.allowedAmps() == 0) {
        stoppedAt = now;
      }
    }
    assertThat(reason).isEqualTo(GuardReason.OVER_CURRENT);
    // 2 s to answer plus 6 A at 20 A/s.
    assertThat(stoppedAt - 10).isBetween(2.3, 2.7);
    assertThat(admit(up(20, 10), 4, 20).allowedAmps()).isZero();
    assertThat(admit(up(21, 0), 4, 21).allowedAmps()).isEqualTo(4);
  }

  @Test
  void aChargerThatFollowsItsRampIsNotStopped() {
    charging();
    ChargerCapabilities slow = new ChargerCapabilities(8, 17.2, 15, 300, 1);
    for (int tick = 1; tick <= 80; tick++) {
      double now = 10 + tick * 0.1;
      double measured = Math.max(4, 10 - 1.0 * tick * 0.1); // slow, but as fast as it says it can
      assertThat(admit(with(up(now, measured), slow), 4, now).allowedAmps()).isEqualTo(4);
    }
  }

  @Test
  void risesNoFasterThanTheChargerCan() {
    ChargerCapabilities slow = new ChargerCapabilities(8, 17.2, 15, 300, 2);
    assertThat(admit(with(up(9, 0), slow), 10, 9).allowedAmps()).isEqualTo(4); // 2 s window
    GuardVerdict verdict = admit(with(up(10, 4), slow), 10, 10);
    assertThat(verdict.allowedAmps()).isCloseTo(6, within(1e-9));
    assertThat(verdict.reason()).isEqualTo(GuardReason.RAMP);
    // Going down is never held up.
    assertThat(admit(with(up(11, 6), slow), 1, 11).allowedAmps()).isEqualTo(1);
  }
}
