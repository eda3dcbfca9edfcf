package dev.anodyne.hil.scenario;

/**
 * One fault of a scenario.
 *
 * @param id how checks call it: {@code fault(id)}
 * @param kind of the catalogue, e.g. {@code sensor.bias}
 * @param target what is broken, in the kind's words; empty where there is only one
 * @param severity in the kind's unit
 * @param trigger when it begins
 * @param rampSeconds from nothing to its full size, s; 0 at once
 * @param durationSeconds how long it lasts, s; +∞ to the end
 * @param repeat how often it comes
 */
public record FaultSpec(
    String id,
    String kind,
    String target,
    double severity,
    Trigger trigger,
    double rampSeconds,
    double durationSeconds,
    Repeat repeat) {
  /**
   * How often a fault comes.
   *
   * @param times at least 1
   * @param everySeconds from one beginning to the next, s
   * @param jitterSeconds each beginning is late by up to this, drawn from the seed, s
   * @param seed fixes the draws and the fault's own noise; a run's seed is added
   */
  public record Repeat(int times, double everySeconds, double jitterSeconds, long seed) {
    /** It comes once, on time. */
    public static final Repeat ONCE = new Repeat(1, 0, 0, 0);
  }

  /** How checks call it. */
  public String channel() {
    return "fault(" + id + ")";
  }
}
