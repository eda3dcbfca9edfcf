package dev.anodyne.controller.app;

import dev.anodyne.core.charging.NanoClock;

/** A clock that starts at 0 and runs faster or slower than another by a constant factor. */
public final class ScaledClock implements NanoClock {
  private final NanoClock wall;
  private final double speed;
  private final long originNanos;

  /**
   * Starts the clock.
   *
   * @param wall the clock that is scaled
   * @param speed seconds of this clock in a second of {@code wall}, &gt; 0
   */
  public ScaledClock(NanoClock wall, double speed) {
    if (!(speed > 0) || Double.isInfinite(speed)) {
      throw new IllegalArgumentException(
          "Speed " + speed + " is not possible; it must be above 0.");
    }
    this.wall = wall;
    this.speed = speed;
    this.originNanos = wall.nanoTime();
  }

  @Override
  public long nanoTime() {
    long elapsed = wall.nanoTime() - originNanos;
    return speed == 1.0 ? elapsed : Math.round(elapsed * speed);
  }

  /** Seconds of this clock in a second of the other. */
  public double speed() {
    return speed;
  }

  /** How long the other clock takes for an interval of this one, ns. */
  public long wallNanos(long nanos) {
    return Math.round(nanos / speed);
  }
}
