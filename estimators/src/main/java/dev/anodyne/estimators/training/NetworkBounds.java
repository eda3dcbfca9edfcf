package dev.anodyne.estimators.training;

import dev.anodyne.core.charging.Interval;
import dev.anodyne.estimators.bounds.BatteryGroup;
import dev.anodyne.estimators.bounds.BoundTable;
import dev.anodyne.estimators.bounds.GroupBounds;
import dev.anodyne.estimators.bounds.Quantity;
import dev.anodyne.estimators.bounds.Signal;
import dev.anodyne.estimators.bounds.TrainedRange;
import dev.anodyne.estimators.network.DenseLayer;
import dev.anodyne.estimators.network.FeatureSet;
import dev.anodyne.estimators.network.InputScaling;
import dev.anodyne.estimators.network.SigmaScale;
import dev.anodyne.estimators.network.Target;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Calibrates the bounds of networks on the sessions of a data set that were kept for it: the
 * deviations that the networks admit, times factors by group ({@link NetworkFactors} for the anode
 * potential, {@link BoundCalibrator} for the intervals of the rest).
 */
final class NetworkBounds {
  /** Of sessions that depart from the nominal conditions in more than one way. */
  private static final String SEVERAL = "several";

  private NetworkBounds() {}

  /** What makes deviations honest, and the bounds that are made of those. */
  record Calibrated(SigmaScale scale, BoundTable table) {}

  /**
   * The bounds.
   *
   * @param calibration sessions that nothing was fitted to
   * @param beyond sessions outside the training range; may be empty
   */
  static Calibrated of(
      FeatureSet kind,
      List<List<DenseLayer>> members,
      InputScaling scaling,
      List<SessionData> calibration,
      List<SessionData> beyond) {
    Networks stated = new Networks(kind, members, scaling, SigmaScale.NONE);
    Map<ScoredSession, Set<String>> unscaled = scored(stated, calibration);
    SigmaScale scale = new NetworkFactors(unscaled).scale();
    Networks honest = new Networks(kind, members, scaling, scale);
    Map<ScoredSession, Set<String>> inside = scored(honest, calibration);
    TrainedRange range = range(calibration);
    BoundTable others = others(unscaled.keySet()).table(range, List.of());
    NetworkFactors factors = new NetworkFactors(inside);
    Map<BatteryGroup, GroupBounds> groups = new EnumMap<>(BatteryGroup.class);
    for (BatteryGroup g : BatteryGroup.values()) {
      groups.put(g, factors.group(g, others.of(g)));
    }
    List<ScoredSession> outside = List.copyOf(scored(honest, beyond).keySet());
    return new Calibrated(scale, BoundCalibrator.widened(groups, range, outside));
  }

  /** Intervals of the other quantities do not go with a doubt about the anode potential. */
  private static BoundCalibrator others(Set<ScoredSession> sessions) {
    return new BoundCalibrator(sessions.stream().map(ScoredSession::withoutDoubt).toList());
  }

  /** Networks with all that turns rows into answers. */
  private record Networks(
      FeatureSet kind, List<List<DenseLayer>> members, InputScaling scaling, SigmaScale scale) {
    Answers answers(SessionData s) {
      return Answers.of(kind, members, scaling, scale, s);
    }
  }

  /**
   * Sessions with the populations that they belong to: each departure is one, and what departs in
   * just these ways. A new battery with biased sensors, say, passes for a sound one, while most of
   * those with biased sensors are aged or mismatched as well and look it.
   */
  private static Map<ScoredSession, Set<String>> scored(
      Networks networks, List<SessionData> sessions) {
    Map<ScoredSession, Set<String>> scores = new LinkedHashMap<>();
    for (SessionData s : sessions) {
      String stratum = s.label.stratum();
      Set<String> populations = new HashSet<>(List.of(stratum.split("\\+")));
      populations.add(stratum);
      scores.put(scored(s, networks.answers(s)), populations);
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
      scores.add(
          Calibrator.growth(s, r),
          answers.doubt(r),
          seconds(s, r),
          values,
          sigmas,
          truths,
          signals(s, r));
    }
    scores.trim();
    return scores;
  }

  /** How much of the session a row stands for: until the next one. */
  private static double seconds(SessionData s, int row) {
    int from = Math.min(row, s.rows - 2);
    return from < 0
        ? 1.0
        : s.get(from + 1, SessionData.Column.SECONDS) - s.get(from, SessionData.Column.SECONDS);
  }

  static BatteryGroup group(SessionData s) {
    return s.joined ? BatteryGroup.ofJoined(s.series) : BatteryGroup.of(s.identified(), s.series);
  }

  /** What the session's row says of the signals that ranges are kept of. */
  static double[] signals(SessionData s, int row) {
    double[] signals = new double[Signal.count()];
    signals[Signal.TEMPERATURE.ordinal()] = s.get(row, SessionData.Column.KELVIN);
    signals[Signal.C_RATE.ordinal()] = s.get(row, SessionData.Column.C_RATE);
    return signals;
  }

  /** New batteries whose state of charge was not told wrongly. */
  static boolean isSound(SessionData s) {
    return !s.aged
        && (s.label.departs(SessionLabel.NOMINAL) || s.reference)
        && Double.isNaN(s.label.get(Condition.TWIN_INITIAL_SOC));
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
