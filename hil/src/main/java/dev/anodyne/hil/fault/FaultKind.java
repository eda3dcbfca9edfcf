package dev.anodyne.hil.fault;

/**
 * A kind of fault.
 *
 * @param name for example {@code sensor.bias}
 * @param unit of the severity; {@code target} is the sensor's own unit, {@code 1} a share or, for
 *     {@link #isSwitch} kinds, on
 * @param lowest smallest severity
 * @param highest largest severity
 * @param usual severity unless another is given
 * @param target what it sits on
 * @param meaning what it does, in words
 */
public record FaultKind(
    String name,
    String unit,
    double lowest,
    double highest,
    double usual,
    Target target,
    String meaning) {

  /** What a fault sits on. */
  public enum Target {
    /** One sensor by its channel, or all alike: {@code sensor.cell[*].voltage}. */
    SENSOR,
    /** One cell: {@code pack.cell[3]}. */
    CELL,
    /** The plant as a whole; the target stays empty. */
    PLANT,
    /** The OPC UA link; the target is a tag's path or empty for all. */
    TAG
  }

  /** Whether it is only there or not. */
  public boolean isSwitch() {
    return lowest == highest;
  }

  /** Whether its severity can be reached over a ramp. */
  public boolean ramps() {
    return !isSwitch() && target != Target.TAG;
  }

  /** One line with name, value and what is allowed when a severity is not possible. */
  void check(double severity) {
    if (!(severity >= lowest && severity <= highest)) {
      throw new IllegalArgumentException(
          "Fault "
              + name
              + " cannot have a severity of "
              + severity
              + "; allowed: "
              + lowest
              + " to "
              + highest
              + " "
              + unit
              + ".");
    }
  }
}
