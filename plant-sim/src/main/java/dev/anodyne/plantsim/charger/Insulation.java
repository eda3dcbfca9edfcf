package dev.anodyne.plantsim.charger;

import dev.anodyne.core.charging.ChargerFault;
import org.jspecify.annotations.Nullable;

/**
 * Insulation between the battery circuit and earth, and the charger's monitor of it. Below 100 Ω
 * for each volt of the charger's highest voltage (IEC 61851-23, annex on insulation monitoring) for
 * longer than the monitor's reaction time the charger reports {@link ChargerFault#ISOLATION_FAULT},
 * which stays until {@link #reset}. Not thread-safe.
 */
public final class Insulation {
  /** Resistance below which the charge ends, Ω/V. */
  public static final double FAULT_OHMS_PER_VOLT = 100;

  /** Resistance of a sound battery circuit, Ω. */
  public static final double SOUND_OHMS = 5e6;

  private double ohms = SOUND_OHMS;
  private double leakOhms = Double.POSITIVE_INFINITY;
  private double reactionSeconds = 1.0;
  private double lowSeconds;
  private boolean found;

  /**
   * Moves on.
   *
   * @param highestVolts the charger's highest voltage, V
   * @param dtSeconds length of the step, s
   */
  public void step(double highestVolts, double dtSeconds) {
    lowSeconds = resistanceOhms() < FAULT_OHMS_PER_VOLT * highestVolts ? lowSeconds + dtSeconds : 0;
    found |= lowSeconds > reactionSeconds;
  }

  /** Forgets what was found. */
  public void reset() {
    found = false;
    lowSeconds = 0;
  }

  /** Sound insulation and leak in parallel, Ω. */
  public double resistanceOhms() {
    return 1 / (1 / ohms + 1 / leakOhms);
  }

  /** Resistance without a leak, Ω. */
  public double soundOhms() {
    return ohms;
  }

  /** See {@link #soundOhms()}; above 0. */
  public void setSoundOhms(double newOhms) {
    ohms = newOhms;
  }

  /** A leak in parallel, Ω; +∞ for none. */
  public void setLeakOhms(double newOhms) {
    leakOhms = newOhms;
  }

  /** How long the monitor needs, s. */
  public double reactionSeconds() {
    return reactionSeconds;
  }

  /** See {@link #reactionSeconds()}. */
  public void setReactionSeconds(double seconds) {
    reactionSeconds = seconds;
  }

  /** What the monitor has found, or null. */
  public @Nullable ChargerFault found() {
    return found ? ChargerFault.ISOLATION_FAULT : null;
  }
}
