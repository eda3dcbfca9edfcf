package dev.anodyne.core.protocol;

/**
 * How a simulation ended.
 *
 * @param kind in a word
 * @param description in a sentence: what ended, where and why
 * @param timeSeconds when, s
 */
public record SimulationTermination(Kind kind, String description, double timeSeconds) {

  /** Ends of a simulation. */
  public enum Kind {
    /** The load was followed to its end. */
    COMPLETED,
    /** A phase was depleted or filled: the equations have no solution beyond. */
    DEPLETED,
    /** A step without a duration did not meet its event within a day. */
    TIME_LIMIT
  }

  public boolean isCompleted() {
    return kind == Kind.COMPLETED;
  }
}
