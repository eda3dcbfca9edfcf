package dev.anodyne.estimators.training;

import java.util.ArrayList;
import java.util.List;

/**
 * Sessions by what they are used for. Split by session (pack and condition), never by row.
 *
 * @param training for fitting
 * @param validation for early stopping
 * @param calibration for the bound
 * @param test for the metrics
 * @param extrapolation for the metrics beyond the training range; may be empty
 */
record DataSplit(
    List<SessionData> training,
    List<SessionData> validation,
    List<SessionData> calibration,
    List<SessionData> test,
    List<SessionData> extrapolation) {

  /** For fitting: what is left when the first eighth, whole batteries, stops early. */
  static DataSplit of(
      List<SessionData> fitting,
      List<SessionData> calibration,
      List<SessionData> test,
      List<SessionData> extrapolation) {
    int validation = Math.max(2, fitting.size() / 8);
    while (validation < fitting.size()
        && battery(fitting.get(validation)) == battery(fitting.get(validation - 1))) {
      validation++;
    }
    return new DataSplit(
        new ArrayList<>(fitting.subList(validation, fitting.size())),
        new ArrayList<>(fitting.subList(0, validation)),
        calibration,
        test,
        extrapolation);
  }

  private static int battery(SessionData session) {
    return session.label.ref().battery();
  }

  double hours() {
    return hours(training)
        + hours(validation)
        + hours(calibration)
        + hours(test)
        + hours(extrapolation);
  }

  private static double hours(List<SessionData> sessions) {
    return sessions.stream().mapToDouble(s -> s.hours).sum();
  }
}
