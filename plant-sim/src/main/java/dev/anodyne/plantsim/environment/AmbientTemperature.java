package dev.anodyne.plantsim.environment;

import java.util.Arrays;

/**
 * Temperature of the surroundings over plant time: constant, or linear between given points and
 * constant outside them. Immutable.
 */
public final class AmbientTemperature {
  private final double[] seconds;
  private final double[] kelvin;

  private AmbientTemperature(double[] seconds, double[] kelvin) {
    this.seconds = seconds;
    this.kelvin = kelvin;
  }

  /**
   * The same temperature at all times.
   *
   * @param kelvin K, above 0
   */
  public static AmbientTemperature constant(double kelvin) {
    return series(new double[] {0.0}, new double[] {kelvin});
  }

  /**
   * A temperature that changes.
   *
   * @param seconds plant times, s, strictly increasing; copied
   * @param kelvin temperatures at these times, K; copied
   */
  public static AmbientTemperature series(double[] seconds, double[] kelvin) {
    if (seconds.length == 0 || seconds.length != kelvin.length) {
      throw new IllegalArgumentException(
          "Ambient temperature has "
              + seconds.length
              + " times and "
              + kelvin.length
              + " values; it needs at least one of each and as many of both.");
    }
    for (int i = 0; i < seconds.length; i++) {
      if (!(kelvin[i] > 0 && kelvin[i] < 1000)) {
        throw new IllegalArgumentException(
            "Ambient temperature "
                + kelvin[i]
                + " K is not between 0 and 1000 K.\nMaybe it was given in °C.");
      }
      if (i > 0 && !(seconds[i] > seconds[i - 1])) {
        throw new IllegalArgumentException(
            "Ambient temperature times must increase, but "
                + seconds[i]
                + " s follows "
                + seconds[i - 1]
                + " s.");
      }
    }
    return new AmbientTemperature(seconds.clone(), kelvin.clone());
  }

  /** Temperature at a plant time, K. */
  public double kelvinAt(double timeSeconds) {
    int last = seconds.length - 1;
    if (timeSeconds <= seconds[0]) {
      return kelvin[0];
    }
    if (timeSeconds >= seconds[last]) {
      return kelvin[last];
    }
    int at = Arrays.binarySearch(seconds, timeSeconds);
    if (at >= 0) {
      return kelvin[at];
    }
    int right = -at - 1;
    double share = (timeSeconds - seconds[right - 1]) / (seconds[right] - seconds[right - 1]);
    return kelvin[right - 1] + share * (kelvin[right] - kelvin[right - 1]);
  }
}
