package dev.anodyne.core.charging;

import java.util.List;

/**
 * Limits that contradict each other, or the battery's present state, so that no current is left or
 * the target cannot be reached.
 *
 * @param constraints which limits collide; empty when none do
 * @param text one phrase for a person, with the values, e.g. {@code held at zero: temperature limit
 *     30.0 °C and battery at 34.2 °C}; empty when none do
 */
public record Collision(List<ActiveConstraint> constraints, String text) {
  /** Nothing collides. */
  public static final Collision NONE = new Collision(List.of(), "");

  public Collision {
    constraints = List.copyOf(constraints);
  }

  /** True when nothing collides. */
  public boolean isNone() {
    return constraints.isEmpty();
  }
}
