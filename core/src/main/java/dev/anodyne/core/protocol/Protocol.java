package dev.anodyne.core.protocol;

import java.util.List;

/**
 * Steps done one after the other.
 *
 * @param steps at least one
 */
public record Protocol(List<ProtocolStep> steps) implements Load {
  public Protocol {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new ProtocolException("A protocol needs at least one step, such as 'Rest for 1 hour'.");
    }
  }

  /**
   * Reads steps separated by semicolons:
   *
   * <ul>
   *   <li>{@code Charge at 2C until 4.2 V}, {@code Charge at 10 A for 5 minutes or until 4.2 V}
   *   <li>{@code Charge at 2C until anode potential 10 mV}, {@code Charge at 1C until 80 %}
   *   <li>{@code Charge at 20 W until 4.2 V or 45 °C}
   *   <li>{@code Discharge at C/2 until 2.5 V}, {@code Discharge at 20 W for 30 s}
   *   <li>{@code Hold at 4.2 V until C/20}, {@code Hold at 4.2 V for 1 h or until 50 mA}
   *   <li>{@code Hold anode potential at 10 mV until 4.2 V}
   *   <li>{@code Rest for 10 minutes}
   * </ul>
   *
   * @throws ProtocolException naming the step, the position and what is allowed there
   */
  public static Protocol parse(String text) {
    return ProtocolParser.parse(text);
  }
}
