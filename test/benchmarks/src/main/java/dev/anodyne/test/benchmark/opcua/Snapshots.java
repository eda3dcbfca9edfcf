package dev.anodyne.test.benchmark.opcua;

import dev.anodyne.core.cell.CellParameters;
import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.EstimateIntervals;
import dev.anodyne.core.charging.Interval;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.PlanAhead;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.p2d.P2dModel;
import dev.anodyne.core.p2d.P2dOptions;
import dev.anodyne.core.p2d.P2dState;
import dev.anodyne.core.p2d.SolveStatus;
import dev.anodyne.opcua.server.station.ChargerSnapshot;
import dev.anodyne.opcua.server.station.SessionPhase;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Chargers that charge; everything that is measured or estimated changes from one to the next. */
final class Snapshots {
  /** What the clients watch: all of it changes every second. */
  static final List<String> WATCHED =
      List.of(
          "Measurements.Current",
          "Measurements.Voltage",
          "Measurements.Power",
          "Measurements.MinCellVoltage",
          "Measurements.MaxCellVoltage",
          "Measurements.MinCellTemperature",
          "Measurements.MaxCellTemperature",
          "Measurements.SurfaceTemperature",
          "Setpoints.Current",
          "Setpoints.VoltageCeiling",
          "Setpoints.ValidUntil",
          "Limits.MaxCurrent",
          "Limits.MaxPower",
          "Estimators.AnodePotential",
          "Estimators.AnodePotentialLowerBound",
          "Estimators.Soc",
          "Estimators.CoreTemperature",
          "Estimators.AnodeSurfaceStoichiometry",
          "Estimators.CathodeSurfaceStoichiometry",
          "Session.ElapsedTime");

  private static final PackLayout LAYOUT = new PackLayout(96, 2);

  /** No client sees the twin; an estimate has one. */
  private static final P2dState TWIN =
      P2dModel.of(CellParameters.load("lgm50"), P2dOptions.CONTROL).newState(0.5, 298.15);

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

  /**
   * One of a charger.
   *
   * @param tick counts up
   */
  static ChargerSnapshot of(String charger, long tick, Instant now) {
    double move = 1e-3 * (tick % 1000);
    Measurement measured =
        new Measurement(
            0,
            180 + move,
            372 + move,
            300 + move,
            3.85 + 1e-2 * move,
            3.91 + 1e-2 * move,
            299 + move,
            301 + move,
            Quality.GOOD);
    return new ChargerSnapshot(
        charger,
        now,
        now,
        new ChargerStatus(
            ChargerStatus.LinkState.UP,
            measured,
            new ChargerCapabilities(150, 920, 500, 250_000, 100),
            new BatteryLimits(400, 403, 4.2, 318.15, 150_000),
            true,
            Set.of(),
            ""),
        LAYOUT,
        estimate(move),
        new ChargeLimits(150 + move, 4.2, 318.15, 0.0, 0.8, 781.25 + move, 50, 298.15),
        new CurrentCommand(180 + move, 403 + move, 0),
        now.plusMillis(1750),
        0,
        decision(),
        new ChargerSnapshot.Reasons(
            ActiveConstraint.ANODE_POTENTIAL, "The anode potential holds the current.", "NONE", ""),
        new ChargerSnapshot.Session(SessionPhase.CHARGING, "", Instant.EPOCH, false),
        new ChargerSnapshot.Progress(tick, 3600),
        new ChargerSnapshot.Policy("mpc", "3", "1f0c"),
        new ChargerSnapshot.Orders(
            Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 0.8, null, false, ""),
        new ChargerSnapshot.Timing(1, tick, 0, 12.5, 1.5),
        System.nanoTime());
  }

  private static CellEstimate estimate(double move) {
    return new CellEstimate(
        0,
        true,
        true,
        5,
        3.9,
        301,
        0.42 + 1e-2 * move,
        0.031 + 1e-2 * move,
        0.021 + 1e-2 * move,
        0.55 + 1e-2 * move,
        0.6,
        0.5 + 1e-2 * move,
        301.5 + move,
        0.002,
        TWIN,
        0.45,
        Double.NaN,
        SURE);
  }

  private static PolicyDecision decision() {
    return new PolicyDecision(
        90,
        4.2,
        new PlanAhead(
            new double[] {10, 20, 30},
            new double[] {90, 80, 70},
            new double[] {3.9, 3.95, 4.0},
            new double[] {0.02, 0.01, 0.0},
            new double[] {301, 302, 303},
            new double[] {0.43, 0.44, 0.45}),
        SolveStatus.OK,
        DecisionSource.MPC,
        ActiveConstraint.ANODE_POTENTIAL,
        0);
  }
}
