package dev.anodyne.estimators.identification;

import java.util.ArrayList;
import java.util.List;

/**
 * A session in steps of ten seconds, in a slow charge of up to thirty: the mean current of each,
 * and the voltage and temperature at its end. A step ends early where the current jumps, and a gap
 * is bridged in several steps.
 */
final class SessionSteps {
  private static final double SHORTEST_STEP_SECONDS = 10;

  /** A charge of hours changes slowly: longer steps tell as much and take a third of the time. */
  private static final double LONGEST_STEP_SECONDS = 30;

  private static final double STEPS_IN_A_LONG_SESSION = 360;

  /** A change of current that ends a step, share of the 1C current. */
  private static final double JUMP_C_RATE = 0.05;

  /** Share of the 1C current by which a step's mean and last current may differ if it counts. */
  private static final double STEADY_C_RATE = 0.03;

  /** Length that the first sample is given, s. */
  private static final double REST_SECONDS = 1;

  /** Within this time the start's samples are averaged, s, while the cell rests. */
  private static final double START_SECONDS = 10;

  final int count;
  final double[] seconds;
  final double[] amps;
  final double[] volts;
  final double[] kelvin;

  /** False where the current was not steady enough for the voltage to be compared. */
  final boolean[] counts;

  final double startVolts;
  final double startKelvin;
  final double startCRate;
  final double durationSeconds;

  /** Charge moved, share of the nominal capacity. */
  final double moved;

  private SessionSteps(List<Step> steps, RecordedSession s, double ampHours) {
    count = steps.size();
    seconds = steps.stream().mapToDouble(Step::seconds).toArray();
    amps = steps.stream().mapToDouble(Step::amps).toArray();
    volts = steps.stream().mapToDouble(Step::volts).toArray();
    kelvin = steps.stream().mapToDouble(Step::kelvin).toArray();
    counts = new boolean[count];
    double charge = 0;
    for (int k = 0; k < count; k++) {
      counts[k] = steps.get(k).counts();
      charge += amps[k] * seconds[k];
    }
    moved = charge / (3600 * ampHours);
    startVolts = s.volts(0);
    startKelvin = startKelvin(s);
    startCRate = s.amps(0) / ampHours;
    durationSeconds = s.seconds(s.samples() - 1);
  }

  /**
   * @param session at least one sample
   */
  static SessionSteps of(RecordedSession session, double ampHours) {
    List<Step> steps = new ArrayList<>();
    // The voltage at rest, before anything else.
    steps.add(new Step(REST_SECONDS, session.amps(0), session.volts(0), session.kelvin(0), true));
    double seconds =
        Math.min(
            LONGEST_STEP_SECONDS,
            Math.max(
                SHORTEST_STEP_SECONDS,
                session.seconds(session.samples() - 1) / STEPS_IN_A_LONG_SESSION));
    int from = 0;
    while (from < session.samples() - 1) {
      int to = end(session, from, seconds, ampHours);
      addSteps(session, from, to, seconds, ampHours, steps);
      from = to;
    }
    return new SessionSteps(steps, session, ampHours);
  }

  private static void addSteps(
      RecordedSession s, int from, int to, double stepSeconds, double ampHours, List<Step> steps) {
    double length = s.seconds(to) - s.seconds(from);
    double sum = 0;
    for (int j = from + 1; j <= to; j++) {
      sum += s.amps(j) * (s.seconds(j) - s.seconds(j - 1));
    }
    double mean = sum / length;
    int parts = (int) Math.ceil(length / (2 * stepSeconds));
    // Across a gap the current in between is a guess.
    boolean steady = parts == 1 && Math.abs(s.amps(to) - mean) <= STEADY_C_RATE * ampHours;
    for (int part = 0; part < parts; part++) {
      steps.add(new Step(length / parts, mean, s.volts(to), s.kelvin(to), steady));
    }
  }

  private record Step(double seconds, double amps, double volts, double kelvin, boolean counts) {}

  private static int end(RecordedSession s, int from, double stepSeconds, double ampHours) {
    int to = from + 1;
    while (to < s.samples() - 1
        && s.seconds(to + 1) - s.seconds(from) <= stepSeconds + 1e-6
        && Math.abs(s.amps(to + 1) - s.amps(from + 1)) <= JUMP_C_RATE * ampHours) {
      to++;
    }
    return to;
  }

  /** A charge warms its cell slowly: some seconds' mean is the start's temperature. */
  private static double startKelvin(RecordedSession s) {
    double sum = 0;
    int n = 0;
    while (n < s.samples() && s.seconds(n) <= START_SECONDS) {
      sum += s.kelvin(n);
      n++;
    }
    return sum / n;
  }
}
