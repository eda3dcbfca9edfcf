package dev.anodyne.controller.safety;

import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.ThermalCapabilities;
import dev.anodyne.core.charging.ThermalCommand;

/**
 * The last word on heater and cooler: judges by measurement and status alone and can only weaken.
 * Off without a usable measurement, without link or vehicle, with any fault but a warning, and
 * whenever the guard stops the charge; heat falls to nothing towards the temperature limit, cold
 * towards freezing. Stateless.
 */
public final class ThermalGuard {
  /** Heating is off from here to the temperature limit, K below it. */
  private static final double HEAT_OFF_KELVIN = 1.0;

  /** Full heating ends here, K below the temperature limit. */
  private static final double HEAT_FULL_KELVIN = 4.0;

  /** No cell is cooled below this, K: cold cells plate. */
  private static final double COLD_OFF_KELVIN = 283.15;

  /** Full cooling ends here, K. */
  private static final double COLD_FULL_KELVIN = 288.15;

  private final double maxTemperatureKelvin;

  /**
   * A guard.
   *
   * @param maxTemperatureKelvin the site's limit of the cell temperature, K
   */
  public ThermalGuard(double maxTemperatureKelvin) {
    this.maxTemperatureKelvin = maxTemperatureKelvin;
  }

  /**
   * Judges a wish.
   *
   * @param status the newest image
   * @param verdict what the guard says about the current on the same image
   * @param wantedWatts heat for the whole battery, W; NaN counts as none
   * @param validUntilNanos end of the command's validity, ns
   */
  public ThermalCommand admit(
      ChargerStatus status, GuardVerdict verdict, double wantedWatts, long validUntilNanos) {
    ThermalCapabilities can = status.thermal();
    if (!(Math.abs(wantedWatts) > 0.0) || !can.isOffered() || !mayWork(status, verdict)) {
      return ThermalCommand.off(validUntilNanos);
    }
    Measurement m = status.measurement();
    double limit = Math.min(maxTemperatureKelvin, status.batteryLimits().maxTemperatureKelvin());
    double watts;
    if (wantedWatts > 0.0) {
      double room = limit - m.maxCellTemperatureKelvin();
      watts =
          Math.min(wantedWatts, can.maxHeatingWatts())
              * share(room, HEAT_OFF_KELVIN, HEAT_FULL_KELVIN);
    } else {
      watts =
          Math.max(wantedWatts, -can.maxCoolingWatts())
              * share(m.minCellTemperatureKelvin(), COLD_OFF_KELVIN, COLD_FULL_KELVIN);
    }
    return new ThermalCommand(watts, validUntilNanos);
  }

  private static boolean mayWork(ChargerStatus status, GuardVerdict verdict) {
    boolean faulty =
        status.faults().stream().anyMatch(fault -> fault != ChargerFault.VENDOR_WARNING);
    return status.link() == ChargerStatus.LinkState.UP
        && status.vehicleConnected()
        && status.measurement().isUsable()
        && !verdict.reason().isTrip()
        && !faulty;
  }

  /** 0 below {@code off}, 1 above {@code full}, linear in between. */
  private static double share(double value, double off, double full) {
    return Math.max(0.0, Math.min(1.0, (value - off) / (full - off)));
  }
}
