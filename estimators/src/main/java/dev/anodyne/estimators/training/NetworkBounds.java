package dev.anodyne.estimators.training;

import dev.anodyne.core.charging.Interval;
import dev.anodyne.estimators.bounds.BatteryGroup;
import dev.anodyne.estimators.bounds.BoundTable;
import dev.anodyne.estimators.bounds.Quantity;
import dev.anodyne.estimators.bounds.Signal;
import dev.anodyne.estimators.bounds.TrainedRange;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.network.InputScaling;
import dev.anodyne.estimators.network.DenseLayer;
import dev.anodyne.estimators.network.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Calibrates the bounds of networks on the sessions of a data set that were kept for it: the
 * deviations that the networks admit, times factors by group ({@link BoundCalibrator}).
 */
final class NetworkBounds {
  /** Of sessions that depart from the nominal conditions in more than one way. */
  private static final String SEVERAL = "several";

  private NetworkBounds() {}

  /**
   * The table.
   *
   * @param calibration sessions that nothing was fitted to
   * @param beyond sessions outside the training range; may be empty
   */
  static BoundTable table(
      FeatureSet kind,
      List<List<DenseLayer>> members,
      InputScaling scaling,
      List<SessionData> calibration,
      List<SessionData> beyond) {
    List<ScoredSession> inside = scored(kind, members, scaling, calibration);
    return new BoundCalibrator(inside)
        .table(range(calibration), scored(kind, members, scaling, beyond));
  }

  private static List<ScoredSession> scored(
      FeatureSet kind,
      List<List<DenseLayer>> members,
      InputScaling scaling,
      List<SessionData> sessions) {
    List<ScoredSession> scores = new ArrayList<>();
    for (SessionData s : sessions) {
      scores.add(scored(s, Answers.of(kind, members, scaling, s)));
    }
    return scores;
  }

  private static ScoredSession scored(SessionData s, Answers answers) {
    ScoredSession scores = new ScoredSession(group(s), population(s), isSound(s));
    double[] values = new double[Quantity.count()];
    double[] sigmas = new double[Quantity.count()];
    double[] truths = new double[Quantity.count()];
    for (int r = 0; r < s.rows; r++) {
      for (Target t : Target.values()) {
        int i = t.quantity().ordinal();
        values[i] = answers.get(r, t);
        sigmas[i] = answers.sigma(r, t);
        truths[i] = s.get(r, Rows.truthColumn(t));
      }
      scores.add(Calibrator.growth(s, r), values, sigmas, truths, signals(s, r));
    }
    scores.trim();
    return scores;
  }

  static BatteryGroup group(SessionData s) {
    return BatteryGroup.of(s.identified(), s.series);
  }

  /** What the session's row says of the signals that ranges are kept of. */
  static double[] signals(SessionData s, int row) {
    double[] signals = new double[Signal.count()];
    signals[Signal.TEMPERATURE.ordinal()] = s.get(row, SessionData.Column.KELVIN);
    signals[Signal.C_RATE.ordinal()] = s.get(row, SessionData.Column.C_RATE);
    return signals;
  }

  private static boolean isSound(SessionData s) {
    return !s.aged && (s.label.departs(SessionLabel.NOMINAL) || s.reference);
  }

  private static String population(SessionData s) {
    String stratum = s.label.stratum();
    return stratum.contains("+") ? SEVERAL : stratum;
  }

  /** Temperature and rate alone: of all else the range of the networks' inputs takes care. */
  private static TrainedRange range(List<SessionData> sessions) {
    return new TrainedRange(
        Map.of(
            Signal.TEMPERATURE,
            interval(sessions, SessionData.Column.KELVIN),
            Signal.C_RATE,
            interval(sessions, SessionData.Column.C_RATE)));
  }

  private static Interval interval(List<SessionData> sessions, SessionData.Column column) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (SessionData s : sessions) {
      for (int r = 0; r < s.rows; r++) {
        low = Math.min(low, s.get(r, column));
        high = Math.max(high, s.get(r, column));
      }
    }
    return new Interval(low, high);
  }
}
