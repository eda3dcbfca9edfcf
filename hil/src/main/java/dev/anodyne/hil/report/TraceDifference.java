package dev.anodyne.hil.report;

import dev.anodyne.hil.stl.Trace;
import java.util.Optional;

/**
 * The first place at which two recordings of one scenario are not the same, bit for bit.
 *
 * @param timeSeconds plant time, s
 * @param channel its name; empty when the recordings' instants differ
 * @param recorded the value before
 * @param now the value now; NaN where one recording has ended
 */
public record TraceDifference(double timeSeconds, String channel, double recorded, double now) {
  /**
   * Compares the channels that both have.
   *
   * @return empty when they are the same
   */
  public static Optional<TraceDifference> first(Trace recorded, Trace now) {
    int rows = Math.min(recorded.length(), now.length());
    for (int i = 0; i < rows; i++) {
      if (isOther(recorded.time(i), now.time(i))) {
        return Optional.of(
            new TraceDifference(recorded.time(i), "", recorded.time(i), now.time(i)));
      }
      for (String name : recorded.names()) {
        if (now.has(name) && isOther(recorded.values(name)[i], now.values(name)[i])) {
          return Optional.of(
              new TraceDifference(
                  recorded.time(i), name, recorded.values(name)[i], now.values(name)[i]));
        }
      }
    }
    if (recorded.length() == now.length()) {
      return Optional.empty();
    }
    boolean isShorter = now.length() < recorded.length();
    double at = isShorter ? recorded.time(rows) : now.time(rows);
    return Optional.of(
        new TraceDifference(at, "", isShorter ? at : Double.NaN, isShorter ? Double.NaN : at));
  }

  private static boolean isOther(double a, double b) {
    return Double.doubleToLongBits(a) != Double.doubleToLongBits(b);
  }
}
