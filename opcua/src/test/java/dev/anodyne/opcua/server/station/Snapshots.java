package dev.anodyne.opcua.server.station;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.EstimateIntervals;
import dev.anodyne.core.charging.Interval;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.PlanAhead;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.p2d.SolveStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/** Snapshots of a 96s2p battery that charges, and what can happen to it. */
final class Snapshots {
  static final PackLayout LAYOUT = new PackLayout(96, 2);
  static final ChargerSnapshot.Orders NO_ORDERS =
      new ChargerSnapshot.Orders(
          Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0.8, null, false, "");
  private static final EstimateIntervals SURE =
      new EstimateIntervals(
          0.95,
          new Interval(0.01, 0.05),
          new Interval(0.5, 0.6),
          new Interval(0.5, 0.6),
          new Interval(0.4, 0.5),
          new Interval(0.4, 0.5),
          new Interval(0.41, 0.44),
          new Interval(300, 302));

  private Snapshots() {}

  /** The monotonic clock's reading at a time of day, as long as nobody corrects that. */
  static long heard(Instant time) {
    return Duration.between(Instant.EPOCH, time).toNanos();
  }

  static ChargerSnapshot charging(String id, Instant time) {
    return of(id, time, LinkState.UP, measurement(Quality.GOOD), estimate(0.42, 0.031, true));
  }

  static ChargerSnapshot link(String id, Instant time, LinkState link) {
    Quality quality = link == LinkState.STALE ? Quality.UNCERTAIN : Quality.BAD;
    return of(id, time, link, measurement(quality), estimate(0.42, 0.031, true));
  }

  /** As before the first connection: nothing is known at all. */
  static ChargerSnapshot unknown(String id, Instant time) {
    double nan = Double.NaN;
    ChargerSnapshot s =
        of(
            id,
            time,
            LinkState.CONNECTING,
            new Measurement(0, nan, nan, nan, nan, nan, nan, nan, Quality.BAD),
            null);
    ChargerStatus status =
        new ChargerStatus(
            LinkState.CONNECTING,
            s.status().measurement(),
            ChargerCapabilities.UNKNOWN,
            BatteryLimits.UNKNOWN,
            false,
            Set.of(),
            "Not connected yet.");
    return with(s, status, s.estimate());
  }

  static ChargerSnapshot estimated(String id, Instant time, CellEstimate estimate) {
    return of(id, time, LinkState.UP, measurement(Quality.GOOD), estimate);
  }

  static ChargerSnapshot inPhase(ChargerSnapshot s, SessionPhase phase, Instant since) {
    return new ChargerSnapshot(
        s.charger(),
        s.time(),
        s.measuredAt(),
        s.status(),
        s.layout(),
        s.estimate(),
        s.limits(),
        s.command(),
        s.commandEnds(),
        s.heatWatts(),
        s.decision(),
        s.reasons(),
        new ChargerSnapshot.Session(phase, "Because.", since, phase == SessionPhase.FINISHED),
        s.progress(),
        s.policy(),
        s.orders(),
        s.timing(),
        s.heardNanos());
  }

  static ChargerSnapshot because(ChargerSnapshot s, ChargerSnapshot.Reasons reasons) {
    return new ChargerSnapshot(
        s.charger(),
        s.time(),
        s.measuredAt(),
        s.status(),
        s.layout(),
        s.estimate(),
        s.limits(),
        s.command(),
        s.commandEnds(),
        s.heatWatts(),
        s.decision(),
        reasons,
        s.session(),
        s.progress(),
        s.policy(),
        s.orders(),
        s.timing(),
        s.heardNanos());
  }

  /** The same decided by another rung of the ladder. */
  static ChargerSnapshot decided(ChargerSnapshot s, DecisionSource source) {
    PolicyDecision d = s.decision();
    PolicyDecision other =
        new PolicyDecision(
            d.chargeCurrentAmps(),
            d.voltageCeilingVolts(),
            d.plan(),
            d.status(),
            source,
            d.activeConstraint(),
            d.solveNanos());
    return new ChargerSnapshot(
        s.charger(),
        s.time(),
        s.measuredAt(),
        s.status(),
        s.layout(),
        s.estimate(),
        s.limits(),
        s.command(),
        s.commandEnds(),
        s.heatWatts(),
        other,
        s.reasons(),
        s.session(),
        s.progress(),
        s.policy(),
        s.orders(),
        s.timing(),
        s.heardNanos());
  }

  static ChargerSnapshot faulted(ChargerSnapshot s, ChargerFault... faults) {
    ChargerStatus status = s.status();
    return with(
        s,
        new ChargerStatus(
            status.link(),
            status.measurement(),
            status.capabilities(),
            status.batteryLimits(),
            status.vehicleConnected(),
            Set.of(faults),
            status.reason()),
        s.estimate());
  }

  static CellEstimate estimate(double soc, double anodeVolts, boolean inRange) {
    return new CellEstimate(
        0,
        true,
        inRange,
        5,
        3.9,
        301,
        soc,
        anodeVolts,
        anodeVolts - 0.01,
        0.55,
        0.6,
        0.5,
        301.5,
        0.002,
        null,
        0.45,
        Double.NaN,
        SURE);
  }

  static CellEstimate invalid() {
    double nan = Double.NaN;
    return new CellEstimate(
        0, false, false, nan, nan, nan, nan, nan, nan, nan, nan, nan, nan, nan, null);
  }

  /** A measurement whose voltage is beyond what the model allows. */
  static ChargerSnapshot implausible(String id, Instant time) {
    return of(
        id,
        time,
        LinkState.UP,
        new Measurement(0, 180, 2500, 300.5, 3.85, 3.91, 299.5, 301.25, Quality.GOOD),
        estimate(0.42, 0.031, true));
  }

  /** One whose hottest cell has a temperature, K; the limit in force is 318.15 K. */
  static ChargerSnapshot hottest(String id, Instant time, double kelvin) {
    return of(
        id,
        time,
        LinkState.UP,
        new Measurement(0, 180, 372.5, 300.5, 3.85, 3.91, kelvin - 2, kelvin, Quality.GOOD),
        estimate(0.42, 0.031, true));
  }

  private static Measurement measurement(Quality quality) {
    return new Measurement(0, 180, 372.5, 300.5, 3.85, 3.91, 299.5, 301.25, quality);
  }

  private static ChargerSnapshot with(
      ChargerSnapshot s, ChargerStatus status, CellEstimate estimate) {
    return new ChargerSnapshot(
        s.charger(),
        s.time(),
        s.measuredAt(),
        status,
        s.layout(),
        estimate,
        s.limits(),
        s.command(),
        s.commandEnds(),
        s.heatWatts(),
        s.decision(),
        s.reasons(),
        s.session(),
        s.progress(),
        s.policy(),
        s.orders(),
        s.timing(),
        s.heardNanos());
  }

  private static ChargerSnapshot of(
      String id, Instant time, LinkState link, Measurement measurement, CellEstimate estimate) {
    PlanAhead plan =
        new PlanAhead(
            new double[] {10, 20, 30},
            new double[] {90, 80, 70},
            new double[] {3.9, 3.95, 4.0},
            new double[] {0.02, 0.01, 0.0},
            new double[] {301, 302, 303},
            new double[] {0.43, 0.44, 0.45});
    return new ChargerSnapshot(
        id,
        time,
        time.minusMillis(40),
        new ChargerStatus(
            link,
            measurement,
            new ChargerCapabilities(150, 920, 500, 250_000, 100),
            new BatteryLimits(400, 403, 4.2, 318.15, 150_000),
            true,
            Set.of(),
            link == LinkState.UP ? "" : "Quiet."),
        LAYOUT,
        estimate,
        new ChargeLimits(150, 4.2, 318.15, 0.0, 0.8, 781.25, 50, 298.15),
        new CurrentCommand(180, 403, 0),
        time.plusMillis(1750),
        0,
        new PolicyDecision(
            90, 4.2, plan, SolveStatus.OK, DecisionSource.MPC, ActiveConstraint.ANODE_POTENTIAL, 0),
        new ChargerSnapshot.Reasons(
            ActiveConstraint.ANODE_POTENTIAL, "The anode potential holds the current.", "NONE", ""),
        new ChargerSnapshot.Session(SessionPhase.CHARGING, "", time.minusSeconds(60), false),
        new ChargerSnapshot.Progress(60, 600),
        new ChargerSnapshot.Policy("winter", "3", "1f0c"),
        NO_ORDERS,
        new ChargerSnapshot.Timing(1, 60, 2, 12.5, 1.5),
        heard(time));
  }
}
