package dev.anodyne.estimators.training;

import java.util.List;

/**
 * Sessions by what they are used for. Split by battery and condition, never by row.
 *
 * @param fitting for fitting; each network of an ensemble leaves one fold of the batteries out to
 *     stop early on
 * @param calibration for the bound
 * @param test for the metrics
 * @param extrapolation for the metrics beyond the training range; may be empty
 */
record DataSplit(
    List<SessionData> fitting,
    List<SessionData> calibration,
    List<SessionData> test,
    List<SessionData> extrapolation) {

  /** Whole batteries are dealt to this many folds. */
  static final int FOLDS = 8;

  DataSplit {
    fitting = List.copyOf(fitting);
    calibration = List.copyOf(calibration);
    test = List.copyOf(test);
    extrapolation = List.copyOf(extrapolation);
  }

  double hours() {
    return hours(fitting) + hours(calibration) + hours(test) + hours(extrapolation);
  }

  private static double hours(List<SessionData> sessions) {
    return sessions.stream().mapToDouble(s -> s.hours).sum();
  }
}
