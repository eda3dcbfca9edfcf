package dev.anodyne.controller.safety;

import dev.anodyne.core.charging.PackLayout;

/** Does the charger come down when it is told to? */
final class OverCurrentWatch {
  /** Current sensors and chargers are this accurate at worst. */
  private static final double TOLERANCE_SHARE = 0.05;

  private static final double TOLERANCE_AMPS_PER_CELL = 0.5;

  /** Chargers answer a set-point within this time, ramp not counted. */
  private static final double ANSWER_SECONDS = 2.0;

  private final PackLayout layout;
  private boolean observedBefore;
  private long lastNanos;
  private double overSeconds;
  private double highestExcessAmps;

  OverCurrentWatch(PackLayout layout) {
    this.layout = layout;
  }

  /** Compares the measured current with the one last allowed, both of the battery, A. */
  void observe(double measuredAmps, double allowedAmps, double chargerAmps, long nowNanos) {
    double tolerance =
        Math.max(
            layout.packAmps(TOLERANCE_AMPS_PER_CELL),
            TOLERANCE_SHARE * Math.max(allowedAmps, 0.1 * chargerAmps));
    double excess = measuredAmps - allowedAmps;
    if (observedBefore && excess > tolerance) {
      // The smallest positive time marks the first sight of it.
      overSeconds += Math.max((nowNanos - lastNanos) * 1e-9, Double.MIN_NORMAL);
      highestExcessAmps = Math.max(highestExcessAmps, excess);
    } else {
      overSeconds = 0;
      highestExcessAmps = 0;
    }
    observedBefore = true;
    lastNanos = nowNanos;
  }

  /** True while more flows than is allowed. */
  boolean isOver() {
    return overSeconds > 0;
  }

  /** True when the charger has had time to answer and to ramp down, and did not. */
  boolean isTooLong(double rampAmpsPerSecond) {
    return overSeconds > ANSWER_SECONDS + highestExcessAmps / rampAmpsPerSecond;
  }
}
