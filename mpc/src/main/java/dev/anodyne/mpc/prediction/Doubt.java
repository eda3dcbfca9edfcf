package dev.anodyne.mpc.prediction;

import dev.anodyne.core.charging.CellEstimate;

/**
 * What is kept beyond the bound of a battery that is not well known. A bound is made to hold for 99
 * % of the time, with sensors off by up to 5 mV. A charge that rides on it for an hour goes
 * wherever it is most wrong, and where it is wide it is wrong by more: batteries of unknown rates
 * with sensors off by 10 mV are. The width is the evidence: as it comes, bounds narrow and this
 * goes to 0. Figures: {@code anodyne study}.
 *
 * <p>A bound that is narrow for one sample and wide for the next is not narrow: width is remembered
 * over a number of decisions. They count, not the time, since a bound learns from samples. A bound
 * that falls by more than the model explains was too high by as much a sample ago: that counts like
 * width, and ends the time of grace. Bounds of batteries that are as believed hardly ever do; those
 * of others also do where the current falls fast.
 */
final class Doubt {
  private static final double NANOS_PER_SECOND = 1e9;

  /** After the time of grace doubt grows to its full size within this share of it. */
  private static final double GROWS_SHARE = 0.5;

  /** Widths are remembered from this share of the time of grace on. */
  private static final double REMEMBERS_SHARE = 0.5;

  private static final double WARM_KELVIN = 298.15;
  private static final double MOST_COLD = 6.0;

  private final double oneCAmps;
  private final DoubtSettings settings;
  private boolean begun;
  private boolean surprised;
  private long firstNanos;
  private long lastNanos;
  private double lastDoubtVolts;

  /** How far the last bound was above the model, V at 1C. */
  private double lastAboveModelVolts = Double.NaN;

  /** How much wider than a sure one the bound was, V at 1C. */
  private double rememberedVolts = Double.NEGATIVE_INFINITY;

  Doubt(double oneCAmps, DoubtSettings settings) {
    this.oneCAmps = oneCAmps;
    this.settings = settings;
  }

  /**
   * Takes in a belief; one of the same moment again counts once. One of before the first begins
   * anew.
   *
   * @param modelVolts the model's own anode potential now, V
   * @return what is kept below its bound, V
   */
  double update(CellEstimate estimate, double modelVolts) {
    if (begun && estimate.timeNanos() == lastNanos) {
      return lastDoubtVolts;
    }
    if (!begun || estimate.timeNanos() < firstNanos) {
      reset();
      begun = true;
      firstNanos = estimate.timeNanos();
    }
    double beyond = beyondSureVolts(estimate);
    double aboveModel = (estimate.anodePotentialLowerBoundVolts() - modelVolts) / growth(estimate);
    if (!Double.isFinite(beyond) || !Double.isFinite(aboveModel)) {
      return Double.NaN;
    }
    double fall = lastAboveModelVolts - aboveModel;
    lastAboveModelVolts = aboveModel;
    double seconds = (estimate.timeNanos() - firstNanos) / NANOS_PER_SECOND;
    // Every bound moves while the first current tells of the battery.
    boolean surprise =
        fall > settings.surpriseVolts() && seconds >= REMEMBERS_SHARE * settings.graceSeconds();
    surprised |= surprise;
    remember(
        Math.min(surprise ? Math.max(beyond, fall) : beyond, saturatedVolts(estimate)), seconds);
    lastNanos = estimate.timeNanos();
    lastDoubtVolts = evidence(seconds) * volts(estimate, Math.max(beyond, rememberedVolts));
    return lastDoubtVolts;
  }

  /** After a break in what is believed nothing can be said of a fall. */
  void interrupt() {
    lastAboveModelVolts = Double.NaN;
  }

  /** As if no belief had been taken in. */
  void reset() {
    begun = false;
    surprised = false;
    lastAboveModelVolts = Double.NaN;
    rememberedVolts = Double.NEGATIVE_INFINITY;
  }

  /** Keeps the largest width, and lets it fade. */
  private void remember(double beyondVolts, double seconds) {
    boolean early = !surprised && seconds < REMEMBERS_SHARE * settings.graceSeconds();
    double share = OutputOffsets.share(1.0, settings.memoryPeriods());
    if (early || !Double.isFinite(rememberedVolts)) {
      rememberedVolts = beyondVolts;
    } else {
      double change = beyondVolts - rememberedVolts;
      rememberedVolts += change > 0.0 ? change : share * change;
    }
  }

  /** How much a wide bound says against a battery by now, 0–1. */
  private double evidence(double seconds) {
    double grace = settings.graceSeconds();
    return surprised || grace <= 0.0
        ? 1.0
        : Math.min(1.0, Math.max(0.0, (seconds - grace) / (GROWS_SHARE * grace)));
  }

  /** What is kept for a bound of this width alone, with full evidence, V. */
  double volts(CellEstimate estimate) {
    return volts(estimate, beyondSureVolts(estimate));
  }

  private double volts(CellEstimate estimate, double beyondVolts) {
    double doubt = settings.factor() * beyondVolts;
    return growth(estimate) * Math.min(Math.max(doubt, 0.0), settings.mostVolts() * cold(estimate));
  }

  /** How much wider than a sure one a bound is, V at 1C. */
  private double beyondSureVolts(CellEstimate estimate) {
    double gap = estimate.anodePotentialVolts() - estimate.anodePotentialLowerBoundVolts();
    return gap / growth(estimate) - settings.sureGapVolts();
  }

  /** Where the most is reached: no single wild width is remembered beyond it. V at 1C. */
  private double saturatedVolts(CellEstimate estimate) {
    return settings.factor() <= 0.0
        ? 0.0
        : settings.mostVolts() * cold(estimate) / settings.factor();
  }

  /** Errors of rates and resistances go with the current. */
  private double growth(CellEstimate estimate) {
    return 0.5 * (1.0 + Math.abs(estimate.chargeCurrentAmps()) / oneCAmps);
  }

  private double cold(CellEstimate estimate) {
    double below = WARM_KELVIN - estimate.coreTemperatureKelvin();
    return Math.min(Math.max(Math.exp(settings.coldPerKelvin() * below), 1.0), MOST_COLD);
  }

  /** Goes on where another stands. */
  void takeOver(Doubt other) {
    begun = other.begun;
    surprised = other.surprised;
    lastAboveModelVolts = other.lastAboveModelVolts;
    firstNanos = other.firstNanos;
    lastNanos = other.lastNanos;
    lastDoubtVolts = other.lastDoubtVolts;
    rememberedVolts = other.rememberedVolts;
  }
}
