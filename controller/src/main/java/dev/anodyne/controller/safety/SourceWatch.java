package dev.anodyne.controller.safety;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.ChargerStatus;
import org.jspecify.annotations.Nullable;

/** Whether the source of all values can be relied on: link, charger, vehicle, and their limits. */
final class SourceWatch {
  private SourceWatch() {}

  /** What stops the charge; null when nothing does. */
  static @Nullable GuardVerdict finding(ChargerStatus status) {
    switch (status.link()) {
      case CONNECTING, DOWN -> {
        return GuardVerdict.stop(
            GuardReason.LINK_DOWN, sentence("The charger cannot be reached", status.reason()));
      }
      case STALE -> {
        return GuardVerdict.stop(
            GuardReason.LINK_STALE, sentence("The charger's values stand still", status.reason()));
      }
      case UP -> {}
    }
    for (ChargerFault fault : status.faults()) {
      if (fault != ChargerFault.VENDOR_WARNING) {
        return GuardVerdict.stop(
            GuardReason.CHARGER_FAULT, "The charger reports " + status.faults() + ".");
      }
    }
    if (!status.vehicleConnected()) {
      return GuardVerdict.stop(GuardReason.NOT_CONNECTED, "No vehicle is connected.");
    }
    if (!status.capabilities().isKnown() || !areNumbers(status.capabilities())) {
      return GuardVerdict.stop(
          GuardReason.CAPABILITIES_UNKNOWN, "The charger has not told yet what it can do.");
    }
    if (!areKnown(status.batteryLimits())) {
      return GuardVerdict.stop(
          GuardReason.BATTERY_LIMITS_UNKNOWN, "The vehicle has not told its battery's limits yet.");
    }
    return null;
  }

  private static boolean areNumbers(ChargerCapabilities c) {
    return !Double.isNaN(c.maxPowerWatts()) && !Double.isNaN(c.maxRampAmpsPerSecond());
  }

  private static boolean areKnown(BatteryLimits b) {
    return b.targetCurrentAmps() >= 0
        && b.maxVoltageVolts() > 0
        && b.maxCellVoltageVolts() > 0
        && b.maxTemperatureKelvin() > 0
        && b.maxPowerWatts() >= 0;
  }

  private static String sentence(String opening, String detail) {
    return detail.isEmpty() ? opening + "." : opening + ": " + detail;
  }
}
