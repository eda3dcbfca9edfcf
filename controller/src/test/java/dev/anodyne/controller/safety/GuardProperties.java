package dev.anodyne.controller.safety;

import static dev.anodyne.controller.Images.LAYOUT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.Quality;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever arrives, in whatever order: the output is a number, ≥ 0, and never above the input. */
class GuardProperties {
  private static final double[] NASTY = {
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    -1,
    0,
    -0.0,
    Double.MIN_VALUE,
    Double.MAX_VALUE
  };

  @Property(tries = 3000)
  void onlyEverLowers(@ForAll long seed) {
    Random random = new Random(seed);
    Guard guard = new Guard(GuardSettings.of(LAYOUT, 4.2, 318.15));
    long now = random.nextLong() / 4;
    for (int step = 0; step < 40; step++) {
      now += (long) (random.nextDouble() * 2e9);
      ChargerStatus status = status(random, now);
      double amps = value(random, random.nextDouble() * 20);
      CurrentCommand command =
          new CurrentCommand(
              amps, value(random, 16.8), now + (long) ((random.nextDouble() - 0.1) * 3e9));
      GuardVerdict verdict =
          random.nextBoolean()
              ? guard.admit(status, command, now, now)
              : guard.recheck(status, command, now);
      check(verdict, command, status);
    }
  }

  private static void check(GuardVerdict verdict, CurrentCommand command, ChargerStatus status) {
    double input = command.chargeCurrentAmps();
    assertThat(Double.isFinite(verdict.allowedAmps())).isTrue();
    assertThat(verdict.allowedAmps()).isGreaterThanOrEqualTo(0);
    assertThat(verdict.allowedAmps()).isLessThanOrEqualTo(input >= 0 ? input : 0);
    assertThat(Double.isNaN(verdict.voltageCeilingVolts())).isFalse();
    if (verdict.allowedAmps() > 0) {
      BatteryLimits battery = status.batteryLimits();
      ChargerCapabilities charger = status.capabilities();
      assertThat(status.link()).isEqualTo(LinkState.UP);
      assertThat(status.measurement().isUsable()).isTrue();
      assertThat(verdict.allowedAmps()).isLessThanOrEqualTo(battery.targetCurrentAmps());
      assertThat(verdict.allowedAmps()).isLessThanOrEqualTo(charger.maxCurrentAmps());
      assertThat(verdict.voltageCeilingVolts()).isLessThanOrEqualTo(battery.maxVoltageVolts());
      assertThat(verdict.voltageCeilingVolts()).isLessThanOrEqualTo(charger.maxVoltageVolts());
      // One part in 1e12 for the division and the multiplication back.
      assertThat(verdict.allowedAmps() * status.measurement().voltageVolts())
          .isLessThanOrEqualTo(battery.maxPowerWatts() * (1 + 1e-12));
    }
  }

  private static ChargerStatus status(Random random, long now) {
    double cell = 3.5 + random.nextDouble() * 0.8;
    Measurement m =
        new Measurement(
            now - (long) (random.nextDouble() * (random.nextInt(8) == 0 ? 5e9 : 1e9)),
            value(random, random.nextDouble() * 15),
            value(random, 4 * cell),
            value(random, 300),
            value(random, cell - 0.01),
            value(random, cell + 0.01),
            value(random, 299),
            value(random, 298 + random.nextDouble() * 22),
            random.nextInt(12) == 0 ? Quality.UNCERTAIN : Quality.GOOD);
    return new ChargerStatus(
        random.nextInt(12) == 0
            ? LinkState.values()[random.nextInt(LinkState.values().length)]
            : LinkState.UP,
        m,
        new ChargerCapabilities(
            value(random, 8),
            value(random, 17.2),
            value(random, 15),
            value(random, 300),
            value(random, 20)),
        new BatteryLimits(
            value(random, random.nextDouble() * 15),
            value(random, 16.9),
            value(random, 4.2),
            value(random, 318.15),
            value(random, 50 + random.nextDouble() * 200)),
        random.nextInt(20) != 0,
        random.nextInt(15) == 0 ? Set.of(ChargerFault.HARDWARE_FAULT) : Set.of(),
        "");
  }

  /** Mostly the sensible value, one time in forty something nasty. */
  private static double value(Random random, double sensible) {
    return random.nextInt(40) == 0 ? NASTY[random.nextInt(NASTY.length)] : sensible;
  }
}
