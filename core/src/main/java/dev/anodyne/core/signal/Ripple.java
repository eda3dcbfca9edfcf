package dev.anodyne.core.signal;

/**
 * The alternating current that a charger leaves on its direct current. It is far faster than any
 * sampling of a battery-management system and carries no charge, but every reading of current and
 * voltage catches it at some phase: sampled evenly it appears as a slow beat, not as noise.
 *
 * @param amplitudeAmps peak of the alternating current, A, ≥ 0
 * @param hertz its frequency, Hz: for a rectifier 2 or 6 times the mains frequency
 * @param phaseRadians phase at time zero, rad
 */
public record Ripple(double amplitudeAmps, double hertz, double phaseRadians) {
  /** A clean direct current. */
  public static final Ripple NONE = new Ripple(0, 0, 0);

  public Ripple {
    if (!(amplitudeAmps >= 0 && amplitudeAmps < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "Ripple amplitude " + amplitudeAmps + " A is not a finite number of at least 0.");
    }
    if (!(hertz >= 0 && hertz < Double.POSITIVE_INFINITY) || !Double.isFinite(phaseRadians)) {
      throw new IllegalArgumentException(
          "Ripple frequency "
              + hertz
              + " Hz and phase "
              + phaseRadians
              + " rad; allowed: finite numbers, the frequency at least 0.");
    }
  }

  /** The alternating current at an instant, A, on top of the direct current. */
  public double ampsAt(long timeNanos) {
    return amplitudeAmps == 0.0
        ? 0.0
        : amplitudeAmps * Math.sin(2.0 * Math.PI * hertz * (timeNanos * 1e-9) + phaseRadians);
  }
}
