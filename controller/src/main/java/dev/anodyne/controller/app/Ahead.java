package dev.anodyne.controller.app;

import dev.anodyne.core.charging.StepSeries;
import dev.anodyne.mpc.Outlook;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What is known about the time ahead, seen from later than when it was told. */
final class Ahead {
  private Ahead() {}

  /**
   * The outlook after some time.
   *
   * @param departure when the battery is fetched, which may have changed; null when nobody knows. A
   *     departure that has passed meanwhile: as soon as can be
   */
  static Outlook of(Outlook told, Instant then, Instant now, @Nullable Instant departure) {
    double elapsed = seconds(then, now);
    return new Outlook(
        departure == null ? Double.POSITIVE_INFINITY : Math.max(1.0, seconds(now, departure)),
        later(told.pricePerKilowattHour(), elapsed),
        later(told.maxPowerWatts(), elapsed));
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() * 1e-3;
  }

  private static StepSeries later(StepSeries series, double elapsed) {
    double[] from = new double[series.length()];
    double[] values = new double[from.length];
    for (int i = 0; i < from.length; i++) {
      from[i] = series.fromSeconds(i) - elapsed;
      values[i] = series.value(i);
    }
    return StepSeries.of(from, values, series.otherwise());
  }
}
