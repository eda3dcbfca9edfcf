package dev.anodyne.estimators.twin;

/**
 * Does the state of charge that the voltage asks for move with the charge that the current brings?
 * Leaky sums of both over some minutes: a current that reads zero, has the wrong sign or is wrong
 * by a factor, and a voltage that stands still, pull them apart.
 *
 * <pre>
 *   |Σ Δs − Σ I Δt/Q| ≤ 4 % + |Σ I Δt/Q|
 * </pre>
 *
 * <p>All of the charge covers what a battery far from the model still corrects: one that has lost a
 * tenth of its capacity and all of whose rates are off by a fifth was seen to part by 1.0 % beyond
 * it, one that has lost a sixth by 3.6 %. What is left beyond are currents that do not flow, or
 * flow the other way.
 */
final class ChargeWatch {
  private static final double MEMORY_SECONDS = 300.0;

  /**
   * How long a state that is not known yet may wander, s. After a drive the rest voltage misleads
   * by up to 12 % of the charge, of which 6 % are still moving after 200 s and 1 % after 300 s.
   */
  private static final double FINDING_SECONDS = 300.0;

  /**
   * A change of current tells resistance from charge: what was taken for the one is then put down
   * to the other, some per cent of the charge within a minute in an old battery just off a drive.
   * So nothing counts that follows on changes of more than this, C, within this time, s. What steps
   * with a fault is {@link LoadWatch}'s.
   */
  private static final double MOST_UNREST = 0.1;

  private static final double UNREST_SECONDS = 60.0;

  private static final double SLACK_SOC = 0.04;
  private static final double SLACK_SHARE = 1.0;

  private final double ampHours;
  private double found;
  private double moved;
  private double lastSoc;
  private double seconds;
  private double lastAmps;
  private double unrest;

  ChargeWatch(double ampHours) {
    this.ampHours = ampHours;
  }

  /** Begins at a state of charge that was just found. */
  void restart(double soc) {
    found = 0.0;
    moved = 0.0;
    seconds = 0.0;
    lastSoc = soc;
  }

  /** After missing samples: the way between is not known. */
  void bridge(double soc) {
    lastSoc = soc;
    seconds = Math.min(seconds, 0.5 * FINDING_SECONDS);
  }

  /** Takes in the state of charge after a correction and the current that led to it. */
  void update(double soc, double cellAmps, double step) {
    seconds += step;
    double keep = Math.exp(-step / MEMORY_SECONDS);
    found *= keep;
    moved *= keep;
    unrest = unrest * Math.exp(-step / UNREST_SECONDS) + Math.abs(cellAmps - lastAmps) / ampHours;
    lastAmps = cellAmps;
    if (seconds > FINDING_SECONDS && unrest < MOST_UNREST) {
      found += soc - lastSoc;
      moved += cellAmps * step / (3600.0 * ampHours);
    }
    lastSoc = soc;
  }

  /** True while voltage and current tell of different charges. */
  boolean contradicts() {
    return Math.abs(found - moved) > SLACK_SOC + SLACK_SHARE * Math.abs(moved);
  }
}
