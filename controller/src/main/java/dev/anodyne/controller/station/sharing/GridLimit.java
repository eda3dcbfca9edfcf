package dev.anodyne.controller.station.sharing;

import dev.anodyne.core.charging.StepSeries;

/**
 * What the grid connection gives: what is configured, by time where that is known, and what an
 * operator or the grid's operator has set from outside, which may run out. After that a safe value
 * counts until the next limit is set or the last one is taken back. Immutable.
 *
 * @param configured by time since the origin, W
 * @param originNanos where its seconds begin
 * @param externalWatts set from outside, W; +∞ without
 * @param externalUntilNanos when it runs out; without meaning when it does not
 * @param expires whether it runs out
 * @param safeWatts what counts after it has run out, W
 */
public record GridLimit(
    StepSeries configured,
    long originNanos,
    double externalWatts,
    long externalUntilNanos,
    boolean expires,
    double safeWatts) {
  private static final double NANOS = 1e9;

  /** A month: longer is better said without an end. */
  public static final double LONGEST_SECONDS = 31 * 86_400.0;

  /** What is set from outside, seen at one moment. */
  public enum External {
    /** Nothing. */
    NONE,
    /** A limit counts. */
    IN_FORCE,
    /** One has run out; the safe value counts. */
    EXPIRED
  }

  /** A configured limit, and nothing from outside. */
  public static GridLimit of(StepSeries configured, long originNanos, double safeWatts) {
    return new GridLimit(
        configured, originNanos, Double.POSITIVE_INFINITY, originNanos, false, safeWatts);
  }

  /**
   * The same with a limit from outside.
   *
   * @param watts at least 0, finite
   * @param validForSeconds until it runs out, s; +∞: it never does
   * @throws IllegalArgumentException naming the value and what is allowed
   */
  public GridLimit limited(double watts, double validForSeconds, long nowNanos) {
    if (!(watts >= 0) || Double.isInfinite(watts)) {
      throw new IllegalArgumentException(
          "The grid limit '" + watts + "' is not possible; allowed: a number of at least 0 W.");
    }
    boolean ends = validForSeconds != Double.POSITIVE_INFINITY;
    if (ends && !(validForSeconds > 0 && validForSeconds <= LONGEST_SECONDS)) {
      throw new IllegalArgumentException(
          "validForSeconds is '"
              + validForSeconds
              + "'; allowed: above 0 and at most "
              + Math.round(LONGEST_SECONDS)
              + " s, or nothing for a limit that stays.");
    }
    long until = ends ? nowNanos + Math.round(validForSeconds * NANOS) : nowNanos;
    return new GridLimit(configured, originNanos, watts, until, ends, safeWatts);
  }

  /** The same without a limit from outside. */
  public GridLimit unlimited() {
    return of(configured, originNanos, safeWatts);
  }

  /** The same with what is configured laid out anew. */
  public GridLimit configured(StepSeries series, long newOriginNanos) {
    return new GridLimit(
        series, newOriginNanos, externalWatts, externalUntilNanos, expires, safeWatts);
  }

  /** What is set from outside. */
  public External external(long nowNanos) {
    if (Double.isInfinite(externalWatts)) {
      return External.NONE;
    }
    return expires && nowNanos - externalUntilNanos >= 0 ? External.EXPIRED : External.IN_FORCE;
  }

  /** What counts at a time, W. */
  public double at(long nanos) {
    double own = configured.at(seconds(nanos));
    return switch (external(nanos)) {
      case NONE -> own;
      case IN_FORCE -> Math.min(own, externalWatts);
      case EXPIRED -> Math.min(own, safeWatts);
    };
  }

  /** The lowest that is known to count between two times, W. */
  public double lowest(long fromNanos, long toNanos) {
    double own = configured.min(seconds(fromNanos), seconds(toNanos));
    return Math.min(own, Math.min(at(fromNanos), at(toNanos)));
  }

  private double seconds(long nanos) {
    return (nanos - originNanos) / NANOS;
  }
}
