package dev.anodyne.controller.safety;

import static dev.anodyne.controller.Images.LAYOUT;
import static dev.anodyne.controller.Images.SECOND;
import static dev.anodyne.controller.Images.up;
import static org.assertj.core.api.Assertions.assertThat;

import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.Quality;

/** A guard of a healthy 4s1p charge, for the tests of its themes. */
abstract class GuardFixture {
  final Guard guard = new Guard(GuardSettings.of(LAYOUT, 4.2, 318.15));

  static CurrentCommand command(double amps, double atSeconds) {
    return new CurrentCommand(amps, 16.8, Math.round((atSeconds + 2.5) * SECOND));
  }

  static long nanos(double seconds) {
    return Math.round(seconds * SECOND);
  }

  GuardVerdict admit(ChargerStatus status, double amps, double seconds) {
    return guard.admit(status, command(amps, seconds), nanos(seconds), nanos(seconds));
  }

  /** Brings the guard to a running charge at 10 A, at 10 s. */
  void charging() {
    admit(up(9, 0), 10, 9);
    assertThat(admit(up(10, 10), 10, 10).allowedAmps()).isEqualTo(10);
  }

  static Measurement measured(
      double amps, double volts, double minV, double maxV, double minT, double maxT) {
    return new Measurement(nanos(11), amps, volts, 298.15, minV, maxV, minT, maxT, Quality.GOOD);
  }
}
