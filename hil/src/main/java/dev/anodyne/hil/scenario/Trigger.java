package dev.anodyne.hil.scenario;

import dev.anodyne.hil.stl.Formula;
import java.util.List;

/**
 * When something begins: as soon as all conditions of one of the groups have come true. A condition
 * with an edge stays true once its edge was seen and its delay is over, so conditions of a group
 * may come one after the other.
 *
 * @param anyOf groups; no group fires at once
 */
public record Trigger(List<List<Condition>> anyOf) {
  /** Which change of a condition counts. */
  public enum Edge {
    /** It is true now. */
    LEVEL,
    /** It becomes true. */
    RISING,
    /** It becomes false. */
    FALLING
  }

  /**
   * One condition.
   *
   * @param formula about the present values: comparisons with and, or, not
   * @param edge which change of it counts
   * @param delaySeconds how long after the edge, or how long it must have held without a break, s
   */
  public record Condition(Formula formula, Edge edge, double delaySeconds) {}

  /** At the start. */
  public static final Trigger AT_START = new Trigger(List.of());

  public Trigger {
    anyOf = anyOf.stream().map(List::copyOf).toList();
  }

  /** At a time, s. */
  public static Trigger at(double seconds) {
    return seconds <= 0
        ? AT_START
        : new Trigger(List.of(List.of(new Condition(time(seconds), Edge.LEVEL, 0))));
  }

  private static Formula time(double seconds) {
    return new Formula.Atom(
        dev.anodyne.hil.stl.Expression.channel("time"),
        Formula.Operator.AT_LEAST,
        dev.anodyne.hil.stl.Expression.quantity(seconds, dev.anodyne.hil.stl.Unit.SECOND));
  }
}
