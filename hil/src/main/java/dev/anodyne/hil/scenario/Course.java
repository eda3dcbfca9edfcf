package dev.anodyne.hil.scenario;

import java.util.Arrays;

/**
 * Values over time.
 *
 * @param seconds instants, s, ascending
 * @param values one for each; before the first and after the last they hold
 * @param linear in between along a line; otherwise each holds until the next
 */
public record Course(double[] seconds, double[] values, boolean linear) {
  public Course {
    if (seconds.length == 0 || seconds.length != values.length) {
      throw new IllegalArgumentException(
          "A course needs as many values as instants, at least one.");
    }
    for (int i = 1; i < seconds.length; i++) {
      if (!(seconds[i] >= seconds[i - 1])) {
        throw new IllegalArgumentException(
            "The course goes back in time at " + seconds[i] + " s; allowed: ascending times.");
      }
    }
    seconds = seconds.clone();
    values = values.clone();
  }

  /** One value from the begin on. */
  public static Course constant(double value) {
    return new Course(new double[] {0}, new double[] {value}, false);
  }

  /** Along a line. */
  public static Course ramp(double from, double to, double seconds) {
    return new Course(new double[] {0, seconds}, new double[] {from, to}, true);
  }

  /** The value at a time since the begin, s. */
  public double at(double time) {
    int next = 0;
    while (next < seconds.length && seconds[next] <= time + 1e-9) {
      next++;
    }
    if (next == 0) {
      return values[0];
    }
    if (next == seconds.length || !linear) {
      return values[next - 1];
    }
    double share = (time - seconds[next - 1]) / (seconds[next] - seconds[next - 1]);
    return values[next - 1] + share * (values[next] - values[next - 1]);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Course course
        && linear == course.linear
        && Arrays.equals(seconds, course.seconds)
        && Arrays.equals(values, course.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(values) + Arrays.hashCode(seconds);
  }

  @Override
  public String toString() {
    return "Course[" + seconds.length + " points" + (linear ? ", linear]" : "]");
  }
}
