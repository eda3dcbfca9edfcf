package dev.anodyne.controller.safety;

import static dev.anodyne.controller.Images.BATTERY;
import static dev.anodyne.controller.Images.CHARGER;
import static dev.anodyne.controller.Images.LAYOUT;
import static dev.anodyne.controller.Images.SECOND;
import static dev.anodyne.controller.Images.sample;
import static dev.anodyne.controller.Images.unplugged;
import static dev.anodyne.controller.Images.up;
import static dev.anodyne.controller.Images.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.Quality;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GuardTest {
  private final Guard guard = new Guard(GuardSettings.of(LAYOUT, 4.2, 318.15));

  private static CurrentCommand command(double amps, double atSeconds) {
    return new CurrentCommand(amps, 16.8, Math.round((atSeconds + 2.5) * SECOND));
  }

  private static long nanos(double seconds) {
    return Math.round(seconds * SECOND);
  }

  private GuardVerdict admit(ChargerStatus status, double amps, double seconds) {
    return guard.admit(status, command(amps, seconds), nanos(seconds), nanos(seconds));
  }

  /** Brings the guard to a running charge at 10 A, at 10 s. */
  private void charging() {
    admit(up(9, 0), 10, 9);
    assertThat(admit(up(10, 10), 10, 10).allowedAmps()).isEqualTo(10);
  }

  private static Measurement measured(
      double amps, double volts, double minV, double maxV, double minT, double maxT) {
    return new Measurement(nanos(11), amps, volts, 298.15, minV, maxV, minT, maxT, Quality.GOOD);
  }

  @Test
  void letsAHealthyCommandThroughUnchanged() {
    charging();
    GuardVerdict verdict = admit(up(11, 10), 10, 11);
    assertThat(verdict).isEqualTo(new GuardVerdict(10, 16.8, GuardReason.NONE, ""));
  }

  static Stream<Arguments> trips() {
    ChargerStatus ok = up(11, 10);
    Measurement m = ok.measurement();
    return Stream.of(
        Arguments.of(with(ok, LinkState.DOWN, "unplugged"), GuardReason.LINK_DOWN),
        Arguments.of(with(ok, LinkState.CONNECTING, ""), GuardReason.LINK_DOWN),
        Arguments.of(with(ok, LinkState.STALE, "no value for 2 s"), GuardReason.LINK_STALE),
        Arguments.of(unplugged(ok), GuardReason.NOT_CONNECTED),
        Arguments.of(with(ok, ChargerCapabilities.UNKNOWN), GuardReason.CAPABILITIES_UNKNOWN),
        Arguments.of(
            with(ok, new ChargerCapabilities(8, 17, 15, Double.NaN, 20)),
            GuardReason.CAPABILITIES_UNKNOWN),
        Arguments.of(with(ok, BatteryLimits.UNKNOWN), GuardReason.BATTERY_LIMITS_UNKNOWN),
        Arguments.of(
            with(ok, new BatteryLimits(Double.NaN, 17, 4.2, 318, 100)),
            GuardReason.BATTERY_LIMITS_UNKNOWN),
        Arguments.of(
            with(ok, new BatteryLimits(15, 17, 4.2, Double.NaN, 100)),
            GuardReason.BATTERY_LIMITS_UNKNOWN),
        Arguments.of(up(m.withQuality(Quality.UNCERTAIN)), GuardReason.NO_MEASUREMENT),
        Arguments.of(up(m.withQuality(Quality.BAD)), GuardReason.NO_MEASUREMENT),
        Arguments.of(
            up(measured(Double.NaN, 15.6, 3.9, 3.9, 298, 298)), GuardReason.NO_MEASUREMENT),
        Arguments.of(up(8.9, 10), GuardReason.MEASUREMENT_OLD),
        Arguments.of(up(12.5, 10), GuardReason.MEASUREMENT_OLD),
        Arguments.of(up(measured(10, 15.6, 3.9, 5.2, 298, 298)), GuardReason.IMPLAUSIBLE),
        Arguments.of(up(measured(10, 15.6, 0.4, 3.9, 298, 298)), GuardReason.IMPLAUSIBLE),
        Arguments.of(up(measured(10, 15.6, 3.9, 3.8, 298, 298)), GuardReason.IMPLAUSIBLE),
        Arguments.of(up(measured(10, 15.6, 3.9, 3.9, 100, 298)), GuardReason.IMPLAUSIBLE),
        Arguments.of(up(measured(10, 15.6, 3.9, 3.9, 298, 400)), GuardReason.IMPLAUSIBLE),
        Arguments.of(up(measured(10, 14.0, 3.9, 3.9, 298, 298)), GuardReason.IMPLAUSIBLE),
        Arguments.of(up(measured(10, 17.0, 3.9, 3.9, 298, 298)), GuardReason.IMPLAUSIBLE),
        Arguments.of(up(measured(40, 15.6, 3.9, 3.9, 298, 298)), GuardReason.IMPLAUSIBLE),
        Arguments.of(up(measured(10, 11.2, 2.8, 2.8, 298, 298)), GuardReason.JUMP),
        Arguments.of(up(measured(10, 15.6, 3.9, 3.9, 298, 312)), GuardReason.JUMP),
        Arguments.of(up(measured(10, 16.8, 4.1, 4.26, 298, 299)), GuardReason.OVER_VOLTAGE),
        Arguments.of(
            with(up(11, 10), new BatteryLimits(15, 16.9, 3.85, 318, 300)),
            GuardReason.OVER_VOLTAGE),
        Arguments.of(
            with(up(11, 10), new BatteryLimits(15, 15.3, 4.2, 318, 300)), GuardReason.OVER_VOLTAGE),
        Arguments.of(
            with(up(11, 10), new BatteryLimits(15, 16.9, 4.2, 296.5, 300)),
            GuardReason.OVER_TEMPERATURE));
  }

  @ParameterizedTest
  @MethodSource("trips")
  void stopsAtOnceAndStaysStoppedUntilANewDecision(ChargerStatus status, GuardReason reason) {
    charging();
    GuardVerdict verdict = guard.recheck(status, command(10, 10), nanos(11));
    assertThat(verdict.reason()).isEqualTo(reason);
    assertThat(verdict.allowedAmps()).isZero();
    assertThat(verdict.text()).isNotBlank();

    // Values are fine again, but the old command must not be taken up again.
    GuardVerdict after = guard.recheck(up(13, 0), command(10, 11), nanos(13));
    assertThat(after.allowedAmps()).isZero();
    assertThat(after.reason()).isEqualTo(GuardReason.AWAITING_DECISION);

    // A new decision on a new image releases it.
    assertThat(admit(up(14, 0), 10, 14).allowedAmps()).isEqualTo(10);
  }

  @Test
  void aDecisionMadeOnAnImageFromBeforeTheLossIsNotTakenUp() {
    charging();
    guard.recheck(with(up(10.2, 10), LinkState.DOWN, "cable"), command(10, 10), nanos(10.3));
    // Solved on the image of 10.25 s, finished at 11 s with a healthy link.
    GuardVerdict late = guard.admit(up(11, 0), command(10, 11), nanos(10.25), nanos(11));
    assertThat(late.allowedAmps()).isZero();
    assertThat(guard.isTripped()).isTrue();
  }

  @Test
  void aDecisionWithoutAMeasurementNewerThanTheLossIsNotTakenUp() {
    charging();
    guard.recheck(with(up(10.2, 10), LinkState.DOWN, "cable"), command(10, 10), nanos(10.3));
    assertThat(admit(up(10.2, 10), 10, 11).allowedAmps()).isZero();
    assertThat(admit(up(11.1, 0), 10, 11.2).allowedAmps()).isPositive();
  }

  @Test
  void aSilentLossStopsTheCurrentWithinTheStalenessLimitPlusOneTick() {
    charging();
    ChargerStatus silent = up(10, 10);
    double stoppedAt = Double.NaN;
    for (int tick = 1; tick <= 40 && Double.isNaN(stoppedAt); tick++) {
      double now = 10 + tick * 0.1;
      if (guard.recheck(silent, command(10, 10), nanos(now)).allowedAmps() == 0) {
        stoppedAt = now;
      }
    }
    assertThat(stoppedAt - 10).isLessThanOrEqualTo(2.1 + 1e-9);
  }

  @Test
  void frozenValuesWithFreshTimeStampsStopTheCurrent() {
    charging();
    Measurement frozen = sample(10, 10);
    double stoppedAt = Double.NaN;
    for (int tick = 1; tick <= 40 && Double.isNaN(stoppedAt); tick++) {
      double now = 10 + tick * 0.1;
      Measurement again =
          new Measurement(
              nanos(now),
              frozen.chargeCurrentAmps(),
              frozen.voltageVolts(),
              frozen.surfaceTemperatureKelvin(),
              frozen.minCellVoltageVolts(),
              frozen.maxCellVoltageVolts(),
              frozen.minCellTemperatureKelvin(),
              frozen.maxCellTemperatureKelvin(),
              Quality.GOOD);
      GuardVerdict verdict = admit(up(again), 10, now);
      if (verdict.allowedAmps() == 0) {
        assertThat(verdict.reason()).isEqualTo(GuardReason.FROZEN);
        stoppedAt = now;
      }
    }
    // Issue of a loss must be acted on within 3 s.
    assertThat(stoppedAt - 10).isBetween(2.5, 3.0);
    assertThat(admit(up(20, 0), 10, 20).allowedAmps()).isEqualTo(10);
  }

  @Test
  void valuesMayStandStillWhileNoCurrentFlows() {
    admit(up(9, 0), 0, 9);
    Measurement rest = sample(9, 0);
    for (int tick = 1; tick <= 60; tick++) {
      double now = 9 + tick * 0.1;
      Measurement again =
          new Measurement(
              nanos(now),
              0,
              rest.voltageVolts(),
              rest.surfaceTemperatureKelvin(),
              rest.minCellVoltageVolts(),
              rest.maxCellVoltageVolts(),
              rest.minCellTemperatureKelvin(),
              rest.maxCellTemperatureKelvin(),
              Quality.GOOD);
      assertThat(admit(up(again), 0, now).reason()).isEqualTo(GuardReason.NONE);
    }
  }

  @ParameterizedTest
  @EnumSource(ChargerFault.class)
  void everyFaultButAWarningStops(ChargerFault fault) {
    charging();
    GuardVerdict verdict = admit(with(up(11, 10), fault), 10, 11);
    if (fault == ChargerFault.VENDOR_WARNING) {
      assertThat(verdict.allowedAmps()).isEqualTo(10);
    } else {
      assertThat(verdict.reason()).isEqualTo(GuardReason.CHARGER_FAULT);
      assertThat(verdict.allowedAmps()).isZero();
      assertThat(verdict.text()).contains(fault.name());
    }
  }

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

  @Test
  void anExpiredCommandGivesNothing() {
    charging();
    GuardVerdict verdict = guard.recheck(up(12.6, 10), command(10, 10), nanos(12.6));
    assertThat(verdict.reason()).isEqualTo(GuardReason.COMMAND_EXPIRED);
    assertThat(verdict.allowedAmps()).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, -1, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void aCommandThatIsNoCurrentGivesNothing(double amps) {
    charging();
    assertThat(admit(up(11, 10), amps, 11).reason()).isEqualTo(GuardReason.BAD_COMMAND);
    assertThat(admit(up(12, 10), amps, 12).allowedAmps()).isZero();
  }

  @Test
  void aLoneSpikeStopsForOneSampleAndAConfirmedLevelIsBelieved() {
    charging();
    Measurement spike = measured(10, 11.2, 2.8, 2.8, 298, 298);
    assertThat(admit(up(spike), 10, 11).reason()).isEqualTo(GuardReason.JUMP);
    assertThat(admit(up(12, 0), 10, 12).allowedAmps()).isEqualTo(10);

    assertThat(admit(up(at(13, 2.8)), 10, 13).reason()).isEqualTo(GuardReason.JUMP);
    assertThat(admit(up(at(14, 2.81)), 10, 14).allowedAmps()).isEqualTo(10);
  }

  private static Measurement at(double seconds, double cellVolts) {
    return new Measurement(
        nanos(seconds), 0, 4 * cellVolts, 298, cellVolts, cellVolts, 298, 298, Quality.GOOD);
  }

  @Test
  void nothingIsAllowedBeforeTheFirstDecision() {
    assertThat(guard.recheck(up(9, 0), command(10, 9), nanos(9)).reason())
        .isEqualTo(GuardReason.AWAITING_DECISION);
  }

  @Test
  void badSettingsAreRefused() {
    assertThatThrownBy(() -> GuardSettings.of(LAYOUT, Double.NaN, 318))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("maxCellVoltageVolts");
  }
}
