package dev.anodyne.hil.bench;

import dev.anodyne.core.charging.CurrentCommand;
import dev.anodyne.plantsim.PlantConfig;

/**
 * Lets the Java machine see and compile a pack's steps before a run by the clock begins: another
 * pack of the same kind is charged and thrown away, so that the run's own begins as configured.
 */
public final class WarmUp {
  /** Steps of cells after which the machine has compiled what is called in every step. */
  private static final int CELL_STEPS = 24_000;

  private static final int FEWEST_STEPS = 500;
  private static final long VALID_NANOS = 3_000_000_000L;

  private WarmUp() {}

  /**
   * Warms up.
   *
   * @param config the run's plant
   * @param stepSeconds length of its steps, s
   * @param mostSeconds stop after so long, s of the wall clock
   */
  public static void of(PlantConfig config, double stepSeconds, double mostSeconds) {
    SimulatedPack other = new SimulatedPack(config);
    double amps = config.layout().packAmps(config.cell().nominalCapacityAmpHours());
    int steps = Math.max(FEWEST_STEPS, CELL_STEPS / other.plant().pack().cellCount());
    long end = System.nanoTime() + Math.round(mostSeconds * 1e9);
    long stepNanos = Math.round(stepSeconds * 1e9);
    for (int i = 0; i < steps && System.nanoTime() - end < 0; i++) {
      long now = i * stepNanos;
      double wanted = i / 100 % 2 == 0 ? amps : 0.5 * amps;
      other.step(
          stepSeconds,
          new CurrentCommand(
              wanted, config.charger().capabilities().maxVoltageVolts(), now + VALID_NANOS),
          now);
      other.image(now + stepNanos);
    }
  }
}
