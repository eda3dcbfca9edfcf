package dev.anodyne.controller.session;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargeLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.PackLayout;

/** Combines session, vehicle and charger to the tightest limits, for one cell. */
final class Limits {
  private Limits() {}

  /**
   * The limits in force. The battery's parallel cells are taken to share the current equally, its
   * series cells to share the voltage equally; the guard and the voltage ceiling look at the
   * highest cell itself.
   */
  static ChargeLimits combine(SessionSettings settings, ChargerStatus status) {
    PackLayout layout = settings.layout();
    BatteryLimits battery = status.batteryLimits();
    ChargerCapabilities charger = status.capabilities();
    double packAmps = Math.min(battery.targetCurrentAmps(), charger.maxCurrentAmps());
    double packVolts = Math.min(battery.maxVoltageVolts(), charger.maxVoltageVolts());
    double packWatts = battery.maxPowerWatts();
    if (charger.maxPowerWatts() > 0) {
      packWatts = Math.min(packWatts, charger.maxPowerWatts());
    }
    double ramp = charger.maxRampAmpsPerSecond();
    return new ChargeLimits(
        Math.max(0, Math.min(settings.maxCellCurrentAmps(), layout.cellAmps(packAmps))),
        Math.min(
            Math.min(settings.maxCellVoltageVolts(), battery.maxCellVoltageVolts()),
            packVolts / layout.series()),
        Math.min(settings.maxCellTemperatureKelvin(), battery.maxTemperatureKelvin()),
        settings.minAnodePotentialVolts(),
        settings.targetSoc(),
        packWatts / (layout.series() * layout.parallel()),
        ramp > 0 ? layout.cellAmps(ramp) : Double.POSITIVE_INFINITY,
        settings.ambientTemperatureKelvin(),
        status.thermal().perCell(layout));
  }
}
