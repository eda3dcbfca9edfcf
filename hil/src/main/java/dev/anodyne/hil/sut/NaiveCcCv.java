package dev.anodyne.hil.sut;

import dev.anodyne.core.charging.ChargerStatus;
import dev.anodyne.core.charging.CurrentCommand;

/**
 * A plain constant-current constant-voltage charger's controller as a negative example: it looks at
 * the battery's voltage and current and at nothing else. It knows no anode, no single cell, no
 * temperature, no age of a value, no reported fault and no limit that changes on the way; its
 * commands hold for a minute. Scenarios that it passes prove little.
 */
public final class NaiveCcCv implements SystemUnderTest {
  private static final long HOLD_NANOS = 60_000_000_000L;

  /** It ends when the current has fallen to a twentieth of the nominal capacity's hour rate. */
  private static final double END_C_RATE = 0.05;

  private final double amps;
  private final double ceilingVolts;
  private final double endAmps;
  private boolean finished;

  /**
   * @param task what it is told
   * @param cRate constant current in C; the task's limit where that is lower
   */
  public NaiveCcCv(ChargeTask task, double cRate) {
    double oneC = task.layout().packAmps(task.cell().nominalCapacityAmpHours());
    amps = Math.min(cRate * oneC, task.maxBatteryAmps());
    ceilingVolts = task.layout().series() * task.maxVoltageVolts();
    endAmps = END_C_RATE * oneC;
  }

  @Override
  public CurrentCommand decide(ChargerStatus status, long nowNanos) {
    double volts = status.measurement().voltageVolts();
    double flowing = status.measurement().chargeCurrentAmps();
    // 0.2 % below the ceiling the regulator holds it: what flows now is the end of the charge.
    finished |= volts >= 0.998 * ceilingVolts && flowing < endAmps;
    return finished
        ? CurrentCommand.zero(nowNanos + HOLD_NANOS)
        : new CurrentCommand(amps, ceilingVolts, nowNanos + HOLD_NANOS);
  }

  @Override
  public void close() {}
}
