package dev.anodyne.controller.config;

import dev.anodyne.core.charging.StepSeries;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Values that change in steps: by minutes from a charge's start, or by times of day, every day
 * alike. A value holds until the next one.
 *
 * @param steps at least one; ascending; all by minutes or all by times of day
 */
public record Steps(List<Step> steps) {
  /** Days that are laid out: a plan looks two days ahead. */
  private static final int DAYS = 4;

  /**
   * One step.
   *
   * @param from when it begins
   * @param value from then on
   */
  public record Step(Moment from, double value) {}

  /**
   * Checks the steps.
   *
   * @throws IllegalArgumentException what is wrong with them
   */
  public Steps {
    steps = List.copyOf(steps);
    if (steps.isEmpty()) {
      throw new IllegalArgumentException("there is no step; allowed: at least one");
    }
    for (int i = 1; i < steps.size(); i++) {
      Moment before = steps.get(i - 1).from();
      Moment here = steps.get(i).from();
      if (before.isTimeOfDay() != here.isTimeOfDay()) {
        throw new IllegalArgumentException(
            "times of day and minutes from the start are mixed; allowed: one of them");
      }
      if (!(key(here) > key(before))) {
        throw new IllegalArgumentException(
            "'" + here + "' does not come after '" + before + "'; times must ascend");
      }
    }
  }

  private static double key(Moment moment) {
    return moment.timeOfDay() == null ? moment.minutes() : moment.timeOfDay().toSecondOfDay();
  }

  /** Whether the steps come again every day. */
  public boolean isByTimeOfDay() {
    return steps.get(0).from().isTimeOfDay();
  }

  /**
   * The series of a charge that starts now.
   *
   * @param otherwise the value before the first of steps by minutes
   */
  StepSeries from(ZonedDateTime start, double factor, double otherwise) {
    SortedMap<Double, Double> series = new TreeMap<>();
    double before = otherwise;
    for (int day = isByTimeOfDay() ? -1 : 0; day < (isByTimeOfDay() ? DAYS : 1); day++) {
      for (Step step : steps) {
        double seconds = step.from().secondsAfter(start, day);
        if (seconds <= 0) {
          before = step.value() * factor;
        } else {
          series.put(seconds, step.value() * factor);
        }
      }
    }
    double[] times = new double[series.size() + 1];
    double[] values = new double[times.length];
    values[0] = before;
    int i = 1;
    for (SortedMap.Entry<Double, Double> step : series.entrySet()) {
      times[i] = step.getKey();
      values[i++] = step.getValue();
    }
    return StepSeries.of(times, values, before);
  }
}
