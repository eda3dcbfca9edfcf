package dev.anodyne.estimators.bounds;

import java.util.EnumMap;
import java.util.Map;

/**
 * Calibrated bounds of one group of batteries.
 *
 * @param offsetVolts mean of estimate minus truth of the anode potential at a growth of 1, which is
 *     taken off, V: in a series pack the weakest cell is lower than the one that is followed
 * @param lowerKappa factor of the anode potential's lower bound
 * @param quantities two-sided intervals
 * @param sessions calibration sessions that came within reach of 0 V
 * @param pooled true when the group had too few of them and those of all groups were used
 */
public record GroupBounds(
    double offsetVolts,
    double lowerKappa,
    Map<Quantity, QuantityBounds> quantities,
    int sessions,
    boolean pooled) {
  public GroupBounds {
    if (!Double.isFinite(offsetVolts) || !(lowerKappa >= 0.0) || !Double.isFinite(lowerKappa)) {
      throw new IllegalArgumentException(
          "Bounds with an offset of "
              + offsetVolts
              + " V and a factor of "
              + lowerKappa
              + " are not usable: both must be finite, the factor not negative.");
    }
    quantities = Map.copyOf(new EnumMap<>(quantities));
    if (quantities.size() != Quantity.count()) {
      throw new IllegalArgumentException(
          "Bounds of "
              + quantities.size()
              + " quantities are not complete: "
              + Quantity.count()
              + " are needed.");
    }
  }

  /** Those of one quantity. */
  public QuantityBounds of(Quantity q) {
    return java.util.Objects.requireNonNull(quantities.get(q));
  }
}
