package dev.anodyne.estimators.training;

import java.util.List;

/**
 * Sessions by what they are used for. Split by session (pack and condition), never by row.
 *
 * @param training for fitting
 * @param validation for early stopping
 * @param calibration for the bound
 * @param test for the metrics
 */
record DataSplit(
    List<SessionData> training,
    List<SessionData> validation,
    List<SessionData> calibration,
    List<SessionData> test) {

  double hours() {
    return hours(training) + hours(validation) + hours(calibration) + hours(test);
  }

  private static double hours(List<SessionData> sessions) {
    return sessions.stream().mapToDouble(s -> s.hours).sum();
  }
}
