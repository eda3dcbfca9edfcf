package dev.anodyne.controller;

import dev.anodyne.core.charging.ActiveConstraint;
import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.ChargerStatus.LinkState;
import dev.anodyne.core.charging.DecisionSource;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.PackLayout;
import dev.anodyne.core.charging.PlanAhead;
import dev.anodyne.core.charging.PolicyDecision;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.core.p2d.SolveStatus;
import java.util.Set;

/** Status images, estimates and decisions of a healthy 4s1p charge, to be bent by tests. */
public final class Images {
  public static final long SECOND = 1_000_000_000L;
  public static final PackLayout LAYOUT = new PackLayout(4, 1);
  public static final ChargerCapabilities CHARGER = new ChargerCapabilities(8, 17.2, 15, 300, 20);
  public static final BatteryLimits BATTERY =
      new BatteryLimits(15, 16.9, 4.2, 318.15, Double.POSITIVE_INFINITY);

  private Images() {}

  /** 4 cells near 3.9 V at 25 °C; the last digits move with time as a sensor's do. */
  public static Measurement sample(double seconds, double amps) {
    double wiggle = 1e-4 * Math.sin(seconds * 7 + 1);
    return new Measurement(
        Math.round(seconds * SECOND),
        amps,
        15.6 + wiggle,
        298.15 + wiggle,
        3.895 + wiggle,
        3.905 + wiggle,
        298.0 + wiggle,
        298.6 + wiggle,
        Quality.GOOD);
  }

  public static ChargerStatus up(Measurement m) {
    return new ChargerStatus(LinkState.UP, m, CHARGER, BATTERY, true, Set.of(), "");
  }

  public static ChargerStatus up(double seconds, double amps) {
    return up(sample(seconds, amps));
  }

  public static ChargerStatus with(ChargerStatus s, LinkState link, String reason) {
    return new ChargerStatus(
        link,
        s.measurement(),
        s.capabilities(),
        s.batteryLimits(),
        s.vehicleConnected(),
        s.faults(),
        reason);
  }

  public static ChargerStatus with(ChargerStatus s, ChargerCapabilities c) {
    return new ChargerStatus(
        s.link(),
        s.measurement(),
        c,
        s.batteryLimits(),
        s.vehicleConnected(),
        s.faults(),
        s.reason());
  }

  public static ChargerStatus with(ChargerStatus s, BatteryLimits b) {
    return new ChargerStatus(
        s.link(),
        s.measurement(),
        s.capabilities(),
        b,
        s.vehicleConnected(),
        s.faults(),
        s.reason());
  }

  public static ChargerStatus with(ChargerStatus s, ChargerFault... faults) {
    return new ChargerStatus(
        s.link(),
        s.measurement(),
        s.capabilities(),
        s.batteryLimits(),
        s.vehicleConnected(),
        Set.of(faults),
        s.reason());
  }

  public static ChargerStatus unplugged(ChargerStatus s) {
    return new ChargerStatus(
        s.link(), s.measurement(), s.capabilities(), s.batteryLimits(), false, s.faults(), "");
  }

  /** A valid belief; the twin's state is not used by the loop. */
  public static CellEstimate estimate(Measurement m, double soc) {
    return new CellEstimate(
        m.timeNanos(),
        true,
        true,
        m.chargeCurrentAmps(),
        m.maxCellVoltageVolts(),
        m.maxCellTemperatureKelvin(),
        soc,
        0.030,
        0.020,
        0.5,
        0.55,
        0.6,
        m.maxCellTemperatureKelvin(),
        0,
        null);
  }

  public static PolicyDecision decision(double cellAmps) {
    return new PolicyDecision(
        cellAmps,
        4.2,
        PlanAhead.EMPTY,
        SolveStatus.OK,
        DecisionSource.BASELINE,
        ActiveConstraint.ANODE_POTENTIAL,
        1000);
  }

  /** A decision with a plan of one current a second. */
  public static PolicyDecision planned(double... cellAmps) {
    double[] ahead = new double[cellAmps.length];
    for (int i = 0; i < ahead.length; i++) {
      ahead[i] = i + 1;
    }
    PlanAhead plan = new PlanAhead(ahead, cellAmps, cellAmps, cellAmps, cellAmps, cellAmps);
    return new PolicyDecision(
        cellAmps[0],
        4.2,
        plan,
        SolveStatus.OK,
        DecisionSource.MPC,
        ActiveConstraint.ANODE_POTENTIAL,
        1000);
  }
}
