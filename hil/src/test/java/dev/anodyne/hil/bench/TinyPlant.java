package dev.anodyne.hil.bench;

import dev.anodyne.core.charging.BatteryLimits;
import dev.anodyne.core.charging.ChargerCapabilities;
import dev.anodyne.core.charging.ChargerFault;
import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.core.charging.Measurement;
import dev.anodyne.core.charging.Quality;
import dev.anodyne.opcua.model.ChargerImage;
import java.util.EnumSet;
import java.util.Set;

/** A plant small enough to be checked by eye: 10 Ah, voltage 14 V + 2.8 V per state of charge. */
final class TinyPlant implements BenchPlant {
  static final ChargerCapabilities CAPABILITIES = new ChargerCapabilities(10, 20, 30, 600, 1000);
  static final BatteryLimits LIMITS = new BatteryLimits(25, 16.8, 4.2, 318.15, 420);
  private static final double CAPACITY_COULOMB = 10 * 3600;

  private final Set<ChargerFault> faults = EnumSet.noneOf(ChargerFault.class);
  private ChargerCapabilities capabilities = CAPABILITIES;
  private BatteryLimits limits = LIMITS;
  private boolean connected = true;
  private double soc = 0.1;
  private double amps;

  @Override
  public void step(double dtSeconds, CurrentCommand command, long nowNanos) {
    boolean holds = connected && faults.isEmpty() && !command.isExpiredAt(nowNanos);
    amps = holds ? Math.min(command.chargeCurrentAmps(), capabilities.maxCurrentAmps()) : 0;
    soc += amps * dtSeconds / CAPACITY_COULOMB;
  }

  @Override
  public ChargerImage image(long nowNanos) {
    double volts = 14 + 2.8 * soc;
    return new ChargerImage(
        new Measurement(
            nowNanos, amps, volts, 298.15, volts / 4, volts / 4, 298, 298.5, Quality.GOOD),
        capabilities,
        limits,
        connected,
        faults);
  }

  @Override
  public void setBatteryLimits(BatteryLimits newLimits) {
    limits = newLimits;
  }

  @Override
  public void setCapabilities(ChargerCapabilities newCapabilities) {
    capabilities = newCapabilities;
  }

  @Override
  public void setFault(ChargerFault fault, boolean present) {
    if (present) {
      faults.add(fault);
    } else {
      faults.remove(fault);
    }
  }

  @Override
  public void setConnected(boolean isConnected) {
    connected = isConnected;
  }
}
