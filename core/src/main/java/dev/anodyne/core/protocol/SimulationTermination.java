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
    /** The temperature has left the range in which the model means anything. */
    TEMPERATURE_LIMIT,
    /** The load is more than the cell can take or give, while no phase is at its end. */
    LOAD_LIMIT,
    /** The equations could not be solved although nothing is at its end: a defect of the solver. */
    NUMERICAL_FAILURE,
    /** There are more rows than memory should hold; those so far are kept. */
    ROW_LIMIT,
    /** A step without a duration did not meet its event within 30 days. */
    TIME_LIMIT
  }

  public boolean isCompleted() {
    return kind == Kind.COMPLETED;
  }
}
