package dev.anodyne.controller.safety;

import static dev.anodyne.controller.Images.sample;
import static dev.anodyne.controller.Images.unplugged;
import static dev.anodyne.controller.Images.up;
import static dev.anodyne.controller.Images.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.Quality;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What stops the current at once, and what it takes to go on. */
class GuardTripTest extends GuardFixture {
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
}
