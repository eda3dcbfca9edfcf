package dev.anodyne.controller.safety;

import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.charging.ThermalCapabilities;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

/** Heater and cooler are off whenever anything is wrong, and never reach a limit. */
class ThermalGuardTest {
  private static final double LIMIT = 318.15;
  private static final ThermalGuard GUARD = new ThermalGuard(LIMIT);
  private static final GuardVerdict CLEAN = new GuardVerdict(5, 4.2, GuardReason.NONE, "");

  @Test
  void letsThroughWhatIsFine() {
    assertThat(watts(280, 10)).isEqualTo(10);
    assertThat(watts(280, 50)).isEqualTo(20);
    assertThat(watts(310, -50)).isEqualTo(-15);
    assertThat(GUARD.admit(status(280), CLEAN, 10, 77).validUntilNanos()).isEqualTo(77);
  }

  @Test
  void isOffWhenAnythingIsWrong() {
    ChargerStatus fine = status(280);
    for (LinkState link : LinkState.values()) {
      double expected = link == LinkState.UP ? 10 : 0;
      assertThat(watts(with(fine, link, Quality.GOOD, true, Set.of()), CLEAN)).isEqualTo(expected);
    }
    for (Quality quality : Quality.values()) {
      double expected = quality == Quality.GOOD ? 10 : 0;
      assertThat(watts(with(fine, LinkState.UP, quality, true, Set.of()), CLEAN))
          .isEqualTo(expected);
    }
    for (ChargerFault fault : ChargerFault.values()) {
      double expected = fault == ChargerFault.VENDOR_WARNING ? 10 : 0;
      assertThat(watts(with(fine, LinkState.UP, Quality.GOOD, true, Set.of(fault)), CLEAN))
          .isEqualTo(expected);
    }
    assertThat(watts(with(fine, LinkState.UP, Quality.GOOD, false, Set.of()), CLEAN)).isZero();
    for (GuardReason reason : GuardReason.values()) {
      double expected = reason.isTrip() ? 0 : 10;
      assertThat(watts(fine, new GuardVerdict(0, 0, reason, ""))).isEqualTo(expected);
    }
    assertThat(watts(Double.NaN, 10)).isZero();
    assertThat(watts(280, Double.NaN)).isZero();
  }

  @Property(tries = 200)
  void neverHeatsNearTheLimitNorCoolsNearFreezing(
      @ForAll @DoubleRange(min = 230, max = 360) double kelvin,
      @ForAll @DoubleRange(min = -100, max = 100) double wanted) {
    double watts = watts(kelvin, wanted);
    assertThat(Math.abs(watts)).isLessThanOrEqualTo(Math.abs(wanted));
    assertThat(watts * wanted).isGreaterThanOrEqualTo(0);
    if (kelvin >= LIMIT - 1) {
      assertThat(watts).isLessThanOrEqualTo(0);
    }
    if (kelvin <= 283.15) {
      assertThat(watts).isGreaterThanOrEqualTo(0);
    }
  }

  @Test
  void theBatterysOwnLimitCountsToo() {
    ChargerStatus tender =
        new ChargerStatus(
            LinkState.UP,
            Measurement.ofCell(0, 0, 3.6, 300, Quality.GOOD),
            new ChargerCapabilities(1, 5, 15, 80, 15),
            new BatteryLimits(15, 4.2, 4.2, 300.5, 63),
            true,
            Set.of(),
            "",
            new ThermalCapabilities(20, 15, 1, 2));
    assertThat(GUARD.admit(tender, CLEAN, 10, 0).heatWatts()).isZero();
  }

  private static double watts(double kelvin, double wanted) {
    return GUARD.admit(status(kelvin), CLEAN, wanted, 0).heatWatts();
  }

  private static double watts(ChargerStatus status, GuardVerdict verdict) {
    return GUARD.admit(status, verdict, 10, 0).heatWatts();
  }

  private static ChargerStatus status(double kelvin) {
    return new ChargerStatus(
        LinkState.UP,
        Measurement.ofCell(0, 0, 3.6, kelvin, Quality.GOOD),
        new ChargerCapabilities(1, 5, 15, 80, 15),
        new BatteryLimits(15, 4.2, 4.2, LIMIT, 63),
        true,
        Set.of(),
        "",
        new ThermalCapabilities(20, 15, 1, 2));
  }

  private static ChargerStatus with(
      ChargerStatus s,
      LinkState link,
      Quality quality,
      boolean connected,
      Set<ChargerFault> faults) {
    return new ChargerStatus(
        link,
        s.measurement().withQuality(quality),
        s.capabilities(),
        s.batteryLimits(),
        connected,
        faults,
        "",
        s.thermal());
  }
}
