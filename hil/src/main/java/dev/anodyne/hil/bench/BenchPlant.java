package dev.anodyne.hil.bench;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.ThermalCommand;
import dev.anodyne.opcua.model.ChargerImage;

/** What a bench moves on: charger and battery as one. Called from one thread only. */
public interface BenchPlant {
  /**
   * Moves on.
   *
   * @param dtSeconds how far, s
   * @param command the command in force for the whole battery; it may have expired, or expire on
   *     the way, on the plant's clock
   * @param nowNanos the plant's time at the start, ns
   */
  void step(double dtSeconds, CurrentCommand command, long nowNanos);

  /**
   * What heater and cooler are to do from the next step on; a plant without them does nothing.
   *
   * @param command the command in force for the whole battery; it may have expired
   */
  default void applyThermal(ThermalCommand command) {}

  /** What the charger says: sensor readings, capabilities, limits, faults. Never the truth. */
  ChargerImage image(long nowNanos);

  void setBatteryLimits(BatteryLimits limits);

  void setCapabilities(ChargerCapabilities capabilities);

  /** Raises or clears a fault that the charger reports. */
  void setFault(ChargerFault fault, boolean present);

  /** Plugs the battery in or unplugs it. */
  void setConnected(boolean connected);
}
