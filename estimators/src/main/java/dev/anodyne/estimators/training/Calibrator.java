package dev.anodyne.estimators.training;

import dev.anodyne.estimators.training.SessionData.Column;
import dev.anodyne.estimators.twin.BackOff;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/**
 * Split conformal calibration by session: a session's score is its largest optimistic error where
 * the true anode potential is within 30 mV of 0 V (above, no controller comes near plating; below,
 * any bound is already far under the margin); the correction is the finite-sample quantile of the
 * scores. Errors are counted in units of their growth with current and cold ({@link
 * BackOff#growth}), so that the hard moments of a session do not widen its easy ones. For
 * exchangeable sessions the chance that a new one breaks the bound even once is then at most 1 −
 * coverage.
 */
final class Calibrator {
  static final double COVERAGE = 0.995;

  /** The bound is judged where a controller works: within this of 0 V. */
  static final double NEAR_VOLTS = 0.030;

  private Calibrator() {}

  /** Offsets and margins of the twin alone. */
  static BackOff twin(List<SessionData> sessions, List<SessionData> all) {
    double offsetSingle = offset(sessions, s -> s.series == 1);
    double offsetSeries = offset(sessions, s -> s.series > 1);
    double marginSingle = margin(sessions, s -> s.series == 1, offsetSingle);
    double marginSeries = margin(sessions, s -> s.series > 1, offsetSeries);
    double minKelvin = Double.POSITIVE_INFINITY;
    double maxKelvin = 0.0;
    double maxRate = 0.0;
    for (SessionData s : all) {
      for (int r = 0; r < s.rows; r++) {
        minKelvin = Math.min(minKelvin, s.get(r, Column.KELVIN));
        maxKelvin = Math.max(maxKelvin, s.get(r, Column.KELVIN));
        maxRate = Math.max(maxRate, s.get(r, Column.C_RATE));
      }
    }
    return new BackOff(
        offsetSingle,
        offsetSeries,
        marginSingle,
        marginSeries,
        minKelvin,
        maxKelvin,
        maxRate,
        true);
  }

  /** Least-squares factor of twin minus truth on the growth of errors, at low anode potential. */
  private static double offset(List<SessionData> sessions, Predicate<SessionData> which) {
    double top = 0.0;
    double bottom = 1e-12;
    for (SessionData s : sessions) {
      if (!which.test(s)) {
        continue;
      }
      for (int r = 0; r < s.rows; r++) {
        if (Math.abs(truth(s, r)) < 2 * NEAR_VOLTS) {
          double g = growth(s, r);
          top += g * (s.get(r, Column.TWIN_ANODE_POTENTIAL) - truth(s, r));
          bottom += g * g;
        }
      }
    }
    return top / bottom;
  }

  private static double margin(
      List<SessionData> sessions, Predicate<SessionData> which, double offset) {
    double[] scores =
        sessions.stream()
            .filter(which)
            .mapToDouble(
                s ->
                    worst(
                        s,
                        r ->
                            s.get(r, Column.TWIN_ANODE_POTENTIAL)
                                - offset * growth(s, r)
                                - s.get(r, Column.FINDING_VOLTS),
                        r -> growth(s, r)))
            .filter(v -> v > Double.NEGATIVE_INFINITY)
            .toArray();
    return quantile(scores);
  }

  static double growth(SessionData s, int row) {
    return BackOff.growth(s.get(row, Column.C_RATE), s.get(row, Column.KELVIN));
  }

  private static double truth(SessionData s, int row) {
    return s.get(row, Column.TRUE_ANODE_POTENTIAL);
  }

  /** Value of a row. */
  @FunctionalInterface
  interface RowValue {
    double at(int row);
  }

  /** True where a bound that is wrong could make a controller plate. */
  static boolean isNear(double truthVolts) {
    return Math.abs(truthVolts) < NEAR_VOLTS;
  }

  /** Largest optimistic error of a session where it matters; −∞ when it never does. */
  static double worst(SessionData s, RowValue bound, RowValue scale) {
    double worst = Double.NEGATIVE_INFINITY;
    for (int r = 0; r < s.rows; r++) {
      if (isNear(truth(s, r))) {
        worst = Math.max(worst, (bound.at(r) - truth(s, r)) / scale.at(r));
      }
    }
    return worst;
  }

  /** The ⌈(n + 1) · coverage⌉-th smallest score, the largest when there are too few. */
  static double quantile(double[] scores) {
    if (scores.length == 0) {
      throw new IllegalArgumentException(
          "The bound cannot be calibrated: no calibration session came within 30 mV of 0 V anode"
              + " potential.\nMaybe there are too few calibration sessions.");
    }
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    int k = (int) Math.ceil((sorted.length + 1) * COVERAGE);
    return sorted[Math.min(k, sorted.length) - 1];
  }
}
