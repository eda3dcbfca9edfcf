package dev.anodyne.estimators;

import dev.anodyne.estimators.identification.SensorBias;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * How far the sensors of a station or a battery may be off for good, as their operator states it:
 * the limits of a lasting error, either way. The estimators believe it, and their bounds are
 * calibrated on sessions with sensors of that class and hold for no worse ones.
 */
public enum SensorClass {
  /** Nobody says anything: bounds that hold to ±5 mV, ±0.5 % and ±1 K, made before statements. */
  UNSTATED("unstated", 5e-3, 5e-3, 1.0),
  /**
   * Stated to be within ±5 mV, ±0.5 % and ±1 K. What a charge has told of a sound single cell then
   * narrows the bounds of the next one.
   */
  ORDINARY("ordinary", 5e-3, 5e-3, 1.0),
  /**
   * Cell voltages by a monitor circuit of stated accuracy (LTC6811: total measurement error of at
   * most 1.2 mV by its maker's product page), current by a calibrated shunt, temperature by
   * calibrated thermistors: ±1.5 mV, ±0.25 %, ±0.5 K.
   */
  CALIBRATED("calibrated", 1.5e-3, 2.5e-3, 0.5);

  /** One standard deviation as a share of the limit: between an even draw (0.58) and its edges. */
  private static final double SIGMA_SHARE = 0.6;

  private final String text;
  private final double voltageVolts;
  private final double currentGain;
  private final double temperatureKelvin;

  SensorClass(String text, double voltageVolts, double currentGain, double temperatureKelvin) {
    this.text = text;
    this.voltageVolts = voltageVolts;
    this.currentGain = currentGain;
    this.temperatureKelvin = temperatureKelvin;
  }

  /** The name on command lines and in files. */
  public String text() {
    return text;
  }

  /** Largest lasting error of a cell voltage, either way, V. */
  public double voltageVolts() {
    return voltageVolts;
  }

  /** Largest lasting share by which the current is read wrongly, either way. */
  public double currentGain() {
    return currentGain;
  }

  /** Largest lasting error of a temperature, either way, K. */
  public double temperatureKelvin() {
    return temperatureKelvin;
  }

  /** Largest lasting error, either way, in the bias's own unit. */
  public double limit(SensorBias b) {
    return switch (b) {
      case VOLTAGE -> voltageVolts;
      case CURRENT_GAIN -> currentGain;
      case TEMPERATURE -> temperatureKelvin;
    };
  }

  /** Standard deviation among sensors of this class, in the bias's own unit. */
  public double sigma(SensorBias b) {
    return SIGMA_SHARE * limit(b);
  }

  /** The names of all that can be stated, from the widest on. */
  public static List<String> names() {
    return Arrays.stream(values()).filter(c -> c != UNSTATED).map(SensorClass::text).toList();
  }

  /**
   * The class of a name.
   *
   * @throws IllegalArgumentException with a message for people when there is none
   */
  public static SensorClass of(String name) {
    for (SensorClass c : values()) {
      if (c != UNSTATED && c.text.equals(name)) {
        return c;
      }
    }
    throw new IllegalArgumentException(
        "Sensor accuracy \""
            + name
            + "\" is unknown; allowed are "
            + String.join(", ", names())
            + ".\nMaybe one of: "
            + Arrays.stream(values())
                .filter(c -> c != UNSTATED)
                .map(SensorClass::limits)
                .collect(Collectors.joining("; "))
            + ".");
  }

  /**
   * The narrowest class that has room for sensors with these limits. Bounds are made for classes;
   * sensors between two get the wider one's.
   *
   * @param voltageVolts largest lasting error of a cell voltage, either way, V; positive
   * @param currentGain largest share, either way; positive
   * @param temperatureKelvin largest lasting error, either way, K; positive
   * @throws IllegalArgumentException with a message for people when even the widest has none
   */
  public static SensorClass covering(
      double voltageVolts, double currentGain, double temperatureKelvin) {
    SensorClass found = null;
    for (SensorClass c : values()) {
      boolean covers =
          voltageVolts >= 0.0
              && currentGain >= 0.0
              && temperatureKelvin >= 0.0
              && voltageVolts <= c.voltageVolts
              && currentGain <= c.currentGain
              && temperatureKelvin <= c.temperatureKelvin;
      found = covers ? c : found;
    }
    if (found == null) {
      throw new IllegalArgumentException(
          String.format(
              Locale.ROOT,
              "Sensors that may be off by %s V, a share of %s and %s K are not covered: allowed are"
                  + " 0 to %s V, 0 to %s and 0 to %s K.%nMaybe another unit was meant.",
              voltageVolts,
              currentGain,
              temperatureKelvin,
              ORDINARY.voltageVolts,
              ORDINARY.currentGain,
              ORDINARY.temperatureKelvin));
    }
    return found;
  }

  /** The name with its limits, for people. */
  public String limits() {
    return String.format(
        Locale.ROOT,
        "%s (±%.1f mV, ±%.2f %%, ±%.1f K)",
        text,
        1e3 * voltageVolts,
        1e2 * currentGain,
        temperatureKelvin);
  }
}
