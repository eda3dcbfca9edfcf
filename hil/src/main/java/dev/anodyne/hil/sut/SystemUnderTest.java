package dev.anodyne.hil.sut;

import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.ThermalCommand;

/** A controller in the same process, in step with the plant. Used by one thread. */
public interface SystemUnderTest extends AutoCloseable {
  /**
   * Decides; called once a control period.
   *
   * @param status what the charger says, as far as it gets through
   * @param nowNanos now, plant time, ns; goes on also while values stand still
   * @return the command for the whole battery
   */
  CurrentCommand decide(ChargerStatus status, long nowNanos);

  /**
   * What heater and cooler are to do, asked right after {@link #decide}.
   *
   * @param nowNanos now, plant time, ns
   */
  default ThermalCommand thermal(long nowNanos) {
    return ThermalCommand.off(nowNanos);
  }

  @Override
  void close();
}
