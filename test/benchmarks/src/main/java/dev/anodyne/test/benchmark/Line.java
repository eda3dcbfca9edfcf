package dev.anodyne.test.benchmark;

/**
 * One line of the table.
 *
 * @param name the figure's name
 * @param title what was measured
 * @param unit unit of the values
 * @param asked limit in the unit; NaN when nothing is asked
 * @param atMost true when the limit is an upper one
 * @param measured the value: from the median time where it is a time
 * @param low the value that 10 % of the invocations are below
 * @param high the value that 90 % of the invocations are below
 * @param slow the value at the slowest 1 % of the invocations
 * @param baselines median time of an invocation in multiples of the yardstick's; NaN when no time
 * @param bytesPerStep heap allocated by a step, bytes; NaN when not stated
 * @param verdict how it stands to what is asked
 */
record Line(
    String name,
    String title,
    String unit,
    double asked,
    boolean atMost,
    double measured,
    double low,
    double high,
    double slow,
    double baselines,
    double bytesPerStep,
    Verdict verdict) {

  /** How a figure stands to what is asked of it. */
  enum Verdict {
    REACHED("reached"),
    MISSED("MISSED"),
    NOT_ASKED(""),
    BROKEN("BROKEN");

    final String text;

    Verdict(String text) {
      this.text = text;
    }

    static Verdict of(boolean asked, boolean reached) {
      return !asked ? NOT_ASKED : reached ? REACHED : MISSED;
    }
  }

  /**
   * The line of a figure that was timed.
   *
   * @param over the figure it is compared with; itself when it stands alone
   */
  static Line of(Figure figure, Sample sample, Sample over, double baselineNanos) {
    Reading reading = figure.reading();
    double base = over.medianNanos();
    double measured = reading.value(reading.nanos(sample), base);
    double fast = reading.value(sample.lowNanos(), base);
    double late = reading.value(sample.highNanos(), base);
    return new Line(
        figure.name(),
        figure.title(),
        reading.unit(),
        reading.limit(),
        reading.lessIsBetter(),
        measured,
        Math.min(fast, late),
        Math.max(fast, late),
        reading.value(sample.slowNanos(), base),
        sample.medianNanos() / baselineNanos,
        figure.bytesPerStep(sample),
        Verdict.of(figure.isAsked(), figure.isReached(measured, sample)));
  }

  /** The line of a figure that could not be measured. */
  static Line broken(Figure figure) {
    double none = Double.NaN;
    Reading reading = figure.reading();
    return new Line(
        figure.name(),
        figure.title(),
        reading.unit(),
        reading.limit(),
        reading.lessIsBetter(),
        none,
        none,
        none,
        none,
        none,
        none,
        Verdict.BROKEN);
  }

  /** The line of something that could not be checked. */
  static Line failed(String name) {
    double none = Double.NaN;
    return new Line(name, name, "", none, true, none, none, none, none, none, none, Verdict.BROKEN);
  }

  /**
   * The line of something that was checked, not timed.
   *
   * @param asked what it must be at most; NaN when nothing is asked
   */
  static Line checked(String name, String title, String unit, double asked, double measured) {
    double none = Double.NaN;
    return new Line(
        name,
        title,
        unit,
        asked,
        true,
        measured,
        none,
        none,
        none,
        none,
        none,
        Verdict.of(!Double.isNaN(asked), measured <= asked));
  }
}
