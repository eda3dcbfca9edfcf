package dev.anodyne.estimators.evaluation;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.CellEstimate;

/**
 * Measures how far an estimator's answers violate physical identities, from its {@link
 * CellEstimate}s alone: the same ruler for physics, networks and both together, and a stand-in for
 * how far a person can follow an estimate. Add a session's estimates in order, end the session, add
 * the next one; {@link #mean()} gives the figures of all. Needs no truth, so it also works on real
 * batteries.
 *
 * <p>A battery's own capacities and resistances are unknown. So the identities leave them free for
 * each session, within what a battery can be, and count what no such battery could explain:
 *
 * <ul>
 *   <li>Lithium: x̄ and ȳ are straight lines over the charge that passed, with the slopes of
 *       electrodes that kept 80…105 % of their material (the weakest cell of a pack may change
 *       during a session; that counts as drift of a few tenths of a percent).
 *   <li>Voltage: V − U_p(y_s) + U_n(x_s) = k η with η from {@link SurfaceVoltage} and one factor k
 *       between {@value #LEAST_FACTOR} and {@value #MOST_FACTOR} for the session. In a series pack
 *       V is the highest cell's, so the spread of the cells counts.
 *   <li>Anode potential: U_n(x_s at the separator) − φ = k' η_n likewise, under charge (at rest the
 *       anode's parts charge each other).
 *   <li>Sign, under charge (the current and its mean over 100 s exceed 0.1C): x_s ≥ x̄, y_s ≤ ȳ, φ
 *       ≤ U_n(x_s at the separator).
 *   <li>Monotonicity: where the current steps by 0.2C or more within 13 s, the anode potential
 *       moves the other way.
 * </ul>
 *
 * <p>Not judged are a session's first 60 s (the state is still being found), estimates that are not
 * valid, and figures that an estimate lacks (NaN). Not thread-safe.
 */
public final class PhysicalIdentities {
  /** Least and most overpotential of a battery against the nominal cell's. */
  static final double LEAST_FACTOR = 0.5;

  static final double MOST_FACTOR = 3.0;

  private static final double SETTLED_SECONDS = 60.0;
  private static final double LEAST_MATERIAL = 0.80;
  private static final double MOST_MATERIAL = 1.05;
  private static final double CHARGING_RATE = 0.1;
  private static final double STEP_RATE = 0.2;
  private static final double STEP_SECONDS = 13.0;

  /** Sums over a thickness differ from values at means by as much. */
  private static final double SIGN_VOLTS = 2e-3;

  private static final double SIGN_STOICHIOMETRY = 1e-3;

  /**
   * What an estimator said at one instant.
   *
   * @param seconds since the session's start, s
   * @param ampHours charge that passed since the session's start, A·h
   * @param amps current into the cell, A
   * @param volts the cell's voltage, V
   * @param kelvin its temperature, K
   * @param anodePotentialVolts φ, V
   * @param anodeSurface x_s
   * @param anodeSurfaceAtSeparator x_s at the separator
   * @param cathodeSurface y_s
   * @param anode x̄; NaN when it is not said
   * @param cathode ȳ; NaN when it is not said
   */
  public record Instant(
      double seconds,
      double ampHours,
      double amps,
      double volts,
      double kelvin,
      double anodePotentialVolts,
      double anodeSurface,
      double anodeSurfaceAtSeparator,
      double cathodeSurface,
      double anode,
      double cathode) {}

  private final SurfaceVoltage voltage;
  private final double nominalAmpHours;
  private final double capacityAmpHours;
  private final double anodeAmpHours;
  private final double cathodeAmpHours;
  private Session session = new Session();
  private int sessions;
  private double drift;
  private double volts;
  private double anodeVolts;
  private double sign;
  private double monotonicity;
  private int sessionsWithSteps;
  private int sessionsUnderCharge;
  private boolean begun;
  private long firstNanos;
  private long lastNanos;
  private double ampHours;

  /** For estimates of a battery of {@code cell}s. */
  public PhysicalIdentities(CellParameters cell) {
    voltage = new SurfaceVoltage(cell);
    nominalAmpHours = cell.nominalCapacityAmpHours();
    capacityAmpHours = cell.capacityAmpHours();
    anodeAmpHours = cell.anode().siteCapacityAmpHours(cell.electrodeAreaM2());
    cathodeAmpHours = cell.cathode().siteCapacityAmpHours(cell.electrodeAreaM2());
  }

  /** Takes in the next estimate of the session; the charge is counted from its currents. */
  public void add(CellEstimate e) {
    if (!e.valid()) {
      return;
    }
    if (!begun) {
      begun = true;
      firstNanos = e.timeNanos();
      lastNanos = e.timeNanos();
    }
    ampHours += e.chargeCurrentAmps() * (e.timeNanos() - lastNanos) * 1e-9 / 3600;
    lastNanos = e.timeNanos();
    add(
        new Instant(
            (e.timeNanos() - firstNanos) * 1e-9,
            ampHours,
            e.chargeCurrentAmps(),
            e.voltageVolts(),
            e.temperatureKelvin(),
            e.anodePotentialVolts(),
            e.anodeSurfaceStoichiometry(),
            e.anodeSurfaceStoichiometryAtSeparator(),
            e.cathodeSurfaceStoichiometry(),
            e.anodeStoichiometry(),
            e.cathodeStoichiometry()));
  }

  /** Takes in the next instant of the session. */
  public void add(Instant i) {
    session.add(i);
  }

  /** Ends the session; its figures count in {@link #mean()} when it had any sample to judge. */
  public IdentityViolations endSession() {
    IdentityViolations v = session.violations();
    if (v.sessions() > 0) {
      sessions++;
      drift += v.lithiumDriftPercent();
      volts += v.voltageMillivolts();
      anodeVolts += v.anodePotentialMillivolts();
      sign += v.signPercent();
      monotonicity += v.monotonicityPercent();
      sessionsUnderCharge += session.charging > 0 ? 1 : 0;
      sessionsWithSteps += session.steps > 0 ? 1 : 0;
    }
    session = new Session();
    begun = false;
    ampHours = 0;
    return v;
  }

  /** Means over the sessions that ended; signs and steps over the sessions that had some. */
  public IdentityViolations mean() {
    int n = Math.max(sessions, 1);
    return new IdentityViolations(
        sessions,
        drift / n,
        volts / n,
        anodeVolts / n,
        sign / Math.max(sessionsUnderCharge, 1),
        monotonicity / Math.max(sessionsWithSteps, 1));
  }

  /** Sums of one session. */
  private final class Session {
    private final StraightLine anode = new StraightLine();
    private final StraightLine cathode = new StraightLine();
    private final StraightLine whole = new StraightLine();
    private final StraightLine anodeSide = new StraightLine();
    private int judged;
    private int charging;
    private int wrongSigns;
    private int steps;
    private int wrongSteps;
    private double filteredAmps;
    private double lastSeconds;
    private double lastAmps;
    private double lastAnodeVolts = Double.NaN;

    void add(Instant i) {
      double dt = i.seconds() - lastSeconds;
      filteredAmps +=
          (i.amps() - filteredAmps) * (1 - Math.exp(-dt / SurfaceVoltage.ELECTROLYTE_SECONDS));
      if (i.seconds() >= SETTLED_SECONDS) {
        judged++;
        lithium(i);
        voltages(i);
        signs(i);
        step(i, dt);
        lastAnodeVolts = i.anodePotentialVolts();
      }
      lastSeconds = i.seconds();
      lastAmps = i.amps();
    }

    private void lithium(Instant i) {
      if (Double.isFinite(i.anode())) {
        anode.add(i.ampHours(), i.anode());
      }
      if (Double.isFinite(i.cathode())) {
        cathode.add(i.ampHours(), i.cathode());
      }
    }

    private void voltages(Instant i) {
      double t = i.kelvin();
      double open =
          voltage.cathodeOpenVolts(i.cathodeSurface(), t)
              - voltage.anodeOpenVolts(i.anodeSurface(), t);
      whole.add(
          voltage.overpotentialVolts(
              i.amps(), filteredAmps, i.anodeSurface(), i.cathodeSurface(), t),
          i.volts() - open);
    }

    private double drop(Instant i) {
      return voltage.anodeOpenVolts(i.anodeSurfaceAtSeparator(), i.kelvin())
          - i.anodePotentialVolts();
    }

    private void signs(Instant i) {
      double least = CHARGING_RATE * nominalAmpHours;
      if (i.amps() < least || filteredAmps < least) {
        return;
      }
      charging++;
      anodeSide.add(
          voltage.anodeDropVolts(i.amps(), i.anodeSurfaceAtSeparator(), i.kelvin()), drop(i));
      // An estimate that is not there violates nothing: comparisons with NaN are false.
      boolean wrong =
          i.anodeSurface() < i.anode() - SIGN_STOICHIOMETRY
              || i.cathodeSurface() > i.cathode() + SIGN_STOICHIOMETRY
              || drop(i) < -SIGN_VOLTS;
      wrongSigns += wrong ? 1 : 0;
    }

    private void step(Instant i, double dt) {
      double change = i.amps() - lastAmps;
      if (dt > STEP_SECONDS
          || Math.abs(change) < STEP_RATE * nominalAmpHours
          || !Double.isFinite(lastAnodeVolts)) {
        return;
      }
      steps++;
      wrongSteps += (i.anodePotentialVolts() - lastAnodeVolts) * change > 0 ? 1 : 0;
    }

    IdentityViolations violations() {
      if (judged == 0) {
        return IdentityViolations.NONE;
      }
      double qn = anodeAmpHours;
      double qp = cathodeAmpHours;
      double x = qn * anode.departure(slope(qn, MOST_MATERIAL), slope(qn, LEAST_MATERIAL));
      double y = qp * cathode.departure(-slope(qp, LEAST_MATERIAL), -slope(qp, MOST_MATERIAL));
      return new IdentityViolations(
          1,
          100 * Math.sqrt((x * x + y * y) / 2) / capacityAmpHours,
          1e3 * whole.departureFromProportion(LEAST_FACTOR, MOST_FACTOR),
          1e3 * anodeSide.departureFromProportion(LEAST_FACTOR, MOST_FACTOR),
          100.0 * wrongSigns / Math.max(charging, 1),
          100.0 * wrongSteps / Math.max(steps, 1));
    }

    /** Stoichiometry that an ampere-hour moves when a share of the sites is left, 1/A·h. */
    private static double slope(double siteAmpHours, double material) {
      return 1 / (siteAmpHours * material);
    }
  }
}
