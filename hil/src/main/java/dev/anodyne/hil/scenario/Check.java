package dev.anodyne.hil.scenario;

import dev.anodyne.hil.stl.Formula;
import org.jspecify.annotations.Nullable;

/** What must hold in a run. */
public sealed interface Check {
  /** For results. */
  String name();

  /** A stretch of plant time, s; the end may be +∞ for the end of the run. */
  record Span(double fromSeconds, double toSeconds) {
    /** The whole run. */
    public static final Span WHOLE = new Span(0, Double.POSITIVE_INFINITY);
  }

  /** A formula of signal temporal logic, from the first sample on. */
  record Temporal(String name, Formula formula) implements Check {}

  /**
   * A formula that must hold for a share of the time.
   *
   * @param during where it counts
   * @param share 0–1
   */
  record Share(String name, Formula formula, Span during, double share) implements Check {}

  /**
   * A channel that must follow a reference: at each instant it is within the tolerance of a value
   * that the reference takes within the time tolerance.
   *
   * @param course the reference over plant time; null when it is a channel
   * @param reference the channel that is the reference; empty when it is a course
   * @param tolerance in the channel's unit
   * @param timeToleranceSeconds to both sides, s
   * @param during where it counts
   * @param share of the time, 0–1
   */
  record Follow(
      String name,
      String channel,
      @Nullable Course course,
      String reference,
      double tolerance,
      double timeToleranceSeconds,
      Span during,
      double share)
      implements Check {}
}
