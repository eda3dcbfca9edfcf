package dev.anodyne.mpc.prediction;

/**
 * How far beyond its lower bound the anode potential of a battery is kept that is not well known,
 * and how slowly what looks better is believed. See {@link Doubt}, {@link OutputOffsets} and {@link
 * AnodeCeiling}. The defaults were chosen on {@code anodyne study}.
 *
 * @param sureGapVolts a bound this far below its estimate, V at 1C, is that of a battery which the
 *     data agree with; nothing is kept beyond it
 * @param factor so many times what a bound is wider than that is kept on top; 0 for none
 * @param mostVolts the most that is kept on top, V at 1C and 25 °C
 * @param coldPerKelvin how fast that grows below 25 °C, 1/K; at most sixfold
 * @param graceSeconds every bound is wide before current has told of the battery: nothing is held
 *     against it for so long from the first belief on, s
 * @param memoryPeriods a bound that has been wide is taken to be as wide again for about so many
 *     decisions; 0 for none
 * @param surpriseVolts a bound that falls by more than this within a decision while the model does
 *     not, V at 1C, was wrong before: the fall counts like width, and the grace is over
 * @param risePeriods a rising bound is believed over at least so many decisions
 * @param provenShare share of the room up to the limit that a rise of the current may use before a
 *     measurement has confirmed it
 */
public record DoubtSettings(
    double sureGapVolts,
    double factor,
    double mostVolts,
    double coldPerKelvin,
    double graceSeconds,
    double memoryPeriods,
    double surpriseVolts,
    double risePeriods,
    double provenShare) {
  public static final DoubtSettings DEFAULT =
      new DoubtSettings(4.5e-3, 2.0, 6e-3, 0.04, 120.0, 60.0, 2.5e-3, 1.5, 0.5);

  /**
   * Checks.
   *
   * @throws IllegalArgumentException naming the value that is out of range
   */
  public DoubtSettings {
    within("sureGapVolts", sureGapVolts, 0.0, 0.1);
    within("factor", factor, 0.0, 10.0);
    within("mostVolts", mostVolts, 0.0, 0.1);
    within("coldPerKelvin", coldPerKelvin, 0.0, 0.2);
    within("graceSeconds", graceSeconds, 0.0, 3600.0);
    within("memoryPeriods", memoryPeriods, 0.0, 1000.0);
    within("surpriseVolts", surpriseVolts, 0.0, 0.1);
    within("risePeriods", risePeriods, 0.0, 1000.0);
    within("provenShare", provenShare, 0.05, 1.0);
  }

  /** The same, but a wide bound counts from the first belief on. */
  public DoubtSettings withoutGrace() {
    return new DoubtSettings(
        sureGapVolts,
        factor,
        mostVolts,
        coldPerKelvin,
        0.0,
        memoryPeriods,
        surpriseVolts,
        risePeriods,
        provenShare);
  }

  private static void within(String name, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          "doubt." + name + " is " + value + "; it must lie between " + low + " and " + high + ".");
    }
  }
}
