package dev.anodyne.mpc;

import dev.anodyne.core.charging.CellEstimate;
import dev.anodyne.core.charging.ChargeLimits;
import org.mockito.Mockito;

/** Estimates and limits for tests, with what matters as arguments. */
public final class Beliefs {
  private Beliefs() {}

  /** Limits of the reference charge of a 5 A·h cell. */
  public static ChargeLimits limits() {
    return new ChargeLimits(
        15.0, 4.2, 318.15, 0.0, 0.8, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY, 298.15);
  }

  public static ChargeLimits limits(double amps, double watts, double ramp, double targetSoc) {
    return new ChargeLimits(amps, 4.2, 318.15, 0.0, targetSoc, watts, ramp, 298.15);
  }

  /** A valid belief without a usable twin, for laws that do not look at it. */
  public static CellEstimate belief(
      double seconds, double amps, double volts, double kelvin, double soc, double boundVolts) {
    return new CellEstimate(
        Math.round(seconds * 1e9),
        true,
        true,
        amps,
        volts,
        kelvin,
        soc,
        boundVolts,
        boundVolts,
        soc,
        soc,
        1 - soc,
        kelvin,
        0.0,
        Mockito.mock(dev.anodyne.core.p2d.P2dState.class));
  }

  public static CellEstimate invalid(CellEstimate e) {
    return new CellEstimate(
        e.timeNanos(),
        false,
        e.inRange(),
        e.chargeCurrentAmps(),
        e.voltageVolts(),
        e.temperatureKelvin(),
        e.soc(),
        e.anodePotentialVolts(),
        e.anodePotentialLowerBoundVolts(),
        e.anodeSurfaceStoichiometry(),
        e.anodeSurfaceStoichiometryAtSeparator(),
        e.cathodeSurfaceStoichiometry(),
        e.coreTemperatureKelvin(),
        e.voltageBiasVolts(),
        e.twinState());
  }
}
