package dev.anodyne.estimators.twin;

/**
 * Tells a frozen sensor from one that rightly repeats itself. A coarse sensor repeats often, a
 * noisy one never: how often this one did so far says how long a run of equal readings may be.
 *
 * <p>With repeats of probability p, a run of n has probability pⁿ. Readings of a coarse sensor
 * depend on each other, so a run must also be three times as long as the longest before it. Of one
 * that repeats more often than not, or whose changes are mostly by one and the same step, nothing
 * is said: it moves only where the quantity is near the edge of a step.
 */
final class SensorWatch {
  /** A run less probable than this does not happen by chance in years of samples. */
  private static final double LN_IMPOSSIBLE = Math.log(1e-8);

  /** Before anything is known four of five readings are taken to repeat. */
  private static final double PRIOR_REPEATS = 8.0;

  private static final double PRIOR_READINGS = 10.0;

  /** Sensors that repeat more often than this are too coarse to tell. */
  private static final double MOST_REPEATING = 0.5;

  private static final int SHORTEST_RUN = 6;

  /** Readings of a moving quantity after which those of a standing one tell nothing more. */
  private static final double WELL_KNOWN_READINGS = 50.0;

  /**
   * A sensor whose resolution is its noise makes six changes in ten by a single step, one five
   * times as coarse all of them.
   */
  private static final double MOST_SINGLE_STEPS = 0.8;

  /** Changes that say how coarse a sensor is. */
  private static final int LEAST_CHANGES = 4;

  /** Larger changes are the quantity's own. */
  private static final double MOST_STEPS = 3.5;

  private static final double ROUNDING = 1.5;

  private final int leastReadings;
  private double value = Double.NaN;
  private int run;
  private int idle;
  private int longestIdle;
  private int longest;
  private double repeats;
  private double readings;
  private double smallestStep = Double.POSITIVE_INFINITY;
  private int changes;
  private int singleSteps;

  /**
   * @param leastReadings readings without which nothing is said: above 0 for a quantity that may
   *     never move at all
   */
  SensorWatch(int leastReadings) {
    this.leastReadings = leastReadings;
  }

  /** Forgets the present run; how the sensor behaves stays known. */
  void interrupt() {
    value = Double.NaN;
    run = 0;
    idle = 0;
  }

  /**
   * Takes in one reading.
   *
   * @param counts false where the quantity may rightly stand still: a repeat then accuses nobody,
   *     but tells how coarse the sensor is once it moves again
   */
  void update(double reading, boolean counts) {
    if (reading != value) {
      // A run taken for a fault says nothing about how the healthy sensor repeats.
      if (!Double.isNaN(value) && !isFrozen()) {
        repeats += run;
        readings += run + 1;
        longest = Math.max(longest, run);
        longestIdle = Math.max(longestIdle, run + idle);
        countStep(Math.abs(reading - value));
      }
      run = 0;
      idle = 0;
      value = reading;
    } else if (counts) {
      run++;
    } else {
      idle++;
    }
  }

  private void countStep(double size) {
    if (size * ROUNDING < smallestStep) {
      smallestStep = size;
      singleSteps = 0;
      changes = 0;
    }
    changes += size < MOST_STEPS * smallestStep ? 1 : 0;
    singleSteps += size < ROUNDING * smallestStep ? 1 : 0;
  }

  /** What changes evenly at every reading is smooth, not coarse. */
  private boolean coarse() {
    return repeats > 0.0 && changes >= LEAST_CHANGES && singleSteps > MOST_SINGLE_STEPS * changes;
  }

  /** True when the present run is longer than chance allows. */
  boolean isFrozen() {
    int usual = readings < WELL_KNOWN_READINGS ? Math.max(longest, longestIdle) : longest;
    if (coarse() || readings < leastReadings || run < SHORTEST_RUN || run <= 3 * usual) {
      return false;
    }
    double p = (repeats + PRIOR_REPEATS) / (readings + PRIOR_READINGS);
    return p < MOST_REPEATING && run * Math.log(p) < LN_IMPOSSIBLE;
  }
}
