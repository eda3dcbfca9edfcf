package dev.anodyne.mpc;

import dev.anodyne.mpc.prediction.DoubtSettings;

/**
 * Everything that can be tuned about the model-predictive controller. Validated: a value out of
 * range is refused with its name.
 *
 * @param horizon how far and how finely it looks ahead
 * @param weights what it wants
 * @param margins what it keeps away from
 * @param search how hard it tries
 * @param doubt how careful it is with a battery that is not well known
 */
public record MpcSettings(
    Horizon horizon, Weights weights, Margins margins, Search search, DoubtSettings doubt) {
  /** For a control period of one second. */
  public static final MpcSettings DEFAULT =
      new MpcSettings(
          Horizon.DEFAULT, Weights.DEFAULT, Margins.DEFAULT, Search.DEFAULT, DoubtSettings.DEFAULT);

  /** The defaults for another control period. */
  public static MpcSettings forPeriod(double periodSeconds) {
    return DEFAULT.withHorizon(Horizon.DEFAULT.withPeriod(periodSeconds));
  }

  public MpcSettings withHorizon(Horizon h) {
    return new MpcSettings(h, weights, margins, search, doubt);
  }

  public MpcSettings withWeights(Weights w) {
    return new MpcSettings(horizon, w, margins, search, doubt);
  }

  public MpcSettings withMargins(Margins m) {
    return new MpcSettings(horizon, weights, m, search, doubt);
  }

  public MpcSettings withSearch(Search s) {
    return new MpcSettings(horizon, weights, margins, s, doubt);
  }

  public MpcSettings withDoubt(DoubtSettings d) {
    return new MpcSettings(horizon, weights, margins, search, d);
  }

  /**
   * The layout of the horizon.
   *
   * @param periodSeconds control period and first step, s
   * @param steps prediction steps, 2–200
   * @param moves blocks of constant current, 1–steps
   * @param seconds wanted length of the horizon, s
   * @param maxStepSeconds longest step, s
   * @param farSeconds length of the second, coarse plan that looks for the temperature limit, s; 0
   *     for none
   */
  public record Horizon(
      double periodSeconds,
      int steps,
      int moves,
      double seconds,
      double maxStepSeconds,
      double farSeconds) {
    public static final Horizon DEFAULT = new Horizon(1.0, 30, 10, 300.0, 25.0, 1500.0);

    public Horizon {
      positive("horizon.periodSeconds", periodSeconds);
      within("horizon.steps", steps, 2, 200);
      within("horizon.moves", moves, 1, steps);
      positive("horizon.seconds", seconds);
      positive("horizon.maxStepSeconds", maxStepSeconds);
      within("horizon.farSeconds", farSeconds, 0.0, 7200.0);
    }

    /** With the default far plan. */
    public Horizon(
        double periodSeconds, int steps, int moves, double seconds, double maxStepSeconds) {
      this(periodSeconds, steps, moves, seconds, maxStepSeconds, 1500.0);
    }

    public Horizon withPeriod(double p) {
      return new Horizon(p, steps, moves, seconds, Math.max(maxStepSeconds, p), farSeconds);
    }
  }

  /**
   * The objective, in amperes of mean current over the horizon.
   *
   * @param decay how much less a charge at the horizon's end is worth than one now, as an exponent:
   *     e^(−decay)
   * @param move cost of one ampere of change. With 30 steps and 300 s, an increase that is taken
   *     back within 2·move·150 s does not pay
   * @param slackPerMillivolt cost of one millivolt below the anode-potential margin or above the
   *     voltage limit; larger than the current a millivolt buys (under 1 A), so that limits are
   *     exceeded only where nothing else is possible (exact penalty)
   * @param slackPerTenthKelvin cost of 0.1 K above the temperature limit
   * @param slackPerPermille cost of 0.001 of stoichiometry beyond its limit
   * @param slackPerTenMolPerM3 cost of 10 mol/m³ of electrolyte below its limit
   */
  public record Weights(
      double decay,
      double move,
      double slackPerMillivolt,
      double slackPerTenthKelvin,
      double slackPerPermille,
      double slackPerTenMolPerM3) {
    public static final Weights DEFAULT = new Weights(2.0, 0.005, 20.0, 3.0, 5.0, 5.0);

    public Weights {
      within("weights.decay", decay, 0.0, 20.0);
      within("weights.move", move, 0.0, 1.0);
      positive("weights.slackPerMillivolt", slackPerMillivolt);
      positive("weights.slackPerTenthKelvin", slackPerTenthKelvin);
      positive("weights.slackPerPermille", slackPerPermille);
      positive("weights.slackPerTenMolPerM3", slackPerTenMolPerM3);
    }
  }

  /**
   * Distances kept beyond the limits of the charge. There is none for the anode potential at the
   * present current: its calibrated lower bound is constrained, which is the back-off. Only a rise
   * of the current, whose effect no measurement has shown yet, keeps a little.
   *
   * @param voltageVolts below the voltage limit, V
   * @param temperatureKelvin below the temperature limit, K
   * @param riseVoltsPerC anode potential kept until the next decision for each C of rising current,
   *     V. A jump from rest moves the anode by about 60 mV per C at once; a model that is wrong by
   *     a sixth of that misses by 10 mV per C
   * @param maxAnodeSurfaceStoichiometry largest anode surface stoichiometry at the separator
   * @param minElectrolyteMolPerM3 lowest electrolyte concentration at the anode collector, mol/m³
   * @param targetSoc how far past the target a plan may end, so that the target is passed and not
   *     approached for ever
   */
  public record Margins(
      double voltageVolts,
      double temperatureKelvin,
      double riseVoltsPerC,
      double maxAnodeSurfaceStoichiometry,
      double minElectrolyteMolPerM3,
      double targetSoc) {
    public static final Margins DEFAULT = new Margins(0.002, 0.1, 0.010, 0.995, 50.0, 5e-4);

    public Margins {
      within("margins.voltageVolts", voltageVolts, 0.0, 0.5);
      within("margins.temperatureKelvin", temperatureKelvin, 0.0, 20.0);
      within("margins.riseVoltsPerC", riseVoltsPerC, 0.0, 0.1);
      within("margins.maxAnodeSurfaceStoichiometry", maxAnodeSurfaceStoichiometry, 0.1, 1.0);
      within("margins.minElectrolyteMolPerM3", minElectrolyteMolPerM3, 0.0, 1000.0);
      within("margins.targetSoc", targetSoc, 0.0, 0.05);
    }
  }

  /**
   * Effort, filters and patience.
   *
   * @param trustRegion how far a linear program may move a current, as a share of the current limit
   * @param warmPrograms most linear programs a step with a previous plan; one does mostly
   *     (real-time iteration), the others are corrections of a rejected one
   * @param coldPrograms most linear programs a step without one
   * @param anodeRiseSeconds time constant with which a rising anode-potential bound is believed, s
   * @param temperatureFilterSeconds time constant of the temperature's offset, s
   * @param maxPlanAgeSeconds how long the rest of an old plan may be used, s
   * @param failuresBeforeColdRestart failures in a row after which plan and basis are forgotten
   */
  public record Search(
      double trustRegion,
      int warmPrograms,
      int coldPrograms,
      double anodeRiseSeconds,
      double temperatureFilterSeconds,
      double maxPlanAgeSeconds,
      int failuresBeforeColdRestart) {
    public static final Search DEFAULT = new Search(0.25, 4, 12, 4.0, 60.0, 30.0, 3);

    public Search {
      within("search.trustRegion", trustRegion, 1e-3, 1.0);
      within("search.warmPrograms", warmPrograms, 1, 20);
      within("search.coldPrograms", coldPrograms, 1, 50);
      within("search.anodeRiseSeconds", anodeRiseSeconds, 0.0, 3600.0);
      within("search.temperatureFilterSeconds", temperatureFilterSeconds, 0.0, 3600.0);
      within("search.maxPlanAgeSeconds", maxPlanAgeSeconds, 0.0, 3600.0);
      within("search.failuresBeforeColdRestart", failuresBeforeColdRestart, 1, 100);
    }
  }

  private static void positive(String name, double value) {
    if (!(value > 0.0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " is " + value + "; it must be a number above 0.");
    }
  }

  private static void within(String name, double value, double low, double high) {
    if (!(value >= low && value <= high)) {
      throw new IllegalArgumentException(
          name + " is " + value + "; it must lie between " + low + " and " + high + ".");
    }
  }
}
