package dev.anodyne.plantsim.pack;

/**
 * What may be across the battery's terminals beside the charger, and the fuse behind them. A short
 * of resistance R carries I_s = V/R, so that the cells see
 *
 * <pre>I = I_charger − V(I)/R</pre>
 *
 * until the fuse has taken ∫ ((I/I_rated)² − 1) dt = {@link #MELTING_SECONDS}: four times its
 * rating for 33 ms, ten times for 5 ms. The battery's management measures on the cells' side of the
 * fuse. Not thread-safe.
 */
public final class BatteryTerminals {
  /** How long the fuse carries √2 of its rating. */
  static final double MELTING_SECONDS = 0.5;

  /** While a short is there time moves in steps this short, s: a fuse melts within some of them. */
  private static final double SHORTED_SECONDS = 1e-3;

  private static final int MAX_TRIALS = 40;

  /** The current is right when the voltage over the short is, V. */
  private static final double TOLERANCE_VOLTS = 1e-5;

  /** Where the cells cannot give what the short would take: this share of the most is enough. */
  private static final double NEAR_MOST = 0.02;

  private double shortOhms = Double.POSITIVE_INFINITY;
  private double shortAmps;
  private double ratedAmps = Double.POSITIVE_INFINITY;
  private double meltedSeconds;
  private boolean blown;

  BatteryTerminals() {}

  /** Resistance across the terminals, Ω; +∞ for none. */
  public double shortOhms() {
    return shortOhms;
  }

  /** See {@link #shortOhms()}; above 0. */
  public void setShortOhms(double ohms) {
    if (!(ohms > 0)) {
      throw new IllegalArgumentException("External short " + ohms + " Ω must be above 0 Ω.");
    }
    shortOhms = ohms;
  }

  /** Current through the short in the last step, A. */
  public double shortAmps() {
    return shortAmps;
  }

  /** Current that the fuse carries for ever, A; +∞ for no fuse. */
  public double ratedAmps() {
    return ratedAmps;
  }

  /** See {@link #ratedAmps()}. */
  public void setRatedAmps(double amps) {
    ratedAmps = amps;
  }

  /** Whether the fuse has melted: nothing flows any more. */
  public boolean isBlown() {
    return blown;
  }

  /** A technician puts a new fuse in. */
  public void replaceFuse() {
    blown = false;
    meltedSeconds = 0;
  }

  /** How far the plant may move at once, s. */
  public double longestStepSeconds() {
    return isShorted() ? SHORTED_SECONDS : Double.POSITIVE_INFINITY;
  }

  boolean isShorted() {
    return shortOhms < Double.POSITIVE_INFINITY && !blown;
  }

  /**
   * Tries a step with the short; the string's last trial is the solution.
   *
   * @param chargerAmps what the charger delivers, A
   * @param beforeAmps the cells' current before, A
   * @return the cells' current, A; NaN when there is no solution
   */
  double tryStep(
      SeriesString string,
      double chargerAmps,
      double beforeAmps,
      double dtSeconds,
      double ambientKelvin) {
    double ohms = string.ohms();
    double source = string.volts() - ohms * beforeAmps;
    double amps = (chargerAmps * shortOhms - source) / (shortOhms + ohms);
    double most = chargerAmps; // the cells can give this, as far as is known
    double tooMuch = Double.NEGATIVE_INFINITY;
    for (int trial = 0; trial < MAX_TRIALS; trial++) {
      if (!string.tryStep(amps, dtSeconds, ambientKelvin)) {
        tooMuch = amps;
        amps = 0.5 * (amps + most);
        continue;
      }
      double miss = (amps - chargerAmps) * shortOhms + string.volts();
      boolean cannotGiveMore = miss > 0 && amps - tooMuch < NEAR_MOST * Math.abs(amps);
      if (Math.abs(miss) < TOLERANCE_VOLTS || cannotGiveMore) {
        shortAmps = chargerAmps - amps;
        return amps;
      }
      most = Math.min(most, amps);
      amps -= miss / (shortOhms + string.ohms());
      amps = amps <= tooMuch ? 0.5 * (tooMuch + most) : amps;
    }
    return Double.NaN;
  }

  /** Ends a step: the fuse warms or cools. */
  void end(double amps, double dtSeconds) {
    shortAmps = isShorted() ? shortAmps : 0;
    double share = amps / ratedAmps;
    meltedSeconds = Math.max(0, meltedSeconds + (share * share - 1) * dtSeconds);
    blown |= meltedSeconds > MELTING_SECONDS;
  }
}
