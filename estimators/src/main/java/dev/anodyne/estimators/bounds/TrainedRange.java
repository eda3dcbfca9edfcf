package dev.anodyne.estimators.bounds;

import dev.anodyne.core.charging.Interval;
import java.util.EnumMap;
import java.util.Map;

/**
 * The conditions that bounds were calibrated in.
 *
 * @param signals what each signal ranged over; a signal that is missing may be anything
 */
public record TrainedRange(Map<Signal, Interval> signals) {

  /** Conditions that a cautious default may be used in. */
  public static final TrainedRange USUAL =
      new TrainedRange(
          Map.of(
              Signal.TEMPERATURE,
              new Interval(263.15, 323.15),
              Signal.C_RATE,
              new Interval(-3.5, 3.5),
              Signal.INNOVATION,
              new Interval(0.0, 3.0)));

  public TrainedRange {
    signals = Map.copyOf(new EnumMap<>(signals));
  }

  /**
   * How far outside the range a moment is, summed over the signals in their units: 0 inside,
   * growing steadily with each signal's excess, infinite when a signal is not a number.
   *
   * @param values by {@link Signal#ordinal()}. Not modified.
   */
  public double distance(double[] values) {
    double sum = 0.0;
    for (Signal s : ALL) {
      Interval range = signals.get(s);
      if (range != null) {
        double value = values[s.ordinal()];
        double excess = Math.max(Math.max(range.low() - value, value - range.high()), 0.0);
        sum += Double.isNaN(excess) ? Double.POSITIVE_INFINITY : excess / s.unit();
      }
    }
    return sum;
  }

  private static final Signal[] ALL = Signal.values();
}
